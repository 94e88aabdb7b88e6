//go:build unix

package command

import (
	"fmt"
	"html"
	"image/color"
	"strings"

	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/vt"
)

// The size of a cell of a picture, in pixels.
const (
	cellWidth  = 8.4
	cellHeight = 18.0
	fontSize   = 14.0
)

// paper has the default colours of a terminal.
type paper struct{ ground, ink string }

func darkPaper() paper  { return paper{"#15171f", "#e6e8ee"} }
func lightPaper() paper { return paper{"#ffffff", "#20222a"} }

// svg draws a terminal's content. Each run of one style keeps its columns in any font that the reader has.
func svg(screen *vt.Emulator, cells size, p paper) string {
	var b strings.Builder
	w, h := float64(cells.cols+2)*cellWidth, float64(cells.rows+1)*cellHeight
	fmt.Fprintf(&b, "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %.1f %.1f\" font-family=\"ui-monospace,'JetBrains Mono',Menlo,Consolas,'Noto Sans Mono CJK JP',monospace\" font-size=\"%.0f\">\n", w, h, fontSize)
	fmt.Fprintf(&b, "<rect width=\"100%%\" height=\"100%%\" rx=\"8\" fill=\"%s\"/>\n", p.ground)
	for y := range cells.rows {
		for x := 0; x < cells.cols; {
			run, n := runAt(screen, x, y, cells.cols)
			b.WriteString(run.draw(x, y, n, p))
			x += n
		}
	}
	return b.String() + "</svg>\n"
}

// textRun is text of one style.
type textRun struct {
	text  string
	style uv.Style
}

// runAt collects the cells from x on that have the same style; n counts cells. Wide characters are runs of their own,
// since fonts differ in their width. Of a blank only the background is visible, so its other attributes do not end a
// run.
func runAt(screen *vt.Emulator, x, y, cols int) (run textRun, n int) {
	bare := true // only blanks so far
	for x+n < cols {
		cell := screen.CellAt(x+n, y)
		if cell == nil {
			n++
			continue
		}
		wide := cell.Width > 1
		blank := strings.TrimSpace(cell.Content) == "" && cell.Style.Underline == 0 && cell.Style.Attrs&uv.AttrReverse == 0
		alike := cell.Style.Equal(&run.style)
		if blank || bare {
			alike = paint(cell.Style.Bg, "") == paint(run.style.Bg, "") && run.style.Underline == 0 && (run.style.Attrs|cell.Style.Attrs)&uv.AttrReverse == 0
		}
		if n > 0 && (wide || !alike) {
			break
		}
		switch {
		case blank && n == 0:
			run.style = uv.Style{Bg: cell.Style.Bg}
		case !blank && bare:
			run.style, bare = cell.Style, false
		}
		run.text += cell.Content
		n += max(cell.Width, 1)
		if wide {
			break
		}
	}
	return run, max(n, 1)
}

// draw returns the run as SVG.
func (r textRun) draw(x, y, n int, p paper) string {
	fg, bg := paint(r.style.Fg, p.ink), paint(r.style.Bg, "")
	if r.style.Attrs&uv.AttrReverse != 0 {
		fg, bg = paint(r.style.Bg, p.ground), paint(r.style.Fg, p.ink)
	}
	left, top := float64(x+1)*cellWidth, (float64(y)+0.5)*cellHeight
	var b strings.Builder
	if bg != "" {
		fmt.Fprintf(&b, "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" fill=\"%s\"/>\n", left, top, float64(n)*cellWidth+0.2, cellHeight+0.2, bg)
	}
	if strings.TrimSpace(r.text) == "" {
		return b.String()
	}
	more := ""
	if r.style.Attrs&uv.AttrBold != 0 {
		more += ` font-weight="bold"`
	}
	if r.style.Attrs&uv.AttrFaint != 0 {
		more += ` opacity="0.6"`
	}
	if r.style.Underline != 0 {
		more += ` text-decoration="underline"`
	}
	// Some viewers drop blanks at the ends.
	text := strings.TrimLeft(r.text, " ")
	skipped := len(r.text) - len(text)
	text = strings.TrimRight(text, " ")
	length := n - skipped - (len(r.text) - skipped - len(text))
	fmt.Fprintf(&b, "<text xml:space=\"preserve\" x=\"%.1f\" y=\"%.1f\" textLength=\"%.1f\" lengthAdjust=\"spacingAndGlyphs\" fill=\"%s\"%s>%s</text>\n",
		left+float64(skipped)*cellWidth, top+cellHeight*0.76, float64(length)*cellWidth, fg, more, html.EscapeString(text))
	return b.String()
}

// paint returns a colour for SVG.
func paint(c color.Color, otherwise string) string {
	if c == nil {
		return otherwise
	}
	r, g, b, _ := c.RGBA()
	return fmt.Sprintf("#%02x%02x%02x", r>>8, g>>8, b>>8)
}
