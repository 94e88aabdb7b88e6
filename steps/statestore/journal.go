package statestore

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"sleet/snowflake"
	"sleet/snowflake/safely"
	"sleet/steps/deploy"
	"sleet/ui/message"
)

// Journal records the runs for the app of one folder in one account: an append-only file of JSON lines, each synced to
// disk before the next step. It contains no secret values.
type Journal struct {
	path string
	mu   sync.Mutex
	file *os.File
	// entries are the entries of earlier runs and of this one.
	entries []deploy.Entry
}

var _ deploy.Journal = (*Journal)(nil)

// OpenJournal returns the journal of the app's folder dir in an account; the account's name is only a key. It does not
// create files: the first Record does.
func (s Store) OpenJournal(dir, account string) (*Journal, error) {
	folder, err := s.journalsOf(dir)
	if err != nil {
		return nil, err
	}
	j := &Journal{path: folder + "-" + hashName(strings.ToUpper(account)) + ".jsonl"}
	data, err := safely.ReadFile(j.path, maxJournal)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, message.Wrap(err, "state.journal_unread", "path", j.path)
	}
	j.entries = parseJournal(data)
	return j, nil
}

// journalsOf returns the common prefix of the journals of an app's folder.
func (s Store) journalsOf(dir string) (string, error) {
	absolute, err := filepath.Abs(dir)
	if err != nil {
		return "", message.Wrap(err, "state.path", "dir", dir)
	}
	return filepath.Join(s.Root, "journals", hashName(absolute)), nil
}

// hashName returns a file name derived from a text.
func hashName(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:12])
}

// Deployed reports whether an app's folder has a journal for any account, that is, whether it was deployed from this
// machine.
func (s Store) Deployed(dir string) bool {
	begin, err := s.journalsOf(dir)
	if err != nil {
		return false
	}
	found, err := filepath.Glob(begin + "-*.jsonl")
	return err == nil && len(found) > 0
}

// maxJournal is the maximum size of a journal in bytes.
const maxJournal = 256 << 20

// parseJournal parses the lines, skipping incomplete and damaged ones.
func parseJournal(data []byte) (entries []deploy.Entry) {
	lines := bufio.NewScanner(bytes.NewReader(data))
	lines.Buffer(nil, len(data)+1)
	for lines.Scan() {
		if len(bytes.TrimSpace(lines.Bytes())) == 0 {
			continue
		}
		var e deploy.Entry
		if err := json.Unmarshal(lines.Bytes(), &e); err != nil || e.Event == "" {
			continue
		}
		entries = append(entries, e)
	}
	return entries
}

// Record writes an entry and syncs it to disk.
func (j *Journal) Record(e deploy.Entry) error {
	j.mu.Lock()
	defer j.mu.Unlock()
	if e.Time.IsZero() {
		e.Time = time.Now().UTC().Truncate(time.Millisecond)
	}
	line, err := json.Marshal(e)
	if err != nil {
		return message.Wrap(err, "state.journal_unwritten", "path", j.path)
	}
	if err := j.open(); err != nil {
		return err
	}
	if _, err := j.file.Write(append(line, '\n')); err != nil {
		return message.Wrap(err, "state.journal_unwritten", "path", j.path)
	}
	if err := j.file.Sync(); err != nil {
		return message.Wrap(err, "state.journal_unwritten", "path", j.path)
	}
	j.entries = append(j.entries, e)
	return nil
}

// open opens the file for appending.
func (j *Journal) open() error {
	if j.file != nil {
		return nil
	}
	if err := os.MkdirAll(filepath.Dir(j.path), 0o700); err != nil {
		return message.Wrap(err, "state.journal_folder")
	}
	file, err := os.OpenFile(j.path, os.O_CREATE|os.O_RDWR|os.O_APPEND, 0o600)
	if err != nil {
		return message.Wrap(err, "state.journal_unopened", "path", j.path)
	}
	if err := endLine(file); err != nil {
		return errors.Join(message.Wrap(err, "state.journal_unopened", "path", j.path), file.Close())
	}
	j.file = file
	return nil
}

// endLine ends a line that a killed run left incomplete, so that the next entry does not join it.
func endLine(file *os.File) error {
	if err := file.Chmod(0o600); err != nil {
		return err //nolint:wrapcheck // The caller names the file.
	}
	size, err := file.Seek(0, io.SeekEnd)
	if err != nil || size == 0 {
		return err //nolint:wrapcheck // The caller names the file.
	}
	last := make([]byte, 1)
	if _, err := file.ReadAt(last, size-1); err != nil || last[0] == '\n' {
		return err //nolint:wrapcheck // The caller names the file.
	}
	_, err = file.WriteString("\n")
	return err //nolint:wrapcheck // The caller names the file.
}

// Close closes the file. The journal can still be read.
func (j *Journal) Close() error {
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.file == nil {
		return nil
	}
	err := j.file.Close()
	j.file = nil
	if err != nil {
		return message.Wrap(err, "state.journal_unwritten", "path", j.path)
	}
	return nil
}

// History returns the summary of all entries.
func (j *Journal) History() deploy.History {
	j.mu.Lock()
	defer j.mu.Unlock()
	return deploy.ReadHistory(j.entries)
}

// Created returns the objects that runs created and did not remove.
func (j *Journal) Created() map[snowflake.Ref]bool { return j.History().CreatedRefs() }

// Manifest returns the files that were sent.
func (j *Journal) Manifest() deploy.Manifest { return j.History().Manifest }

// KeepManifest records which files were sent, with an entry for each file that changed.
func (j *Journal) KeepManifest(m deploy.Manifest) error {
	before := j.Manifest()
	for _, path := range slices.Sorted(maps.Keys(m)) {
		if sent := m[path]; before[path] != sent {
			if err := j.Record(deploy.Entry{Event: deploy.EventProgress, Path: path, Sent: &sent}); err != nil {
				return err
			}
		}
	}
	for _, path := range slices.Sorted(maps.Keys(before)) {
		if _, there := m[path]; !there {
			if err := j.Record(deploy.Entry{Event: deploy.EventProgress, Path: path}); err != nil {
				return err
			}
		}
	}
	return nil
}

// Resumes returns which run stopped early and where, or the zero message.
func (j *Journal) Resumes() message.Message { return j.History().Stopped.Text() }
