package message

import "strings"

// maskedUser stands where an address had a user name or a password.
const maskedUser = "***"

// MaskURLs returns a text without the user names and passwords of the addresses in it, as in https://user:password@host: those
// of package indexes and Git repositories are credentials. The user of an SSH address is none.
func MaskURLs(text string) string {
	var b strings.Builder
	at := 0
	for _, user := range URLCredentials(text) {
		b.WriteString(text[at:user[0]] + maskedUser)
		at = user[1]
	}
	return b.String() + text[at:]
}

// URLCredentials returns where the user names and passwords of the addresses in a text begin and end.
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
