package statestore

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"sleet/steps/survey"
	"sleet/ui/message"
)

// Survey records the lines of a survey while it runs, so that a stopped survey can resume.
type Survey struct {
	path string
	file *os.File
	apps []survey.App
}

// maxSurveyAge is the maximum age of a stopped survey that can be resumed.
const maxSurveyAge = 24 * time.Hour

// OpenSurvey opens the record of a survey, whose name must cover everything that decides what it reads. It discards a
// record older than a day, or any record if fresh is set.
func (s Store) OpenSurvey(name string, fresh bool) (*Survey, error) {
	sum := sha256.Sum256([]byte(name))
	k := &Survey{path: filepath.Join(s.Root, "surveys", hex.EncodeToString(sum[:16])+".jsonl")}
	if info, err := os.Stat(k.path); err == nil && (fresh || time.Since(info.ModTime()) > maxSurveyAge) {
		if err := os.Remove(k.path); err != nil {
			return nil, message.Wrap(err, "state.survey_kept")
		}
	}
	data, err := os.ReadFile(k.path)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, message.Wrap(err, "state.survey_unread")
	}
	whole := data[:bytes.LastIndexByte(data, '\n')+1] // without an incomplete last line, which is read again
	for line := range bytes.Lines(whole) {
		var app survey.App
		if json.Unmarshal(line, &app) == nil {
			k.apps = append(k.apps, app)
		}
	}
	const private, owner = 0o700, 0o600
	if err := os.MkdirAll(filepath.Dir(k.path), private); err != nil {
		return nil, message.Wrap(err, "state.survey_folder")
	}
	if k.file, err = os.OpenFile(k.path, os.O_CREATE|os.O_WRONLY, owner); err != nil {
		return nil, message.Wrap(err, "state.survey_unwritten")
	}
	if err = k.file.Truncate(int64(len(whole))); err == nil {
		_, err = k.file.Seek(int64(len(whole)), 0)
	}
	if err != nil {
		_ = k.file.Close()
		return nil, message.Wrap(err, "state.survey_unwritten")
	}
	return k, nil
}

// Apps returns the apps that the stopped run recorded.
func (k *Survey) Apps() []survey.App { return k.apps }

// Record appends an app.
func (k *Survey) Record(app survey.App) error {
	line, err := json.Marshal(app)
	if err != nil {
		return message.Wrap(err, "state.survey_unwritten")
	}
	if _, err := k.file.Write(append(line, '\n')); err != nil {
		return message.Wrap(err, "state.survey_unwritten")
	}
	return nil
}

// Done removes the record of a complete survey.
func (k *Survey) Done() error {
	_ = k.file.Close() // some systems do not remove open files
	if err := os.Remove(k.path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return message.Wrap(err, "state.survey_kept")
	}
	return nil
}

// Close closes the file and keeps the record.
func (k *Survey) Close() error {
	return k.file.Close() //nolint:wrapcheck // It names the file.
}
