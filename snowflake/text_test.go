package snowflake

import (
	"slices"
	"testing"
)

func TestText(t *testing.T) {
	inner := Said("port.bad", "port {port} is none", "port", 99999)
	for _, c := range []struct {
		text Text
		want string
	}{
		{Text{}, ""},
		{Verbatim("as {it} is"), "as {it} is"},
		{Said("x", "nothing to fill"), "nothing to fill"},
		{Said("x", "{a} and {b}", "a", 1, "b", "{a}"), "1 and {a}"},
		{Said("x", "host {host}: {why}", "host", "h", "why", inner), "host h: port 99999 is none"},
		{Said("x", "{missing}.", "other", 1), "."},
	} {
		if got := c.text.String(); got != c.want {
			t.Errorf("%q gives %q, not %q", c.text.English, got, c.want)
		}
	}
	if !(Text{}).IsZero() || inner.IsZero() {
		t.Error("IsZero is wrong")
	}
	if got := Placeholders("{b} {a} {b}"); !slices.Equal(got, []string{"a", "b"}) {
		t.Errorf("Placeholders gives %q", got)
	}
}
