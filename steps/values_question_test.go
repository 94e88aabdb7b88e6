package steps

import (
	"slices"
	"testing"

	"sleet/scaffold"
)

// TestValueLines checks that values are shown as in sleet.toml, with text in double quotes, and can be read back.
func TestValueLines(t *testing.T) {
	t.Parallel()
	q := valuesQuestions(State{})[0]
	app := scaffold.App{Values: map[string]any{"endpoint": "https://example.com", "limit": int64(3), "a b": map[string]any{"c": "d"}}}
	lines := q.Lines(app)
	if want := []string{`"a b".c = "d"`, `endpoint = "https://example.com"`, `limit = 3`}; !slices.Equal(lines, want) {
		t.Errorf("lines %q, want %q", lines, want)
	}
	var back scaffold.App
	q.SetLines(&back, lines)
	if again := q.Lines(back); !slices.Equal(again, lines) {
		t.Errorf("lines after setValues: %q", again)
	}
}
