package ui

import "strings"

// Glyphs are the signs the widgets draw, one cell wide but for the ASCII boxes
// and names of arrows. They are those that the usual fonts have at that width.
// Every state has a sign of its own, so that colour is never the only difference.
type Glyphs struct {
	Done, Here, Ahead      string // steps and rows: finished, current, still to come
	On, Off                string // the chosen option of several, the others
	Checked, Unchecked     string // a toggle
	Pointer, Bar           string // where the focus is: a row, a whole field
	Mark, Faded            string // a changed line, one of an earlier answer
	Rule, Wall, TeeD, TeeU string // lines of the frame, and where they meet
	Full                   string // the part of a bar that is over
	Crumb, More, Less      string // between parts of a link; more below, more above
	Left, Right            string // arrows for keys
	Up, Down               string
	Warn, Bad, Skip        string // problems, and rows left out
	Ellipsis, Mask, Block  string
	Add, Gone, Changed     string // files: new, removed, changed
	Branch, Last, Trunk    string // of a tree, two cells each
	Corners                [4]string
	Spinner                []string
}

// UnicodeGlyphs are for terminals that show UTF-8.
func UnicodeGlyphs() Glyphs {
	return Glyphs{
		Done: "✓", Here: "●", Ahead: "◦",
		On: "●", Off: "◦",
		Checked: "■", Unchecked: "□",
		Pointer: "▸", Bar: "▌",
		Mark: "▌", Faded: "▏",
		Rule: "─", Wall: "│", TeeD: "┬", TeeU: "┴", Full: "━",
		Crumb: "›", More: "▾", Less: "▴",
		Left: "←", Right: "→",
		Up: "↑", Down: "↓",
		Warn: "!", Bad: "✗", Skip: "–",
		Ellipsis: "…", Mask: "•", Block: "█",
		Add: "+", Gone: "-", Changed: "~",
		Branch: "├ ", Last: "└ ", Trunk: "│ ",
		Corners: [4]string{"╭", "╮", "╰", "╯"},
		Spinner: []string{"⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"},
	}
}

// ASCIIGlyphs are the twins for everything else.
func ASCIIGlyphs() Glyphs {
	return Glyphs{
		Done: "+", Here: "*", Ahead: ".",
		On: "(*)", Off: "( )",
		Checked: "[x]", Unchecked: "[ ]",
		Pointer: ">", Bar: "|",
		Mark: "|", Faded: ":",
		Rule: "-", Wall: "|", TeeD: "+", TeeU: "+", Full: "=",
		Crumb: ">", More: "v", Less: "^",
		Left: "left", Right: "right",
		Up: "up", Down: "down",
		Warn: "!", Bad: "x", Skip: "-",
		Ellipsis: "~", Mask: "*", Block: "#",
		Add: "+", Gone: "-", Changed: "~",
		Branch: "|-", Last: "`-", Trunk: "| ",
		Corners: [4]string{"+", "+", "+", "+"},
		Spinner: []string{"|", "/", "-", "\\"},
	}
}

// UTF8 reports whether the locale in env (LC_ALL, LC_CTYPE, LANG) writes UTF-8.
// A locale that says nothing counts as UTF-8, as terminals do today; C and
// POSIX do not.
func UTF8(env func(string) string) bool {
	for _, name := range []string{"LC_ALL", "LC_CTYPE", "LANG"} {
		value := strings.ToLower(env(name))
		if value == "" {
			continue
		}
		if value == "c" || value == "posix" {
			return false
		}
		_, charset, ok := strings.Cut(value, ".")
		return !ok || strings.HasPrefix(charset, "utf-8") || strings.HasPrefix(charset, "utf8")
	}
	return true
}
