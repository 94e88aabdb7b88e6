package catalogue_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sleet/scaffold/catalogue"
)

func TestOptionsAreComplete(t *testing.T) {
	seen := map[string]bool{}
	for _, o := range catalogue.Options() {
		switch {
		case seen[o.Key]:
			t.Errorf("%s is listed twice", o.Key)
		case o.Key != o.Section+"."+o.Name:
			t.Errorf("%s is not %s.%s", o.Key, o.Section, o.Name)
		case !catalogue.IsSection(o.Section):
			t.Errorf("%s is in unknown section %s", o.Key, o.Section)
		case o.Type == "":
			t.Errorf("%s has no type", o.Key)
		case o.Default != nil && o.Check(o.Default) != catalogue.None && o.Key != "mapbox.token":
			t.Errorf("%s has default %#v, want %s", o.Key, o.Default, o.Expected())
		}
		seen[o.Key] = true
	}
	if len(seen) < 300 {
		t.Errorf("only %d options", len(seen))
	}
}

func TestOrder(t *testing.T) {
	var sections []string
	for _, o := range catalogue.Options() {
		if len(sections) == 0 || sections[len(sections)-1] != o.Section {
			sections = append(sections, o.Section)
		}
	}
	want := catalogue.Sections()
	if diff := cmp.Diff(want, sections); diff != "" {
		t.Errorf("sections of the options differ from Sections (-want +got):\n%s", diff)
	}
	if len(want) < 15 || want[0] != "global" || want[len(want)-1] != "snowflake.sleep" {
		t.Errorf("Sections() = %v", want)
	}
}

func TestLookup(t *testing.T) {
	for _, test := range []struct {
		key   string
		check func(catalogue.Option) bool
	}{
		{"theme.base", func(o catalogue.Option) bool {
			return o.Type == catalogue.String && slices.Equal(o.Choices, []string{"light", "dark"}) && o.OtherValues != ""
		}},
		{"client.toolbarMode", func(o catalogue.Option) bool {
			return slices.Equal(o.Choices, []string{"auto", "developer", "viewer", "minimal"}) && o.Default == "auto" && o.OtherValues == ""
		}},
		{"client.showErrorDetails", func(o catalogue.Option) bool {
			return slices.Equal(o.Choices, []string{"full", "stacktrace", "type", "none"}) && slices.Equal(o.Also, []catalogue.Type{catalogue.Bool})
		}},
		{"theme.chartCategoricalColors", func(o catalogue.Option) bool { return o.Type == catalogue.Strings && o.MaxItems == 0 }},
		{"theme.chartDivergingColors", func(o catalogue.Option) bool { return o.Type == catalogue.Strings && o.MaxItems == 10 }},
		{"theme.fontFaces", func(o catalogue.Option) bool { return o.Type == catalogue.Tables }},
		{"theme.light.sidebar.textColor", func(o catalogue.Option) bool {
			return o.Section == "theme.light.sidebar" && o.Name == "textColor" && o.IsColor() && o.Light == "#2f2d2b" && o.Dark == "#edebe8"
		}},
		{"server.maxUploadSize", func(o catalogue.Option) bool { return o.Type == catalogue.Integer && o.Default == int64(200) }},
		{"server.cookieSecret", func(o catalogue.Option) bool { return o.Sensitive && o.Default == nil }},
		{"runner.fastReruns", func(o catalogue.Option) bool {
			return o.Type == catalogue.Bool && o.Default == true && o.Env == "STREAMLIT_RUNNER_FAST_RERUNS"
		}},
		{"runner.postScriptGC", func(o catalogue.Option) bool { return o.Hidden }},
		{"snowflake.sleep.streamlitSleepTimeoutMinutes", func(o catalogue.Option) bool {
			return o.Default == int64(15) && o.Limits == catalogue.Limits{Min: 5, Max: 240}
		}},
		{"mapbox.token", func(o catalogue.Option) bool { return o.Deprecated }},
	} {
		if o, ok := catalogue.Lookup(test.key); !ok || !test.check(o) {
			t.Errorf("Lookup(%s) = %+v, %t", test.key, o, ok)
		}
	}
	for _, key := range []string{"", "theme", "theme.Base", "base", "theme.sidebar.base", "theme.base.x"} {
		if o, ok := catalogue.Lookup(key); ok {
			t.Errorf("Lookup(%q) = %s, want none", key, o.Key)
		}
	}
}

