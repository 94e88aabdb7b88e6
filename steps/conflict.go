package steps

import (
	"maps"
	"slices"

	"sleet/scaffold/generate"
	"sleet/scaffold/validate"
	"sleet/scaffold/workspace"
)

// The choices for a file that the person edited. The id of a choice's message is "review." and the choice.
const (
	KeepEdited    = "keep"
	ReplaceEdited = "replace"
	MergeEdited   = "merge"
)

// PlanOf compares the State's files with its folder. Unlike NewPlan, it does so even if the answers have errors, so
// that the files can be shown.
func PlanOf(s State, problems []validate.Problem) Plan {
	files := generate.FilesLocked(s.App, s.Folder.Locked())
	return Plan{
		App: s.App, Folder: s.Folder, Problems: problems, Files: files,
		Changes: workspace.Compare(s.Folder, files, s.Folder.App.Written),
	}
}

// Conflict is how to resolve a file that the person edited and that the answers would change.
type Conflict struct {
	// Choices are the possible resolutions, the default first. Choice is the selected one.
	Choices []string
	Choice  string
	// Merged is the text with the changes of both sides; nil where both changed the same lines.
	Merged []byte
}

// Conflict returns how to resolve an edited file. The default is to merge both sides, or to keep the file where both
// changed the same lines.
func (s State) Conflict(c workspace.Change) Conflict {
	k := Conflict{Choices: []string{KeepEdited, ReplaceEdited}}
	if text, clean := merged(s, c); clean {
		k.Choices, k.Merged = []string{MergeEdited, KeepEdited, ReplaceEdited}, text
	}
	k.Choice = k.Choices[0]
	if choice := s.Review[c.Path]; slices.Contains(k.Choices, choice) {
		k.Choice = choice
	}
	return k
}

// WithChoice returns the State with a choice for an edited file.
func (s State) WithChoice(c workspace.Change, choice string) State {
	s.Review = maps.Clone(s.Review)
	if s.Review == nil {
		s.Review = Review{}
	}
	s.Review[c.Path] = choice
	return s
}

// WriteOptions returns the choices for the edited files among changes, as options for writing them.
func (s State) WriteOptions(changes []workspace.Change) workspace.Options {
	overwrite, content := map[string]bool{}, map[string][]byte{}
	for _, c := range changes {
		if c.State != workspace.FileEdited {
			continue
		}
		conflict := s.Conflict(c)
		overwrite[c.Path] = conflict.Choice != KeepEdited
		if conflict.Choice == MergeEdited {
			content[c.Path] = conflict.Merged
		}
	}
	return workspace.Options{Overwrite: func(path string) bool { return overwrite[path] }, Content: content}
}

// merged merges the person's text of an edited file with the new one. ok is false if the text that both started from is
// unknown, or if both changed the same lines.
func merged(s State, c workspace.Change) (text []byte, ok bool) {
	base, known := s.Folder.Base(c.Path)
	if !known || c.State != workspace.FileEdited {
		return nil, false
	}
	return workspace.Merge(base, c.Old, c.New)
}
