package session

import (
	"encoding/base64"
	"encoding/json"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"

	"sleet/snowflake"
	"sleet/snowflake/safely"
)

// scrubber removes the values of secrets and control characters from texts of a server. Servers echo the failing
// statement, and the names of objects can be any text. The zero value knows no secret. It is safe for concurrent use.
type scrubber struct {
	mu    sync.RWMutex
	forms []string
}

// shortest is the length from which a value is also removed inside words. Without every "a" a text would be unreadable
// and reveal the secret.
const shortest = 4

// hidden replaces a value.
const hidden = "******"

// Hide adds a value that no text may contain.
func (s *scrubber) Hide(secret snowflake.Secret) {
	if secret.Empty() {
		return
	}
	value := secret.Reveal()
	forms := []string{
		value, strings.TrimSpace(value), unquoted(snowflake.Literal(value)), strings.ReplaceAll(value, "'", "''"),
		unquoted(strconv.Quote(value)), unquoted(strconv.QuoteToASCII(value)), inJSON(value, true), inJSON(value, false),
		url.QueryEscape(value), url.PathEscape(value),
		base64.RawStdEncoding.EncodeToString([]byte(value)), base64.RawURLEncoding.EncodeToString([]byte(value)),
	}
	for line := range strings.Lines(value) {
		// A message that is cut at the end of a line shows single lines of a key.
		if line = strings.TrimSpace(line); len(line) >= 2*shortest {
			forms = append(forms, line)
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, f := range forms {
		if f != "" && !slices.Contains(s.forms, f) {
			s.forms = append(s.forms, f)
		}
	}
	// The longest first: one form may contain another.
	slices.SortStableFunc(s.forms, func(a, b string) int { return len(b) - len(a) })
}

// unquoted returns a literal without its quotes.
func unquoted(literal string) string { return literal[1 : len(literal)-1] }

// inJSON returns a value as it is in JSON, with or without HTML escapes.
func inJSON(value string, html bool) string {
	var b strings.Builder
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(html)
	_ = e.Encode(value) // a string always has a JSON form
	return unquoted(strings.TrimSuffix(b.String(), "\n"))
}

// Text returns a text without values of secrets, and with control characters as symbols.
func (s *scrubber) Text(text string) string {
	s.mu.RLock()
	defer s.mu.RUnlock()
	for _, form := range s.forms {
		if len(form) >= shortest || strings.TrimSpace(text) == form {
			text = strings.ReplaceAll(text, form, hidden)
			continue
		}
		text = strings.ReplaceAll(text, "'"+form+"'", "'"+hidden+"'")
	}
	for _, form := range s.forms {
		text = removePrefixes(text, form)
	}
	text = s.removeCutPrefix(text)
	return safely.Visible(text)
}

// removePrefixes removes longer beginnings of a value anywhere: servers also cut a value in the middle of a message. A beginning
// that may be a word of the message stays.
func removePrefixes(text, form string) string {
	const word = 8
	enough := max(word+1, min(len(form)/2, 2*word))
	if len(form) <= enough {
		return text
	}
	var b strings.Builder
	for {
		at := strings.Index(text, form[:enough])
		if at < 0 {
			b.WriteString(text)
			return b.String()
		}
		n := enough
		for n < len(form) && at+n < len(text) && text[at+n] == form[n] {
			n++
		}
		b.WriteString(text[:at] + hidden)
		text = text[at+n:]
	}
}

// removeCutPrefix removes the beginning of a value at the end of a text: servers cut long messages.
func (s *scrubber) removeCutPrefix(text string) string {
	for _, bare := range []string{text, strings.TrimRight(text, ". …'\"\n")} {
		for _, form := range s.forms {
			for n := min(len(form)-1, len(bare)); n >= shortest; n-- {
				if strings.HasSuffix(bare, form[:n]) {
					return bare[:len(bare)-n] + hidden
				}
			}
		}
	}
	return text
}
