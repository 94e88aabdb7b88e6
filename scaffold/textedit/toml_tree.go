package textedit

import (
	"maps"
	"slices"
)

// Flatten returns nested tables as one, by dotted key.
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

// Nest is the way back from flatten. A key that is no dotted key is taken as one part; where one
// key is a table for another, the table stays.
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

// SetIn puts a value into nested tables, making those on the way.
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
