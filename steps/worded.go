package steps

import (
	"fmt"

	"sleet/snowflake"
	"sleet/ui/words"
)

// Worded makes a text of a message of the screen, for what is said in English as well: to a program,
// and as an error's text.
func Worded(id string, args ...any) snowflake.Text {
	names := make([]any, 0, len(args))
	for i := 0; i+1 < len(args); i += 2 {
		names = append(names, args[i], fmt.Sprintf("{%v}", args[i]))
	}
	return snowflake.Said(id, words.For("en").T(id, names...), args...)
}

// Failed makes an error of a message of the screen; its Why is what cause says, where there is one.
func Failed(cause error, id string, args ...any) error {
	if cause != nil {
		args = append(args, "Why", snowflake.TextOf(cause))
	}
	return snowflake.Fail(cause, Worded(id, args...))
}
