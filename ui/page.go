package ui

import (
	"image/color"
	"strings"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/colorprofile"
)

// PageColours are the colours of a Streamlit page, in the forms that Contrast knows.
type PageColours struct {
	Ground, Second, Text, Primary, Link string
}

// PageMock is a page to draw small: a sidebar, a title, text, a button and a link in its colours.
type PageMock struct {
	Name                                 string
	Menu, Title, Body, Button, LinkWords string
	Colours                              PageColours
}

const (
	pageWidth = 20 // the smallest page worth looking at
	sideWidth = 10
)

// Pages draws pages side by side in w cells, under each what its contrasts are, by the names in
// words. It gives nothing where the terminal lacks true colour, where a colour is not known, or
// where the pages have no room.
func (k *Context) Pages(w int, words [4]string, pages ...PageMock) []string {
	if k.Profile < colorprofile.TrueColor || len(pages) == 0 {
		return nil
	}
	width := min((w-2*(len(pages)-1))/len(pages), 2*pageWidth)
	if width < pageWidth {
		return nil
	}
	var rows []string
	for i, page := range pages {
		drawn, ok := k.page(width, words, page)
		if !ok {
			return nil
		}
		if rows == nil {
			rows = make([]string, len(drawn))
		}
		for row, line := range drawn {
			if i > 0 {
				rows[row] += "  "
			}
			rows[row] += line
		}
	}
	return rows
}

// PageRows is how many of the rows that Pages gives are the pages themselves: their contrasts stand under them.
const PageRows = 6

// page draws one page, each line exactly w cells.
func (k *Context) page(w int, words [4]string, p PageMock) (lines []string, ok bool) {
	c := map[string]color.RGBA{}
	for _, hex := range []string{p.Colours.Ground, p.Colours.Second, p.Colours.Text, p.Colours.Primary, p.Colours.Link} {
		if c[hex], ok = hexColour(hex); !ok {
			return nil, false
		}
	}
	on := func(fg, bg string) lipgloss.Style {
		return lipgloss.NewStyle().Foreground(c[fg]).Background(c[bg])
	}
	side, text := on(p.Colours.Text, p.Colours.Second), on(p.Colours.Text, p.Colours.Ground)
	button := lipgloss.NewStyle().Foreground(lipgloss.Color(ButtonText)).Background(c[p.Colours.Primary])
	main := w - sideWidth - 1
	row := func(left, right string, style lipgloss.Style) string {
		inner := k.Cut(right, main-1)
		rest := text.Render(strings.Repeat(" ", max(main-Width(inner), 0)))
		return side.Render(k.Fit(" "+left, sideWidth)) + text.Render(" ") + style.Render(inner) + rest
	}
	lines = []string{
		k.Muted.Render(k.Fit(Clean(p.Name), w)),
		row("", "", text),
		row(Clean(p.Menu), Clean(p.Title), text.Bold(true)),
		row("", Clean(p.Body), text),
		row("", " "+Clean(p.Button)+" ", button),
		row("", Clean(p.LinkWords), on(p.Colours.Link, p.Colours.Ground).Underline(true)),
	}
	for i, pair := range [][2]string{
		{p.Colours.Text, p.Colours.Ground}, {p.Colours.Text, p.Colours.Second}, {p.Colours.Link, p.Colours.Ground}, {ButtonText, p.Colours.Primary},
	} {
		ratio, _ := Contrast(pair[0], pair[1])
		lines = append(lines, k.ratio(words[i], ratio, w))
	}
	return lines, true
}

// ratio is one line of w cells: what is read, and its contrast.
func (k *Context) ratio(what string, ratio float64, w int) string {
	said := k.contrast(ratio)
	return k.Muted.Render(k.Fit(what, w-7)) + strings.Repeat(" ", max(7-Width(said), 0)) + said
}
