package ui

import "strings"

// Glyphs are the characters that widgets draw. They are one cell wide, except ASCII boxes and names of arrows, and
// common fonts have them at that width. Each state has its own glyph, so that colour is never the only difference.
type Glyphs struct {
	Done, Here, Ahead      string // steps and rows: finished, current, upcoming
	On, Off                string // the selected option, and the others
	Checked, Unchecked     string // a toggle
	Pointer, Bar           string // the focus: of a row, of a whole field
	Mark, Faded            string // a changed line, and one changed by an earlier answer
	Rule, Wall, TeeD, TeeU string // lines of the frame and their junctions
	Full                   string // the completed part of a bar
	Crumb, More, Less      string // between parts of a path; more below, more above
	Left, Right            string // arrows for keys
	Up, Down               string
	Warn, Bad, Skip        string // problems, and skipped rows
	Ellipsis, Mask, Block  string
	Add, Gone, Changed     string // files: new, removed, changed
	Branch, Last, Trunk    string // of a tree, two cells each
	Corners                [4]string
	Spinner                []string
}

// UnicodeGlyphs returns the glyphs for terminals that show UTF-8.
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

// ASCIIGlyphs returns the glyphs for all other terminals.
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

// UTF8 reports whether the locale in env (LC_ALL, LC_CTYPE, LANG) uses UTF-8. A locale without a character set counts as
// UTF-8, as it does in today's terminals, except C and POSIX.
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
