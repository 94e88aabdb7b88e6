package answers

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"sleet/scaffold"
	"sleet/scaffold/catalogue"
	"sleet/scaffold/suggest"
	"sleet/scaffold/textedit"
	"sleet/ui/message"
)

// reader copies answers from decoded TOML into an App and collects errors.
type reader struct {
	file string
	text document
	errs []*ParseError
	// draft allows answers that do not fit together.
	draft bool
}

// wrong records an error at the value of a path.
func (r *reader) wrong(path string, msg, fix message.Message) { r.note(path, false, msg, fix) }

// wrongKey records an error at the key of a path.
func (r *reader) wrongKey(path string, msg, fix message.Message) { r.note(path, true, msg, fix) }

func (r *reader) note(path string, key bool, msg, fix message.Message) {
	e := parseError(r.file, msg, fix)
	if p, ok := r.text.places.At(path); ok {
		offset := p.Value
		if key {
			offset = p.Key
		}
		e.Line, e.Column = position(r.text.data, offset)
	}
	r.errs = append(r.errs, e)
}

// read reads a whole sleet.toml.
func (r *reader) read(doc map[string]any) scaffold.App {
	var a scaffold.App
	for _, name := range slices.Sorted(maps.Keys(doc)) {
		if name == versionKey {
			r.version(doc[name])
			continue
		}
		t, ok := TableNamed(name)
		if !ok {
			r.unknownTop(name, doc[name])
			continue
		}
		r.table(&a, t, doc[name])
	}
	if !r.draft {
		r.duplicates(a.Secrets)
	}
	r.environments(a)
	return a
}

func (r *reader) version(v any) {
	if n, ok := v.(int64); ok && n == answersVersion {
		return
	}
	r.wrong("version", message.New("problem.answers.version", "version", answersVersion), message.New("problem.answers.version.fix"))
}

// table reads one table, or one list of tables.
func (r *reader) table(a *scaffold.App, t Table, v any) {
	if t.List {
		r.list(a, t, v)
		return
	}
	table, ok := v.(map[string]any)
	switch {
	case !ok && isList(v):
		r.wrongKey(t.Name, message.New("problem.answers.one_table", "path", t.Name), message.New("problem.answers.head", "head", t.header()))
	case !ok:
		r.wrong(t.Name, message.New("problem.answers.table", "path", t.Name, "kind", kindText(v)), message.New("problem.answers.head_keys", "head", t.header()))
	case t.read != nil:
		t.read(r, a, table)
	default:
		r.fields(a, t, 0, t.Name, table)
	}
}

func (r *reader) list(a *scaffold.App, t Table, v any) {
	elements, ok := v.([]any)
	if !ok {
		r.wrongKey(t.Name, message.New("problem.answers.tables", "path", t.Name, "kind", kindText(v)), message.New("problem.answers.each", "head", t.header()))
		return
	}
	if r.tooMany(t.Name, len(elements), MaxSecrets) {
		return
	}
	for i, e := range elements {
		a.Secrets = append(a.Secrets, scaffold.SecretDecl{})
		if table, ok := e.(map[string]any); ok {
			r.fields(a, t, i, textedit.Element(t.Name, i), table)
			continue
		}
		r.wrong(textedit.Element(t.Name, i), message.New("problem.answers.table", "path", textedit.Element(t.Name, i), "kind", kindText(e)), message.New("problem.answers.each", "head", t.header()))
	}
}

// The most entries that a list may have. Apps need far fewer, and comparing each with every other
// stays fast.
const (
	MaxSecrets = 500
	MaxTexts   = 1000
)

// tooMany records an error for a list with more than most entries and reports whether it did.
func (r *reader) tooMany(path string, entries, most int) bool {
	if entries <= most {
		return false
	}
	r.wrongKey(path, message.New("problem.answers.too_many", "path", path, "entries", entries, "most", most), message.New("problem.answers.too_many.fix"))
	return true
}

// fields reads the keys of a table with a fixed set of them.
func (r *reader) fields(a *scaffold.App, t Table, i int, path string, table map[string]any) {
	for _, key := range slices.Sorted(maps.Keys(table)) {
		f, ok := t.Field(key)
		if !ok {
			r.unknownKey(t, path, key)
			continue
		}
		r.put(f.At(a, i), f, textedit.Under(path, key), table[key])
	}
}

// put sets one answer.
func (r *reader) put(target any, f Field, path string, v any) {
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
			r.wrong(path, message.New("problem.answers.bool", "path", path, "kind", kindText(v)), message.New("problem.answers.bool.fix", "key", f.key))
			return
		}
		*p = b
	case *scaffold.Cortex:
		if b, ok := v.(bool); ok {
			*p = scaffold.CortexAnalyst
			if !b {
				*p = ""
			}
		} else if s, ok := r.textOf(f, path, v); ok {
			*p = scaffold.Cortex(s)
		}
	case *[]string:
		*p = r.texts(f, path, v)
	}
}

func (r *reader) textOf(f Field, path string, v any) (string, bool) {
	s, ok := v.(string)
	if !ok {
		example := "…"
		if isScalar(v) {
			example = strings.Trim(textedit.TOMLValue(v), `"`)
		}
		r.wrong(path, message.New("problem.answers.text", "path", path, "kind", kindText(v)), message.New("problem.answers.write", "text", f.key+` = "`+example+`"`))
		return "", false
	}
	// An empty string always means the default.
	if f.Choices == nil || s == "" || slices.Contains(f.Choices, s) {
		return s, true
	}
	fix := message.New("problem.answers.write", "text", fmt.Sprintf("%s = %q", f.key, f.Choices[0]))
	if meant := suggest.Word(s, f.Choices); meant != "" {
		fix = message.New("problem.meant", "word", message.Quote(meant))
	}
	r.wrong(path, message.New("problem.answers.choice", "path", path, "choices", catalogue.OneOf(f.Choices), "value", message.Quote(s)), fix)
	return "", false
}

func (r *reader) texts(f Field, path string, v any) []string {
	list, ok := v.([]any)
	if !ok {
		example := `"…"`
		if s, ok := v.(string); ok {
			example = textedit.TOMLString(s)
		}
		r.wrong(path, message.New("problem.answers.texts", "path", path, "kind", kindText(v)), message.New("problem.answers.write", "text", fmt.Sprintf("%s = [%s]", f.key, example)))
		return nil
	}
	if r.tooMany(path, len(list), MaxTexts) {
		return nil
	}
	texts := make([]string, 0, len(list))
	for i, e := range list {
		s, ok := e.(string)
		if !ok {
			r.wrong(textedit.Element(path, i), message.New("problem.answers.text", "path", textedit.Element(path, i), "kind", kindText(e)), message.New("problem.answers.write", "text", f.key+` = ["…", "…"]`))
			continue
		}
		texts = append(texts, s)
	}
	return texts
}

// duplicates records an error for secrets with the same key. Case is ignored because environment
// variables and object names made from keys are upper case.
func (r *reader) duplicates(secrets []scaffold.SecretDecl) {
	first := map[string]int{}
	for i, s := range secrets {
		folded := strings.ToLower(s.Key)
		j, seen := first[folded]
		switch {
		case s.Key == "":
		case seen:
			r.wrong(textedit.Element("secrets", i)+".key",
				message.New("problem.answers.key_again", "path", textedit.Element("secrets", i)+".key", "key", message.Quote(s.Key), "other", textedit.Element("secrets", j)), message.New("problem.answers.key_again.fix"))
		default:
			first[folded] = i
		}
	}
}
