// Package palette draws the colours of a Streamlit theme: swatches with their contrasts, and small pages. It knows
// nothing about apps.
package palette

import (
	"cmp"
	"fmt"
	"image/color"
	"math"
	"regexp"
	"slices"
	"strings"

	"sleet/ui"
	"sleet/ui/cells"

	"charm.land/lipgloss/v2"
)

// EnoughContrast is the contrast ratio that WCAG 2.2 requires for text (level AA, 1.4.3).
const EnoughContrast = 4.5

// Contrast returns the WCAG 2.2 contrast ratio of two colours, 1 to 21, written as #rgb, #rgba, #rrggbb or #rrggbbaa. In
// any other notation ok is false.
func Contrast(fg, bg string) (ratio float64, ok bool) {
	a, okA := hexColour(fg)
	b, okB := hexColour(bg)
	if !okA || !okB {
		return 0, false
	}
	la, lb := luminance(a), luminance(b)
	return (max(la, lb) + 0.05) / (min(la, lb) + 0.05), true
}

// hexColour parses a colour, ignoring its alpha.
func hexColour(s string) (color.RGBA, bool) {
	if !regexp.MustCompile(`^#([0-9a-fA-F]{3,4}|[0-9a-fA-F]{6}|[0-9a-fA-F]{8})$`).MatchString(s) {
		return color.RGBA{}, false
	}
	s = s[1:]
	if len(s) < 6 {
		s = strings.Repeat(s[0:1], 2) + strings.Repeat(s[1:2], 2) + strings.Repeat(s[2:3], 2)
	}
	c := color.RGBA{A: math.MaxUint8}
	_, err := fmt.Sscanf(s[:6], "%02x%02x%02x", &c.R, &c.G, &c.B)
	return c, err == nil
}

// luminance returns the relative luminance as WCAG 2.2 defines it.
func luminance(c color.RGBA) float64 {
	linear := func(v uint8) float64 {
		f := float64(v) / math.MaxUint8
		if f <= 0.04045 {
			return f / 12.92
		}
		return math.Pow((f+0.055)/1.055, 2.4)
	}
	return 0.2126*linear(c.R) + 0.7152*linear(c.G) + 0.0722*linear(c.B)
}

// ButtonText is the colour of the text on Streamlit's primary button, for any button colour.
const ButtonText = "#ffffff"

// Swatch is a named colour. If Against is set, its contrast with that is shown.
type Swatch struct {
	Name    string
	Colour  string
	Against string
}

// Swatches draws colours, one per line of at most w cells. A terminal with too few colours shows their values only.
func Swatches(k *ui.Context, w int, swatches ...Swatch) string {
	name := 0
	for _, s := range swatches {
		name = max(name, cells.Width(cells.Clean(s.Name)))
	}
	name = min(name, w/2)
	lines := make([]string, len(swatches))
	for i, s := range swatches {
		line := swatch(k, s.Colour) + k.Fit(cells.Clean(s.Name), name) + "  " + k.Code.Render(cells.Clean(s.Colour))
		if ratio, ok := Contrast(s.Colour, s.Against); ok {
			line += "  " + contrast(k, ratio)
		}
		lines[i] = k.Cut(line, w)
	}
	return strings.Join(lines, "\n")
}

// SwatchRow draws as many colours as fit in one line of w cells, each with its contrast, those with the lowest contrast
// first.
func SwatchRow(k *ui.Context, w int, swatches ...Swatch) string {
	slices.SortStableFunc(swatches, func(a, b Swatch) int {
		x, okX := Contrast(a.Colour, a.Against)
		y, okY := Contrast(b.Colour, b.Against)
		switch {
		case okX && okY:
			return cmp.Compare(x, y)
		case okX:
			return -1
		case okY:
			return 1
		}
		return 0
	})
	line := ""
	for _, s := range swatches {
		cell := swatch(k, s.Colour) + cells.Clean(s.Name)
		if ratio, ok := Contrast(s.Colour, s.Against); ok {
			cell += " " + contrast(k, ratio)
		}
		if line != "" {
			cell = "   " + cell
		}
		if cells.Width(line+cell) > w {
			break
		}
		line += cell
	}
	return line
}

func swatch(k *ui.Context, hex string) string {
	if !k.Colour() {
		return ""
	}
	c, ok := hexColour(hex)
	if !ok {
		return k.Muted.Render("[ ]") + " "
	}
	return lipgloss.NewStyle().Foreground(k.Profile.Convert(c)).Render(strings.Repeat(k.Glyphs.Block, 3)) + " "
}

func contrast(k *ui.Context, ratio float64) string {
	text := fmt.Sprintf("%.1f", math.Floor(ratio*10)/10)
	if ratio < EnoughContrast {
		return k.Warn.Render(k.Glyphs.Warn + " " + text)
	}
	return k.Good.Render(k.Glyphs.Done + " " + text)
}
