package credential

import (
	"math"
	"slices"
	"strings"
	"unicode"

	"sleet/ui/message"
)

// InValue returns the reason why a TOML value or any other text looks like a credential, zero if it
// does not. names are the keys that lead to the value, its own last, nil for text without a name.
// The message never contains the value.
func InValue(names []string, value any) message.Message {
	text, isText := value.(string)
	if isText {
		if why := InText(text); !why.IsZero() {
			return why
		}
	}
	for i := len(names) - 1; i >= 0; i-- {
		own := i == len(names)-1
		if thing := credentialName(names[i], own); thing != "" && plausible(thing, value) {
			return message.New("problem.credential.name", "thing", message.Quote(thing))
		}
	}
	if isText && len(names) > 0 && randomText(names[len(names)-1], text) {
		return message.New("problem.credential.random")
	}
	return message.Message{}
}

// credentialName returns the kind of secret that a name denotes, "" if none. The end of the name
// decides: a token_limit is a limit. The name of a table (own is false) only counts in the plural,
// as in [passwords].
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

// nameWords splits a name into lower-case words at punctuation, digits and capitals. Digits are
// dropped: token_2 is a token.
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

// plausible reports whether a value with a name such as password can be one: it is not a placeholder,
// a boolean, a small number, a URL, a path or a sentence. Numbers only count for passwords, since a
// number of tokens is a count.
func plausible(thing string, value any) bool {
	number := int64(0)
	switch v := value.(type) {
	case string:
		return plausibleText(v)
	case int64:
		number = v
	case int:
		number = int64(v)
	}
	return number >= 1000 && (strings.HasPrefix(thing, "pass") || thing == "pwd")
}

func plausibleText(text string) bool {
	text = strings.TrimSpace(text)
	return len(text) >= 4 && !placeholder(text) && !strings.Contains(text, "://") && !pathLike(text) && !sentence(text)
}

// placeholder reports whether text is a placeholder, such as <password> or changeme, or a reference to
// a value stored elsewhere, such as $PASSWORD.
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

// pathLike reports whether text is a file path or a stage path.
func pathLike(text string) bool {
	for _, prefix := range []string{"/", "./", "../", "~/", "@", `\\`} {
		if strings.HasPrefix(text, prefix) {
			return true
		}
	}
	return len(text) > 2 && text[1] == ':' && text[2] == '\\'
}

// sentence reports whether text is prose: at least three words and a final punctuation mark.
func sentence(text string) bool {
	return len(strings.Fields(text)) >= 3 && strings.ContainsAny(text[len(text)-1:], ".?!:…")
}

// randomText reports whether part of a text looks random: at least twenty characters that alternate
// between letters, digits and cases without a pattern. It accepts names that denote identifiers or
// checksums, and the forms of those.
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
	// minRandom is the minimum length of random text.
	minRandom = 20
	// minEntropy is in bits per character: random hexadecimal text has about 3.7, random letters
	// and digits more than 4.
	minEntropy = 3
	// sureEntropy is more than any text made of words has at that length.
	sureEntropy = 4.5
	// minTurns is the minimum share of characters at which the kind of character changes. It is
	// about one half in random text and much lower in words and dates.
	minTurns = 0.25
)

func tokenRune(r rune) bool {
	return strings.ContainsRune(wordDash+"+/=.~", r)
}

// identifiers are the last words of names that denote random values that are not secret.
const identifiers = " id ids uuid guid sha md hash commit checksum digest revision fingerprint etag arn version url uri host " +
	"path file locator account "

// knownRandom reports whether a name denotes a random value that is not secret.
func knownRandom(name string) bool {
	words := nameWords(name)
	return slices.Contains(words, "public") ||
		len(words) > 0 && strings.Contains(identifiers, " "+words[len(words)-1]+" ")
}

// uuid reports whether text has the form 8-4-4-4-12, an identifier and not a secret.
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

// erratic reports whether text has digits and changes often between kinds of characters. A capital
// followed by a small letter starts a word and counts once.
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

// dense reports whether text has small letters, capitals and digits, and no punctuation between
// words.
func dense(text string) bool {
	kinds := map[byte]bool{}
	for i := range len(text) {
		kinds[byteKind(text[i])] = true
	}
	return kinds['l'] && kinds['u'] && kinds['d'] && !strings.ContainsAny(text, "-_.~")
}

// byteKind returns 'l', 'u' or 'd' for a small letter, a capital or a digit, 0 for anything else.
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

// entropy returns the Shannon entropy of text in bits per character.
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
