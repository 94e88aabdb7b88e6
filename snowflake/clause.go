package snowflake

import "strings"

// Clauses puts a statement together: its first line, then each clause on a line of its own. Empty
// clauses are left out.
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

// List returns values in parentheses, and "" for none.
func List(values ...string) string {
	if len(values) == 0 {
		return ""
	}
	return "(" + strings.Join(values, ", ") + ")"
}

// Literals returns texts as string constants.
func Literals(texts []string) []string {
	sql := make([]string, 0, len(texts))
	for _, t := range texts {
		sql = append(sql, Literal(t))
	}
	return sql
}
