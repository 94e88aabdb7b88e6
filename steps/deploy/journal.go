package deploy

import (
	"maps"

	"sleet/snowflake"
	"sleet/snowflake/account"
	"sleet/ui/message"
)

// Journal is what is kept of an app's runs in one account, outside the app's folder.
type Journal interface {
	account.Journal
	// Resumes says in a sentence which run stopped before its end, and where; empty for none.
	Resumes() message.Message
	// Made are the objects that sleet made and nobody removed since.
	Made() map[snowflake.Ref]bool
	// History is what all runs came to.
	History() account.History
	// Manifest is what was sent; KeepManifest keeps it.
	Manifest() account.Manifest
	KeepManifest(m account.Manifest) error
}

// OpenJournal returns the journal of the app in a folder, in an account.
type OpenJournal func(dir, accountName string) (Journal, error)

// memory is a Journal that ends with the process: that of an account which does so, too.
type memory struct{ entries []account.Entry }

var _ Journal = (*memory)(nil)

// MemoryJournal keeps journals in memory.
func MemoryJournal() OpenJournal {
	m := &memory{}
	return func(string, string) (Journal, error) { return m, nil }
}

func (m *memory) Record(e account.Entry) error {
	m.entries = append(m.entries, e)
	return nil
}

func (m *memory) Resumes() message.Message     { return message.Message{} }
func (m *memory) History() account.History     { return account.ReadHistory(m.entries) }
func (m *memory) Made() map[snowflake.Ref]bool { return m.History().MadeRefs() }
func (m *memory) Manifest() account.Manifest   { return m.History().Manifest }

func (m *memory) KeepManifest(n account.Manifest) error {
	for path := range m.Manifest() {
		if _, there := n[path]; !there {
			m.entries = append(m.entries, account.Entry{Event: account.EventProgress, Path: path})
		}
	}
	for path, sent := range maps.All(n) {
		m.entries = append(m.entries, account.Entry{Event: account.EventProgress, Path: path, Sent: &sent})
	}
	return nil
}
