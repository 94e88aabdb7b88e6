package answers

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"sleet/scaffold"
	"sleet/ui/message"
)

// versionKey is the top-level key of sleet.toml that holds the version of its format.
const versionKey = "version"

// answersVersion is the version of the format that this program reads and writes.
const answersVersion = 1

// Parse parses sleet.toml strictly. name is the file name for errors. The error is a *ParseError,
// the first one in the file. An empty file is a valid App.
func Parse(name string, data []byte) (scaffold.App, error) {
	doc, err := parseText(name, data)
	if err != nil {
		return scaffold.App{}, earlierError(name, data, err)
	}
	r := reader{file: name, text: doc}
	app := r.read(doc.tables)
	if err := r.first(); err != nil {
		return scaffold.App{}, err
	}
	return app, nil
}

// ParseDraft parses what TOML wrote while the answers were still invalid: two secrets may have the
// same key. The error is a *ParseError.
func ParseDraft(name string, data []byte) (scaffold.App, error) {
	doc, err := parseText(name, data)
	if err != nil {
		return scaffold.App{}, err
	}
	r := reader{file: name, text: doc, draft: true}
	app := r.read(doc.tables)
	if err := r.first(); err != nil {
		return scaffold.App{}, err
	}
	return app, nil
}

// earlierError looks for a wrong answer before the place where the text stops being TOML, so that errors
// come in the order of the file. It returns broken if there is none.
func earlierError(name string, data []byte, broken *ParseError) *ParseError {
	lines := strings.SplitAfter(string(data), "\n")
	if broken.Line < 2 || broken.Line > len(lines) {
		return broken
	}
	doc, err := parseText(name, []byte(strings.Join(lines[:broken.Line-1], "")))
	if err != nil {
		return broken
	}
	r := reader{file: name, text: doc}
	r.read(doc.tables)
	if err := r.first(); err != nil {
		return err
	}
	return broken
}

// ParseError is an error in sleet.toml or in an option of the command line.
type ParseError struct {
	File         string
	Line, Column int // from 1, in characters; 0 if unknown
	Why, Fix     message.Message
}

// Error returns the position, the message and the fix in one line.
func (e *ParseError) Error() string { return e.Message().String() }

// place returns the prefix of the message: the file and the position.
func (e *ParseError) place() string {
	var b strings.Builder
	if e.File != "" {
		b.WriteString(e.File + ":")
	}
	if e.Line > 0 {
		fmt.Fprintf(&b, "%d:%d:", e.Line, e.Column)
	}
	if b.Len() > 0 {
		b.WriteByte(' ')
	}
	return b.String()
}

// Message returns the text of Error as a message.
func (e *ParseError) Message() message.Message {
	if e.Fix.IsZero() {
		return message.New("problem.answers.place", "place", e.place(), "message", e.Why)
	}
	return message.New("problem.answers.place_fix", "place", e.place(), "message", e.Why, "fix", e.Fix)
}

// first returns the first error in the file, nil if there is none.
func (r *reader) first() *ParseError {
	if len(r.errs) == 0 {
		return nil
	}
	return slices.MinFunc(r.errs, func(a, b *ParseError) int {
		return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
	})
}
