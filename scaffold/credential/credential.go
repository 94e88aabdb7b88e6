package credential

import (
	"math"
	"slices"
	"strings"
	"unicode"

	"sleet/ui/message"
)

// InValue says why a value of TOML, or any text, looks like a credential, nothing when it does not. names
// are the keys that lead to it, the last one its own, none for a text that has no name. The answer never holds
// the value.
func InValue(names []string, value any) message.Message {
	text, isText := value.(string)
	if isText {
		if why := InText(text); !why.IsZero() {
			return why
		}
	}
	for i := len(names) - 1; i >= 0; i-- {
		own := i == len(names)-1
		if thing := credentialName(names[i], own); thing != "" && telling(thing, value) {
			return message.New("problem.credential.name", "thing", message.Quote(thing))
		}
	}
	if isText && len(names) > 0 && randomText(names[len(names)-1], text) {
		return message.New("problem.credential.random")
	}
	return message.Message{}
}

// credentialName says which secret thing a name is of, "" for none. What counts is how the name ends: a
// token_limit is a limit. A table's name counts in the plural only, as in [passwords].
func credentialName(name string, own bool) string {
	words := nameWords(name)
	if len(words) == 0 {
		return ""
	}
	last := words[len(words)-1]
	before := ""
	if len(words) > 1 {
		before = words[len(words)-2]
	}
	single := strings.TrimSuffix(last, "s")
	if strings.HasSuffix(last, "ss") {
		single = last
	}
	plural := single != last
	if !own && !plural {
		return ""
	}
	switch single {
	case "password", "passwd", "pwd", "passphrase", "passcode", "secret", "token", "apikey", "credential", "privatekey",
		"secretkey", "accesskey", "authtoken", "accesstoken", "clientsecret":
		return single
	case "key":
		switch before {
		case "api", "private", "secret", "access", "auth", "account", "signing", "encryption", "master", "subscription", "ssh", "service":
			return before + " key"
		}
	}
	return ""
}

// nameWords parts a name at its marks, at its capitals and before its numbers, in lower case;
// numbers at the end are left out: token_2 is a token.
func nameWords(name string) []string {
	var words []string
	var word strings.Builder
	end := func() {
		if word.Len() > 0 {
			words = append(words, strings.ToLower(word.String()))
			word.Reset()
		}
	}
	runes := []rune(name)
	for i, r := range runes {
		switch {
		case !unicode.IsLetter(r):
			end()
			continue
		case unicode.IsUpper(r) && i > 0 && (unicode.IsLower(runes[i-1]) || i+1 < len(runes) && unicode.IsLower(runes[i+1])):
			end()
		}
		word.WriteRune(r)
	}
	end()
	return words
}

// telling reports whether a value under a name such as password can be one: not a placeholder, a
// switch, a small number, an address, a path or a sentence. Numbers are counted in tokens, but
// nobody counts passwords.
func telling(thing string, value any) bool {
	number := int64(0)
	switch v := value.(type) {
	case string:
		return tellingText(v)
	case int64:
		number = v
	case int:
		number = int64(v)
	}
	return number >= 1000 && (strings.HasPrefix(thing, "pass") || thing == "pwd")
}

func tellingText(text string) bool {
	text = strings.TrimSpace(text)
	return len(text) >= 4 && !placeholder(text) && !strings.Contains(text, "://") && !pathLike(text) && !sentence(text)
}

// placeholder reports whether a text stands for a value that is elsewhere or not there yet.
func placeholder(text string) bool {
	text = strings.ToLower(strings.TrimSpace(text))
	if strings.Trim(text, "*x.-_•?") == "" {
		return true
	}
	for _, pair := range []string{"<>", "{}", "[]", "%%"} {
		if text[0] == pair[0] && text[len(text)-1] == pair[1] {
			return true
		}
	}
	if strings.HasPrefix(text, "$") || strings.HasPrefix(text, "env:") || strings.HasPrefix(text, "your-") ||
		strings.HasPrefix(text, "your_") || strings.HasPrefix(text, "your ") {
		return true
	}
	switch text {
	case "none", "null", "true", "false", "todo", "tbd", "unset", "empty", "changeme", "change-me", "change_me", "change me",
		"placeholder", "redacted", "dummy", "demo", "demo_key", "example", "sample", "secret", "password", "token",
		"api_key", "apikey", "bearer", "basic", "default", "optional", "required":
		return true
	}
	return false
}

