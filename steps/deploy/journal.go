package deploy

import (
	"maps"

	"sleet/snowflake"
	"sleet/snowflake/account"
	"sleet/snowflake/account/stage"
	"sleet/ui/message"
)

// Journal is the record of an app's runs in one account, stored outside the app's folder.
type Journal interface {
	account.Journal
	// Resumes returns a sentence about a run that stopped early, and where it stopped; zero if there is none.
	Resumes() message.Message
	// Created returns the objects that sleet created and that were not removed since.
	Created() map[snowflake.Ref]bool
	// History returns the summary of all runs.
	History() account.History
	// Manifest returns the files that were sent. KeepManifest stores them.
	Manifest() stage.Manifest
	KeepManifest(m stage.Manifest) error
}

// OpenJournal opens the journal of the app in a folder, in an account.
type OpenJournal func(dir, accountName string) (Journal, error)

// memoryJournal is a Journal that lasts as long as the process, for an account that does so too.
type memoryJournal struct{ entries []account.Entry }

var _ Journal = (*memoryJournal)(nil)

// MemoryJournal returns an OpenJournal that keeps one journal in memory.
func MemoryJournal() OpenJournal {
	m := &memoryJournal{}
	return func(string, string) (Journal, error) { return m, nil }
}

func (m *memoryJournal) Record(e account.Entry) error {
	m.entries = append(m.entries, e)
	return nil
}

func (m *memoryJournal) Resumes() message.Message        { return message.Message{} }
func (m *memoryJournal) History() account.History        { return account.ReadHistory(m.entries) }
func (m *memoryJournal) Created() map[snowflake.Ref]bool { return m.History().CreatedRefs() }
func (m *memoryJournal) Manifest() stage.Manifest        { return m.History().Manifest }

func (m *memoryJournal) KeepManifest(n stage.Manifest) error {
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
