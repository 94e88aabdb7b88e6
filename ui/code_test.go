package ui_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/exp/golden"
	"pgregory.net/rapid"

	"sleet/ui/cells"
	"sleet/ui/codeview"
)

func TestChangedLines(t *testing.T) {
	tests := []struct {
		name, old, text string
		want            []int
	}{
		{"same", "a\nb\n", "a\nb\n", nil},
		{"all new", "", "a\nb\n", []int{0, 1}},
		{"all gone", "a\n", "", nil},
		{"altered", "a\nb\nc\n", "a\nB\nc\n", []int{1}},
		{"added", "a\nc\n", "a\nb\nc\n", []int{1}},
		{"added empty", "a\nc\n", "a\n\n\nc\n", []int{1, 2}},
		{"added at the end", "a\n", "a\nb\n", []int{1}},
		{"added without a last line break", "a\n", "a\nb", []int{1}},
		{"taken out", "a\nb\nc\n", "a\nc\n", []int{1}},
		{"taken out at the end", "a\nb\n", "a\n", nil},
		{"here and there", "a\nb\nc\nd\n", "x\nb\nc\ny\nz\n", []int{0, 3, 4}},
		{"japanese", "一\n二\n", "一\n三\n", []int{1}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := codeview.ChangedLines(tt.old, tt.text); !slices.Equal(got, tt.want) {
				t.Errorf("ChangedLines(%q, %q) = %v, want %v", tt.old, tt.text, got, tt.want)
			}
		})
	}
}

// TestUnmarkedLinesWereThere checks that unmarked lines are in the old text, in the same order.
func TestUnmarkedLinesWereThere(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		lines := rapid.SliceOfN(rapid.SampledFrom([]string{"a", "b", "c", "", "日本"}), 1, 12)
		old, now := lines.Draw(t, "old"), lines.Draw(t, "now")
		marked := codeview.ChangedLines(strings.Join(old, "\n")+"\n", strings.Join(now, "\n")+"\n")
		at := 0
		for i, line := range now {
			if slices.Contains(marked, i) {
				continue
			}
			for at < len(old) && old[at] != line {
				at++
			}
			if at == len(old) {
				t.Fatalf("line %d (%q) of %q is unmarked, old is %q, marked %v", i, line, now, old, marked)
			}
			at++
		}
	})
}

func sources() map[string]string {
	return map[string]string{
		"app.py":          newCode,
		"pyproject.toml":  "[project]\nname = \"my-app\" # 名前\ndependencies = [\"streamlit>=1.50\"]\n",
		"environment.yml": "name: app\nchannels:\n  - snowflake\n",
		"setup.sql":       "-- the rule\nCREATE SCHEMA IF NOT EXISTS \"my\".\"schema\";\n",
		".gitignore":      "# caches\n__pycache__/\n",
		"readme":          "no language\n\ttab \x1b[31m\n",
		"uv.lock":         "version = 1\n",
	}
}

// TestHighlightKeepsTheText checks that highlighting changes no letter, and that control characters are made visible.
func TestHighlightKeepsTheText(t *testing.T) {
	for name, text := range sources() {
		for _, l := range []look{dark(), light(), basic(), noColor()} {
			h := highlighted(l.context(), name, text)
			want := strings.Split(strings.TrimSuffix(text, "\n"), "\n")
			if len(h.Lines) != len(want) {
				t.Fatalf("%s: %d lines, want %d", name, len(h.Lines), len(want))
			}
			for i, line := range h.Lines {
				if got := ansi.Strip(line); got != cells.Clean(strings.ReplaceAll(want[i], "\t", "    ")) {
					t.Errorf("%s line %d: %q, want %q", name, i, got, want[i])
				}
			}
			coloured := strings.Contains(strings.Join(h.Lines, ""), "\x1b[")
			if wants := l.profile > noColor().profile && name != "readme"; coloured != wants {
				t.Errorf("%s in %s: coloured = %v", name, l.name, coloured)
			}
		}
	}
}

