package catalogue_test

import (
	"strings"
	"testing"

	"sleet/scaffold/catalogue"
)

// sections is the table on Snowflake's page about configuration: for each runtime, + if it reads
// the section, - if it does not, or the only options that it reads.
var sections = []struct{ section, warehouse, container string }{
	{"global", "-", "disableWidgetStateDuplicationWarning"},
	{"logger", "-", "-"},
	{"client", "-", "showErrorDetails showSidebarNavigation"},
	{"runner", "-", "+"},
	{"server", "-", "maxUploadSize maxMessageSize enableStaticServing"},
	{"browser", "-", "-"},
	{"ui", "-", "-"},
	{"magic", "-", "-"},
	{"mapbox", "-", "+"},
	{"theme", "+", "+"},
	{"theme.sidebar", "+", "+"},
	{"theme.light", "+", "+"},
	{"theme.dark", "+", "+"},
	{"theme.light.sidebar", "+", "+"},
	{"theme.dark.sidebar", "+", "+"},
	{"secrets", "-", "+"},
	{"snowflake.sleep", "+", "-"},
}

func TestSupportedEveryOption(t *testing.T) {
	want := map[string]string{}
	for _, s := range sections {
		want["warehouse "+s.section], want["container "+s.section] = s.warehouse, s.container
	}
	for _, o := range catalogue.Options() {
		for _, runtime := range []string{"warehouse", "container"} {
			row, ok := want[runtime+" "+o.Section]
			if !ok {
				t.Fatalf("no row for [%s]", o.Section)
			}
			got := catalogue.Supported(runtime, o.Key)
			if written := row == "+" || strings.Contains(" "+row+" ", " "+o.Name+" "); got.Written != written {
				t.Errorf("Supported(%s) in a %s: Written = %t, want %t", o.Key, runtime, got.Written, written)
			}
			checkSupport(t, runtime, o, got)
		}
	}
}

// checkSupport checks properties that every Support must have.
func checkSupport(t *testing.T, runtime string, o catalogue.Option, got catalogue.Support) {
	t.Helper()
	if got.Offered && (!got.Written || o.Hidden || o.Deprecated) {
		t.Errorf("%s in a %s is offered", o.Key, runtime)
	}
	if !got.Written && (got.Note == catalogue.NoNote || got.Reason.IsZero()) {
		t.Errorf("%s in a %s is not written and has no reason", o.Key, runtime)
	}
	if (got.Note == catalogue.NoNote) != got.Reason.IsZero() {
		t.Errorf("%s in a %s: note %q, reason %q", o.Key, runtime, got.Note, got.Reason)
	}
	if !strings.HasPrefix(got.Page, "https://docs.") {
		t.Errorf("%s in a %s has page %q", o.Key, runtime, got.Page)
	}
}

func TestSupported(t *testing.T) {
	for _, test := range []struct {
		runtime, key     string
		written, offered bool
		note             catalogue.Note
	}{
		{"container", "runner.fastReruns", true, true, catalogue.NoNote},
		{"container", "runner.postScriptGC", true, false, catalogue.NoNote},
		{"container", "runner.madeUp", true, false, catalogue.NoNote},
		{"container", "client.toolbarMode", false, false, catalogue.OptionIgnored},
		{"container", "client.madeUp", false, false, catalogue.OptionIgnored},
		{"container", "server.maxUploadSize", true, false, catalogue.PagesDisagree},
		{"warehouse", "server.maxUploadSize", false, false, catalogue.SectionIgnored},
		{"container", "server.port", false, false, catalogue.SectionIgnored},
		{"container", "mapbox.token", true, false, catalogue.OutOfDate},
		{"container", "secrets.files", true, true, catalogue.PlainText},
		{"container", "snowflake.sleep.streamlitSleepTimeoutMinutes", false, false, catalogue.NotApplicable},
		{"warehouse", "snowflake.sleep.streamlitSleepTimeoutMinutes", true, true, catalogue.NoNote},
		{"warehouse", "theme.madeUp", true, false, catalogue.NoNote},
		{"warehouse", "theme.sidebar.light.textColor", false, false, catalogue.SectionUnknown},
		{"warehouse", "theme.fontFaces.family", true, false, catalogue.NoNote},
		{"container", "snowflake.other.option", false, false, catalogue.SectionUnknown},
		{"container", "made.up", false, false, catalogue.SectionUnknown},
		{"container", "alone", false, false, catalogue.SectionUnknown},
		{"elsewhere", "runner.fastReruns", true, true, catalogue.NoNote},
	} {
		got := catalogue.Supported(test.runtime, test.key)
		if got.Written != test.written || got.Offered != test.offered || got.Note != test.note {
			t.Errorf("Supported(%s) in a %s = %+v", test.key, test.runtime, got)
		}
	}
}
