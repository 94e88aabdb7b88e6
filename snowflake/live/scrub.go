package live

import (
	"encoding/base64"
	"encoding/json"
	"net/url"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"sleet/snowflake"
)

// Scrubber takes secrets' values and control characters out of texts from outside: servers echo
// the failing statement, and the names of objects are whatever somebody typed. The zero value
// knows no secret. It is safe for several goroutines.
type Scrubber struct {
	mu    sync.RWMutex
	forms []string
}

// shortest is the length under which a value is not looked for inside words: taking every "a" out
// of a text would hide the text and show the secret.
const shortest = 4

// hidden stands where a value stood.
const hidden = "******"

// Hide adds a value that no text may hold.
func (s *Scrubber) Hide(secret snowflake.Secret) {
	if secret.Empty() {
		return
	}
	value := secret.Reveal()
	quoted, _ := json.Marshal(value) //nolint:errchkjson // A string always has a JSON form.
	literal := snowflake.Literal(value)
	forms := []string{
		value, literal[1 : len(literal)-1], string(quoted[1 : len(quoted)-1]),
		strings.ReplaceAll(value, "'", "''"),
		url.QueryEscape(value), url.PathEscape(value),
		base64.StdEncoding.EncodeToString([]byte(value)), base64.RawURLEncoding.EncodeToString([]byte(value)),
	}
	for line := range strings.Lines(value) {
		// A message that is cut at a line's end shows the lines of a key on their own.
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
	// The longest first: a form may be part of another.
	slices.SortStableFunc(s.forms, func(a, b string) int { return len(b) - len(a) })
}

// Text gives a text without values of secrets, control characters shown as symbols.
func (s *Scrubber) Text(text string) string {
	s.mu.RLock()
	defer s.mu.RUnlock()
	for _, form := range s.forms {
		if len(form) >= shortest || strings.TrimSpace(text) == form {
			text = strings.ReplaceAll(text, form, hidden)
			continue
		}
		text = strings.ReplaceAll(text, "'"+form+"'", "'"+hidden+"'")
	}
	text = s.cutOff(text)
	return Visible(text)
}

// cutOff takes out the beginning of a value at the very end of a text: servers cut long messages.
func (s *Scrubber) cutOff(text string) string {
	bare := strings.TrimRight(text, ". …'\"\n")
	for _, form := range s.forms {
		for n := min(len(form)-1, len(bare)); n >= shortest; n-- {
			if strings.HasSuffix(bare, form[:n]) {
				return bare[:len(bare)-n] + hidden
			}
		}
	}
	return text
}

// Visible shows control characters, and those that change the direction of text, as symbols, so
// that a name or a message cannot drive the terminal. Line ends and tabs stay.
func Visible(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n', r == '\t':
			return r
		case r < 0x20:
			return 0x2400 + r // the picture of the control character
		case r == 0x7f:
			return 0x2421
		case r == utf8.RuneError, unicode.Is(unicode.Cc, r), unicode.Is(unicode.Cf, r), r == 0x2028, r == 0x2029:
			return utf8.RuneError
		}
		return r
	}, text)
}
