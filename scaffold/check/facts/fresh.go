package facts

import (
	"regexp"
	"strings"
	"sync"

	"sleet/scaffold/python/ast"
)

// A query for something that changes is not repeated work: a cache would show outdated data.
// Caching is for what is expensive or does not change often.
// https://docs.snowflake.com/en/developer-guide/streamlit/migrations-and-upgrades/runtime-migration
var (
	// metadataVerb matches the start of a statement that needs no warehouse and returns the current
	// state of objects.
	metadataVerb = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`(?is)^(?:\s|--[^\n]*\n|/\*.*?\*/|\()*(SHOW|DESCRIBE|DESC|LIST)\b`)
	})
	// momentary matches functions whose value differs on each call or is valid for a short time
	// only.
	momentary = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`(?i)\b(CURRENT_DATE|CURRENT_TIME|CURRENT_TIMESTAMP|SYSDATE|SYSTIMESTAMP|GETDATE|LOCALTIME|LOCALTIMESTAMP|LAST_QUERY_ID|UUID_STRING|RANDOM|GET_PRESIGNED_URL)\b`)
	})
	fromTable = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`(?i)\b(?:FROM|JOIN)\s+([A-Z0-9_$."?]+)`)
	})
	toTable = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`(?i)\b(?:INSERT\s+(?:OVERWRITE\s+)?INTO|MERGE\s+INTO|UPDATE|DELETE\s+FROM|TRUNCATE\s+(?:TABLE\s+)?(?:IF\s+EXISTS\s+)?|COPY\s+INTO)\s+([A-Z0-9_$."?]+)`)
	})
	anyFrom = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`(?i)\bFROM\b`) })
)

// momentaryStatement reports whether a statement returns something current: existing objects, the
// time, or the value of a function that holds a secret.
func (a *App) momentaryStatement(statement string) bool {
	if metadataVerb().MatchString(statement) {
		return true
	}
	return !anyFrom().MatchString(statement) && (momentary().MatchString(statement) || a.asksSecret(statement))
}

// asksSecret reports whether a statement calls a function that holds a secret according to the
// answers.
func (a *App) asksSecret(statement string) bool {
	a.asked = true
	if a.Answers == nil {
		return false
	}
	answers := a.Answers.Resolve()
	upper := strings.ToUpper(statement)
	for _, s := range answers.Secrets {
		if strings.Contains(upper, strings.ToUpper(answers.FunctionName(s.Key))) {
			return true
		}
	}
	return false
}

// changesItself reports whether the app writes to a table that a statement reads.
func (a *App) changesItself(statement string) bool {
	for _, m := range fromTable().FindAllStringSubmatch(statement, -1) {
		if name := lastPart(m[1]); name != "" && a.writtenTables()[name] {
			return true
		}
	}
	return false
}

// lastPart returns the unqualified name of a table in upper case, "" if it is not a literal.
func lastPart(name string) string {
	name = name[strings.LastIndexByte(name, '.')+1:]
	if strings.Contains(name, "?") {
		return ""
	}
	return strings.ToUpper(strings.Trim(name, `"`))
}

// writtenTables returns the unqualified names of the tables that the app's code writes to.
func (a *App) writtenTables() map[string]bool {
	a.asked = true
	if a.written == nil {
		a.written = map[string]bool{}
		for _, u := range a.CodeFiles() {
			for _, n := range u.Nodes {
				for _, name := range u.writes(n) {
					a.written[lastPart(name)] = true
				}
			}
		}
		delete(a.written, "")
	}
	return a.written
}

// writes returns the tables that a node writes to if it is a SQL text or a Snowpark call.
func (u *Unit) writes(n ast.Node) []string {
	var names []string
	switch n := n.(type) {
	case *ast.Constant, *ast.JoinedStr:
		statement, _ := u.SQLText(n.(ast.Expr), 1)
		for _, m := range toTable().FindAllStringSubmatch(statement, -1) {
			names = append(names, m[1])
		}
	case *ast.Call:
		method, ok := n.Func.(*ast.Attribute)
		if !ok {
			return nil
		}
		var name ast.Expr
		switch method.Attr.Name {
		case "save_as_table", "saveAsTable", "insert_into", "insertInto":
			name = Argument(n, "table_name", 0)
		case "write_pandas":
			name = Argument(n, "table_name", 1)
		case "merge", "update", "delete", "drop_table":
			if made, ok := method.Value.(*ast.Call); ok {
				if table, ok := made.Func.(*ast.Attribute); ok && table.Attr.Name == "table" {
					name = Positional(made, 0)
				}
			}
		}
		if s, ok := Text(name); ok {
			names = append(names, s)
		}
	}
	return names
}
