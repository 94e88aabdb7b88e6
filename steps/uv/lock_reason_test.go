package uv

import (
	"errors"
	"strings"
	"testing"

	"sleet/ui/message"
)

// TestUnresolvable checks that packages which cannot be resolved are told apart from a uv that fails for other reasons.
func TestUnresolvable(t *testing.T) {
	for _, c := range []struct{ name, said, want string }{
		{
			"no solution",
			"Using CPython 3.11.7 interpreter at: /usr/bin/python3\n  × No solution found when resolving dependencies:\n" +
				"  ╰─▶ Because only xgboost<=3 is available and your project depends on xgboost==99, we can\n      conclude that your project's requirements are unsatisfiable.\n\n      hint: try again",
			"No solution found when resolving dependencies: Because only xgboost<=3 is available and your project depends on xgboost==99, we can conclude that your project's requirements are unsatisfiable.",
		},
		{"a name that is none", "error: Failed to parse: `pyproject.toml`", "Failed to parse: `pyproject.toml`"},
		{"no network", "error: Failed to fetch: `https://example.com/simple/pandas/`\n  cause: dns error", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := IsUnresolvable(&lockError{error: errors.New("exit status 2"), said: c.said}); got != c.want {
				t.Errorf("Unresolvable() = %q, want %q", got, c.want)
			}
		})
	}
	if got := IsUnresolvable(errors.New("other")); got != "" {
		t.Errorf("Unresolvable() of another error = %q", got)
	}
}

// TestLockErrorWords checks that the message has uv's output unchanged, in both languages.
func TestLockErrorWords(t *testing.T) {
	cause := errors.New("exit status 2")
	for _, err := range []error{&lockError{error: cause}, &lockError{error: cause, said: "no such package"}} {
		if got := message.For("ja").Say(message.Of(err)); got == err.Error() || strings.ContainsAny(got, "{}") {
			t.Errorf("error %q: Japanese message %q", err, got)
		}
	}
}
