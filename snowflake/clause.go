package snowflake

import "strings"

// Clauses returns a statement: its first line, then each clause on a line of its own. Empty clauses are left out.
func Clauses(first string, clauses ...string) string {
	var b strings.Builder
	b.WriteString(first)
	for _, c := range clauses {
		if c != "" {
			b.WriteString("\n  " + c)
		}
	}
	return b.String()
}

// List returns the values in parentheses, or "" if there are none.
func List(values ...string) string {
	if len(values) == 0 {
		return ""
	}
	return "(" + strings.Join(values, ", ") + ")"
}

// Literals returns the texts as string constants.
func Literals(texts []string) []string {
	sql := make([]string, 0, len(texts))
	for _, t := range texts {
		sql = append(sql, Literal(t))
	}
	return sql
}
