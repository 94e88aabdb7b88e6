package answers

import (
	"bytes"
	"maps"
	"slices"
	"strings"

	"github.com/aymanbagabas/go-udiff"

	"sleet/scaffold"
	"sleet/scaffold/textedit"
)

// editAnswers replaces answers in the text of a sleet.toml and leaves the rest unchanged. ok is
// false if an answer does not fit into the text. The caller has to check the result with Parse.
// [written] is left alone.
func editAnswers(text []byte, next scaffold.App) (edited []byte, ok bool) {
	text, ok = dropSecrets(bytes.TrimPrefix(text, []byte("\ufeff")), next)
	if !ok {
		return nil, false
	}
	doc, err := parseText(scaffold.AnswersFile, text)
	if err != nil {
		return nil, false
	}
	r := reader{text: doc}
	before, after := leaves(r.read(doc.tables)), leaves(next)
	e := answersEditor{doc: doc, added: map[string][]string{}}
	for _, l := range before {
		if !after.has(l.path()) {
			e.drop(l)
		}
	}
	for _, l := range after {
		if old, ok := before.find(l.path()); !ok || textedit.TOMLValue(old.value) != textedit.TOMLValue(l.value) {
			e.put(l)
		}
	}
	e.insert(len(next.Secrets))
	edited, applied := udiff.ApplyBytes(text, e.edits)
	return edited, !e.stuck && applied == nil
}

// dropSecrets removes the tables of secrets that are no longer declared.
func dropSecrets(text []byte, next scaffold.App) ([]byte, bool) {
	for {
		doc, err := parseText(scaffold.AnswersFile, text)
		if err != nil {
			return nil, false
		}
		r := reader{text: doc, draft: true}
		before := r.read(doc.tables).Secrets
		if len(before) <= len(next.Secrets) {
			return text, true
		}
		i := 0
		for i < len(next.Secrets) && before[i].Key == next.Secrets[i].Key {
			i++
		}
		b, ok := doc.blocks[textedit.Element("secrets", i)]
		if !ok {
			return nil, false
		}
		text = append(bytes.Clone(text[:b.Start]), bytes.TrimLeft(text[b.End:], "\r\n")...)
	}
}

// leaf is one answer that is not a table: the path of its table and its key, both as written in
// TOML.
type leaf struct {
	table, key string
	value      any
}

func (l leaf) path() string { return l.table + "." + l.key }

type leafList []leaf

func (all leafList) find(path string) (leaf, bool) {
	i := slices.IndexFunc(all, func(l leaf) bool { return l.path() == path })
	if i < 0 {
		return leaf{}, false
	}
	return all[i], true
}

func (all leafList) has(path string) bool { _, ok := all.find(path); return ok }

// leaves returns all answers of an App in the order of sleet.toml, without [written].
func leaves(a scaffold.App) leafList {
	var all leafList
	for _, t := range Schema() {
		switch {
		case t.List:
			for i := range a.Secrets {
				all = append(all, leavesOf(a, t, i, textedit.Element(t.Name, i))...)
			}
		case t.fields != nil:
			all = append(all, leavesOf(a, t, 0, t.Name)...)
		}
	}
	all = append(all, openLeaves("config", a.Config)...)
	return append(all, openLeaves("values", textedit.Flatten(a.Values))...)
}

func leavesOf(a scaffold.App, t Table, i int, path string) leafList {
	var all leafList
	for _, f := range t.fields {
		if v := answerAt(f.At(&a, i)); v != nil {
			all = append(all, leaf{table: path, key: f.key, value: v})
		}
	}
	return all
}

func openLeaves(table string, flat map[string]any) leafList {
	all := make(leafList, 0, len(flat))
	for _, key := range slices.Sorted(maps.Keys(flat)) {
		parts, ok := textedit.SplitKey(key)
		if !ok {
			parts = []string{key}
		}
		last := len(parts) - 1
		all = append(all, leaf{table: textedit.JoinKey(append([]string{table}, parts[:last]...)...), key: textedit.JoinKey(parts[last]), value: flat[key]})
	}
	return all
}

// answersEditor collects the edits of one text.
type answersEditor struct {
	doc   document
	edits []udiff.Edit
	// added maps each table to the lines to add to it.
	added map[string][]string
	stuck bool
}

// drop removes the lines of an answer.
func (e *answersEditor) drop(l leaf) {
	p := e.doc.places[l.path()]
	if !p.Line {
		e.stuck = true
		return
	}
	start := bytes.LastIndexByte(e.doc.data[:p.Key], '\n') + 1
	e.edits = append(e.edits, udiff.Edit{Start: start, End: textedit.LineEnd(e.doc.data, p.End)})
}

// put overwrites an existing answer or records it to be added.
func (e *answersEditor) put(l leaf) {
	if p := e.doc.places[l.path()]; p.End > 0 {
		e.edits = append(e.edits, udiff.Edit{Start: p.Value, End: p.End, New: textedit.TOMLValue(l.value)})
		return
	}
	e.added[l.table] = append(e.added[l.table], l.key+" = "+textedit.TOMLValue(l.value))
}

// insert adds the recorded lines at the end of their table, or in a new table before [written]. A
// secret without any answer needs a table too.
func (e *answersEditor) insert(secrets int) {
	for i := range secrets {
		path := textedit.Element("secrets", i)
		if _, ok := e.doc.blocks[path]; !ok && e.added[path] == nil {
			e.added[path] = nil
		}
	}
	end, _ := writtenRange(e.doc.data)
	var tables strings.Builder
	for _, path := range e.order() {
		lines := e.added[path]
		if b, ok := e.doc.blocks[path]; ok {
			e.edits = append(e.edits, udiff.Edit{Start: b.End, End: b.End, New: e.newLine(b.End) + strings.Join(lines, "\n") + "\n"})
			continue
		}
		header := "[" + path + "]"
		if name, _, isElement := strings.Cut(path, "["); isElement && name == "secrets" {
			header = "[[secrets]]"
		}
		writeTable(&tables, header, lines)
	}
	if tables.Len() > 0 {
		// Replace the empty lines in between, so that exactly one is left.
		start := min(end, textedit.LineEnd(e.doc.data, len(bytes.TrimRight(e.doc.data[:end], "\r\n"))))
		e.edits = append(e.edits, udiff.Edit{Start: start, End: end, New: e.newLine(start) + tables.String() + "\n"})
	}
	udiff.SortEdits(e.edits)
}

// newLine returns a newline if the line before an offset does not end with one.
func (e *answersEditor) newLine(at int) string {
	if at == 0 || e.doc.data[at-1] == '\n' {
		return ""
	}
	return "\n"
}

// order returns the tables with lines to add, in the order of sleet.toml.
func (e *answersEditor) order() []string {
	rank := func(path string) int {
		name := path[:len(path)-len(strings.TrimLeft(path, "abcdefghijklmnopqrstuvwxyz"))]
		return slices.IndexFunc(Schema(), func(t Table) bool { return t.Name == name })
	}
	return slices.SortedFunc(maps.Keys(e.added), func(a, b string) int {
		if d := rank(a) - rank(b); d != 0 {
			return d
		}
		if d := len(a) - len(b); d != 0 && strings.HasPrefix(a, "secrets[") {
			return d // secrets[10] comes after secrets[9]
		}
		return strings.Compare(a, b)
	})
}
