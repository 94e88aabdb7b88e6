package scaffold

import (
	"maps"
	"slices"

	"sleet/ui/message"
)

// config takes [config]: table by table in the file, flat in the App.
func (r *reader) config(a *App, given map[string]any) {
	flat := flatten(given)
	if len(flat) == 0 {
		return
	}
	if a.Config == nil {
		a.Config = map[string]any{}
	}
	maps.Copy(a.Config, flat)
}

// values takes [values] as it is.
func (r *reader) values(a *App, given map[string]any) {
	if a.Values == nil {
		a.Values = map[string]any{}
	}
	maps.Copy(a.Values, given)
}

// written takes [written]: paths and hashes.
func (r *reader) written(a *App, given map[string]any) {
	for _, path := range slices.Sorted(maps.Keys(given)) {
		hash, ok := given[path].(string)
		switch {
		case ok && a.Written == nil:
			a.Written = map[string]string{path: hash}
		case ok:
			a.Written[path] = hash
		case kindOf(given[path]) == aTable:
			r.wrongKey(under("written", path), message.New("problem.answers.written_path"), message.New("problem.answers.written_path.fix"))
		default:
			r.wrong(under("written", path), message.New("problem.answers.written_hash", "kind", kindText(given[path])), message.New("problem.answers.written_hash.fix"))
		}
	}
}

// flatten returns nested tables as one, by dotted key.
func flatten(t map[string]any) map[string]any {
	flat := map[string]any{}
	for key, v := range t {
		inner, ok := v.(map[string]any)
		if !ok {
			flat[joinKey(key)] = v
			continue
		}
		for rest, v := range flatten(inner) {
			flat[joinKey(key)+"."+rest] = v
		}
	}
	return flat
}

// nest is the way back from flatten. A key that is no dotted key is taken as one part; where one
// key is a table for another, the table stays.
func nest(flat map[string]any) map[string]any {
	root := map[string]any{}
	for _, key := range slices.Sorted(maps.Keys(flat)) {
		parts, ok := splitKey(key)
		if !ok {
			parts = []string{key}
		}
		setIn(root, parts, flat[key])
	}
	return root
}

// setIn puts a value into nested tables, making those on the way.
func setIn(t map[string]any, parts []string, v any) {
	for _, part := range parts[:len(parts)-1] {
		inner, ok := t[part].(map[string]any)
		if !ok {
			inner = map[string]any{}
			t[part] = inner
		}
		t = inner
	}
	t[parts[len(parts)-1]] = v
}
