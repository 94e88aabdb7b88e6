package validate

import (
	"errors"
	"testing"

	"sleet/scaffold"
)

func FuzzParseHost(f *testing.F) {
	for _, seed := range []string{"a.example.com", "*.x.com:80-90", "[::1]:1", "0.0.0.0", "https://a:b@c/d", "a..b", "日本.example", ":"} {
		f.Add(seed)
	}
	known := map[string]bool{}
	for _, r := range Rules() {
		known[r.ID] = true
	}
	f.Fuzz(func(t *testing.T, in string) {
		h, err := scaffold.ParseHost(in)
		if err != nil {
			var fault *scaffold.HostError
			if !errors.As(err, &fault) || !known[fault.Rule] {
				t.Fatalf("ParseHost(%q) = %v, which is not an error of a known rule", in, err)
			}
			return
		}
		if again, err := scaffold.ParseHost(h.String()); err != nil || again != h {
			t.Fatalf("ParseHost(%q).String() = %q, which parses as %+v (%v)", in, h, again, err)
		}
		if !h.IsWildcard() && !h.Covers(h.Name+":"+portText(h)) {
			t.Fatalf("ParseHost(%q) does not cover itself", h)
		}
	})
}

func portText(h scaffold.Host) string {
	if h.Port == "" {
		return "443"
	}
	return h.Port
}
