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

// draftFile is a stored draft. Its answers are a whole sleet.toml.
type draftFile struct {
	Dir     string    `toml:"dir"`
	Saved   time.Time `toml:"saved"`
	Answers string    `toml:"answers,multiline"`
}

// Save stores the answers for the app's folder dir, replacing earlier ones. Answers that look like credentials are left
// out. Nothing is stored if the store is inside the folder.
func (s Store) Save(dir string, app scaffold.App) error {
	path, absolute, err := s.draftOf(dir)
	if err != nil {
		return err
	}
	return s.save(path, absolute, app)
}

// SaveLast stores the answers of the most recently created app, as the starting point for the next app.
func (s Store) SaveLast(dir string, app scaffold.App) error {
	_, absolute, err := s.draftOf(dir)
	if err != nil {
		return err
	}
	return s.save(s.lastPath(), absolute, app)
}

// LoadLast returns the answers of the most recently created app, unless it is the one in the folder dir.
func (s Store) LoadLast(dir string) (Draft, bool) {
	_, absolute, err := s.draftOf(dir)
	if err != nil {
		return Draft{}, false
	}
	last, ok := load(s.lastPath())
	last.App.Folder = filepath.Base(last.Dir)
	return last, ok && last.Dir != absolute
}

func (s Store) lastPath() string { return filepath.Join(s.Root, "last.toml") }

// save writes the answers without those that look like credentials.
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

// Load returns the draft for the app's folder dir. A draft that cannot be read is ignored: another version wrote it or
// it is damaged, and nothing else depends on it.
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

// load reads a file that save wrote.
func load(path string) (Draft, bool) {
	data, err := safely.ReadFile(path, safely.MaxTextSize)
	if err != nil {
		return Draft{}, false
	}
	var f draftFile
	if safely.CheckTOML(data) != nil {
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

// Drop removes the draft for the app's folder dir, if there is one.
func (s Store) Drop(dir string) error {
	path, _, err := s.draftOf(dir)
	if err != nil {
		return err
	}
	sweep(filepath.Split(path))
	return remove(path)
}

// withoutCredentials removes every answer that validation takes for a credential, because a token typed into the wrong
// field must not be stored. ok is false if one remains.
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

// credentials returns the paths of the answers that look like credentials.
func credentials(app scaffold.App) []string {
	var paths []string
	for _, p := range validate.Problems(app) {
		if strings.HasSuffix(p.ID, "-credential") {
			paths = append(paths, p.Path)
		}
	}
	return paths
}
