package ui

import (
	"image/color"
	"strings"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/colorprofile"
)

// Theme is the look of every role. Widgets draw only with these styles and styles derived from them. Build one with
// NewTheme.
type Theme struct {
	Dark    bool
	Profile colorprofile.Profile
	Glyphs  Glyphs

	Title  lipgloss.Style // headings, and labels in focus
	Text   lipgloss.Style // regular text
	Muted  lipgloss.Style // less important text
	Accent lipgloss.Style // focus, and anything that can be pressed
	Good   lipgloss.Style
	Warn   lipgloss.Style
	Bad    lipgloss.Style
	Code   lipgloss.Style // names and values, such as those of Snowflake objects
	Rule   lipgloss.Style // lines of the frame
	Focus  lipgloss.Style // the name of the focused element
	Chosen lipgloss.Style // the row or button that a key would act on
	Input  lipgloss.Style // the text of a field in focus
	Link   lipgloss.Style
}

// shade is one colour for each kind of terminal. The sixteen basic colours depend on the user's palette, so they are
// chosen by meaning. With 256 colours the nearest one is used, except for greys, because the nearest colour to a grey
// has a hue.
type shade struct{ dark, light, basicDark, basicLight, greyDark, greyLight string }

func (s shade) in(dark bool, p colorprofile.Profile) color.Color {
	if p < colorprofile.ANSI {
		return lipgloss.NoColor{}
	}
	full, basic, grey := s.light, s.basicLight, s.greyLight
	if dark {
		full, basic, grey = s.dark, s.basicDark, s.greyDark
	}
	if p == colorprofile.ANSI256 && grey != "" {
		return lipgloss.Color(grey)
	}
	if p == colorprofile.ANSI {
		if basic == "" {
			return lipgloss.NoColor{}
		}
		return lipgloss.Color(basic)
	}
	return p.Convert(lipgloss.Color(full))
}

// NewTheme returns the theme for a dark or light terminal with the colours it can show. Without colours (NO_COLOR),
// bold, faint, reverse and underline remain; without UTF-8 the glyphs are ASCII.
func NewTheme(dark bool, profile colorprofile.Profile, unicode bool) Theme {
	fg := func(s shade) lipgloss.Style {
		return lipgloss.NewStyle().Foreground(s.in(dark, profile))
	}
	t := Theme{
		Dark: dark, Profile: profile, Glyphs: ASCIIGlyphs(),
		Title:  lipgloss.NewStyle().Bold(true),
		Text:   lipgloss.NewStyle(),
		Muted:  fg(shade{dark: "#8b95a7", light: "#5d6878", greyDark: "247", greyLight: "241"}),
		Accent: fg(shade{"#5cc8ff", "#0969b5", "14", "4", "", ""}),
		Good:   fg(shade{"#7ed491", "#1a7f37", "10", "2", "", ""}),
		Warn:   fg(shade{"#f2c14e", "#8a5a00", "11", "3", "", ""}).Bold(true),
		Bad:    fg(shade{"#ff7b86", "#b3261e", "9", "1", "", ""}).Bold(true),
		Code:   fg(shade{"#c8b6ff", "#5a3ea8", "13", "5", "", ""}),
		Rule:   fg(shade{dark: "#3d4656", light: "#c3cad5", greyDark: "239", greyLight: "251"}),
	}
	if unicode {
		t.Glyphs = UnicodeGlyphs()
	}
	if profile <= colorprofile.ANSI {
		t.Muted, t.Rule = t.Muted.Faint(true), t.Rule.Faint(true)
	}
	t.Focus = t.Accent.Bold(true)
	t.Chosen = t.Focus
	t.Link = t.Muted.Underline(true)
	t.Input = t.Text.Underline(profile <= colorprofile.ANSI)
	if profile > colorprofile.ANSI {
		// Set both colours: if the terminal is not as dark as assumed, its default text colour may be unreadable on this
		// background.
		t.Input = fg(shade{dark: "#e6ebf2", light: "#1c2028", greyDark: "255", greyLight: "234"}).
			Background(shade{dark: "#252d3b", light: "#e6ebf2", greyDark: "236", greyLight: "254"}.in(dark, profile))
	}
	if profile < colorprofile.ANSI {
		t.Chosen = t.Chosen.Reverse(true)
		t.Focus = t.Focus.Underline(true)
	}
	return t
}

// Dark reports whether the background set in COLORFGBG is dark; without it, it reports true. The value is used until the
// terminal answers a query of its background, or always if it never answers.
func Dark(env func(string) string) bool {
	ground := env("COLORFGBG")
	switch ground[strings.LastIndexByte(ground, ';')+1:] {
	case "7", "15":
		return false
	default:
		return true
	}
}

// Colour reports whether the terminal shows colours.
func (t Theme) Colour() bool { return t.Profile >= colorprofile.ANSI }

// level returns the style and glyph of a note's level.
func (t Theme) level(l Level) (lipgloss.Style, string) {
	switch l {
	case Problem:
		return t.Bad, t.Glyphs.Bad
	case Warning:
		return t.Warn, t.Glyphs.Warn
	case Info, None:
		return t.Muted, t.Glyphs.Crumb
	default:
		return t.Muted, " "
	}
}
