// Package message contains every text for people in every language, one catalogue file per language, looked up by id.
// It does not know where the texts are used, and prints nothing. To add a language, add its file and its line in
// catalogues.
package message

import (
	_ "embed" // for the catalogues
	"sync"

	"golang.org/x/text/language"
)

// The catalogues are strings, because an embed.FS copies every file that it reads.
var (
	//go:embed en.toml
	english string
	//go:embed ja.toml
	japanese string
)

// catalogues lists the languages, English first.
var catalogues = []struct{ lang, file string }{
	{fallback, english},
	{"ja", japanese},
}

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
	texts texts
}

// Languages returns the languages with a catalogue, English first.
func Languages() []string {
	langs := make([]string, len(catalogues))
	for i, c := range catalogues {
		langs[i] = c.lang
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

// languages maps languages to their catalogues, which are indexed on first use.
var languages = sync.OnceValue(func() map[string]func() *Catalogue {
	all := map[string]func() *Catalogue{}
	for _, c := range catalogues {
		all[c.lang] = sync.OnceValue(func() *Catalogue { return &Catalogue{lang: c.lang, texts: index(c.file)} })
	}
	return all
})

// Known reports whether the catalogues have a message.
func Known(id ID) bool {
	_, ok := For(fallback).texts.find(id)
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
	value, ok := c.texts.find(id)
	if !ok {
		if c.lang == fallback || c.lang == "" {
			return string(id)
		}
		return For(fallback).T(id, data...)
	}
	var text string
	if byForm(value) {
		text = pick(c.lang, value, data)
	} else {
		text, _ = quoted(value)
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
