package steps

import (
	"maps"
	"slices"

	"sleet/scaffold/generate"
	"sleet/scaffold/validate"
	"sleet/scaffold/workspace"
)

// The choices for a file that the person edited; "review." and the choice is the message of each.
const (
	KeepMine = "keep"
	Replace  = "replace"
	Merge    = "merge"
)

// PlanOf sets the State's files beside its folder, whatever is wrong with the answers, so that
// they can be looked at.
func PlanOf(s State, problems []validate.Problem) Plan {
	files := generate.FilesLocked(s.App, s.Folder.Locked())
	return Plan{
		App: s.App, Folder: s.Folder, Problems: problems, Files: files,
		Changes: workspace.Compare(s.Folder, files, s.Folder.App.Written),
	}
}

// Conflict is a file that the person edited and that the answers would change.
type Conflict struct {
	// Choices lists what can become of the file, the default first; Choice is what will.
	Choices []string
	Choice  string
	// Merged is the text with both sides' changes, where they changed different lines.
	Merged []byte
}

// Conflict returns what can become of an edited file. Until the person decides, both sides are
// merged where they changed different lines, and otherwise the file is kept.
func (s State) Conflict(c workspace.Change) Conflict {
	k := Conflict{Choices: []string{KeepMine, Replace}}
	if text, clean := merged(s, c); clean {
		k.Choices, k.Merged = []string{Merge, KeepMine, Replace}, text
	}
	k.Choice = k.Choices[0]
	if choice := s.Review[c.Path]; slices.Contains(k.Choices, choice) {
		k.Choice = choice
	}
	return k
}

// Decided returns the State with the choice for an edited file.
func (s State) Decided(c workspace.Change, choice string) State {
	s.Review = maps.Clone(s.Review)
	if s.Review == nil {
		s.Review = Review{}
	}
	s.Review[c.Path] = choice
	return s
}

// WriteOptions returns the choices about the edited files among changes as the writing takes them.
func (s State) WriteOptions(changes []workspace.Change) workspace.Options {
	overwrite, content := map[string]bool{}, map[string][]byte{}
	for _, c := range changes {
		if c.State != workspace.FileEdited {
			continue
		}
		conflict := s.Conflict(c)
		overwrite[c.Path] = conflict.Choice != KeepMine
		if conflict.Choice == Merge {
			content[c.Path] = conflict.Merged
		}
	}
	return workspace.Options{Overwrite: func(path string) bool { return overwrite[path] }, Content: content}
}

// merged joins the person's text of an edited file with the new one. ok is false where the text
// that both were made from is not known any more, or where both changed the same lines.
func merged(s State, c workspace.Change) (text []byte, ok bool) {
	base, known := s.Folder.Base(c.Path)
	if !known || c.State != workspace.FileEdited {
		return nil, false
	}
	return workspace.Merge(base, c.Old, c.New)
}
