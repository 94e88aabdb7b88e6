package wizard

import (
	"strings"
	"testing"
)

// TestWrapHanging checks that a long command is one paragraph: its further lines are indented below its first.
func TestWrapHanging(t *testing.T) {
	for _, tt := range []struct{ line, want string }{
		{"no command at all here", "no command at\nall here"},
		{"  uv run --with streamlit app.py", "  uv run\n    --with\n    streamlit\n    app.py"},
		{"  sleet apply", "  sleet\n    apply"},
		{"", ""},
	} {
		if got := wrapHanging(tt.line, 14); got != tt.want {
			t.Errorf("%q: %q, want %q", tt.line, got, tt.want)
		}
	}
	if got := wrapHanging("  sleet apply", 40); strings.Contains(got, "\n") {
		t.Errorf("a line with room is broken: %q", got)
	}
}