func TestSummary(t *testing.T) {
	for key, want := range map[string]string{
		"theme.sidebar.font": "Font of everything but code.",
		"mapbox.token":       "Token of Mapbox for st.map and st.pydeck_chart.",
		"logger.level":       "",
	} {
		if o, _ := catalogue.Lookup(key); o.Summary().String() != want {
			t.Errorf("Summary of %s = %q, want %q", key, o.Summary(), want)
		}
	}
	for _, o := range catalogue.Options() {
		if catalogue.Supported("container", o.Key).Written && !o.Hidden && o.Summary().IsZero() {
			t.Errorf("%s has no summary", o.Key)
		}
	}
	for _, section := range catalogue.Sections() {
		if catalogue.SectionSummary(section).IsZero() {
			t.Errorf("%s has no summary", section)
		}
	}
}

func TestSectionOf(t *testing.T) {
	for key, want := range map[string]string{
		"theme.base":                       "theme",
		"theme.sidebar.nothing":            "theme.sidebar",
		"theme.light.sidebar.font":         "theme.light.sidebar",
		"theme.sidebar.light.font":         "theme.sidebar",
		"server.trustedUserHeaders.X-User": "server",
		"snowflake.sleep.x":                "snowflake.sleep",
		"nothing.of.the.kind":              "nothing.of.the",
		"alone":                            "",
		"themes.base":                      "themes",
	} {
		if got := catalogue.SectionOf(key); got != want {
			t.Errorf("SectionOf(%s) = %q, want %q", key, got, want)
		}
	}
}

func TestPosition(t *testing.T) {
	keys := []string{"made.up", "snowflake.sleep.streamlitSleepTimeoutMinutes", "theme.sidebar.font", "theme.madeUp", "theme.font", "client.toolbarMode"}
	slices.SortStableFunc(keys, func(a, b string) int { return catalogue.Position(a) - catalogue.Position(b) })
	want := []string{"client.toolbarMode", "theme.font", "theme.madeUp", "theme.sidebar.font", "snowflake.sleep.streamlitSleepTimeoutMinutes", "made.up"}
	if diff := cmp.Diff(want, keys); diff != "" {
		t.Errorf("order differs (-want +got):\n%s", diff)
	}
}

func TestOptionsIsACopy(t *testing.T) {
	catalogue.Options()[0].Key = "changed"
	catalogue.Sections()[0] = "changed"
	if catalogue.Options()[0].Key == "changed" || catalogue.Sections()[0] == "changed" {
		t.Error("a caller can change the catalogue")
	}
}

func TestNearest(t *testing.T) {
	for _, test := range []struct{ key, want string }{
		{"theme.primarycolor", "theme.primaryColor"},
		{"theme.primary_color", "theme.primaryColor"},
		{"theme.primaryColour", "theme.primaryColor"},
		{"Theme.Base", "theme.base"},
		{"theme.sidebar.base", "theme.base"},
		{"theme.sidebar.backgroundColr", "theme.sidebar.backgroundColor"},
		{"theme.sidebar.light.textColor", "theme.light.sidebar.textColor"},
		{"primaryColor", "theme.primaryColor"},
		{"server.toolbarMode", "client.toolbarMode"},
		{"snowflake.sleep.streamlitSleepTimeoutMinute", "snowflake.sleep.streamlitSleepTimeoutMinutes"},
		{"snowflake.streamlitSleepTimeoutMinutes", "snowflake.sleep.streamlitSleepTimeoutMinutes"},
		{"runner.fastRerun", "runner.fastReruns"},
		{"global.unitTests", ""},
		{"quite.otherwise", ""},
		{"", ""},
	} {
		if got, ok := catalogue.Nearest(test.key); got != test.want || ok != (test.want != "") {
			t.Errorf("Nearest(%q) = %q, %t; want %q", test.key, got, ok, test.want)
		}
	}
}
