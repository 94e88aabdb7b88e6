package message

import "strings"

// maskedUser replaces the user name and password of a URL.
const maskedUser = "***"

// MaskURLs returns a text with the user names and passwords of its URLs masked, as in https://user:password@host: those
// of package indexes and Git repositories are credentials. The user name of an SSH URL is not.
func MaskURLs(text string) string {
	var b strings.Builder
	at := 0
	for _, user := range URLCredentials(text) {
		b.WriteString(text[at:user[0]] + maskedUser)
		at = user[1]
	}
	return b.String() + text[at:]
}

// URLCredentials returns the start and end offsets of the user names and passwords of the URLs in a text.
func URLCredentials(text string) [][2]int {
	var found [][2]int
	for at := 0; ; {
		i := strings.Index(text[at:], "://")
		if i < 0 {
			return found
		}
		before := text[:at+i]
		at += i + len("://")
		authority := text[at:]
		if end := strings.IndexAny(authority, "/?#\\ \t\r\n\"'<>`,;)]}"); end >= 0 {
			authority = authority[:end]
		}
		user := authority[:max(0, strings.LastIndexByte(authority, '@'))]
		if user != "" && (strings.Contains(user, ":") || !strings.HasSuffix(before, "ssh")) {
			found = append(found, [2]int{at, at + len(user)})
		}
	}
}