func FuzzHighlight(f *testing.F) {
	for name, text := range sources() {
		f.Add(name, text)
	}
	k := dark().context()
	f.Fuzz(func(t *testing.T, name, text string) {
		h := highlighted(k, name, text)
		for _, line := range h.Lines {
			if strings.ContainsAny(ansi.Strip(line), "\x1b\n\r\t\x07") {
				t.Errorf("a control character is left in %q", line)
			}
		}
	})
}

func TestCodeScreens(t *testing.T) {
	for _, l := range []look{dark(), light(), noColor(), plain()} {
		for _, w := range []int{30, 60} {
			t.Run(fmt.Sprintf("%s-%d", l.name, w), func(t *testing.T) {
				k := l.context()
				code, _ := codeview.NewCode(k).SetSize(w, 12).SetFoot("sql/setup.sql +9").Show("streamlit_app.py", oldCode, newCode)
				code, _ = code.Update(highlighted(k, "streamlit_app.py", newCode))
				within(t, code.View(), w)
				golden.RequireEqual(t, code.View())
			})
		}
	}
}

func numbered(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "line_%d = %d\n", i, i)
	}
	return b.String()
}

func TestCodeScrollsToTheFirstChange(t *testing.T) {
	old := numbered(200)
	now := strings.Replace(old, "line_150 = 150", "line_150 = 0", 1)
	code, cmd := codeview.NewCode(dark().context()).SetSize(50, 20).Show("a.py", old, now)
	if view := ansi.Strip(code.View()); !strings.Contains(view, "151 ▌line_150 = 0") || !strings.Contains(view, "1 line changed") {
		t.Errorf("not in\n%s", view)
	}
	if cmd == nil {
		t.Fatal("no command for the colours")
	}
	if _, cmd = code.Show("a.py", old, now); cmd != nil {
		t.Error("showing the same text again returned a command")
	}
}

// TestCodeKeepsColoursOfKnownLines checks that known lines keep their colours until the new text is highlighted.
func TestCodeKeepsColoursOfKnownLines(t *testing.T) {
	k := dark().context()
	code, cmd := codeview.NewCode(k).SetSize(50, 20).Show("a.py", "", "import a\nimport b\n")
	code, _ = code.Update(cmd())
	code, cmd = code.Show("a.py", "import a\nimport b\n", "import a\nimport c\nimport b\n")
	lines := strings.Split(code.View(), "\n")
	if !strings.Contains(lines[2], "255mimport") || strings.Contains(lines[3], "255mimport") || !strings.Contains(lines[4], "255mimport") {
		t.Errorf("lines are %q", lines[2:5])
	}
	old := code
	code, _ = code.Update(cmd())
	if !strings.Contains(strings.Split(code.View(), "\n")[3], "255mimport") {
		t.Error("the new line got no colours")
	}
	late, _ := old.Show("a.py", "", "other = 1\n")
	late, _ = late.Update(cmd())
	if strings.Contains(late.View(), "import") {
		t.Error("colours of an older text were applied")
	}
}

func TestCodeScrolls(t *testing.T) {
	code, _ := codeview.NewCode(dark().context()).SetSize(50, 12).Show("a.py", "", "")
	code, _ = code.Show("b.py", numbered(100), numbered(100))
	first := func() string { return strings.Fields(ansi.Strip(strings.Split(code.View(), "\n")[2]))[0] }
	for _, step := range []struct{ key, want string }{
		{"down", "2"}, {"pgdown", "12"}, {"ctrl+up", "11"}, {"end", "91"}, {"down", "91"}, {"home", "1"}, {"up", "1"},
	} {
		code, _ = code.Update(hit(step.key))
		if got := first(); got != step.want {
			t.Errorf("after %s the first line is %s, want %s", step.key, got, step.want)
		}
	}
}

