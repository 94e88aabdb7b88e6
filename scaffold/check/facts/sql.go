package facts

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"sync"

	"sleet/scaffold/existing"
	"sleet/scaffold/python/ast"
)

// unknownStatement is the result of statementOf for a query whose text is unknown.
const unknownStatement = "?"

var (
	// SQLVerb matches the first word of a statement.
	SQLVerb = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`(?is)^(?:\s|--[^\n]*\n|/\*.*?\*/|\()*(SELECT|WITH|INSERT|UPDATE|DELETE|MERGE|CALL|SHOW|CREATE|ALTER|EXECUTE|BEGIN|DECLARE|SET|GRANT|COPY|EXPLAIN|DESCRIBE|DESC|LIST|USE)\b`)
	})
	readVerb = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`(?is)^(?:\s|--[^\n]*\n|/\*.*?\*/|\()*(SELECT|WITH|SHOW|DESCRIBE|DESC|LIST)\b`)
	})
	// SessionVerb matches a statement that changes the session.
	SessionVerb = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`(?is)^(?:\s|--[^\n]*\n|/\*.*?\*/)*(?:(USE)(?:\s+(ROLE|WAREHOUSE|DATABASE|SCHEMA|SECONDARY\s+ROLES)\b)?\s|(ALTER)\s+SESSION\b)`)
	})
)

// reads reports whether a statement is read-only.
func reads(statement string) bool { return readVerb().MatchString(statement) }

// SQLText returns the text of an expression as far as it is known. Unknown parts of an f-string
// become question marks.
func (u *Unit) SQLText(e ast.Expr, left int) (string, bool) {
	if left <= 0 || u.App.spent() {
		return "", false
	}
	switch e := e.(type) {
	case *ast.Constant:
		return Text(e)
	case *ast.JoinedStr:
		var b strings.Builder
		for _, part := range e.Values {
			if s, ok := Text(part); ok {
				b.WriteString(s)
			} else {
				b.WriteString("?")
			}
		}
		return b.String(), true
	case *ast.BinOp:
		return u.SQLText(e.Left, left-1)
	case *ast.Call:
		// "…".format(…), .strip(), textwrap.dedent(…)
		if method, ok := e.Func.(*ast.Attribute); ok {
			if s, ok := u.SQLText(method.Value, left-1); ok {
				return s, true
			}
		}
		if u.Is(e.Func, "textwrap.dedent", "inspect.cleandoc") && len(e.Args) == 1 {
			return u.SQLText(e.Args[0], left-1)
		}
	case *ast.NameExpr:
		in, list := u.BindingsOf(e)
		for _, b := range list {
			if b.Value != nil {
				if s, ok := in.SQLText(b.Value, left-1); ok {
					return s, true
				}
			}
		}
	}
	return "", false
}

// statementOf returns the statement at the root of a Snowpark DataFrame: unknownStatement for a
// query with unknown text, or "" with known false for a table with an unknown name.
func (u *Unit) statementOf(e ast.Expr, left int) (statement string, known bool) {
	if left <= 0 || u.App.spent() {
		return unknownStatement, false
	}
	switch e := e.(type) {
	case *ast.Call:
		method, ok := e.Func.(*ast.Attribute)
		if !ok {
			return unknownStatement, false
		}
		if method.Attr.Name == "sql" && u.MayBe(SessionValue, method.Value) {
			if s, ok := u.SQLText(Argument(e, "query", 0), maxTrace); ok {
				return s, true
			}
			return unknownStatement, false
		}
		if u.MayBe(SessionValue, method.Value) {
			if name, ok := Text(Argument(e, "name", 0)); ok && method.Attr.Name == "table" {
				return "SELECT * FROM " + name, true
			}
			return "", false
		}
		return u.statementOf(method.Value, left-1)
	case *ast.Attribute:
		return u.statementOf(e.Value, left-1)
	case *ast.Subscript:
		return u.statementOf(e.Value, left-1)
	case *ast.NameExpr:
		in, list := u.BindingsOf(e)
		for _, b := range list {
			if b.Value != nil {
				return in.statementOf(b.Value, left-1)
			}
		}
	}
	return unknownStatement, false
}

