package steps

import (
	"strings"

	"sleet/scaffold"
	"sleet/scaffold/catalogue"
	"sleet/ui"
)

// swatches shows the theme's main colours as they would be on the page, with the contrast of what
// is read against what lies under it; nothing while the app has no colours of its own.
func swatches(k *ui.Kit, s State, w int) []string {
	if !coloured(s.App) {
		return nil
	}
	ground, second := themeColour(s.App, "backgroundColor"), themeColour(s.App, "secondaryBackgroundColor")
	text := themeColour(s.App, "textColor")
	drawn := k.Swatches(max(w-indent, 1),
		ui.Swatch{Name: k.T("swatch.text"), Colour: text, Against: ground},
		ui.Swatch{Name: k.T("swatch.second"), Colour: text, Against: second},
		ui.Swatch{Name: k.T("swatch.primary"), Colour: themeColour(s.App, "primaryColor"), Against: ground},
		ui.Swatch{Name: k.T("swatch.ground"), Colour: ground},
	)
	lines := []string{"", k.Muted.Render(k.T("swatch.title"))}
	for _, line := range strings.Split(drawn, "\n") {
		lines = append(lines, ui.Pad("", indent)+line)
	}
	return lines
}

// coloured says whether the app sets a colour of the theme.
func coloured(a scaffold.App) bool {
	for key := range a.Config {
		if option, known := catalogue.Lookup(key); known && option.IsColor() {
			return true
		}
	}
	return false
}

// themeColour is the colour that the app sets, or else that of Streamlit's own light or dark theme.
// https://docs.streamlit.io/develop/concepts/configuration/theming
func themeColour(a scaffold.App, name string) string {
	if set, ok := a.Config["theme."+name].(string); ok {
		return set
	}
	option, _ := catalogue.Lookup("theme." + name)
	if a.Config["theme.base"] == "dark" {
		return option.Dark
	}
	return option.Light
}