func TestDiffScreens(t *testing.T) {
	for _, l := range []look{dark(), noColor()} {
		t.Run(l.name, func(t *testing.T) {
			d := codeview.NewDiff(l.context(), "streamlit_app.py", oldCode, newCode).SetSize(60, 16)
			within(t, d.View(), 60)
			golden.RequireEqual(t, d.View())
		})
	}
	if view := codeview.NewDiff(dark().context(), "a", "x\n", "x\n").SetSize(40, 5).View(); !strings.Contains(view, "No differences.") {
		t.Errorf("got\n%s", view)
	}
}

// TestCodeMarksFade checks that the lines changed by an answer are marked at first, then faintly, and then not at all.
func TestCodeMarksFade(t *testing.T) {
	k := dark().context()
	old, now := "a = 1\nb = 2\n", "a = 1\nb = 3\n"
	code, _ := codeview.NewCode(k).SetSize(50, 20).Show("a.py", old, now)
	var seen []string
	for range 4 {
		line, _, _ := strings.Cut(ansi.Strip(code.View())[strings.Index(ansi.Strip(code.View()), " 2 "):], "b")
		seen = append(seen, strings.TrimPrefix(line, " 2 "))
		code, _ = code.Show("a.py", now, now)
	}
	if want := []string{k.Glyphs.Mark, k.Glyphs.Faded, " ", " "}; !slices.Equal(seen, want) {
		t.Errorf("marks %q, want %q", seen, want)
	}
	code, _ = code.Show("a.py", now, old)
	code, _ = code.Show("a.py", old, old)
	code, _ = code.Show("a.py", old, now)
	if view := ansi.Strip(code.View()); !strings.Contains(view, "2 "+k.Glyphs.Mark+"b = 3") {
		t.Errorf("a new change is not marked again:\n%s", view)
	}
}

// TestLongCommentsAreWrapped checks that a long comment continues below, aligned with its text and with one line number,
// and that long code continues indented.
func TestLongCommentsAreWrapped(t *testing.T) {
	for _, tt := range []struct {
		name, text string
		want       []string
	}{
		{
			"setup.sql", "-- Running it again changes nothing: what exists is left.\nCREATE STAGE IF NOT EXISTS APPS.PUBLIC.STREAMLIT_STAGE;\n",
			[]string{" 1  -- Running it again changes nothing:", "       what exists is left.", " 2  CREATE STAGE IF NOT EXISTS", "        APPS.PUBLIC.STREAMLIT_STAGE;"},
		},
		{
			"app.py", "def f():\n    # one two three four five six seven eight\n    # " + strings.Repeat("=", 60) + "\n",
			[]string{" 1  def f():", " 2      # one two three four five six", "          seven eight", " 3      # ================================"},
		},
		{
			"app.py", "# 接続を一度だけ開きます。長いので右端で切れるはずの注釈です。\n",
			[]string{" 1  # 接続を一度だけ開きます。長いので", "      右端で切れるはずの注釈です。"},
		},
	} {
		k := dark().context()
		code, _ := codeview.NewCode(k).SetSize(42, 12).Show(tt.name, tt.text, tt.text)
		for _, coloured := range []bool{false, true} {
			if coloured {
				code, _ = code.Update(highlighted(k, tt.name, tt.text))
			}
			got := strings.Split(ansi.Strip(code.View()), "\n")[2 : 2+len(tt.want)]
			for i := range got {
				got[i] = strings.TrimRight(got[i], " ")
			}
			if !slices.Equal(got, tt.want) {
				t.Errorf("coloured %v:\n%s\nwant\n%s", coloured, strings.Join(got, "\n"), strings.Join(tt.want, "\n"))
			}
			within(t, code.View(), 42)
		}
	}
}

