package answers

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/pelletier/go-toml/v2"

	"sleet/scaffold"
	"sleet/scaffold/textedit"
	"sleet/snowflake/safely"
	"sleet/ui/message"
)

// Set assigns one answer as --set does: "app.runtime=warehouse", "secrets[0].access=function". The
// value is TOML. If the answer is a string, any other value is used as the string itself, so that
// no extra quotes are needed in a shell. The error is a *ParseError.
func Set(a scaffold.App, assignment string) (scaffold.App, error) {
	path, value, ok := cutAssignment(assignment)
	r := reader{file: "--set " + message.Escape(path)}
	if !utf8.ValidString(assignment) {
		r.wrong("", message.New("problem.answers.set_utf8"), message.New("problem.answers.set_utf8.fix"))
		return a, r.first()
	}
	if !ok {
		r.wrong("", message.New("problem.answers.no_equals"), message.New("problem.answers.write", "text", "--set app.runtime=warehouse"))
		return a, r.first()
	}
	if path == versionKey {
		v, _ := decodeValue(value)
		if r.version(v); len(r.errs) > 0 {
			return a, r.first()
		}
		return a, nil
	}
	t, i, parts, err := r.target(path, len(a.Secrets))
	if err != nil {
		return a, err
	}
	b := a.Clone()
	v := r.setValue(t, parts, value)
	if len(r.errs) == 0 {
		r.set(&b, t, i, parts, v)
		r.duplicates(b.Secrets)
	}
	if err := r.first(); err != nil {
		return a, err
	}
	return b, nil
}

// wholeList is the index of a path without [n], which sets the whole list.
const wholeList = -1

// cutAssignment splits s at the first "=" outside quotes.
func cutAssignment(s string) (path, value string, ok bool) {
	var inside rune
	for at, c := range s {
		switch {
		case inside != 0:
			if c == inside {
				inside = 0
			}
		case c == '"' || c == '\'':
			inside = c
		case c == '=':
			return strings.TrimSpace(s[:at]), strings.TrimSpace(s[at+1:]), true
		}
	}
	return strings.TrimSpace(s), "", false
}

// target parses a path: its table, the index in a list of tables, and the keys below.
func (r *reader) target(path string, secrets int) (t Table, i int, parts []string, err error) {
	name, rest := path, ""
	if cut := strings.IndexAny(path, ".["); cut >= 0 {
		name, rest = path[:cut], path[cut:]
	}
	t, ok := TableNamed(name)
	switch {
	case !ok:
		r.unknownTop(name, nil)
	case name == "written":
		r.wrong("", message.New("problem.answers.written_set"), message.New("problem.answers.written_set.fix"))
	}
	if len(r.errs) > 0 {
		return t, 0, nil, r.first()
	}
	i = 0
	if t.List {
		i, rest = r.index(t, rest, secrets)
	}
	if keys, found := strings.CutPrefix(rest, "."); found {
		parts, ok = textedit.SplitKey(keys)
		if !ok {
			r.wrong("", message.New("problem.answers.no_key", "key", message.Quote(keys)), message.New("problem.answers.no_key.fix"))
		}
	} else if rest != "" {
		r.wrong("", message.New("problem.answers.no_answer", "key", message.Quote(path)), message.New("problem.answers.no_answer.fix"))
	}
	if err := r.first(); err != nil {
		return t, i, parts, err
	}
	return t, i, parts, nil
}

// index parses the [n] after a list of tables. n may be one past the end.
func (r *reader) index(t Table, rest string, length int) (i int, after string) {
	if rest == "" {
		return wholeList, ""
	}
	digits, after, closed := strings.Cut(strings.TrimPrefix(rest, "["), "]")
	n, err := strconv.Atoi(digits)
	switch {
	case rest[0] != '[' || !closed || err != nil || n < 0:
		r.wrong("", message.New("problem.answers.which", "path", t.Name), message.New("problem.answers.which.fix", "first", textedit.Element(t.Name, 0)))
	case n > length:
		r.wrong("", message.New("problem.answers.beyond", "path", textedit.Element(t.Name, n), "length", length), message.New("problem.answers.beyond.fix", "next", textedit.Element(t.Name, length)))
	}
	return n, after
}

