package palette

import (
	"image/color"
	"strings"

	"sleet/ui"
	"sleet/ui/cells"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/colorprofile"
)

// PageColours are the colours of a Streamlit page, in the notations that Contrast reads.
type PageColours struct {
	Ground, Second, Text, Primary, Link string
}

// PageMock is a small picture of a page: a sidebar, a title, text, a button and a link in its colours.
type PageMock struct {
	Name                                 string
	Menu, Title, Body, Button, LinkWords string
	Colours                              PageColours
}

const (
	pageWidth  = 20 // the smallest width of a page
	sideWidth  = 10
	smallSide  = 8
	smallRatio = 15 // beside a small page: a label and its contrast
)

// Pages draws pages side by side in w cells, with the contrasts of each below it, labelled with words. It returns nil if
// the terminal lacks true colour, a colour cannot be read, or the pages do not fit.
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

// PageRows is the number of rows of the pages themselves in the result of Pages; the contrasts are below them.
const PageRows = 6

// SmallPages draws pages side by side in three rows, each with its contrasts beside it. The contrast of text is the
// lower one of that on the page and that on widgets. It returns nil where Pages would.
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

// pagePaint draws the rows of one page: the sidebar and the text beside it.
type pagePaint struct {
	context                  *ui.Context
	main, aside              int // their widths
	side, text, button, link lipgloss.Style
}

// newPagePaint returns the styles of a page of w cells; ok is false if a colour cannot be read.
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
		context: k, main: w - aside - 1, aside: aside,
		side: on(colours.Text, colours.Second), text: on(colours.Text, colours.Ground), link: on(colours.Link, colours.Ground).Underline(true),
		button: lipgloss.NewStyle().Foreground(lipgloss.Color(ButtonText)).Background(c[colours.Primary]),
	}, true
}

// row draws the text in the sidebar, and the text beside it in its own style.
func (p pagePaint) row(left, right string, style lipgloss.Style) string {
	inner := p.context.Cut(cells.Clean(right), p.main-1)
	rest := p.text.Render(strings.Repeat(" ", max(p.main-cells.Width(inner), 0)))
	return p.side.Render(p.context.Fit(" "+cells.Clean(left), p.aside)) + p.text.Render(" ") + style.Render(inner) + rest
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

// ratioLine returns one line of w cells: a label and its contrast.
func ratioLine(k *ui.Context, what string, ratio float64, w int) string {
	said := contrast(k, ratio)
	return k.Muted.Render(k.Fit(what, w-7)) + strings.Repeat(" ", max(7-cells.Width(said), 0)) + said
}
