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
