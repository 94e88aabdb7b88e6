package steps

import (
	"maps"
	"slices"

	"sleet/scaffold"
)

// The choices for a file that the person edited; "review." and the choice is the message of each.
const (
	KeepMine = "keep"
	Replace  = "replace"
	Merge    = "merge"
)

// PlanOf sets the State's files beside its folder, whatever is wrong with the answers, so that
// they can be looked at.
func PlanOf(s State, problems []scaffold.Problem) Plan {
	files := scaffold.FilesLocked(s.App, s.Folder.Locked())
	return Plan{
		App: s.App, Folder: s.Folder, Problems: problems, Files: files,
		Changes: scaffold.Compare(s.Folder, files, s.Folder.App.Written),
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
func (s State) Conflict(c scaffold.Change) Conflict {
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
func (s State) Decided(c scaffold.Change, choice string) State {
	s.Review = maps.Clone(s.Review)
	if s.Review == nil {
		s.Review = Review{}
	}
	s.Review[c.Path] = choice
	return s
}

// WriteOptions returns the choices about the edited files among changes as the writing takes them.
func (s State) WriteOptions(changes []scaffold.Change) scaffold.Options {
	overwrite, content := map[string]bool{}, map[string][]byte{}
	for _, c := range changes {
		if c.State != scaffold.FileEdited {
			continue
		}
		conflict := s.Conflict(c)
		overwrite[c.Path] = conflict.Choice != KeepMine
		if conflict.Choice == Merge {
			content[c.Path] = conflict.Merged
		}
	}
	return scaffold.Options{Overwrite: func(path string) bool { return overwrite[path] }, Content: content}
}

// merged joins the person's text of an edited file with the new one. ok is false where the text
// that both were made from is not known any more, or where both changed the same lines.
func merged(s State, c scaffold.Change) (text []byte, ok bool) {
	base, known := s.Folder.Base(c.Path)
	if !known || c.State != scaffold.FileEdited {
		return nil, false
	}
	return scaffold.Merge(base, c.Old, c.New)
}