// ExecutedSQL returns the text of the statement that a call executes: session.sql("…"), conn.query("…"),
// cursor.execute("…").
func (u *Unit) ExecutedSQL(call *ast.Call) (string, bool) {
	method, ok := call.Func.(*ast.Attribute)
	if !ok {
		return "", false
	}
	switch method.Attr.Name {
	case "sql":
		ok = u.MayBe(SessionValue, method.Value)
	case "query":
		ok = u.MayBe(ConnectionValue, method.Value)
	case "execute":
		ok = u.cursor(method.Value, maxTrace)
	default:
		ok = false
	}
	if !ok {
		return "", false
	}
	first := Positional(call, 0)
	if first == nil && len(call.Keywords) > 0 {
		first = call.Keywords[0].Value
	}
	return u.SQLText(first, maxTrace)
}

// cursor reports whether an expression is a cursor of a Snowflake connection.
func (u *Unit) cursor(e ast.Expr, left int) bool {
	if left <= 0 || u.App.spent() {
		return false
	}
	if name, ok := e.(*ast.NameExpr); ok {
		in, list := u.BindingsOf(name)
		for _, b := range list {
			if b.Value != nil && in.cursor(b.Value, left-1) {
				return true
			}
		}
		return false
	}
	call, ok := e.(*ast.Call)
	if !ok {
		return false
	}
	method, ok := call.Func.(*ast.Attribute)
	if !ok || method.Attr.Name != "cursor" {
		return false
	}
	if inner, ok := method.Value.(*ast.Attribute); ok && (inner.Attr.Name == "connection" || inner.Attr.Name == "raw_connection") {
		return u.MayBe(SessionValue, inner.Value) || u.MayBe(ConnectionValue, inner.Value)
	}
	return u.MayBe(ConnectionValue, method.Value) || u.MayBe(SessionValue, method.Value)
}

// CommentsAndStrings returns the ranges of comments and strings in a statement, in order.
func CommentsAndStrings(statement string) [][]int {
	return slices.DeleteFunc(existing.SQLRanges(statement), func(m []int) bool {
		return statement[m[0]] == ';' || statement[m[0]] == '"'
	})
}

// InAnyRange reports whether an offset is in one of these ranges.
func InAnyRange(list [][]int, at int) bool {
	i, found := slices.BinarySearchFunc(list, at, func(m []int, at int) int { return cmp.Compare(m[0], at) })
	return found || i > 0 && at < list[i-1][1]
}

// ViewerFunctions returns the ranges of SQL functions in a text whose result depends on who runs
// the statement, each with the ranges of the names. CURRENT_USER also works without parentheses.
// https://docs.snowflake.com/en/sql-reference/functions-context
func ViewerFunctions(text string) [][]int {
	if !hasFold(text, "_user") && !hasFold(text, "_role") {
		return nil // true for most texts, and cheaper than the pattern
	}
	return viewerFunction().FindAllStringSubmatchIndex(text, -1)
}

// hasFold reports whether a text contains a lower-case ASCII word in any case.
func hasFold(text, word string) bool {
	for i := range len(text) - len(word) + 1 {
		if (text[i] == word[0] || text[i] == word[0]-'a'+'A') && strings.EqualFold(text[i:i+len(word)], word) {
			return true
		}
	}
	return false
}

var viewerFunction = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?i)\b(?:(CURRENT_USER)\b(?:\s*\(\s*\))?|` +
		`(CURRENT_ROLE|CURRENT_ROLE_TYPE|CURRENT_AVAILABLE_ROLES|CURRENT_SECONDARY_ROLES|INVOKER_ROLE)\s*\(\s*\)|` +
		`(IS_ROLE_IN_SESSION|IS_DATABASE_ROLE_IN_SESSION)\s*\()`)
})
