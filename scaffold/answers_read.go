package scaffold

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"sleet/scaffold/near"
)

// reader takes answers out of decoded TOML into an App and collects what is wrong with them.
type reader struct {
	file string
	text document
	errs []*ParseError
	// draft lets answers stand that do not go together.
	draft bool
}

// wrong notes an error at the value of a path.
func (r *reader) wrong(path, message, fix string) { r.note(path, false, message, fix) }

// wrongKey notes an error at the key of a path.
func (r *reader) wrongKey(path, message, fix string) { r.note(path, true, message, fix) }

func (r *reader) note(path string, key bool, message, fix string) {
	e := &ParseError{File: r.file, Message: message, Fix: fix}
	if p, ok := r.text.places.at(path); ok {
		offset := p.value
		if key {
			offset = p.key
		}
		e.Line, e.Column = position(r.text.data, offset)
	}
	r.errs = append(r.errs, e)
}

// read takes a whole sleet.toml.
func (r *reader) read(doc map[string]any) App {
	var a App
	for _, name := range slices.Sorted(maps.Keys(doc)) {
		if name == versionKey {
			r.version(doc[name])
			continue
		}
		t, ok := tableNamed(name)
		if !ok {
			r.unknownTop(name, doc[name])
			continue
		}
		r.table(&a, t, doc[name])
	}
	if !r.draft {
		r.duplicates(a.Secrets)
	}
	return a
}

func (r *reader) version(v any) {
	if n, ok := v.(int64); ok && n == answersVersion {
		return
	}
	r.wrong("version", fmt.Sprintf("version must be %d, the only one that this sleet reads", answersVersion),
		"write version = 1, or use a newer sleet")
}

// table takes one table, or one list of tables, from its value.
func (r *reader) table(a *App, t table, v any) {
	if t.list {
		r.list(a, t, v)
		return
	}
	given, ok := v.(map[string]any)
	switch {
	case !ok && isList(v):
		r.wrongKey(t.name, t.name+" must be one table, not a list", "write its head as "+t.header())
	case !ok:
		r.wrong(t.name, t.name+" must be a table, not "+kindOf(v), "write its head as "+t.header()+" and its keys below")
	case t.read != nil:
		t.read(r, a, given)
	default:
		r.fields(a, t, 0, t.name, given)
	}
}

func (r *reader) list(a *App, t table, v any) {
	elements, ok := v.([]any)
	if !ok {
		r.wrongKey(t.name, t.name+" must be a list of tables, not "+kindOf(v), "write "+t.header()+" once for each")
		return
	}
	for i, e := range elements {
		a.Secrets = append(a.Secrets, SecretDecl{})
		if given, ok := e.(map[string]any); ok {
			r.fields(a, t, i, element(t.name, i), given)
			continue
		}
		r.wrong(element(t.name, i), element(t.name, i)+" must be a table, not "+kindOf(e), "write "+t.header()+" once for each")
	}
}

// fields takes the keys of a table with a fixed set of them.
func (r *reader) fields(a *App, t table, i int, path string, given map[string]any) {
	for _, key := range slices.Sorted(maps.Keys(given)) {
		f, ok := t.field(key)
		if !ok {
			r.unknownKey(t, path, key)
			continue
		}
		r.put(f.at(a, i), f, under(path, key), given[key])
	}
}

// put sets one answer.
func (r *reader) put(target any, f field, path string, v any) {
	switch p := target.(type) {
	case *string:
		if s, ok := r.textOf(f, path, v); ok {
			*p = s
		}
	case **string:
		if s, ok := r.textOf(f, path, v); ok {
			*p = &s
		}
	case *bool:
		b, ok := v.(bool)
		if !ok {
			r.wrong(path, path+" must be true or false, not "+kindOf(v), fmt.Sprintf("write %s = true or %s = false, without quotes", f.key, f.key))
			return
		}
		*p = b
	case *[]string:
		*p = r.texts(f, path, v)
	}
}

func (r *reader) textOf(f field, path string, v any) (string, bool) {
	s, ok := v.(string)
	if !ok {
		example := "…"
		if isScalar(v) {
			example = strings.Trim(tomlValue(v), `"`)
		}
		r.wrong(path, path+" must be text in quotes, not "+kindOf(v), fmt.Sprintf("write %s = \"%s\"", f.key, example))
		return "", false
	}
	// An empty text is the default everywhere.
	if f.choices == nil || s == "" || slices.Contains(f.choices, s) {
		return s, true
	}
	fix := fmt.Sprintf("write %s = %q", f.key, f.choices[0])
	if meant := near.Word(s, f.choices); meant != "" {
		fix = fmt.Sprintf("did you mean %q?", meant)
	}
	r.wrong(path, fmt.Sprintf("%s is %s, not %s", path, listed(f.choices, "or"), quote(s)), fix)
	return "", false
}

func (r *reader) texts(f field, path string, v any) []string {
	list, ok := v.([]any)
	if !ok {
		example := `"…"`
		if s, ok := v.(string); ok {
			example = tomlString(s)
		}
		r.wrong(path, path+" must be a list of texts, not "+kindOf(v), fmt.Sprintf("write %s = [%s]", f.key, example))
		return nil
	}
	texts := make([]string, 0, len(list))
	for i, e := range list {
		s, ok := e.(string)
		if !ok {
			r.wrong(element(path, i), element(path, i)+" must be text in quotes, not "+kindOf(e), fmt.Sprintf(`write %s = ["…", "…"]`, f.key))
			continue
		}
		texts = append(texts, s)
	}
	return texts
}

// duplicates finds secrets with one key, which the app could not tell apart. Case does not count:
// the environment variables and the names made from keys are upper case.
func (r *reader) duplicates(secrets []SecretDecl) {
	first := map[string]int{}
	for i, s := range secrets {
		folded := strings.ToLower(s.Key)
		j, seen := first[folded]
		switch {
		case s.Key == "":
		case seen:
			r.wrong(element("secrets", i)+".key",
				fmt.Sprintf("%s.key %s is already the key of %s", element("secrets", i), quote(s.Key), element("secrets", j)),
				"give each secret a key of its own; upper and lower case count as one")
		default:
			first[folded] = i
		}
	}
}
