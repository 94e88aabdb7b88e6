package message

import (
	"sync"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	"github.com/nicksnyder/go-i18n/v2/i18n/template"
	"golang.org/x/text/language"
)

// plurals picks the plural form of a language's messages.
type plurals struct {
	lang string

	mutex     sync.Mutex
	bundle    *i18n.Bundle
	localizer *i18n.Localizer
	known     map[ID]bool
}

// pick returns the form of a message that the pair named count asks for.
func (p *plurals) pick(id ID, e entry, data []any) string {
	n, ok := countOf(data)
	if !ok {
		return e.other
	}
	p.mutex.Lock()
	defer p.mutex.Unlock()
	if p.bundle == nil {
		p.bundle, p.known = i18n.NewBundle(language.English), map[ID]bool{}
	}
	if !p.known[id] {
		p.known[id] = true
		m, err := i18n.NewMessage(e.forms)
		if err != nil {
			return e.other
		}
		m.ID = string(id)
		if p.bundle.AddMessages(language.Make(p.lang), m) != nil {
			return e.other
		}
		p.localizer = i18n.NewLocalizer(p.bundle, p.lang)
	}
	text, err := p.localizer.Localize(&i18n.LocalizeConfig{MessageID: string(id), PluralCount: n, TemplateParser: template.IdentityParser{}})
	if err != nil || text == "" {
		return e.other
	}
	return text
}

// countOf returns the value of the pair named count.
func countOf(data []any) (n any, ok bool) {
	for i := 0; i+1 < len(data); i += 2 {
		if data[i] == count {
			return data[i+1], true
		}
	}
	return nil, false
}
