// Package words has the texts of the screen, a message file a language. A message
// is found by its id, "screen.thing.part"; adding a language is adding its file.
package words

import (
	"embed"
	"fmt"
	"strings"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	"github.com/pelletier/go-toml/v2"
	"golang.org/x/text/language"
)

//go:embed *.toml
var files embed.FS

const (
	fallback = "en"
	// count is the placeholder that picks singular or plural.
	count = "Count"
)

// Words are the texts in one language. The zero value has none.
type Words struct {
	lang      string
	localizer *i18n.Localizer
	fixed     map[string]string // messages without placeholders, ready for use
	plural    map[string]bool   // messages that differ by Count
}

// Languages gives the languages there are words for, English first.
func Languages() []string {
	entries, err := files.ReadDir(".")
	if err != nil {
		return []string{fallback}
	}
	langs := []string{fallback}
	for _, e := range entries {
		if lang := strings.TrimSuffix(e.Name(), ".toml"); lang != fallback {
			langs = append(langs, lang)
		}
	}
	return langs
}

// For gives the words in lang, or in the nearest language there is; what is not
// translated stays English.
func For(lang string) Words {
	bundle := i18n.NewBundle(language.English)
	bundle.RegisterUnmarshalFunc("toml", toml.Unmarshal)
	best := match(lang)
	w := Words{lang: best, fixed: map[string]string{}, plural: map[string]bool{}}
	for _, each := range []string{fallback, best} {
		loaded, err := bundle.LoadMessageFileFS(files, each+".toml")
		if err != nil {
			continue // a test loads every file: it cannot happen in a release
		}
		for _, m := range loaded.Messages {
			w.plural[m.ID] = w.plural[m.ID] || m.One != ""
			if m.One == "" && !strings.Contains(m.Other, "{{") {
				w.fixed[m.ID] = m.Other
			} else {
				delete(w.fixed, m.ID)
			}
		}
	}
	w.localizer = i18n.NewLocalizer(bundle, best, fallback)
	return w
}

// match picks the language there is that serves lang best.
func match(lang string) string {
	langs := Languages()
	tags := make([]language.Tag, len(langs))
	for i, l := range langs {
		tags[i] = language.Make(l)
	}
	_, i, _ := language.NewMatcher(tags).Match(language.Make(lang))
	return langs[i]
}

// Language is the language these words are in.
func (w Words) Language() string { return w.lang }

// T gives the text of a message. Data are pairs of a placeholder's name and its
// value: T("app.exists", "Path", "demo"); a pair named Count picks singular or
// plural. A message there is none of gives its id, so that it is seen.
func (w Words) T(id string, data ...any) string {
	if text, ok := w.fixed[id]; ok {
		return text
	}
	if w.localizer == nil {
		return id
	}
	config := &i18n.LocalizeConfig{MessageID: id}
	values := make(map[string]any, len(data)/2)
	for i := 0; i+1 < len(data); i += 2 {
		values[fmt.Sprint(data[i])] = data[i+1]
	}
	config.TemplateData = values
	if n, ok := values[count]; ok && w.plural[id] {
		config.PluralCount = n
	}
	text, err := w.localizer.Localize(config)
	if err != nil && text == "" {
		return id
	}
	return text
}
