package steps_test

import (
	"testing"

	"sleet/scaffold"
	"sleet/steps"
	"sleet/ui/message"
)

// TestReuseNamesTheAnswers checks that the offer to use another app's answers names those it has and no others.
func TestReuseNamesTheAnswers(t *testing.T) {
	with := func(a scaffold.App) steps.State { return steps.State{Last: &a} }
	cases := map[string]steps.State{
		"Container; object names are not copied": with(scaffold.App{}),
		"Container, 1 secret, 2 hosts; object names are not copied": with(scaffold.App{
			Secrets: []scaffold.SecretDecl{{Key: "api_key"}},
			Network: scaffold.Network{Hosts: []string{"a.example.com", "b.example.com"}},
		}),
	}
	for want, s := range cases {
		if _, got := steps.OfferWords(message.For("en").T, s, steps.StartReuse); got != want {
			t.Errorf("got  %q\nwant %q", got, want)
		}
	}
}