// TestRevealStaysWithTheChange checks that revealing an unchanged line before the change keeps the change in view.
func TestRevealStaysWithTheChange(t *testing.T) {
	old := "-- title_0\n" + numbered(200)
	now := strings.Replace(old, "line_150 = 150", "line_150 = 0", 1)
	code, _ := codeview.NewCode(dark().context()).SetSize(50, 20).Show("a.py", old, now)
	if view := ansi.Strip(code.Reveal("title_0").View()); !strings.Contains(view, "line_150") {
		t.Errorf("not in\n%s", view)
	}
}

// TestCodeIsWhole checks that a long line continues in the rows below it, and nothing of it is cut off.
func TestCodeIsWhole(t *testing.T) {
	k := dark().context()
	text := "    SNOWFLAKE_ERRORS = (SnowparkClientException, ConnectorError, StreamlitAPIException)  # no connection is configured\n" +
		"query = \"SELECT CURRENT_TIMESTAMP() AS NOW\"\n" + strings.Repeat("x", 90) + "\nlabel = \"" + strings.Repeat("質問する", 12) + "\"\n"
	letters := func(s string) string { return strings.Join(strings.Fields(s), "") }
	for _, w := range []int{24, 40, 57} {
		code, cmd := codeview.NewCode(k).SetSize(w, 60).Show("streamlit_app.py", text, text)
		for range 2 { // without colours and with them
			within(t, code.View(), w)
			var shown strings.Builder
			for _, row := range strings.Split(ansi.Strip(code.View()), "\n")[2:] {
				shown.WriteString(strings.TrimLeft(strings.TrimSpace(row), "1234567890"))
			}
			if got := letters(shown.String()); got != letters(text) {
				t.Errorf("%d columns:\n%s\nshow %q", w, ansi.Strip(code.View()), got)
			}
			code, _ = code.Update(cmd())
		}
	}
}

// TestCodeScrollsToTheCodeThatChanged checks that a changed comment at the top of a file does not hide the lines that an
// answer added.
func TestCodeScrollsToTheCodeThatChanged(t *testing.T) {
	old := "-- one\n-- two\n" + strings.Repeat("SELECT 1;\n", 100)
	now := "-- 1\n-- 2\n-- 3\n" + strings.Repeat("SELECT 1;\n", 80) + "CREATE SECRET s\n  TYPE = OAUTH2;\n" + strings.Repeat("SELECT 1;\n", 20)
	code, _ := codeview.NewCode(dark().context()).SetSize(50, 20).Show("sql/setup.sql", old, now)
	if view := ansi.Strip(code.View()); !strings.Contains(view, "TYPE = OAUTH2") {
		t.Errorf("not in\n%s", view)
	}
}

// TestDiffsBeginWithTheChange checks that a view that is too small for the whole diff starts at the change.
func TestDiffsBeginWithTheChange(t *testing.T) {
	old := numbered(40)
	now := strings.Replace(old, "line_20 = 20", "line_20 = 0", 1)
	k := dark().context()
	for name, view := range map[string]string{
		"unified": codeview.NewDiff(k, "a.py", old, now).SetSize(60, 6).View(),
		"narrow":  codeview.NewSplitDiff(k, "a.py", old, now).SetSize(60, 6).View(),
		"sides":   codeview.NewSplitDiff(k, "a.py", old, now).SetSize(120, 4).View(),
	} {
		if view = ansi.Strip(view); !strings.Contains(view, "line_20 = 20") || !strings.Contains(view, "line_20 = 0") {
			t.Errorf("%s: the change is not in\n%s", name, view)
		}
	}
}

// TestSplitDiffBreaksAtWords checks that a name is not broken if it fits in a row.
func TestSplitDiffBreaksAtWords(t *testing.T) {
	view := ansi.Strip(codeview.NewSplitDiff(dark().context(), "a.py", "from snowflake.snowpark.context import get_active_session\n", "import x\n").SetSize(110, 20).View())
	if !strings.Contains(view, "get_active_session") {
		t.Errorf("a name is broken in\n%s", view)
	}
}
