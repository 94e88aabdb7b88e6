package steps

import (
	"strings"
	"testing"

	"sleet/scaffold/validate"
	"sleet/ui/message"
)

// TestErrorWords checks that the text of an error is its English message, and that it has a Japanese one.
func TestErrorWords(t *testing.T) {
	one := []validate.Problem{{ID: "x"}}
	for _, err := range []error{
		&ProblemsError{Problems: one},
		&ProblemsError{Problems: append(one, one...)},
		&KeptError{Paths: []string{"a", "b"}},
		&UnwrittenError{Dir: "demo", Paths: []string{"a", "b"}},
		&UnwrittenError{Dir: ".", NoAnswers: true},
		&UnwrittenError{Dir: "demo", NoAnswers: true, Own: true},
		&UnwrittenError{Dir: "demo", NoAnswers: true, Own: true, Below: []string{"apps/a", "apps/b"}},
		&UnwrittenError{Dir: "demo", NoAnswers: true, Own: true, Container: true},
		&UnwrittenError{Dir: "demo", NoAnswers: true, Own: true, Native: "app/manifest.yml"},
		&UnwrittenError{Dir: ".", Paths: []string{"streamlit_app.py"}, Own: true},
	} {
		text := message.Of(err)
		if got := Say(message.For("en").T, text); got != err.Error() {
			t.Errorf("%T: English message %q, want %q", err, got, err)
		}
		got := Say(message.For("ja").T, text)
		if got == err.Error() || strings.ContainsAny(got, "{}") || strings.Contains(got, "the ") {
			t.Errorf("%T: Japanese message %q", err, got)
		}
	}
}
