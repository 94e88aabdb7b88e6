package answers

import (
	"maps"
	"slices"

	"sleet/scaffold"
	"sleet/scaffold/textedit"
	"sleet/ui/message"
)

// config reads [config], which is nested in the file and flat in the App.
func (r *reader) config(a *scaffold.App, table map[string]any) {
	flat := textedit.Flatten(table)
	if len(flat) == 0 {
		return
	}
	if a.Config == nil {
		a.Config = map[string]any{}
	}
	maps.Copy(a.Config, flat)
}

// values reads [values] unchanged.
func (r *reader) values(a *scaffold.App, table map[string]any) {
	if a.Values == nil {
		a.Values = map[string]any{}
	}
	maps.Copy(a.Values, table)
}

// written reads [written]: paths and hashes.
func (r *reader) written(a *scaffold.App, table map[string]any) {
	for _, path := range slices.Sorted(maps.Keys(table)) {
		hash, ok := table[path].(string)
		switch {
		case ok && a.Written == nil:
			a.Written = map[string]string{path: hash}
		case ok:
			a.Written[path] = hash
		case kindOf(table[path]) == aTable:
			r.wrongKey(textedit.Under("written", path), message.New("problem.answers.written_path"), message.New("problem.answers.written_path.fix"))
		default:
			r.wrong(textedit.Under("written", path), message.New("problem.answers.written_hash", "kind", kindText(table[path])), message.New("problem.answers.written_hash.fix"))
		}
	}
}
