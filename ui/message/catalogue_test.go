package message_test

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/pelletier/go-toml/v2"

	"sleet/ui/message"
)

func TestT(t *testing.T) {
	tests := []struct {
		lang, id string
		data     []any
		want     string
	}{
		{"en", "ui.key.next", nil, "next"},
		{"en", "ui.code.changed", []any{"count", 1}, "1 line changed"},
		{"en", "ui.code.changed", []any{"count", 3}, "3 lines changed"},
		{"en", "ui.pick.count", []any{"shown", 1, "count", 1}, "1 of 1"},
		{"en", "ui.frame.step", []any{"step", 2, "steps", 9}, "step 2 of 9"},
		{"en", "no.such.message", nil, "no.such.message"},
		{"en", "no.such.message", []any{"A", 1, "odd"}, "no.such.message"},
		{"ja", "ui.key.next", nil, "次へ"},
		{"ja-JP", "ui.code.changed", []any{"count", 1}, "1 行変更"},
		{"xx", "ui.key.next", nil, "next"},
		{"en-GB", "ui.key.next", nil, "next"},
		{"", "ui.key.next", nil, "next"},
	}
	for _, tt := range tests {
		if got := message.For(tt.lang).T(message.ID(tt.id), tt.data...); got != tt.want {
			t.Errorf("%s: T(%s) = %q, want %q", tt.lang, tt.id, got, tt.want)
		}
	}
	if got := (&message.Catalogue{}).T("some.id"); got != "some.id" {
		t.Errorf("T of an empty catalogue = %q", got)
	}
}

func TestLanguage(t *testing.T) {
	tests := []struct {
		flag string
		env  map[string]string
		want string
	}{
		{"", nil, "en"},
		{"ja", map[string]string{"LANG": "de_DE.UTF-8"}, "ja"},
		{"", map[string]string{"LANG": "ja_JP.UTF-8"}, "ja-JP"},
		{"", map[string]string{"LANG": "en_US.UTF-8", "LC_MESSAGES": "ja_JP"}, "ja-JP"},
		{"", map[string]string{"LC_MESSAGES": "ja_JP", "LC_ALL": "C"}, "en"},
		{"", map[string]string{"LANG": "sr_RS@latin"}, "sr-RS"},
		{"", map[string]string{"LANG": "POSIX"}, "en"},
		{"not a language", nil, "en"},
	}
	for _, tt := range tests {
		if got := message.Language(tt.flag, func(name string) string { return tt.env[name] }); got != tt.want {
			t.Errorf("Language(%q, %v) = %s, want %s", tt.flag, tt.env, got, tt.want)
		}
	}
}

// read returns the messages of a file by id, with all forms.
func read(t *testing.T, path string) map[string][]string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var raw map[string]any
	if err := toml.Unmarshal(text, &raw); err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	messages := map[string][]string{}
	for id, value := range raw {
		switch v := value.(type) {
		case string:
			messages[id] = []string{v}
		case map[string]any:
			for form, text := range v {
				if !slices.Contains([]string{"zero", "one", "two", "few", "many", "other"}, form) {
					t.Errorf("%s: %s has %q, which is not a plural form; quote ids with dots", path, id, form)
				}
				s, ok := text.(string)
				if !ok {
					t.Errorf("%s: %s.%s is not a text", path, id, form)
				}
				messages[id] = append(messages[id], s)
			}
		default:
			t.Errorf("%s: %s is not a text", path, id)
		}
	}
	return messages
}

func placeholders(forms []string) string {
	names := regexp.MustCompile(`\{[a-z0-9_]+\}`).FindAllString(strings.Join(forms, " "), -1)
	slices.Sort(names)
	return strings.Join(slices.Compact(names), " ")
}

// TestLanguagesAgree checks that all languages have the same messages with the same placeholders.
func TestLanguagesAgree(t *testing.T) {
	paths, err := filepath.Glob("*.toml")
	if err != nil || len(paths) != len(message.Languages()) {
		t.Fatalf("%v %v, languages %v", paths, err, message.Languages())
	}
	english := read(t, "en.toml")
	for _, path := range paths {
		other := read(t, path)
		for id, forms := range english {
			if _, ok := other[id]; !ok {
				t.Errorf("%s lacks %s", path, id)
			} else if got, want := placeholders(other[id]), placeholders(forms); got != want {
				t.Errorf("%s: %s has placeholders %q, English has %q", path, id, got, want)
			}
		}
		for id := range other {
			if _, ok := english[id]; !ok {
				t.Errorf("%s has %s, which English lacks", path, id)
			}
		}
	}
}

// TestEveryMessageRenders fills every placeholder of every message.
func TestEveryMessageRenders(t *testing.T) {
	for _, lang := range message.Languages() {
		w := message.For(lang)
		for id, forms := range read(t, lang+".toml") {
			data := []any{"count", 2}
			names := message.Placeholders(forms[len(forms)-1])
			for _, name := range names {
				data = append(data, name, "«"+name+"»")
			}
			got := w.T(message.ID(id), data...)
			if got == id || got == "" || len(message.Placeholders(got)) > 0 {
				t.Errorf("%s: %s renders as %q", lang, id, got)
			}
			for _, name := range names {
				if name != "count" && !strings.Contains(got, "«"+name+"»") {
					t.Errorf("%s: %s lacks the value of %s: %q", lang, id, name, got)
				}
			}
		}
	}
}

// TestWidgetTexts checks that the texts of the widgets are in the catalogues.
func TestWidgetTexts(t *testing.T) {
	sources, err := filepath.Glob("../*.go")
	if err != nil {
		t.Fatal(err)
	}
	below, err := filepath.Glob("../*/*.go")
	if err != nil {
		t.Fatal(err)
	}
	sources = append(sources, below...)
	english := read(t, "en.toml")
	used := map[string]bool{}
	for _, path := range sources {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range regexp.MustCompile(`"(ui\.[a-z_]+\.[a-z_]+)"`).FindAllStringSubmatch(string(text), -1) {
			used[m[1]] = true
		}
	}
	for id := range used {
		if _, ok := english[id]; !ok {
			t.Errorf("%s is used but not in the catalogues", id)
		}
	}
	for id := range english {
		if strings.HasPrefix(id, "ui.") && !used[id] {
			t.Errorf("%s is not used", id)
		}
	}
}
