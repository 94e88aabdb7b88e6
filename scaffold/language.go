package scaffold

import (
	"cmp"

	"sleet/ui/message"
)

// Language is the language of the comments in generated files.
type Language string

// The languages of generated comments.
const (
	English  Language = "en"
	Japanese Language = "ja"
)

// Text returns a text of the catalogues for a generated file. data holds pairs of a placeholder's
// name and its value, as for message.Translate.
func (l Language) Text(id message.ID, data ...any) string {
	return message.For(string(cmp.Or(l, English))).T(id, data...)
}
