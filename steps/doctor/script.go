package doctor

import (
	"slices"
	"strings"

	"sleet/snowflake"
	"sleet/ui/message"
)

// Fixes returns the statements that fix the broken links, each once and in an order in which they can run: the
// statements of a chain stay together, and a statement that several chains need comes with the first.
func Fixes(chains []Chain) []snowflake.Statement {
	var list []snowflake.Statement
	for _, c := range chains {
		for _, l := range c.Links {
			if l.State != Broken {
				continue
			}
			for _, st := range l.Statements {
				if onlyReads(st.SQL) || slices.ContainsFunc(list, func(have snowflake.Statement) bool { return have.SQL == st.SQL && have.Role == st.Role }) {
					continue
				}
				list = append(list, st)
			}
		}
	}
	// A restart applies to the changes before it.
	slices.SortStableFunc(list, func(a, b snowflake.Statement) int { return restarts(a) - restarts(b) })
	return list
}

func restarts(st snowflake.Statement) int {
	if strings.HasPrefix(st.SQL, "CALL ") {
		return 1
	}
	return 0
}

// onlyReads reports whether a statement only shows something.
func onlyReads(sql string) bool {
	word, _, _ := strings.Cut(sql, " ")
	return slices.Contains([]string{"SHOW", "DESCRIBE", "LIST", "SELECT"}, word)
}

// Edits returns the changes to files that fix the broken links, each once.
func Edits(chains []Chain) []message.Message {
	var list []message.Message
	for _, c := range chains {
		for _, l := range c.Links {
			if l.State == Broken && !l.Edit.IsZero() && !slices.ContainsFunc(list, func(t message.Message) bool { return t.String() == l.Edit.String() }) {
				list = append(list, l.Edit)
			}
		}
	}
	return list
}
