package wizard

import (
	"strings"

	"sleet/scaffold"
	"sleet/scaffold/catalogue"
	"sleet/steps"
	"sleet/ui"
	"sleet/ui/cells"
	"sleet/ui/message"
	"sleet/ui/palette"
)

// swatches shows the theme's main colours as they would be on the page, with the contrast of what
// is read against what lies under it: as small pages, light and dark, where the terminal has the
// colours and the room, else as a list. There are none while the app has no colours of its own.
func swatches(k *ui.Context, s steps.State, w int) [][]string {
	if !coloured(s.App) {
		return nil
	}
	return mock(k, s, w)
}

// mock shows the theme whether the app has colours of its own or not.
func mock(k *ui.Context, s steps.State, w int) [][]string {
	title := []string{cells.Pad("", indent) + k.Muted.Render(k.T("swatch.title"))}
	page := func(base string) palette.PageMock {
		return palette.PageMock{
			Name: k.T(message.ID("swatch." + base)), Menu: k.T("swatch.menu"), Title: titleOf(s.App), Body: k.T("swatch.body"),
			Button: k.T("swatch.button"), LinkWords: k.T("swatch.link"), Colours: colours(s.App, base),
		}
	}
	words := [4]string{k.T("swatch.text"), k.T("swatch.second"), k.T("swatch.link_contrast"), k.T("swatch.primary")}
	pages := palette.Pages(k, max(w-indent-1, 1), words, page(themeLight), page(themeDark))
	if pages == nil {
		pages = palette.Pages(k, max(w-indent-1, 1), words, page(baseOf(s.App)))
	}
	list := append(title[:1:1], listed(k, s.App, w)...)
	row := cells.Pad("", indent) + palette.SwatchRow(k, max(w-indent-1, 1), mainSwatches(k, s.App)...)
	if pages == nil {
		return [][]string{list, {row}}
	}
	for i, line := range pages {
		pages[i] = cells.Pad("", indent) + line
	}
	ways := [][]string{append(title[:1:1], pages...), append(pages[:palette.PageRows:palette.PageRows], row)}
	if small := palette.SmallPages(k, max(w-indent-1, 1), [3]string{words[0], words[2], words[3]}, page(themeLight), page(themeDark)); small != nil {
		for i, line := range small {
			small[i] = cells.Pad("", indent) + line
		}
		ways = append(ways, small)
	}
	return append(ways, []string{row})
}

// mainSwatches are the colours that a page is mostly made of, those of the theme that the app builds on.
func mainSwatches(k *ui.Context, a scaffold.App) []palette.Swatch {
	c := colours(a, baseOf(a))
	return []palette.Swatch{
		{Name: k.T("swatch.text"), Colour: c.Text, Against: c.Ground},
		{Name: k.T("swatch.second"), Colour: c.Text, Against: c.Second},
		{Name: k.T("swatch.primary"), Colour: c.Primary, Against: palette.ButtonText},
		{Name: k.T("swatch.ground"), Colour: c.Ground},
	}
}

// listed are those colours one a line.
func listed(k *ui.Context, a scaffold.App, w int) []string {
	drawn := palette.Swatches(k, max(w-indent, 1), mainSwatches(k, a)...)
	var lines []string
	for _, line := range strings.Split(drawn, "\n") {
		lines = append(lines, cells.Pad("", indent)+line)
	}
	return lines
}

// The themes that an app's own colours can stand on, as theme.base names them.
const (
	themeLight = "light"
	themeDark  = "dark"
)

func baseOf(a scaffold.App) string {
	if a.Config["theme.base"] == themeDark {
		return themeDark
	}
	return themeLight
}

// titleOf is what stands on top of the app's page.
func titleOf(a scaffold.App) string { return a.Resolve().App.Title }

// coloured reports whether the app sets a colour of the theme.
func coloured(a scaffold.App) bool {
	for key := range a.Config {
		if option, known := catalogue.Lookup(key); known && option.IsColor() {
			return true
		}
	}
	return false
}

// colours are those of the app's page on the light or the dark theme.
func colours(a scaffold.App, base string) palette.PageColours {
	primary := themeColour(a, base, "primaryColor")
	link := themeColour(a, base, "linkColor")
	if link == "" {
		link = themeColour(a, base, "blueTextColor")
	}
	return palette.PageColours{
		Ground: themeColour(a, base, "backgroundColor"), Second: themeColour(a, base, "secondaryBackgroundColor"),
		Text: themeColour(a, base, "textColor"), Primary: primary, Link: link,
	}
}

// themeColour is the colour that the app sets for one theme or for both, or else Streamlit's own.
// https://docs.streamlit.io/develop/concepts/configuration/theming
func themeColour(a scaffold.App, base, name string) string {
	for _, key := range []string{"theme." + base + "." + name, "theme." + name} {
		if set, ok := a.Config[key].(string); ok {
			return set
		}
	}
	option, _ := catalogue.Lookup("theme." + name)
	if base == themeDark {
		return option.Dark
	}
	return option.Light
}

// ThemeLines lists the colours of the app's theme with their contrast; none while it has none of
// its own.
func ThemeLines(k *ui.Context, a scaffold.App) []string {
	const wide = 120
	if !coloured(a) {
		return nil
	}
	return listed(k, a, wide)
}
