// Package message has every text that a person reads, in each language: a catalogue a language, a
// text found by its id. It knows nothing of what the texts are about and writes nothing. Adding a
// language is adding its file.
package message

import (
	"embed"
	"strings"
	"sync"

	"golang.org/x/text/language"
)

//go:embed *.toml
var files embed.FS

const (
	fallback = "en"
	// count is the placeholder that picks singular or plural.
	count = "count"
)

// Translate returns the text of a message in a language. Data are pairs of a placeholder's name and
// its value; a pair named count also picks singular or plural.
type Translate func(id ID, data ...any) string

// Say returns a message in the language.
func (t Translate) Say(m Message) string { return m.In(t) }

// Catalogue has the texts of one language. The zero value has none.
type Catalogue struct {
	lang  string
	texts map[ID]entry
}

// Languages returns the languages there are catalogues of, English first.
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

// For returns the catalogue of lang, or of the nearest language there is; what is not translated
// stays English.
func For(lang string) *Catalogue {
	if read, ok := languages()[lang]; ok {
		return read()
	}
	return languages()[match(lang)]()
}

// languages has the catalogues, each read when it is first asked for.
var languages = sync.OnceValue(func() map[string]func() *Catalogue {
	all := map[string]func() *Catalogue{}
	for _, lang := range Languages() {
		all[lang] = sync.OnceValue(func() *Catalogue { return in(lang) })
	}
	return all
})

// in reads the catalogue of one language.
func in(lang string) *Catalogue {
	text, err := files.ReadFile(lang + ".toml")
	if err != nil {
		return &Catalogue{lang: lang} // a test reads every file: it cannot happen in a release
	}
	return &Catalogue{lang: lang, texts: parse(string(text))}
}

// Known reports whether the catalogues have a message.
func Known(id ID) bool {
	_, ok := For(fallback).texts[id]
	return ok
}

// match returns the language there is that serves lang best.
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

// Language is the language of the catalogue.
func (c *Catalogue) Language() string { return c.lang }

// T returns the text of a message: T("app.exists", "path", "demo"). A message that the catalogue does
// not have is returned in English, and one that English does not have as its id, so that it is seen.
func (c *Catalogue) T(id ID, data ...any) string {
	e, ok := c.texts[id]
	if !ok {
		if c.lang == fallback || c.lang == "" {
			return string(id)
		}
		return For(fallback).T(id, data...)
	}
	text := e.other
	if e.forms != nil {
		text = pick(c.lang, e, data)
	}
	if len(data) == 0 {
		return text
	}
	for i := 1; i < len(data); i += 2 {
		switch v := data[i].(type) {
		case Message:
			data = replaced(data, i, v.In(c.T))
		case error:
			data = replaced(data, i, Of(v).In(c.T))
		}
	}
	return fill(text, data)
}

// replaced returns data with another value at i; what the caller has stays as it is.
func replaced(data []any, i int, value any) []any {
	other := append([]any(nil), data...)
	other[i] = value
	return other
}

// Say returns a message in the language of the catalogue.
func (c *Catalogue) Say(m Message) string { return m.In(c.T) }
