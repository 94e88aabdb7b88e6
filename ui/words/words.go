// Package words has the texts of the screen, a message file a language. A message
// is found by its id, "screen.thing.part"; adding a language is adding its file.
package words

import (
	"embed"
	"fmt"
	"strings"
	"sync"

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
	plural    map[string]bool   // the others: whether they differ by Count
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
func For(lang string) Words { return languages()[match(lang)]() }

// languages has a language's words, each read when they are first asked for.
var languages = sync.OnceValue(func() map[string]func() Words {
	all := map[string]func() Words{}
	for _, lang := range Languages() {
		all[lang] = sync.OnceValue(func() Words { return in(lang) })
	}
	return all
})

// in reads the words of one language. Only what has placeholders goes to the library:
// reading all of it there takes longer than all else before the first screen.
func in(lang string) Words {
	w := Words{lang: lang, fixed: map[string]string{}, plural: map[string]bool{}}
	text, err := files.ReadFile(lang + ".toml")
	messages := map[string]any{}
	if err == nil {
		err = toml.Unmarshal(text, &messages)
	}
	if err != nil {
		return w // a test reads every file: it cannot happen in a release
	}
	bundle, tag := i18n.NewBundle(language.English), language.Make(lang)
	for id, value := range messages {
		said, whole := value.(string)
		if whole && !strings.Contains(said, "{{") {
			w.fixed[id] = said
			continue
		}
		m, err := i18n.NewMessage(value)
		if err != nil {
			continue
		}
		m.ID = id
		if bundle.AddMessages(tag, m) == nil {
			w.plural[id] = !whole
		}
	}
	w.localizer = i18n.NewLocalizer(bundle, lang)
	return w
}

// English returns a message in English with a {Name} for each of its arguments, which are pairs of a
// name and a value: what a program reads, and an error's text, are made of it.
func English(id string, args ...any) string {
	names := make([]any, 0, len(args))
	for i := 0; i+1 < len(args); i += 2 {
		names = append(names, args[i], fmt.Sprintf("{%v}", args[i]))
	}
	return For(fallback).T(id, names...)
}

// match picks the language there is that serves lang best.
func match(lang string) string {
	_, i, _ := matcher().Match(language.Make(lang))
	return Languages()[i]
}

// matcher finds the nearest of Languages. To make it takes longer than to use it a hundred times.
var matcher = sync.OnceValue(func() language.Matcher {
	langs := Languages()
	tags := make([]language.Tag, len(langs))
	for i, l := range langs {
		tags[i] = language.Make(l)
	}
	return language.NewMatcher(tags)
})

// Language is the language these words are in.
func (w Words) Language() string { return w.lang }

// T gives the text of a message. Data are pairs of a placeholder's name and its
// value: T("app.exists", "Path", "demo"); a pair named Count picks singular or
// plural. A message there is none of gives its id, so that it is seen.
func (w Words) T(id string, data ...any) string {
	if text, ok := w.fixed[id]; ok {
		return text
	}
	if _, ok := w.plural[id]; !ok {
		if w.lang == fallback || w.lang == "" {
			return id
		}
		return For(fallback).T(id, data...)
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
