package steps

import (
	"testing"

	"sleet/ui/message"
)

// TestSayAll checks that no reason is repeated.
func TestSayAll(t *testing.T) {
	for _, c := range []struct {
		reasons []string
		want    string
	}{
		{[]string{"no module", "no module: a function holds it"}, "no module: a function holds it"},
		{[]string{"no module: the request is sent", "no module: the type is known"}, "no module: the request is sent; the type is known"},
		{[]string{"no module: the type is known", "no module"}, "no module: the type is known"},
		{[]string{"uv reads it", "no module", "uv reads it; it is gone"}, "uv reads it; no module; it is gone"},
		{nil, ""},
	} {
		var list []message.Message
		for _, reason := range c.reasons {
			list = append(list, message.Verbatim(reason))
		}
		if got := SayAll(message.For("en").T, list); got != c.want {
			t.Errorf("SayAll(%q) = %q, want %q", c.reasons, got, c.want)
		}
	}
}

// TestUnsetAnswersInReview checks that the review of the accessible mode says where an unset answer comes from.
func TestUnsetAnswersInReview(t *testing.T) {
	for question, want := range map[string]string{"app.database": "from your connection", "roles.owner": "from your connection", "app.comment": "none", "network.hosts": "none"} {
		if _, got, mark := (Line{Question: question}).Words(message.For("en").T); got != want || mark != "" {
			t.Errorf("%s: %q (%s), want %q", question, got, mark, want)
		}
	}
}
