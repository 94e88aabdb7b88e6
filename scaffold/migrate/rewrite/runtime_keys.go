package rewrite

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"sleet/scaffold"
	"sleet/scaffold/migrate/change"

	"sleet/scaffold/python/ast"
	"sleet/scaffold/python/token"
	"sleet/ui/message"
)

// keyTable is a generated Python function that reads a secret, or returns its type, by a key that is known only at run
// time. Entries are its results by key, as Python expressions.
type keyTable struct {
	Name    string
	Entries map[string]string
	// Called reports whether an entry is called for its value.
	Called bool
}

// tableName returns the name of the function that replaces one of _snowflake. No other generated function starts with
// read_.
func tableName(r reader) string {
	return "read_" + cmp.Or(string(r.of), "type")
}

// findRuntimeKeys finds the possible secrets for each read with a key that is not a literal.
func (w *rewriting) findRuntimeKeys() {
	known := readers()
	w.runtime = map[ast.Expr][]string{}
	for _, m := range w.modules {
		for _, r := range m.warehouseReferences(w) {
			read, reads := known[r.name]
			if _, constant := keyOf(r.call); !reads || constant {
				continue
			}
			list, all := w.keysOf(m, r, read)
			if len(list) == 0 {
				continue
			}
			w.runtime[r.expr] = list
			w.guessed = w.guessed || !all
			at := m.file.Position(r.expr.Range().Start)
			for _, key := range list {
				s := w.found(key)
				s.Type = cmp.Or(s.Type, read.of)
				s.Reads = append(s.Reads, change.Place{Path: m.path, Line: at.Line, Column: at.Column})
			}
		}
	}
}

// keysOf returns the possible keys of a read: those in the code or, with all false, those of all secrets of its type
// that are bound to the app.
func (w *rewriting) keysOf(m *module, r reference, read reader) (list []string, all bool) {
	if arg := runtimeKey(r.call); arg != nil {
		if known, all := w.keysIn(m, arg); all {
			return known, true
		}
	}
	for _, b := range w.options.Bound {
		kind := b.Type
		if i := slices.IndexFunc(w.code.Secrets, func(s Secret) bool { return s.Key == b.Key }); i >= 0 {
			kind = cmp.Or(w.code.Secrets[i].Type, kind)
		}
		if read.of == "" || kind == "" || kind == read.of {
			list = append(list, b.Key)
		}
	}
	slices.Sort(list)
	return slices.Compact(list), false
}

// runtimeKey returns the only, positional argument of a call; nil if there is no such argument.
func runtimeKey(call *ast.Call) ast.Expr {
	if call == nil || len(call.Args) != 1 || len(call.Keywords) > 0 {
		return nil
	}
	if _, starred := call.Args[0].(*ast.Starred); starred {
		return nil
	}
	return call.Args[0]
}

// typeOf returns the type of a secret, "" if it is unknown.
func (w *rewriting) typeOf(key string) scaffold.SecretType {
	kind := w.secret(key, "").Type
	for _, b := range w.options.Bound {
		if b.Key == key {
			kind = cmp.Or(kind, b.Type)
		}
	}
	return kind
}

// handedOver reports whether st.secrets itself can be indexed by some keys.
func (w *rewriting) handedOver(list []string, read reader) bool {
	return read.of != "" && !slices.ContainsFunc(list, func(key string) bool {
		s := w.secret(key, read.of)
		return s.Access != scaffold.AccessSecrets || s.Key != key
	})
}

// enter adds the keys of one read to the function that reads by key.
func (w *rewriting) enter(list []string, read reader) {
	name := tableName(read)
	i := slices.IndexFunc(w.tables, func(t keyTable) bool { return t.Name == name })
	if i < 0 {
		w.tables = append(w.tables, keyTable{Name: name, Entries: map[string]string{}, Called: read.of != ""})
		slices.SortFunc(w.tables, func(a, b keyTable) int { return strings.Compare(a.Name, b.Name) })
		i = slices.IndexFunc(w.tables, func(t keyTable) bool { return t.Name == name })
	}
	for _, key := range list {
		s := w.secret(key, read.of)
		switch {
		case read.of == "":
			w.tables[i].Entries[key] = `"` + strings.ToUpper(string(w.typeOf(key))) + `"`
		case s.Access == scaffold.AccessSecrets:
			w.tables[i].Entries[key] = "lambda: st.secrets[" + strconv.QuoteToASCII(s.Key) + "]"
		default:
			w.tables[i].Entries[key] = "get_" + s.Key
		}
	}
}

// tabled returns the keys of a read with a run-time key. ok reports whether the read is rewritten, direct whether
// st.secrets replaces it without a function.
func (w *rewriting) tabled(r reference) (list []string, direct, ok bool) {
	read := readers()[r.name]
	list = w.runtime[r.expr]
	if len(list) == 0 || read.of == "" && slices.ContainsFunc(list, func(key string) bool { return w.typeOf(key) == "" }) {
		return nil, false, false
	}
	return list, r.call != nil && runtimeKey(r.call) != nil && w.handedOver(list, read), true
}

// editRuntimeRead rewrites a read with a key that is known only at run time. It returns the import line that this
// needs.
func (m *module) editRuntimeRead(r reference, c cause, w *rewriting) (line string, ok bool) {
	_, direct, ok := w.tabled(r)
	if !ok {
		m.note(c, "manual.secret-key")
		return "", false
	}
	c.flagged = c.flagged || w.guessed
	if direct {
		c.why = message.New("change.module-secrets")
		arg := runtimeKey(r.call).Range()
		st := m.streamlit(m.begin(m.outermost(r.expr)), c)
		m.put(token.Span{Start: r.call.Start, End: arg.Start}, st+".secrets[", c)
		m.put(token.Span{Start: arg.End, End: r.call.End}, "]", c)
		return "", true
	}
	c.why = message.New("change.module-keys")
	name, line := m.moduleName(w.secretsModule)
	m.put(r.expr.Range(), name+"."+tableName(readers()[r.name]), c)
	return line, true
}

// handsOver reports whether an entry reads st.secrets.
func (k keyTable) handsOver() bool {
	for _, entry := range k.Entries {
		if strings.HasPrefix(entry, "lambda: st.") {
			return true
		}
	}
	return false
}
