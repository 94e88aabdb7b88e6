package ui

import (
	"slices"
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

// KeyAt returns the key drawn in the footer at a cell of the terminal.
func (f Frame) KeyAt(s Screen, x, y int) (b key.Binding, ok bool) {
	if y != f.h-1 || s.Notice != "" || !f.Fits() || !f.footerShown(s) {
		return key.Binding{}, false
	}
	shown, gap := f.context.fitKeys(s.Footer, f.w-2)
	at := 1
	for _, b := range shown {
		end := at + cells.Width(f.context.keyText(b))
		if x >= at && x < end {
			return b, true
		}
		at = end + len(gap)
	}
	return key.Binding{}, false
}

// KeyLine draws keys and what they do in one line of at most w cells. If some must be dropped, enter and the last two
// stay. Keys without a help text are left out.
func (k *Context) KeyLine(keys []key.Binding, w int) string {
	shown, gap := k.fitKeys(keys, w)
	return k.Cut(k.keyTexts(shown, gap), w)
}

// fitKeys returns the keys that KeyLine draws, and the gap between them.
func (k *Context) fitKeys(keys []key.Binding, w int) (shown []key.Binding, gap string) {
	const stay = 2
	shown = slices.DeleteFunc(slices.Clone(keys), func(b key.Binding) bool { return !b.Enabled() || b.Help().Desc == "" })
	for {
		for _, gap := range keyGaps {
			if len(shown) < 2 || cells.Width(k.keyTexts(shown, gap)) <= w {
				return shown, gap
			}
		}
		drop := max(len(shown)-stay-1, 0)
		if drop > 0 && shown[drop].Help().Key == k.Keys.Enter.Help().Key {
			drop--
		}
		shown = slices.Delete(shown, drop, drop+1)
	}
}

// keyText draws a key and what it does.
func (k *Context) keyText(b key.Binding) string {
	return k.Accent.Render(b.Help().Key) + " " + k.Muted.Render(b.Help().Desc)
}

func (k *Context) keyTexts(keys []key.Binding, gap string) string {
	texts := make([]string, len(keys))
	for i, b := range keys {
		texts[i] = k.keyText(b)
	}
	return strings.Join(texts, gap)
}
