package validate

import "sleet/ui/message"

// Severity reports whether a problem stops the work.
type Severity string

// The severities: an error stops (nothing is written), a warning is said and the work goes on.
const (
	Error   Severity = "error"
	Warning Severity = "warning"
)

// Problem is something wrong with the answers, at its place, with its fix.
type Problem struct {
	// ID names the rule, e.g. "secret-key-duplicate"; steps has its words in other languages.
	ID       string   `json:"id"`
	Severity Severity `json:"severity"`
	// Path is the field in sleet.toml's words: "app.name", "secrets[1].access", "config.theme.base".
	Path string `json:"path"`
	// Message says in English what is wrong and with which value.
	Message string `json:"message"`
	// Fix says what to do.
	Fix string `json:"fix"`
	// Page is the public page that the rule comes from.
	Page string `json:"page"`
	// Args are the values in Message and Fix.
	Args map[string]string `json:"-"`
	// Said and FixSaid are Message and Fix as texts that a screen can put into another language; in
	// English they are the same.
	Said    message.Message `json:"-"`
	FixSaid message.Message `json:"-"`
}
