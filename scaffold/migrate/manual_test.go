package migrate

import (
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"sleet/scaffold"
	"sleet/scaffold/migrate/change"
	"sleet/scaffold/migrate/manifest"
	"sleet/scaffold/testtools"
	"sleet/ui/message"
)

// TestManualMarkup checks that the list has the same headings and boxes no matter what the answers and files
// contain.
func TestManualMarkup(t *testing.T) {
	list := func(title, key, path, text string) string {
		moved := movedApp{
			app:  scaffold.App{App: scaffold.Identity{Name: title, Title: title}, Secrets: []scaffold.SecretDecl{{Key: key}}},
			open: []manifest.UnresolvedAnswer{{Key: "app.title", Text: text, Path: path, Line: 1}},
		}
		note := change.Note{Rule: "SL101", Path: path, Line: 3, Message: message.New("manual.unreadable", "reason", text), Fix: message.New("moved.step-open", "key", key, "text", text, "place", path)}
		done := Migration{Manual: []change.Note{note}, Review: []change.Note{note}, Advice: []change.Note{note}, Steps: moved.steps()}
		return string(manualText(moved, message.Message.String, done))
	}
	want := marks(list("x", "x", "x", "x"))
	text := testtools.Hostile("x")
	rapid.Check(t, func(rt *rapid.T) {
		got := list(text.Draw(rt, "title"), text.Draw(rt, "key"), text.Draw(rt, "path"), text.Draw(rt, "text"))
		if diff := cmp.Diff(want, marks(got)); diff != "" {
			rt.Fatalf("(-plain +hostile):\n%s\n%s", diff, got)
		}
	})
}

// marks returns the beginnings of the lines of a Markdown file, with every line ending that a reader may accept.
func marks(text string) []string {
	begins := regexp.MustCompile("^(#+ |- \\[ \\] `*| *<|[^ ]| +)?")
	var list []string
	for _, line := range regexp.MustCompile("\r\n|[\n\r\v\f\u0085\u2028\u2029]").Split(text, -1) {
		mark := begins.FindString(line)
		list = append(list, strings.TrimRight(mark, "`"))
	}
	return list
}

func TestCode(t *testing.T) {
	for text, want := range map[string]string{
		"a.py:1": "`a.py:1`", "a`b.py": "`` a`b.py ``", "``": "``` `` ```", "a\n# b": "`a # b`", "\u202eyp.a": "`yp.a`",
	} {
		if got := code(text); got != want {
			t.Errorf("code(%q) is %s, want %s", text, got, want)
		}
	}
}
