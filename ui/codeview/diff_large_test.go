package codeview

import (
	"runtime"
	"strings"
	"testing"

	"github.com/charmbracelet/colorprofile"

	"sleet/ui"
	"sleet/ui/message"
)

// TestLargeDiff checks that versions of a file of any size are compared quickly and in little memory, and that the
// cut-off is marked.
func TestLargeDiff(t *testing.T) {
	old, text := strings.Repeat("x = 1\n", 9<<20), strings.Repeat("y = 1\n", 9<<20)
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	if got := DiffText("a", old, text); !strings.HasSuffix(got, "+y = 1\n …\n") || len(got) > 2*mostDiff {
		t.Errorf("DiffText returned %d bytes that end with %q", len(got), got[max(0, len(got)-40):])
	}
	if lines := ChangedLines(old, text); lines != nil {
		t.Errorf("ChangedLines marked %d lines, want none", len(lines))
	}
	_ = NewSplitDiff(ui.NewContext(ui.NewTheme(true, colorprofile.TrueColor, true), message.For("en").T), "a", old, text).SetSize(120, 30).View()
	runtime.ReadMemStats(&after)
	if took := after.TotalAlloc - before.TotalAlloc; took > 1<<30 {
		t.Errorf("the comparison allocated %d MB", took>>20)
	}
	if got := DiffText("a", "one line"+strings.Repeat("x", 3<<20), ""); got == "" {
		t.Error("one long line is not shown")
	}
}
