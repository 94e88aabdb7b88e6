package textedit

import (
	"maps"
	"slices"
)

// Flatten converts nested tables to one map with dotted keys.
func Flatten(t map[string]any) map[string]any {
	flat := map[string]any{}
	for key, v := range t {
		inner, ok := v.(map[string]any)
		if !ok {
			flat[JoinKey(key)] = v
			continue
		}
		for rest, v := range Flatten(inner) {
			flat[JoinKey(key)+"."+rest] = v
		}
	}
	return flat
}

// Nest is the inverse of Flatten. An invalid dotted key counts as a single part. If one key needs a
// table where another has a value, the table wins.
func Nest(flat map[string]any) map[string]any {
	root := map[string]any{}
	for _, key := range slices.Sorted(maps.Keys(flat)) {
		parts, ok := SplitKey(key)
		if !ok {
			parts = []string{key}
		}
		SetIn(root, parts, flat[key])
	}
	return root
}

// SetIn sets a value in nested tables and creates missing ones.
func SetIn(t map[string]any, parts []string, v any) {
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
