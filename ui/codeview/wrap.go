package codeview

import (
	"slices"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"sleet/ui/cells"
	"sleet/ui/syntax"
)

// codeRows returns the rows of one line of code: a comment on its own line is wrapped to w cells with its text aligned,
// a horizontal rule in a comment is shortened, and any other line continues below, indented.
func codeRows(look syntax.Styles, signs []string, plain, drawn string, w int) []string {
	const least = 16 // the least width for wrapping a comment
	if cells.Width(plain) <= w || w < 1 {
		return []string{drawn}
	}
	body := strings.TrimLeft(plain, " ")
	is := slices.IndexFunc(signs, func(sign string) bool { return strings.HasPrefix(body, sign) })
	if is < 0 {
		return brokenRows(plain, drawn, w)
	}
	body = strings.TrimLeft(strings.TrimPrefix(body, signs[is]), " ")
	head := strings.TrimSuffix(plain, body)
	if body == "" || w-cells.Width(head) < least {
		return brokenRows(plain, drawn, w)
	}
	style := look.Comment
	if signs[is] == syntax.Docstring {
		style = look.String
	}
	render := func(text string) string {
		if drawn == plain {
			return text // no colours, or not highlighted yet
		}
		return style.Render(text)
	}
	if strings.Trim(body, body[:1]) == "" {
		return []string{render(cells.Cut(plain, w, ""))}
	}
	var rows []string
	for _, part := range cells.Wrap(body, w-cells.Width(head)) {
		rows = append(rows, render(head+part))
		head = cells.Pad("", cells.Width(head))
	}
	return rows
}

// brokenRows breaks a line of code after spaces and opening brackets, or anywhere if there are none. Continuation rows
// are indented further than the line.
func brokenRows(plain, drawn string, w int) []string {
	indent := min(cells.Width(plain)-cells.Width(strings.TrimLeft(plain, " "))+syntax.TabWidth, w/2)
	var rows []string
	start, end := 0, 0 // the cells of the row so far
	room := w
	add := func(to int) {
		rows = append(rows, cells.Pad("", w-room)+ansi.Cut(drawn, start, min(to, start+room))) // without the space at its end
		start, room = to, w-indent
	}
	for _, piece := range codePieces(plain) {
		if end > start && end-start+cells.Width(strings.TrimRight(piece, " ")) > room && strings.TrimSpace(ansi.Cut(plain, start, end)) != "" {
			add(end)
		}
		for end+cells.Width(strings.TrimRight(piece, " "))-start > room {
			full := start + cells.Width(ansi.Truncate(ansi.Cut(plain, start, start+room+1), room, ""))
			if full == start { // a wide character in a row of one cell
				return append(rows, "")
			}
			piece = cells.CutLeft(piece, full-end)
			end = full
			add(full)
		}
		end += cells.Width(piece)
	}
	add(cells.Width(strings.TrimRight(plain, " ")))
	return rows
}

// codePieces splits a line of code where it may be broken.
func codePieces(plain string) []string {
	var all []string
	for _, piece := range cells.Pieces(plain) {
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
