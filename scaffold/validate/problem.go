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
	// ID names the rule, e.g. "secret-key-duplicate"; its words are problem.ID.message and problem.ID.fix.
	ID       string   `json:"id"`
	Severity Severity `json:"severity"`
	// Path is the field in sleet.toml's words: "app.name", "secrets[1].access", "config.theme.base".
	Path string `json:"path"`
	// Message is what is wrong and with which value, Fix what to do. JSON has them in English.
	Message message.Message `json:"message"`
	Fix     message.Message `json:"fix"`
	// Page is the public page that the rule comes from.
	Page string `json:"page"`
}
