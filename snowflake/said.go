package snowflake

import "strconv"

// SaidError is an error whose words a screen can put into another language.
type SaidError struct {
	Text
	cause error
}

// Fail makes an error of a Text; cause is what errors.Is and errors.As find in it, nil for none.
func Fail(cause error, text Text) error { return &SaidError{Text: text, cause: cause} }

// Error gives the English.
func (e *SaidError) Error() string { return e.String() }

// Unwrap gives the cause.
func (e *SaidError) Unwrap() error { return e.cause }

// Says gives the words.
func (e *SaidError) Says() Text { return e.Text }

// TextOf gives an error's words: those that it says in any language, or its English.
func TextOf(err error) Text {
	if err == nil {
		return Text{}
	}
	if says, ok := err.(interface{ Says() Text }); ok { //nolint:errorlint // What wraps it says more.
		return says.Says()
	}
	if joined, ok := err.(interface{ Unwrap() []error }); ok { //nolint:errorlint // As above.
		list := make([]Text, 0, len(joined.Unwrap()))
		for _, each := range joined.Unwrap() {
			list = append(list, TextOf(each))
		}
		if all := Joined("\n", list...); all.String() == err.Error() { // and no sentence around them
			return all
		}
	}
	return Verbatim(err.Error())
}

// Joined makes one Text of several, with sep between them.
func Joined(sep string, list ...Text) Text {
	if len(list) == 1 {
		return list[0]
	}
	var all Text
	for i, each := range list {
		name := strconv.Itoa(i)
		if i > 0 {
			all.English += sep
		}
		all.English += "{" + name + "}"
		if all.Args == nil {
			all.Args = make(map[string]any, len(list))
		}
		all.Args[name] = each
	}
	return all
}
