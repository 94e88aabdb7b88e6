// Package message contains every text for people in every language, one catalogue file per language, looked up by id.
// It does not know where the texts are used, and prints nothing. To add a language, add its file.
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
	// count is the placeholder that selects the plural form.
	count = "count"
)

// Translate returns the text of a message in a language. Data are pairs of a placeholder's name and value; a pair named
// count also selects the plural form.
type Translate func(id ID, data ...any) string

// Say returns a message in the language.
func (t Translate) Say(m Message) string { return m.In(t) }

// Catalogue is the texts of one language. The zero value is empty.
type Catalogue struct {
	lang  string
	texts map[ID]entry
}

// Languages returns the languages with a catalogue, English first.
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

// For returns the catalogue of lang or of the closest available language. Untranslated messages are in English.
func For(lang string) *Catalogue {
	if read, ok := languages()[lang]; ok {
		return read()
	}
	return languages()[match(lang)]()
}

// languages maps languages to their catalogues, which are parsed on first use.
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
		return &Catalogue{lang: lang} // cannot happen in a release, because a test reads every file
	}
	return &Catalogue{lang: lang, texts: parse(string(text))}
}

// Known reports whether the catalogues have a message.
func Known(id ID) bool {
	_, ok := For(fallback).texts[id]
	return ok
}

// match returns the available language that is closest to lang.
func match(lang string) string {
	_, i, _ := matcher().Match(language.Make(lang))
	return Languages()[i]
}

// matcher matches a language to Languages. Creating it takes longer than using it a hundred times.
var matcher = sync.OnceValue(func() language.Matcher {
	langs := Languages()
	tags := make([]language.Tag, len(langs))
	for i, l := range langs {
		tags[i] = language.Make(l)
	}
	return language.NewMatcher(tags)
})

// Language returns the language of the catalogue.
func (c *Catalogue) Language() string { return c.lang }

// T returns the text of a message: T("app.exists", "path", "demo"). A message missing from the catalogue is returned in
// English, and one missing from English as its id, so that the mistake is visible.
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

// replaced returns a copy of data with another value at i.
func replaced(data []any, i int, value any) []any {
	other := append([]any(nil), data...)
	other[i] = value
	return other
}

// Say returns a message in the language of the catalogue.
func (c *Catalogue) Say(m Message) string { return m.In(c.T) }
