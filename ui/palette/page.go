package palette

import (
	"image/color"
	"strings"

	"sleet/ui"
	"sleet/ui/cells"

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
	pageWidth  = 20 // the smallest page worth looking at
	sideWidth  = 10
	smallSide  = 8
	smallRatio = 15 // beside a small page: what is read, and its contrast
)

// Pages draws pages side by side in w cells, under each what its contrasts are, by the names in
// words. It gives nothing where the terminal lacks true colour, where a colour is not known, or
// where the pages have no room.
func Pages(k *ui.Context, w int, words [4]string, pages ...PageMock) []string {
	if k.Profile < colorprofile.TrueColor || len(pages) == 0 {
		return nil
	}
	width := min((w-2*(len(pages)-1))/len(pages), 2*pageWidth)
	if width < pageWidth {
		return nil
	}
	var rows []string
	for i, page := range pages {
		drawn, ok := pageLines(k, width, words, page)
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

// SmallPages draws pages side by side in three rows, each with its contrasts beside it: of text, the
// worse of that on the page and on widgets. It returns nothing where Pages would not.
func SmallPages(k *ui.Context, w int, words [3]string, pages ...PageMock) []string {
	if k.Profile < colorprofile.TrueColor || w < len(pages)*(pageWidth+1+smallRatio)+2*(len(pages)-1) {
		return nil
	}
	rows := make([]string, len(words))
	for i, page := range pages {
		c := page.Colours
		paint, ok := newPagePaint(k, c, pageWidth, smallSide)
		if !ok {
			return nil
		}
		drawn := []string{
			paint.row(page.Name, page.Title, paint.text.Bold(true)),
			paint.row("", page.LinkWords, paint.link),
			paint.row("", " "+cells.Clean(page.Button)+" ", paint.button),
		}
		text, _ := Contrast(c.Text, c.Ground)
		second, _ := Contrast(c.Text, c.Second)
		link, _ := Contrast(c.Link, c.Ground)
		button, _ := Contrast(ButtonText, c.Primary)
		for row, ratio := range []float64{min(text, second), link, button} {
			if i > 0 {
				rows[row] += "  "
			}
			rows[row] += drawn[row] + " " + ratioLine(k, words[row], ratio, smallRatio)
		}
	}
	return rows
}

// pagePaint draws the rows of one page: a sidebar, and the text beside it.
type pagePaint struct {
	kit                      *ui.Context
	main, aside              int // how wide they are
	side, text, button, link lipgloss.Style
}

// newPagePaint returns what draws a page of w cells; ok is false where a colour is not known.
func newPagePaint(k *ui.Context, colours PageColours, w, aside int) (p pagePaint, ok bool) {
	c := map[string]color.RGBA{}
	for _, hex := range []string{colours.Ground, colours.Second, colours.Text, colours.Primary, colours.Link} {
		if c[hex], ok = hexColour(hex); !ok {
			return pagePaint{}, false
		}
	}
	on := func(fg, bg string) lipgloss.Style {
		return lipgloss.NewStyle().Foreground(c[fg]).Background(c[bg])
	}
	return pagePaint{
		kit: k, main: w - aside - 1, aside: aside,
		side: on(colours.Text, colours.Second), text: on(colours.Text, colours.Ground), link: on(colours.Link, colours.Ground).Underline(true),
		button: lipgloss.NewStyle().Foreground(lipgloss.Color(ButtonText)).Background(c[colours.Primary]),
	}, true
}

// row draws what is in the sidebar, and what is beside it in a style of its own.
func (p pagePaint) row(left, right string, style lipgloss.Style) string {
	inner := p.kit.Cut(cells.Clean(right), p.main-1)
	rest := p.text.Render(strings.Repeat(" ", max(p.main-cells.Width(inner), 0)))
	return p.side.Render(p.kit.Fit(" "+cells.Clean(left), p.aside)) + p.text.Render(" ") + style.Render(inner) + rest
}

// pageLines draws one page, each line exactly w cells.
func pageLines(k *ui.Context, w int, words [4]string, p PageMock) (lines []string, ok bool) {
	paint, ok := newPagePaint(k, p.Colours, w, sideWidth)
	if !ok {
		return nil, false
	}
	lines = []string{
		k.Muted.Render(k.Fit(cells.Clean(p.Name), w)),
		paint.row("", "", paint.text),
		paint.row(p.Menu, p.Title, paint.text.Bold(true)),
		paint.row("", p.Body, paint.text),
		paint.row("", " "+cells.Clean(p.Button)+" ", paint.button),
		paint.row("", p.LinkWords, paint.link),
	}
	for i, pair := range [][2]string{
		{p.Colours.Text, p.Colours.Ground}, {p.Colours.Text, p.Colours.Second}, {p.Colours.Link, p.Colours.Ground}, {ButtonText, p.Colours.Primary},
	} {
		ratio, _ := Contrast(pair[0], pair[1])
		lines = append(lines, ratioLine(k, words[i], ratio, w))
	}
	return lines, true
}

// ratioLine returns one line of w cells: what is read, and its contrast.
func ratioLine(k *ui.Context, what string, ratio float64, w int) string {
	said := contrast(k, ratio)
	return k.Muted.Render(k.Fit(what, w-7)) + strings.Repeat(" ", max(7-cells.Width(said), 0)) + said
}
