package ui

import (
	"strings"

	"charm.land/bubbles/v2/key"
)

const keyGap = "   "

// footer draws the keys that work now. What has no room falls away from the
// right, but for the last two, which are the ways to help and out.
func (f Frame) footer(s Screen) string {
	if s.Notice != "" {
		return f.kit.Fit(" "+f.kit.Warn.Render(f.kit.Glyphs.Warn)+" "+f.kit.Cut(Clean(s.Notice), f.w-4), f.w)
	}
	return f.kit.Fit(" "+f.kit.KeyLine(s.Footer, f.w-2), f.w)
}

// KeyLine draws keys and what they do in one line of at most w cells. The last
// two keys stay when others must go; without words they are left out.
func (k *Kit) KeyLine(keys []key.Binding, w int) string {
	const stay = 2
	var cells []string
	for _, b := range keys {
		if b.Enabled() && b.Help().Desc != "" {
			cells = append(cells, k.Accent.Render(b.Help().Key)+" "+k.Muted.Render(b.Help().Desc))
		}
	}
	for len(cells) > 1 && Width(strings.Join(cells, keyGap)) > w {
		drop := max(len(cells)-stay-1, 0)
		cells = append(cells[:drop:drop], cells[drop+1:]...)
	}
	return k.Cut(strings.Join(cells, keyGap), w)
}
