package rewrite

import (
	"bytes"
	"path"
	"slices"
	"strings"
	"sync/atomic"

	"sleet/scaffold"
	"sleet/scaffold/check"
	"sleet/scaffold/check/facts"
	"sleet/scaffold/existing"
	"sleet/scaffold/migrate/change"
	"sleet/scaffold/python/ast"
)

// Options are a person's choices for an app's code.
type Options struct {
	// App is the app after the migration, as Choices.App.
	App scaffold.App
	// Streamlit is the Streamlit version to check against, such as "1.52.2"; "" is the newest known version.
	Streamlit string
	// Skip are the groups of edits to skip.
	Skip map[string]bool
	// Bound are the secrets that the app has in the warehouse, as far as the files show.
	Bound []Secret
}

// Python rewrites the code of an app. It does not change handlers, scripts, tests and files with syntax errors.
func Python(app *existing.App, o Options) Code {
	rewrites.Add(1)
	modules := modulesOf(app)
	w := rewriting{app: app, options: o, modules: modules, texts: helperTexts{Language: o.App.App.Language}}
	w.findSecrets()
	held := w.functions()
	session := w.sessions(len(held) > 0)
	if len(held)+len(w.tables) > 0 {
		w.secretsModule = w.addModule("snowflake_secrets", w.texts.secretsModule(session, held, w.tables))
	}
	for _, m := range modules {
		m.editWarehouse(m.warehouseReferences(&w), &w)
	}
	for _, m := range modules {
		m.editWarehouseImports(&w)
		if !w.skips(m, change.KindPageConfig) {
			m.editPageConfig(w.removed(m))
		}
		if !w.skips(m, change.KindStreamlit) {
			m.editStreamlit(w.removed(m))
			m.foldProbes(&w)
		}
	}
	for _, m := range modules {
		m.widenHandlers(&w)
		m.finish()
		w.collect(m)
	}
	w.fixThrough()
	slices.SortFunc(w.code.New, func(a, b scaffold.File) int { return strings.Compare(a.Path, b.Path) })
	change.SortEdits(w.code.Edits)
	return w.code
}

// rewriting is the rewriting of one app.
type rewriting struct {
	app     *existing.App
	options Options
	modules []*module
	texts   helperTexts
	code    Code
	// mentioned reports whether the code contains the word _snowflake; nil until it is needed.
	mentioned *bool
	// given reports whether a module exports the helper to others under the name get_active_session.
	given bool
	// gone are the findings about Streamlit, by file.
	gone map[string][]facts.Finding
	// secretsModule is the module that reads secrets through functions in Snowflake.
	secretsModule string
	// runtime are the possible keys of each read with a run-time key. guessed reports whether some are only guessed
	// from the app's secrets. tables are the functions that read by key.
	runtime map[ast.Expr][]string
	guessed bool
	tables  []keyTable
	// caught are the functions with a handler around a call that catches errors of a session, with the place of the
	// handler.
	caught map[*ast.FunctionDef]string
	// passing and reached cache the results of elsewhere and passingBy.
	passing, reached map[existing.ModuleName][]usage
}

// usesWarehouse reports whether _snowflake is in the app's code. If not, no module can refer to it.
func (w *rewriting) usesWarehouse() bool {
	if w.mentioned == nil {
		found := slices.ContainsFunc(w.modules, func(m *module) bool { return bytes.Contains(m.text, []byte(warehouseModule)) })
		w.mentioned = &found
	}
	return *w.mentioned
}

// skips reports whether the person skips the edits of a kind in a file.
func (w *rewriting) skips(m *module, kind change.Kind) bool {
	return w.options.Skip[m.group(kind)] || w.options.Skip[change.WrittenGroup(m.path)]
}

// sessions removes get_active_session from the app. It returns the module with the session helper if modules share one.
func (w *rewriting) sessions(shared bool) string {
	type work struct {
		m    *module
		refs []reference
	}
	var list []work
	callers := 0
	for _, m := range w.modules {
		refs := m.sessionReferences()
		if len(refs) == 0 && len(m.sessionImports()) == 0 {
			continue
		}
		w.code.Session = true
		if w.skips(m, change.KindSession) {
			continue
		}
		list = append(list, work{m, refs})
		if slices.ContainsFunc(refs, m.needsSession) {
			callers++
		}
		if m.needsShared(refs) {
			shared, w.given = true, true
		}
	}
	var plan sessionPlan
	if shared || callers > 1 {
		plan.shared = w.addModule("snowflake_session", w.texts.sessionModule())
	}
	w.findHandlers()
	for _, x := range list {
		x.m.editSession(x.refs, plan, w)
	}
	return plan.shared
}

