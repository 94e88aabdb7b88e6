package catalogue

import (
	"slices"
	"strings"

	"sleet/ui/message"
)

// Public pages that document which runtime reads which options.
const (
	pageConfig   = "https://docs.snowflake.com/en/developer-guide/streamlit/app-development/secrets-and-configuration"
	pageRuntimes = "https://docs.snowflake.com/en/developer-guide/streamlit/app-development/runtime-environments"
	pageSleep    = "https://docs.snowflake.com/en/developer-guide/streamlit/features/sleep-timer"
	pageTheme    = "https://docs.streamlit.io/develop/api-reference/configuration/config.toml"
)

// Note is a remark about an option in a runtime, in a form that does not depend on language.
type Note string

// The notes. Options with an "ignored" note are not written to the file.
const (
	// NoNote is for options that are simply supported.
	NoNote Note = ""
	// SectionIgnored is for all options of a section that the runtime does not read.
	SectionIgnored Note = "section-ignored"
	// OptionIgnored is for options that the runtime does not read although it reads others of their
	// section.
	OptionIgnored Note = "option-ignored"
	// SectionUnknown is for sections that neither Streamlit nor Snowflake has.
	SectionUnknown Note = "section-unknown"
	// NotApplicable is for options without a meaning in the runtime.
	NotApplicable Note = "not-applicable"
	// PagesDisagree is for options that one public page supports and another does not.
	PagesDisagree Note = "pages-disagree"
	// OutOfDate is for supported options that have a successor.
	OutOfDate Note = "out-of-date"
	// PlainText is for options that lead to values stored in plain text.
	PlainText Note = "plain-text"
)

// Support describes how a runtime treats an option.
type Support struct {
	// Written reports whether the option is written to the runtime's config.toml.
	Written bool
	// Offered reports whether sleet offers the option. An option that is written but not offered is
	// kept if the answers have it.
	Offered bool
	// Note and Reason explain the support; both are empty if the option is simply supported.
	Note   Note
	Reason message.Message
	// Page is the URL of the public page that documents it.
	Page string
}

// rule describes how one runtime treats a section and its subsections.
type rule struct {
	note Note
	// only are the only supported options of the section; nil means all.
	only []string
	// kept are options of an ignored section that are written anyway.
	kept []string
}

// The names of the runtimes, as in package scaffold.
const (
	container = "container"
	warehouse = "warehouse"
)

// rules returns the rule of each runtime for each section.
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
			// The pages disagree: the one about runtimes lists these options as supported in
			// containers, the one about configuration excludes the whole section.
			"server":  {note: SectionIgnored, kept: []string{"maxMessageSize", "maxUploadSize", "enableStaticServing"}},
			mapbox:    {note: OutOfDate},
			"theme":   {},
			"secrets": {note: PlainText},
			sleep:     {note: NotApplicable},
		},
	}
}

// Supported returns how a runtime, "container" or "warehouse", treats an option. Any other runtime
// counts as a container. An unknown option is treated like its section.
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
		return withReason(Support{Written: true, Note: PagesDisagree, Page: pageRuntimes}, "problem.support.disputed", "key", key, "section", section)
	case ruling.only != nil && !slices.Contains(ruling.only, name):
		options := message.Verbatim(ruling.only[0])
		for _, other := range ruling.only[1:] {
			options = message.New("problem.list.and", "first", options, "last", other)
		}
		return withReason(Support{Note: OptionIgnored, Page: pageConfig}, "problem.support.only",
			"section", section, "runtime", RuntimeText(runtime), "options", options)
	case ruling.note == NoNote:
		return Support{Written: true, Offered: offered, Page: pageOf(section)}
	default:
		return noted(ruling.note, runtime, section, offered)
	}
}

// withReason sets the reason of a support, given a message ID and pairs of argument names and
// values.
func withReason(s Support, id message.ID, args ...any) Support {
	s.Reason = message.New(id, args...)
	return s
}

// noted returns the support of a section that has a note.
func noted(note Note, runtime, section string, offered bool) Support {
	switch note {
	case OutOfDate:
		return withReason(Support{Written: true, Note: note, Page: pageConfig}, "problem.support.out_of_date", "section", section)
	case PlainText:
		return withReason(Support{Written: true, Offered: offered, Note: note, Page: pageConfig}, "problem.support.plain_text")
	case NotApplicable:
		return withReason(Support{Note: note, Page: pageSleep}, "problem.support.sleep")
	default:
		return withReason(Support{Note: note, Page: pageConfig}, "problem.support.ignored", "runtime", RuntimeText(runtime), "section", section)
	}
}

// sectionUnknown returns the support of a key in a table that nobody reads.
func sectionUnknown(key string) Support {
	section, _ := split(key)
	return withReason(Support{Note: SectionUnknown, Page: pageTheme}, "problem.support.unknown", "section", section)
}

// ruleFor returns the rule of a section or of the nearest section above it.
func ruleFor(all map[string]rule, section string) (rule, bool) {
	for section != "" {
		if found, ok := all[section]; ok {
			return found, true
		}
		section, _ = split(section)
	}
	return rule{}, false
}

// unknownTheme reports whether a key is in an unknown table below [theme]. Some of these, such as
// [theme.sidebar.light], make Streamlit stop with an error.
func unknownTheme(key string) bool {
	section, _ := split(key)
	_, isValue := Lookup(section)
	return strings.HasPrefix(section, "theme.") && !IsSection(section) && !isValue
}

// pageOf returns the page that documents a supported section.
func pageOf(section string) string {
	if section == sleep {
		return pageSleep
	}
	return pageConfig
}
