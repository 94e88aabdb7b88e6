package manifest

import (
	"regexp"
	"strings"
	"sync"

	"sleet/snowflake/sqltext"
)

// SQLValues are the values of variables and templates that the files define.
type SQLValues struct {
	// Session are the variables of SET by their upper-case names. Env are the project's variables, which <% ctx.env.x
	// %> refers to.
	Session, Env map[string]string
}

var anyTemplate = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`<%.*?%>|\{\{.*?\}\}|&\{.*?\}|\{%.*?%\}`) })

// placeholder matches a value to be replaced by the reader, such as <your_warehouse>.
var placeholder = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^<[^<>%]+>$`) })

// Text fills in the templates of a text, and reports whether all of them are known.
func (v SQLValues) Text(text string) (string, bool) {
	known := !placeholder().MatchString(text)
	filled := anyTemplate().ReplaceAllStringFunc(text, func(template string) string {
		if m := envTemplate().FindStringSubmatch(template); m != nil {
			if value, is := v.Env[m[1]]; is {
				return value
			}
		}
		known = false
		return template
	})
	return filled, known
}

// Assign records SET name = value and SET (a, b) = (x, y). A value that is not a literal is unknown.
// https://docs.snowflake.com/en/sql-reference/sql/set
func (v SQLValues) Assign(tokens []sqltext.Token) {
	var sides [2][]sqltext.Token
	side := 0
	for _, t := range tokens {
		switch {
		case t.IsSymbol("=") && side == 0:
			side = 1
		case t.IsSymbol("("), t.IsSymbol(")"), t.IsSymbol(","):
		default:
			sides[side] = append(sides[side], t)
		}
	}
	for i, name := range sides[0] {
		delete(v.Session, strings.ToUpper(name.Raw))
		if len(sides[0]) != len(sides[1]) {
			continue
		}
		if value := sides[1][i]; value.Kind == sqltext.Text || value.Kind == sqltext.Number {
			if text, known := v.Text(value.Text); known {
				v.Session[strings.ToUpper(name.Raw)] = text
			}
		}
	}
}

// UnresolvedAnswer is an answer that a file sets by a variable or a template without a value.
type UnresolvedAnswer struct {
	// Key is the key in sleet.toml, Text the text in the file.
	Key, Text, Path string
	Line            int
}

// Places that the Snowflake CLI or another tool fills in before it runs the SQL.
// https://docs.snowflake.com/en/developer-guide/snowflake-cli/project-definitions/use-templates
var (
	envTemplate = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`^(?:<%|&\{)\s*ctx\.env\.([A-Za-z_][A-Za-z0-9_]*)\s*(?:%>|\})$`)
	})
)
