package statestore

import (
	"maps"
	"path/filepath"
	"strings"
	"time"

	"github.com/pelletier/go-toml/v2"

	"sleet/scaffold"
	"sleet/scaffold/answers"
	"sleet/scaffold/validate"
	"sleet/snowflake/safely"
	"sleet/ui/message"
)

// Draft is the answers of an interrupted run.
type Draft struct {
	// Dir is the absolute path of the app's folder.
	Dir   string
	Saved time.Time
	App   scaffold.App
}

// draftFile is a draft on the disk: the answers are a sleet.toml of their own.
type draftFile struct {
	Dir     string    `toml:"dir"`
	Saved   time.Time `toml:"saved"`
	Answers string    `toml:"answers,multiline"`
}

// Save keeps the answers given so far for the app's folder dir, over those kept before. What
// looks like a credential among them is left out. Nothing is kept for a folder that the store
// itself lies in.
func (s Store) Save(dir string, app scaffold.App) error {
	path, absolute, err := s.draftOf(dir)
	if err != nil {
		return err
	}
	return s.save(path, absolute, app)
}

// SaveLast keeps the answers of the app that was made last, wherever it is, for the next app to start
// from.
func (s Store) SaveLast(dir string, app scaffold.App) error {
	_, absolute, err := s.draftOf(dir)
	if err != nil {
		return err
	}
	return s.save(s.lastPath(), absolute, app)
}

// Last returns the answers of the app that was made last, if it is not the one of the folder dir.
func (s Store) Last(dir string) (Draft, bool) {
	_, absolute, err := s.draftOf(dir)
	if err != nil {
		return Draft{}, false
	}
	last, ok := load(s.lastPath())
	last.App.Folder = filepath.Base(last.Dir)
	return last, ok && last.Dir != absolute
}

func (s Store) lastPath() string { return filepath.Join(s.Root, "last.toml") }

// save writes answers, without what looks like a credential.
func (s Store) save(path, absolute string, app scaffold.App) error {
	if !s.outside(absolute) {
		return nil
	}
	harmless, ok := withoutCredentials(app)
	if !ok {
		return message.NewError("state.draft_credential", "path", absolute)
	}
	data, err := toml.Marshal(draftFile{
		Dir: absolute, Saved: time.Now().UTC().Truncate(time.Second), Answers: string(answers.TOML(harmless)),
	})
	if err != nil {
		return message.Wrap(err, "state.draft_unwritten")
	}
	return replace(path, data)
}

// Load returns the draft for the app's folder dir. A draft that cannot be read is none: it was made
// by another version or damaged, and a run without it loses nothing else.
func (s Store) Load(dir string) (Draft, bool) {
	path, absolute, err := s.draftOf(dir)
	if err != nil {
		return Draft{}, false
	}
	draft, ok := load(path)
	if !ok || draft.Dir != absolute {
		return Draft{}, false
	}
	return draft, true
}

// load reads a file of save.
func load(path string) (Draft, bool) {
	data, err := safely.ReadFile(path, safely.MostText)
	if err != nil {
		return Draft{}, false
	}
	var f draftFile
	if safely.TOMLDepth(data) != nil {
		return Draft{}, false
	}
	if err := toml.Unmarshal(data, &f); err != nil {
		return Draft{}, false
	}
	app, err := answers.ParseDraft(path, []byte(f.Answers))
	if err != nil {
		return Draft{}, false
	}
	return Draft{Dir: f.Dir, Saved: f.Saved, App: app}, true
}

// Drop forgets the draft for the app's folder dir, if there is one.
func (s Store) Drop(dir string) error {
	path, _, err := s.draftOf(dir)
	if err != nil {
		return err
	}
	sweep(filepath.Split(path))
	return remove(path)
}

// withoutCredentials leaves out every answer that the checks take for a credential: a person who
// typed a token into the wrong field must not find it in a file. ok is false when one stays.
func withoutCredentials(app scaffold.App) (harmless scaffold.App, ok bool) {
	harmless = app.Clone()
	maps.DeleteFunc(harmless.Values, func(key string, v any) bool {
		return len(credentials(scaffold.App{Values: map[string]any{key: v}})) > 0
	})
	maps.DeleteFunc(harmless.Config, func(key string, v any) bool {
		return len(credentials(scaffold.App{Config: map[string]any{key: v}})) > 0
	})
	for _, path := range credentials(harmless) {
		list, _, isElement := strings.Cut(path, "[")
		empty := path + `=""`
		if isElement && strings.HasSuffix(path, "]") {
			empty = list + "=[]"
		}
		if cleared, err := answers.Set(harmless, empty); err == nil {
			harmless = cleared
		}
	}
	return harmless, len(credentials(harmless)) == 0
}

// credentials are the paths of the answers that look like one.
func credentials(app scaffold.App) []string {
	var paths []string
	for _, p := range validate.Problems(app) {
		if strings.HasSuffix(p.ID, "-credential") {
			paths = append(paths, p.Path)
		}
	}
	return paths
}
