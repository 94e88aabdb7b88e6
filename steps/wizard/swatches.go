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

// swatches draws the theme's main colours with their contrasts: as small pages, light and dark, if the terminal has the
// colours and the room, or else as a list. It draws nothing if the app sets no colours.
func swatches(k *ui.Context, s steps.State, w int) [][]string {
	if !coloured(s.App) {
		return nil
	}
	return mock(k, s, w)
}

// mock draws the theme, whether or not the app sets colours.
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

// mainSwatches returns the main colours of a page, in the theme that the app is based on.
func mainSwatches(k *ui.Context, a scaffold.App) []palette.Swatch {
	c := colours(a, baseOf(a))
	return []palette.Swatch{
		{Name: k.T("swatch.text"), Colour: c.Text, Against: c.Ground},
		{Name: k.T("swatch.second"), Colour: c.Text, Against: c.Second},
		{Name: k.T("swatch.primary"), Colour: c.Primary, Against: palette.ButtonText},
		{Name: k.T("swatch.ground"), Colour: c.Ground},
	}
}

// listed returns those colours, one per line.
func listed(k *ui.Context, a scaffold.App, w int) []string {
	drawn := palette.Swatches(k, max(w-indent, 1), mainSwatches(k, a)...)
	var lines []string
	for _, line := range strings.Split(drawn, "\n") {
		lines = append(lines, cells.Pad("", indent)+line)
	}
	return lines
}

// The themes that an app can be based on, as in theme.base.
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

// titleOf returns the title of the app's page.
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

// colours returns the colours of the app's page in the light or the dark theme.
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

// themeColour returns the colour that the app sets for one theme or for both, or else Streamlit's default.
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

// ThemeLines lists the colours of the app's theme with their contrasts. It returns nil if the app sets none.
func ThemeLines(k *ui.Context, a scaffold.App) []string {
	const wide = 120
	if !coloured(a) {
		return nil
	}
	return listed(k, a, wide)
}
