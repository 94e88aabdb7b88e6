package steps

import (
	"maps"

	"sleet/snowflake"
	"sleet/snowflake/live"
)

// memory is a Journal that ends with the process: that of an account which does so, too.
type memory struct{ entries []live.Entry }

var _ Journal = (*memory)(nil)

// MemoryJournal keeps journals in memory.
func MemoryJournal() OpenJournal {
	m := &memory{}
	return func(string, string) (Journal, error) { return m, nil }
}

func (m *memory) Record(e live.Entry) error {
	m.entries = append(m.entries, e)
	return nil
}

func (m *memory) Resumes() snowflake.Text      { return snowflake.Text{} }
func (m *memory) History() live.History        { return live.ReadHistory(m.entries) }
func (m *memory) Made() map[snowflake.Ref]bool { return m.History().MadeRefs() }
func (m *memory) Manifest() live.Manifest      { return m.History().Manifest }

func (m *memory) KeepManifest(n live.Manifest) error {
	for path := range m.Manifest() {
		if _, there := n[path]; !there {
			m.entries = append(m.entries, live.Entry{Event: live.EventProgress, Path: path})
		}
	}
	for path, sent := range maps.All(n) {
		m.entries = append(m.entries, live.Entry{Event: live.EventProgress, Path: path, Sent: &sent})
	}
	return nil
}
