package steps

import (
	"sleet/snowflake"
	"sleet/ui/words"
)

// Worded makes a text of a message of the screen, for what is said in English as well: to a program,
// and as an error's text.
func Worded(id string, args ...any) snowflake.Text {
	return snowflake.Said(id, words.English(id, args...), args...)
}

// Failed makes an error of a message of the screen; its Why is what cause says, where there is one.
func Failed(cause error, id string, args ...any) error {
	if cause != nil {
		args = append(args, "Why", snowflake.TextOf(cause))
	}
	return snowflake.Fail(cause, Worded(id, args...))
}
