package deploy

import (
	"sleet/snowflake"
	"sleet/ui/words"
)

// worded returns a text of a message of the catalogue.
func worded(id string, args ...any) snowflake.Text {
	return snowflake.Said(id, words.English(id, args...), args...)
}

// failed returns an error of a message of the catalogue; its Why is what cause says, where there is one.
func failed(cause error, id string, args ...any) error {
	if cause != nil {
		args = append(args, "Why", snowflake.TextOf(cause))
	}
	return snowflake.Fail(cause, worded(id, args...))
}
