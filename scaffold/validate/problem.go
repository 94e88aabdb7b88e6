package validate

import "sleet/ui/message"

// Severity is the severity of a problem.
type Severity string

// The severities. An error blocks: nothing is written. A warning is only shown.
const (
	Error   Severity = "error"
	Warning Severity = "warning"
)

// Problem describes one thing that is wrong with the answers, where it is and how to fix it.
type Problem struct {
	// ID is the ID of the rule, such as "secret-key-duplicate". Its words are problem.ID.message
	// and problem.ID.fix.
	ID       string   `json:"id"`
	Severity Severity `json:"severity"`
	// Path is the path of the field in sleet.toml: "app.name", "secrets[1].access",
	// "config.theme.base".
	Path string `json:"path"`
	// Message describes the problem, with the value if it is safe to show. It is English in JSON, like
	// Fix.
	Message message.Message `json:"message"`
	// Fix is the suggested fix.
	Fix message.Message `json:"fix"`
	// Page is the URL of the public page that the rule comes from.
	Page string `json:"page"`
}
