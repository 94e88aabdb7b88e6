package snowflake_test

import (
	"regexp"
	"strings"
	"testing"

	"sleet/snowflake"
)

func TestFit(t *testing.T) {
	for raw, want := range map[string]string{
		"my_app":    "MY_APP",
		"My App":    "MY_APP",
		"my--app!":  "MY_APP",
		"!my":       "MY",
		"2nd app":   "_2ND_APP",
		"select":    "SELECT",
		`"my_app"`:  "MY_APP",
		`"a ""b"""`: "A_B",
		"a.b":       "A_B",
		"a$b":       "A_B",
		"_x_":       "_X_",
	} {
		if got := snowflake.SanitizeIdent(raw); got != want {
			t.Errorf("Fit(%q) = %q; want %q", raw, got, want)
		}
	}
	hashed := regexp.MustCompile(`^(APP|SALES|_1|CAF)_[0-9A-F]{8}$`)
	seen := map[string]string{}
	for _, raw := range []string{"雪", "雨", "sales 雪", "sales 雨", "café", "cafè", "1雪", "!!!", "", "ı", "i\u0307"} {
		got := snowflake.SanitizeIdent(raw)
		if other, ok := seen[got]; ok {
			t.Errorf("Fit(%q) and Fit(%q) are both %q", raw, other, got)
		}
		seen[got] = raw
		if raw != "i\u0307" && !hashed.MatchString(got) {
			t.Errorf("Fit(%q) = %q: no hash", raw, got)
		}
	}
}

func FuzzFit(f *testing.F) {
	f.Add("my app", "key")
	f.Add("雪", strings.Repeat("k", 300))
	plain := regexp.MustCompile(`^[A-Z_][A-Z0-9_]*$`)
	f.Fuzz(func(t *testing.T, raw, key string) {
		fit := snowflake.SanitizeIdent(raw)
		if !plain.MatchString(fit) {
			t.Fatalf("Fit(%q) = %q", raw, fit)
		}
		derived := snowflake.Derived(fit, "_"+snowflake.SanitizeIdent(key))
		if !plain.MatchString(derived) || len(derived) > snowflake.MaxName {
			t.Fatalf("Derived(%q, %q) = %q", fit, key, derived)
		}
	})
}

func TestDerived(t *testing.T) {
	if got := snowflake.Derived("MY_APP", "_EGRESS"); got != "MY_APP_EGRESS" {
		t.Errorf("Derived(MY_APP, _EGRESS) = %q, want MY_APP_EGRESS", got)
	}
	exact := strings.Repeat("N", snowflake.MaxName-len("_EGRESS"))
	if got := snowflake.Derived(exact, "_EGRESS"); got != exact+"_EGRESS" {
		t.Errorf("Derived(%q, _EGRESS) = %q, want it unchanged", exact, got)
	}
	cut := regexp.MustCompile(`^N{239}_[0-9A-F]{8}_EGRESS$`)
	one, two := snowflake.Derived(exact+"A", "_EGRESS"), snowflake.Derived(exact+"B", "_EGRESS")
	if len(one) != snowflake.MaxName || !cut.MatchString(one) || one == two {
		t.Errorf("Derived of two long names = %q and %q, want different names of 255 characters", one, two)
	}
	suffix := "_" + strings.Repeat("K", 300)
	if one, two := snowflake.Derived("A", suffix+"1"), snowflake.Derived("A", suffix+"2"); len(one) != snowflake.MaxName || one == two {
		t.Errorf("Derived with two long suffixes = %q and %q, want different names of 255 characters", one, two)
	}
}
