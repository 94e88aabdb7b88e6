package statestore

import (
	"maps"
	"path/filepath"
	"strings"
	"time"

	"github.com/pelletier/go-toml/v2"

	"sleet/scaffold"
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
	if !s.outside(absolute) {
		return nil
	}
	harmless, ok := withoutCredentials(app)
	if !ok {
		return message.NewError("state.draft_credential", "path", absolute)
	}
	data, err := toml.Marshal(draftFile{
		Dir: absolute, Saved: time.Now().UTC().Truncate(time.Second), Answers: string(harmless.TOML()),
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
	data, err := safely.ReadFile(path, safely.MostText)
	if err != nil {
		return Draft{}, false
	}
	var f draftFile
	if safely.TOMLDepth(data) != nil {
		return Draft{}, false
	}
	if err := toml.Unmarshal(data, &f); err != nil || f.Dir != absolute {
		return Draft{}, false
	}
	app, err := scaffold.ParseDraft(path, []byte(f.Answers))
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
		if cleared, err := harmless.Set(empty); err == nil {
			harmless = cleared
		}
	}
	return harmless, len(credentials(harmless)) == 0
}

// credentials are the paths of the answers that look like one.
func credentials(app scaffold.App) []string {
	var paths []string
	for _, p := range app.Problems() {
		if strings.HasSuffix(p.ID, "-credential") {
			paths = append(paths, p.Path)
		}
	}
	return paths
}
