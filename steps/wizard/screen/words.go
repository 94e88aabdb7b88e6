package screen

import (
	"fmt"
	"path"
	"strings"
	"time"

	"sleet/snowflake"
	"sleet/ui"
	"sleet/ui/message"
)

// Elapsed returns a duration as text.
func Elapsed(d time.Duration) string {
	switch {
	case d < 10*time.Second:
		return fmt.Sprintf("%.1f s", d.Seconds())
	case d < time.Minute:
		return fmt.Sprintf("%d s", int(d.Seconds()))
	default:
		return fmt.Sprintf("%d:%02d min", int(d.Minutes()), int(d.Seconds())%60)
	}
}

// SecretOf returns the value of a masked field.
func SecretOf(f ui.SecretField) snowflake.Secret { return snowflake.NewSecret(f.Reveal()) }

// shownOr returns a value, or the text for an empty one.
func shownOr(k *ui.Context, value string) string {
	if value == "" {
		return k.T("plan.none")
	}
	return value
}

// ShownText returns the text of a message, or the text for an empty one.
func ShownText(k *ui.Context, words message.Message) string { return shownOr(k, k.T.Say(words)) }

// Failure returns the lines of an error, wrapped to w cells, the first one highlighted.
func Failure(k *ui.Context, err error, w int) []string {
	said := strings.Split(k.T.Say(message.Of(err)), "\n")
	lines := k.Paragraph(ui.Paragraph{Tone: ui.ToneBad, Text: k.Glyphs.Bad + " " + said[0]}, max(w, 1))
	for _, line := range said[1:] {
		lines = append(lines, k.Paragraph(ui.Paragraph{Text: line}, max(w, 1))...)
	}
	return lines
}

// FitHalf returns as many of the lines as fit in half of h, which leaves the other half to the part below.
func FitHalf(k *ui.Context, lines []string, h int) []string {
	n := max(h/2, 1)
	if len(lines) <= n {
		return lines
	}
	return append(lines[:n-1:n-1], k.Glyphs.Ellipsis)
}

// FailureLines returns the lines of an error without wrapping them.
func FailureLines(k *ui.Context, err error) []string {
	const wide = 1000
	return Failure(k, err, wide)
}

// Link returns the link to a page, titled with the end of its address.
func Link(page string) ui.Link {
	if page == "" {
		return ui.Link{}
	}
	return ui.Link{URL: page, Text: strings.ReplaceAll(path.Base(page), "-", " ")}
}
