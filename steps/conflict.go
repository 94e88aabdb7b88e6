package steps

import "sleet/scaffold"

// The fates of a file that the person edited; "review." and the fate is the message of each.
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

// ConflictChoices lists what can become of an edited file.
func ConflictChoices(s State, c scaffold.Change) []string {
	fates := []string{KeepMine, Replace}
	if _, ok := merged(s, c); ok {
		fates = append(fates, Merge)
	}
	return fates
}

// ConflictChoice gives what is to become of an edited file: it is kept until the person decides.
func (s State) ConflictChoice(path string) string {
	switch {
	case s.Review.Merged[path] != nil:
		return Merge
	case s.Review.Overwrite[path]:
		return Replace
	default:
		return KeepMine
	}
}

// Decided gives the State with the fate of an edited file.
func (s State) Decided(c scaffold.Change, fate string) State {
	if fate == Merge {
		if text, ok := merged(s, c); ok {
			return s.decide(c.Path, true, text)
		}
	}
	return s.decide(c.Path, fate == Replace, nil)
}

// merged joins the person's text of an edited file with the new one. ok is false where the text
// that both were made from is not known any more, or where both changed the same lines.
func merged(s State, c scaffold.Change) (text []byte, ok bool) {
	base, known := s.Folder.Base(c.Path)
	if !known {
		return nil, false
	}
	return scaffold.Merge(base, c.Old, c.New)
}
