package rewrite

import (
	"bytes"
	"cmp"
	"slices"
	"strings"

	"sleet/scaffold"
	"sleet/scaffold/existing"
	"sleet/scaffold/migrate/change"
	"sleet/snowflake"
)

// waysOf returns the access methods for a secret type in a container, the default first. For an unknown type it returns
// those of a string.
func waysOf(t scaffold.SecretType) []scaffold.Access {
	return scaffold.Facts(scaffold.Container).Access[cmp.Or(t, scaffold.GenericString)]
}

// findSecrets collects the secrets that the code reads by constant keys.
func (w *rewriting) findSecrets() {
	known := readers()
	for _, m := range w.modules {
		for _, r := range m.warehouseReferences(w) {
			read, reads := known[r.name]
			key, constant := keyOf(r.call)
			if !reads || !constant {
				continue
			}
			at := m.file.Position(r.expr.Range().Start)
			s := w.found(key.Value)
			s.Type = cmp.Or(s.Type, read.of)
			s.Reads = append(s.Reads, change.Place{Path: m.path, Line: at.Line, Column: at.Column})
		}
	}
	w.findRuntimeKeys()
	for i := range w.code.Secrets {
		w.code.Secrets[i].Ways = waysOf(w.code.Secrets[i].Type)
	}
	slices.SortFunc(w.code.Secrets, func(a, b Secret) int { return strings.Compare(a.Key, b.Key) })
}

// found returns the secret of a key. It adds one if there is none.
func (w *rewriting) found(key string) *Secret {
	for i, s := range w.code.Secrets {
		if s.Key == key {
			return &w.code.Secrets[i]
		}
	}
	taken := func(name string) bool {
		return slices.ContainsFunc(w.code.Secrets, func(s Secret) bool { return strings.EqualFold(s.Name, name) })
	}
	name := identifierOf(key)
	if taken(name) {
		name = numbered(name, taken)
	}
	w.code.Secrets = append(w.code.Secrets, Secret{Key: key, Name: name})
	return &w.code.Secrets[len(w.code.Secrets)-1]
}

// identifierOf returns a key as a Python identifier: the key itself if it is one.
func identifierOf(key string) string {
	name := strings.Map(func(r rune) rune {
		if r == '_' || 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9' {
			return r
		}
		return '_'
	}, key)
	if name == "" || name[0] >= '0' && name[0] <= '9' {
		name = "_" + name
	}
	return name
}

// declared returns a secret as the choices declare it, or with the defaults.
func (w *rewriting) declared(s Secret, of scaffold.SecretType) scaffold.SecretDecl {
	decl := scaffold.SecretDecl{Key: s.Name, Type: cmp.Or(s.Type, of)}
	for _, d := range w.options.App.Secrets {
		if strings.EqualFold(d.Key, s.Name) {
			decl = d
			decl.Type = cmp.Or(of, d.Type, s.Type)
		}
	}
	if ways := waysOf(decl.Type); !slices.Contains(ways, decl.Access) {
		decl.Access = ways[0]
	}
	return decl
}

// secret returns the declaration of the secret that a call reads.
func (w *rewriting) secret(key string, of scaffold.SecretType) scaffold.SecretDecl {
	return w.declared(*w.found(key), of)
}

// runtimeFunctions adds the possible secrets of a read with a run-time key.
func (w *rewriting) runtimeFunctions(r reference, read reader, add func(string, reader)) {
	list, direct, ok := w.tabled(r)
	if !ok || direct {
		return
	}
	w.enter(list, read)
	for _, key := range list {
		if read.of != "" {
			add(key, read)
		}
	}
}

// functions returns the secrets that the code reads through functions in Snowflake.
func (w *rewriting) functions() []secretFunction {
	known := readers()
	app := w.options.App.Resolve()
	var list []secretFunction
	add := func(key string, read reader) {
		s := w.secret(key, read.of)
		if s.Access != scaffold.AccessFunction {
			return
		}
		f := secretFunction{
			Name: "get_" + s.Key, Parts: read.parts,
			Query: "SELECT " + snowflake.LenientJoin(app.App.Database, app.App.Schema, app.FunctionName(s.Key)) + "()",
		}
		if !slices.Contains(list, f) {
			list = append(list, f)
		}
	}
	for _, m := range w.modules {
		if w.skips(m, change.KindSecret) {
			continue
		}
		for _, r := range m.warehouseReferences(w) {
			read, reads := known[r.name]
			key, constant := keyOf(r.call)
			switch {
			case !reads || r.symbol == nil:
			case !constant:
				w.runtimeFunctions(r, read, add)
			case read.of != "":
				add(key.Value, read)
			}
		}
	}
	slices.SortFunc(list, func(a, b secretFunction) int { return strings.Compare(a.Name, b.Name) })
	return list
}

// CodeSecrets returns the secrets that the code of an app reads through _snowflake, sorted by key.
func CodeSecrets(app *existing.App, o Options) []Secret {
	for _, p := range app.Code() {
		if bytes.Contains(app.Python[p].Text, []byte(warehouseModule)) {
			w := rewriting{app: app, options: o, modules: modulesOf(app)}
			w.findSecrets()
			return w.code.Secrets
		}
	}
	return nil
}
