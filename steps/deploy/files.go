package deploy

import (
	"slices"

	"sleet/snowflake"
)

// WithAgreedFiles returns the assessment with an upload limited to what the person agreed to: of the edited files, only
// those are replaced, and of the gone files, only those are removed.
func WithAgreedFiles(s Assessment, agreed map[string]bool) Assessment {
	yes := func(path string) bool { return agreed[path] }
	split := func(paths []string) (taken, left []string) {
		for _, path := range paths {
			if yes(path) {
				taken = append(taken, path)
			} else {
				left = append(left, path)
			}
		}
		return taken, left
	}
	replaced, kept := split(s.Edited)
	removed, stays := split(s.Gone)
	s.kept = slices.Concat(kept, stays)
	s.Edited, s.Gone = replaced, removed
	if s.upload != nil {
		u := *s.upload
		u.Edited, u.Gone, u.Overwrite, u.Prune = replaced, removed, true, true
		s.upload = &u
	}
	nothing := len(s.Uploads)+len(replaced)+len(removed) == 0
	s.Plan.Items = slices.Clone(s.Plan.Items)
	for i, item := range s.Plan.Items {
		switch {
		case item.Kind != snowflake.KindUpload:
		case item.Action == snowflake.ActionSame && !nothing:
			s.Plan.Items[i].Action = snowflake.ActionAlter
		case item.Action == snowflake.ActionAlter && nothing:
			s.Plan.Items[i].Action = snowflake.ActionSame
		}
	}
	return s
}