// setValue parses the value of an assignment.
func (r *reader) setValue(t Table, parts []string, text string) any {
	v, isTOML := decodeValue(text)
	bare := text != "" && !strings.ContainsAny(text[:1], `"'[{`)
	takesText := t.fields == nil && len(parts) > 0
	if len(parts) == 1 && t.fields != nil {
		takesText = t.takesText(parts[0])
		if _, isText := v.(string); takesText && !isText && (bare || text == "") {
			return text
		}
	}
	switch {
	case isTOML:
		return v
	case text == "" && takesText:
		return ""
	case bare:
		return text // if it must not be a string, the reader reports it
	case text == "":
		r.wrong("", message.New("problem.answers.no_value"), message.New("problem.answers.no_value.fix"))
	default:
		r.wrong("", message.New("problem.answers.value_toml"), message.New("problem.answers.value_toml.fix"))
	}
	return nil
}

// takesText reports whether the answer with the given key is a string.
func (t Table) takesText(key string) bool {
	f, ok := t.Field(key)
	if !ok {
		return false
	}
	probe := scaffold.App{Secrets: make([]scaffold.SecretDecl, 1)}
	switch f.At(&probe, 0).(type) {
	case *string, **string:
		return true
	default:
		return false
	}
}

// decodeValue decodes one TOML value.
func decodeValue(text string) (any, bool) {
	var doc map[string]any
	if safely.CheckTOML([]byte(text)) != nil {
		return nil, false
	}
	if err := toml.Unmarshal([]byte("v = "+text), &doc); err != nil || len(doc) != 1 {
		return nil, false
	}
	return doc["v"], true
}

// set stores a value below a table.
func (r *reader) set(a *scaffold.App, t Table, i int, parts []string, v any) {
	if len(parts) == 0 && i != wholeList && !t.List {
		if _, ok := v.(map[string]any); !ok {
			r.wrong("", message.New("problem.answers.is_table", "path", t.Name), message.New("problem.answers.is_table.fix", "path", t.Name, "braces", "{ key = value }"))
			return
		}
	}
	switch {
	case t.List && i == wholeList:
		a.Secrets = nil
		r.list(a, t, v)
	case t.List:
		r.setElement(a, t, i, parts, v)
	case t.Name == "config":
		dropUnder(a, parts)
		r.config(a, tree(parts, v))
	case t.Name == envTable:
		if a.Envs == nil || len(parts) == 0 {
			a.Envs = map[string]any{}
		}
		if len(parts) == 0 {
			r.env(a, tree(parts, v))
		} else {
			textedit.SetIn(a.Envs, parts, v)
		}
		r.environments(*a)
	case t.Name == "values":
		if len(parts) == 0 {
			a.Values = nil
			r.values(a, tree(parts, v))
			return
		}
		if a.Values == nil {
			a.Values = map[string]any{}
		}
		textedit.SetIn(a.Values, parts, v)
	default:
		r.fields(a, t, 0, t.Name, tree(parts, v))
	}
}

func (r *reader) setElement(a *scaffold.App, t Table, i int, parts []string, v any) {
	if i == len(a.Secrets) {
		a.Secrets = append(a.Secrets, scaffold.SecretDecl{})
	}
	table := tree(parts, v)
	if table == nil {
		r.wrong("", message.New("problem.answers.is_table", "path", textedit.Element(t.Name, i)), message.New("problem.answers.is_table.fix", "path", textedit.Element(t.Name, i), "braces", "{ key = value }"))
		return
	}
	r.fields(a, t, i, textedit.Element(t.Name, i), table)
}

// tree nests v in a table for each key. Without keys, it returns v if v is a table, and nil otherwise.
func tree(parts []string, v any) map[string]any {
	if len(parts) == 0 {
		t, _ := v.(map[string]any)
		return t
	}
	t := map[string]any{}
	textedit.SetIn(t, parts, v)
	return t
}

// dropUnder removes what a config key replaces: the key itself, the keys below it, and values where
// it needs a table.
func dropUnder(a *scaffold.App, parts []string) {
	path := textedit.JoinKey(parts...)
	for key := range a.Config {
		if len(parts) == 0 || key == path || strings.HasPrefix(key, path+".") || strings.HasPrefix(path, key+".") {
			delete(a.Config, key)
		}
	}
}