// pathLike reports whether a text is a path, a file or a place on a stage.
func pathLike(text string) bool {
	for _, prefix := range []string{"/", "./", "../", "~/", "@", `\\`} {
		if strings.HasPrefix(text, prefix) {
			return true
		}
	}
	return len(text) > 2 && text[1] == ':' && text[2] == '\\'
}

// sentence reports whether a text is prose: three words or more and a mark at the end.
func sentence(text string) bool {
	return len(strings.Fields(text)) >= 3 && strings.ContainsAny(text[len(text)-1:], ".?!:…")
}

// randomText reports whether a text has a part that nobody makes up: twenty characters or more that
// change between letters, digits and cases without a pattern. Names that say that the value is an
// identifier or a checksum, and the forms that those have, are let pass.
func randomText(name, text string) bool {
	if strings.Contains(text, "://") || pathLike(text) || uuid(text) || knownRandom(name) {
		return false
	}
	for _, part := range strings.FieldsFunc(text, func(r rune) bool { return !tokenRune(r) }) {
		bits := entropy(part)
		if len(part) >= minRandom && !uuid(part) && (bits >= minEntropy && erratic(part) || bits >= sureEntropy && dense(part)) {
			return true
		}
	}
	return false
}

const (
	// minRandom is the length from which a text is looked at.
	minRandom = 20
	// minEntropy is in bits a character: random hexadecimal text has about 3.7, random letters and
	// digits over 4.
	minEntropy = 3
	// sureEntropy is what no text of words has at that length.
	sureEntropy = 4.5
	// minTurns is the share of characters at which the kind of character changes; in random text it
	// is about one half, in words and dates well below.
	minTurns = 0.25
)

func tokenRune(r rune) bool {
	return strings.ContainsRune(wordDash+"+/=.~", r)
}

// identifiers are the last words of names of things that are random but no secrets.
const identifiers = " id ids uuid guid sha md hash commit checksum digest revision fingerprint etag arn version url uri host " +
	"path file locator account "

// knownRandom reports whether a name is of something that is random but no secret.
func knownRandom(name string) bool {
	words := nameWords(name)
	return slices.Contains(words, "public") ||
		len(words) > 0 && strings.Contains(identifiers, " "+words[len(words)-1]+" ")
}

// uuid reports whether a text has the form 8-4-4-4-12: an identifier, by itself no secret.
func uuid(text string) bool {
	parts := strings.Split(strings.Trim(text, "{}"), "-")
	lengths := []int{8, 4, 4, 4, 12}
	if len(parts) != len(lengths) {
		return false
	}
	for i, part := range parts {
		if len(part) != lengths[i] || strings.Trim(part, "0123456789abcdefABCDEF") != "" {
			return false
		}
	}
	return true
}

// erratic reports whether a text has digits and turns from one kind of character to another often.
// A capital before a small letter is how words begin and counts once.
func erratic(text string) bool {
	turns, digits := 0, 0
	last := byte(0)
	for i := range len(text) {
		kind := byteKind(text[i])
		if kind == 0 {
			continue
		}
		if kind == 'd' {
			digits++
		}
		if last != 0 && kind != last && (last != 'u' || kind != 'l') {
			turns++
		}
		last = kind
	}
	return digits > 0 && digits < len(text) && float64(turns) >= minTurns*float64(len(text))
}

// dense reports whether a text has small letters, capitals and digits, and no mark between words.
func dense(text string) bool {
	kinds := map[byte]bool{}
	for i := range len(text) {
		kinds[byteKind(text[i])] = true
	}
	return kinds['l'] && kinds['u'] && kinds['d'] && !strings.ContainsAny(text, "-_.~")
}

// byteKind is l, u or d for a small letter, a capital or a digit, 0 for anything else.
func byteKind(c byte) byte {
	switch {
	case 'a' <= c && c <= 'z':
		return 'l'
	case 'A' <= c && c <= 'Z':
		return 'u'
	case '0' <= c && c <= '9':
		return 'd'
	}
	return 0
}

// entropy is Shannon's, in bits a character.
func entropy(text string) float64 {
	var counts [256]int
	for i := range len(text) {
		counts[text[i]]++
	}
	bits := 0.0
	for _, n := range counts {
		if n > 0 {
			p := float64(n) / float64(len(text))
			bits -= p * math.Log2(p)
		}
	}
	return bits
}
