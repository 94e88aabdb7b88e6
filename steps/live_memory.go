package steps

import (
	"maps"

	"sleet/snowflake"
	"sleet/snowflake/live"
)

// memory is a Journal that ends with the process: that of an account which does so, too.
type memory struct {
	made     map[snowflake.Ref]bool
	manifest live.Manifest
}

var _ Journal = (*memory)(nil)

// MemoryJournal keeps journals in memory.
func MemoryJournal() OpenJournal {
	m := &memory{made: map[snowflake.Ref]bool{}}
	return func(string, string) (Journal, error) { return m, nil }
}

func (m *memory) Record(e live.Entry) error {
	switch {
	case e.Event != live.EventDone:
	case e.Action == snowflake.ActionCreate:
		m.made[e.Ref] = true
	case e.Action == live.ActionUndone:
		delete(m.made, e.Ref)
	}
	return nil
}

func (m *memory) Resumes() string                    { return "" }
func (m *memory) Made() map[snowflake.Ref]bool       { return maps.Clone(m.made) }
func (m *memory) Manifest() live.Manifest            { return maps.Clone(m.manifest) }
func (m *memory) KeepManifest(n live.Manifest) error { m.manifest = maps.Clone(n); return nil }
