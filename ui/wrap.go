package ui

import (
	"path"
	"slices"
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// Wrap breaks s into lines of at most w cells: at spaces, and in Japanese and other
// scripts written without them between any two characters, but for those that may
// not begin or end a line. A word longer than a line is broken anywhere. It gives
// at least one line; a line break in s stays one.
func Wrap(s string, w int) []string {
	if w < 1 {
		return []string{""}
	}
	var lines []string
	for part := range strings.SplitSeq(s, "\n") {
		lines = append(lines, wrapLine(part, w)...)
	}
	return lines
}

func wrapLine(s string, w int) []string {
	var lines []string
	line := ""
	for _, piece := range pieces(s) {
		room := w - Width(line)
		if Width(strings.TrimRight(piece, " ")) > room && line != "" {
			lines = append(lines, strings.TrimRight(line, " "))
			line = ""
		}
		for Width(strings.TrimRight(piece, " ")) > w {
			head := ansi.Truncate(piece, w, "")
			if head == "" { // a wide character on a line of one cell
				return append(lines, "")
			}
			lines = append(lines, head)
			piece = cutLeft(piece, Width(head))
		}
		line += piece
	}
	return append(lines, cut(strings.TrimRight(line, " "), w, ""))
}

// pieces splits s where a line may be broken: after spaces, and beside wide
// characters.
func pieces(s string) []string {
	var out []string
	start, last := 0, ""
	var state byte
	for at := 0; at < len(s); {
		seq, width, n, next := ansi.DecodeSequence(s[at:], state, nil)
		state = next
		wide := width > 1 || Width(last) > 1
		if last != "" && seq != " " && (last == " " || wide && breakable(last, seq)) {
			out = append(out, s[start:at])
			start = at
		}
		if width > 0 {
			last = seq
		}
		at += n
	}
	return append(out, s[start:])
}

// Characters that begin no line, and those that end none (JIS X 4051).
const (
	noStart = "、。，．・：；？！ー）］｝」』】〉》〕’”…‥々ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ,.:;?!)]}%°"
	noEnd   = "（［｛「『【〈《〔‘“([{"
)

// breakable reports whether a line may end after a and the next begin with b.
func breakable(a, b string) bool {
	return !strings.Contains(noStart, b) && !strings.Contains(noEnd, a)
}

// docstring begins a text in Python that says what follows.
const docstring = `"""`

// commentSigns are what begins a comment in a file of this name.
func commentSigns(name string) []string {
	switch strings.ToLower(path.Ext(name)) {
	case ".sql":
		return []string{"--"}
	case ".py":
		return []string{"#", docstring}
	case ".toml", ".lock", ".yml", ".yaml", ".gitignore", ".sh":
		return []string{"#"}
	default:
		return nil
	}
}

// codeRows returns the rows of one line of code: a comment on a line of its own is wrapped to w cells, with
// its text in one column, a rule across the page is shortened, and any other line goes on below, indented.
func (k *Context) codeRows(signs []string, plain, drawn string, w int) []string {
	const least = 16 // the room that is worth wrapping a comment to
	if Width(plain) <= w || w < 1 {
		return []string{drawn}
	}
	body := strings.TrimLeft(plain, " ")
	is := slices.IndexFunc(signs, func(sign string) bool { return strings.HasPrefix(body, sign) })
	if is < 0 {
		return brokenRows(plain, drawn, w)
	}
	body = strings.TrimLeft(strings.TrimPrefix(body, signs[is]), " ")
	head := strings.TrimSuffix(plain, body)
	if body == "" || w-Width(head) < least {
		return brokenRows(plain, drawn, w)
	}
	style := k.syntax().comment
	if signs[is] == docstring {
		style = k.syntax().str
	}
	render := func(text string) string {
		if drawn == plain {
			return text // no colours, or not yet
		}
		return style.Render(text)
	}
	if strings.Trim(body, body[:1]) == "" {
		return []string{render(cut(plain, w, ""))}
	}
	var rows []string
	for _, part := range Wrap(body, w-Width(head)) {
		rows = append(rows, render(head+part))
		head = Pad("", Width(head))
	}
	return rows
}

// brokenRows breaks a line of code after spaces and opening brackets, or anywhere where there are none. What goes on below is indented
// further than the line.
func brokenRows(plain, drawn string, w int) []string {
	indent := min(Width(plain)-Width(strings.TrimLeft(plain, " "))+tabWidth, w/2)
	var rows []string
	start, end := 0, 0 // the cells of the row so far
	room := w
	add := func(to int) {
		rows = append(rows, Pad("", w-room)+ansi.Cut(drawn, start, min(to, start+room))) // without the space at its end
		start, room = to, w-indent
	}
	for _, piece := range codePieces(plain) {
		if end > start && end-start+Width(strings.TrimRight(piece, " ")) > room && strings.TrimSpace(ansi.Cut(plain, start, end)) != "" {
			add(end)
		}
		for end+Width(strings.TrimRight(piece, " "))-start > room {
			full := start + Width(ansi.Truncate(ansi.Cut(plain, start, start+room+1), room, ""))
			if full == start { // a wide character in a row of one cell
				return append(rows, "")
			}
			piece = cutLeft(piece, full-end)
			end = full
			add(full)
		}
		end += Width(piece)
	}
	add(Width(strings.TrimRight(plain, " ")))
	return rows
}

// codePieces splits a line of code where it may be broken.
func codePieces(plain string) []string {
	var all []string
	for _, piece := range pieces(plain) {
		for {
			head, rest, found := strings.Cut(piece, "(")
			if !found || rest == "" {
				break
			}
			all, piece = append(all, head+"("), rest
		}
		all = append(all, piece)
	}
	return all
}
