package catalogue

import (
	"slices"
	"strings"

	"sleet/ui/message"
)

// The public pages that say which runtime reads what of config.toml.
const (
	pageConfig   = "https://docs.snowflake.com/en/developer-guide/streamlit/app-development/secrets-and-configuration"
	pageRuntimes = "https://docs.snowflake.com/en/developer-guide/streamlit/app-development/runtime-environments"
	pageSleep    = "https://docs.snowflake.com/en/developer-guide/streamlit/features/sleep-timer"
	pageTheme    = "https://docs.streamlit.io/develop/api-reference/configuration/config.toml"
)

// Note names what there is to know about an option in a runtime, so that a screen can say it in
// another language than Reason does.
type Note string

// The notes. The options of an ignored one stay out of the file.
const (
	// NoNote is on what is simply supported.
	NoNote Note = ""
	// SectionIgnored is on every option of a section that the runtime does not read.
	SectionIgnored Note = "section-ignored"
	// OptionIgnored is on an option of a section of which the runtime reads others.
	OptionIgnored Note = "option-ignored"
	// SectionUnknown is on a section that neither Streamlit nor Snowflake has.
	SectionUnknown Note = "section-unknown"
	// NotApplicable is on an option that has no meaning in the runtime.
	NotApplicable Note = "not-applicable"
	// PagesDisagree is on an option that one public page supports and another does not.
	PagesDisagree Note = "pages-disagree"
	// OutOfDate is on a supported option with a successor.
	OutOfDate Note = "out-of-date"
	// PlainText is on an option that leads to values kept in plain text.
	PlainText Note = "plain-text"
)

// Support says what a runtime does with an option.
type Support struct {
	// Written reports whether the option belongs in the runtime's config.toml.
	Written bool
	// Offered reports whether to propose it to a person; what is written but not offered is kept
	// where somebody gave it.
	Offered bool
	// Note and Reason say why not, or what to know; empty on what is simply supported.
	Note   Note
	Reason string
	// Said is Reason as a text that a screen can put into another language, without its full stop.
	Said message.Message
	// Page is the public page that says so.
	Page string
}

// rule is what one runtime does with a section, and with all below it.
type rule struct {
	note Note
	// only are the options that the section's support is confined to.
	only []string
	// kept are options of an ignored section that are written all the same.
	kept []string
}

// The runtimes, as scaffold names them.
const (
	container = "container"
	warehouse = "warehouse"
)

// rules returns what each runtime does with each section.
// https://docs.snowflake.com/en/developer-guide/streamlit/app-development/secrets-and-configuration
func rules() map[string]map[string]rule {
	ignored := rule{note: SectionIgnored}
	return map[string]map[string]rule{
		warehouse: {
			"global": ignored, "logger": ignored, "client": ignored, "runner": ignored, "server": ignored,
			"browser": ignored, "ui": ignored, mapbox: ignored, "magic": ignored, "secrets": ignored,
			"theme": {},
			sleep:   {},
		},
		container: {
			"logger": ignored, "browser": ignored, "ui": ignored, "magic": ignored,
			"global": {only: []string{"disableWidgetStateDuplicationWarning"}},
			"client": {only: []string{"showErrorDetails", "showSidebarNavigation"}},
			"runner": {},
			// The page on runtimes names these options for a container, the one on configuration
			// calls the whole section unsupported.
			"server":  {note: SectionIgnored, kept: []string{"maxMessageSize", "maxUploadSize", "enableStaticServing"}},
			mapbox:    {note: OutOfDate},
			"theme":   {},
			"secrets": {note: PlainText},
			sleep:     {note: NotApplicable},
		},
	}
}

// Supported says what a runtime, "container" or "warehouse", does with an option; any other name is
// taken for a container. An option that the catalogue does not know goes by its section.
func Supported(runtime, key string) Support {
	if runtime != warehouse {
		runtime = container
	}
	section := SectionOf(key)
	ruling, ok := ruleFor(load().rules[runtime], section)
	if !ok || unknownTheme(key) {
		return sectionUnknown(key)
	}
	option, known := Lookup(key)
	offered := known && !option.Hidden
	_, name := split(key)
	switch {
	case slices.Contains(ruling.kept, name):
		return because(Support{Written: true, Note: PagesDisagree, Page: pageRuntimes}, "problem.support.disputed", "key", key, "section", section)
	case ruling.only != nil && !slices.Contains(ruling.only, name):
		options := message.Verbatim(ruling.only[0])
		for _, other := range ruling.only[1:] {
			options = message.New("problem.list.and", "first", options, "last", other)
		}
		return because(Support{Note: OptionIgnored, Page: pageConfig}, "problem.support.only",
			"section", section, "runtime", RuntimeText(runtime), "options", options)
	case ruling.note == NoNote:
		return Support{Written: true, Offered: offered, Page: pageOf(section)}
	default:
		return noted(ruling.note, runtime, section, offered)
	}
}

// because adds the reason to a support, by its message and with pairs of its arguments.
func because(s Support, id message.ID, args ...any) Support {
	s.Said = message.New(id, args...)
	s.Reason = s.Said.String() + "."
	return s
}

// noted returns the support of a section with a note on it.
func noted(note Note, runtime, section string, offered bool) Support {
	switch note {
	case OutOfDate:
		return because(Support{Written: true, Note: note, Page: pageConfig}, "problem.support.out_of_date", "section", section)
	case PlainText:
		return because(Support{Written: true, Offered: offered, Note: note, Page: pageConfig}, "problem.support.plain_text")
	case NotApplicable:
		return because(Support{Note: note, Page: pageSleep}, "problem.support.sleep")
	default:
		return because(Support{Note: note, Page: pageConfig}, "problem.support.ignored", "runtime", RuntimeText(runtime), "section", section)
	}
}

// sectionUnknown returns the support of a key whose table nobody reads.
func sectionUnknown(key string) Support {
	section, _ := split(key)
	return because(Support{Note: SectionUnknown, Page: pageTheme}, "problem.support.unknown", "section", section)
}

// ruleFor finds the rule of a section or of the nearest one above it.
func ruleFor(all map[string]rule, section string) (rule, bool) {
	for section != "" {
		if found, ok := all[section]; ok {
			return found, true
		}
		section, _ = split(section)
	}
	return rule{}, false
}

// unknownTheme reports whether a key stands in a table such as [theme.sidebar.light], at which
// Streamlit stops with an error, or in any other below [theme] that it does not have.
func unknownTheme(key string) bool {
	section, _ := split(key)
	_, isValue := Lookup(section)
	return strings.HasPrefix(section, "theme.") && !IsSection(section) && !isValue
}

// pageOf returns the page that describes a supported section.
func pageOf(section string) string {
	if section == sleep {
		return pageSleep
	}
	return pageConfig
}