// addModule adds a module next to the main file, where every other module finds it, under the first free name, and
// returns its name. It reuses a module with the same content.
func (w *rewriting) addModule(name, content string) string {
	taken := func(name string) bool {
		p := path.Join(w.app.MainDir(), name)
		return slices.ContainsFunc(w.app.Paths, func(have string) bool {
			return have == p+".py" && string(w.app.Files[have]) != content || strings.HasPrefix(have, p+"/")
		})
	}
	if taken(name) {
		name = numbered(name, taken)
	}
	p := path.Join(w.app.MainDir(), name+".py")
	if !slices.Contains(w.app.Paths, p) && !slices.ContainsFunc(w.code.New, func(f scaffold.File) bool { return f.Path == p }) {
		w.code.New = append(w.code.New, scaffold.File{Path: p, Data: []byte(content)})
	}
	return name
}

// collect adds the edits of a module to the result.
func (w *rewriting) collect(m *module) {
	for _, e := range m.edits {
		e.Start, e.End = m.file.Original(e.Start), m.file.Original(e.End)
		w.code.Edits = append(w.code.Edits, e)
	}
	w.code.Fixed = append(w.code.Fixed, m.fixed...)
	w.code.Notes = append(w.code.Notes, m.notes...)
}

// fixThrough marks the findings about get_active_session as fixed in files that import it from another file, which now
// returns the helper under that name.
func (w *rewriting) fixThrough() {
	if !w.given {
		return
	}
	o := facts.Options{Runtime: scaffold.Container, Streamlit: w.options.Streamlit, Select: []string{"SL101", "SL102"}}
	for _, f := range check.Findings(w.app, o) {
		m := change.Mark{Rule: f.Rule, Path: f.Path, Line: f.Line}
		direct := slices.ContainsFunc(w.modules, func(m *module) bool {
			return m.path == f.Path && len(m.sessionReferences())+len(m.sessionImports()) > 0
		})
		if !direct && !slices.Contains(w.code.Fixed, m) {
			w.code.Fixed = append(w.code.Fixed, m)
		}
	}
}

// markExports records for each file the names that other files use, and whether another file imports it.
func markExports(files []*fileFacts, main string) {
	byStem := map[string][]*fileFacts{}
	for _, f := range files {
		stem := strings.TrimSuffix(path.Base(f.path), ".py")
		if stem == "__init__" {
			stem = path.Base(path.Dir(f.path))
		}
		byStem[stem] = append(byStem[stem], f)
	}
	for _, other := range files {
		for _, name := range other.takes() {
			other.marks(name, byStem)
		}
		for _, star := range other.scopes.Stars {
			for _, f := range byStem[lastPart(star)] {
				if f != other {
					f.once = true
					f.exportAll()
				}
			}
		}
	}
	for _, f := range files {
		f.once = f.once && f.path != main
	}
}

// takes returns the full names of what a file imports and uses from modules.
func (f *fileFacts) takes() []string {
	var list []string
	for _, i := range f.imports {
		list = append(list, i.target)
	}
	for _, r := range f.references(func(name string) bool { return strings.Contains(name, ".") }) {
		list = append(list, r.name)
	}
	list = slices.DeleteFunc(list, func(name string) bool {
		return slices.ContainsFunc([]string{"snowflake.", "builtins.", warehouseModule + ".", streamlitModule + "."}, func(known string) bool {
			return strings.HasPrefix(name, known)
		})
	})
	slices.Sort(list)
	return slices.Compact(list)
}

// marks records, in the files that a dotted name leads through, which of their names it uses.
func (f *fileFacts) marks(name string, byStem map[string][]*fileFacts) {
	parts := strings.Split(name, ".")
	for i, part := range parts {
		if slices.Contains(parts[:i], part) {
			continue // of a package and a module with the same name, the package counts
		}
		for _, from := range byStem[part] {
			if from == f {
				continue
			}
			from.once = true
			if i+1 < len(parts) && parts[i+1] != "" {
				from.exported[parts[i+1]] = true
			}
		}
	}
}

// exportAll records that another file imports all names.
func (f *fileFacts) exportAll() {
	for name := range f.scopes.Module.Names {
		f.exported[name] = true
	}
}

func lastPart(dotted string) string { return dotted[strings.LastIndexByte(dotted, '.')+1:] }

// rewrites counts calls of Python, for tests that check that an app is rewritten only once.
var rewrites atomic.Int64 //nolint:gochecknoglobals // A count that only tests read.

// Count returns the number of calls of Python since the program started.
func Count() int { return int(rewrites.Load()) }
