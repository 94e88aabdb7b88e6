package ui

import (
	"strings"

	"sleet/ui/cells"

	"charm.land/bubbles/v2/key"
)

// keyGaps are the spaces between keys; the narrow one is used if room is short.
var keyGaps = [2]string{"   ", "  "}

// footer draws the keys that work now. Keys that do not fit are dropped from the right, except enter and the last two,
// which open the help and leave.
func (f Frame) footer(s Screen) string {
	if s.Notice != "" {
		return f.context.Fit(" "+f.context.Warn.Render(f.context.Glyphs.Warn)+" "+f.context.Cut(cells.Clean(s.Notice), f.w-4), f.w)
	}
	return f.context.Fit(" "+f.context.KeyLine(s.Footer, f.w-2), f.w)
}

// KeyLine draws keys and what they do in one line of at most w cells. If some must be dropped, enter and the last two
// stay. Keys without a help text are left out.
func (k *Context) KeyLine(keys []key.Binding, w int) string {
	const stay = 2
	var parts []string
	enter := -1
	for _, b := range keys {
		if b.Enabled() && b.Help().Desc != "" {
			if b.Help().Key == k.Keys.Enter.Help().Key {
				enter = len(parts)
			}
			parts = append(parts, k.Accent.Render(b.Help().Key)+" "+k.Muted.Render(b.Help().Desc))
		}
	}
	for {
		for _, gap := range keyGaps {
			if line := strings.Join(parts, gap); len(parts) < 2 || cells.Width(line) <= w {
				return k.Cut(line, w)
			}
		}
		drop := max(len(parts)-stay-1, 0)
		if drop == enter && drop > 0 {
			drop--
			enter--
		}
		parts = append(parts[:drop:drop], parts[drop+1:]...)
	}
}
