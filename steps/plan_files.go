package steps

import (
	"slices"

	"sleet/snowflake"
	"sleet/ui"
)

// planFile is a file that stands in the account otherwise than in the folder, through nobody's
// doing here: it was edited in Snowsight, or the folder has it no longer.
type planFile struct {
	path string
	gone bool
}

// planFiles are the files to be asked about, edited ones first.
func planFiles(s Survey) []planFile {
	var all []planFile
	for _, path := range s.Edited {
		all = append(all, planFile{path: path})
	}
	for _, path := range s.Gone {
		all = append(all, planFile{path: path, gone: true})
	}
	return all
}

// AgreedFiles lets a survey's upload do what the person said about such files, and no more: of the
// edited ones those with a yes are replaced, of the gone ones those with a yes are removed.
func AgreedFiles(s Survey, agreed map[string]bool) Survey {
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

// fileEntry is a file's line in the plan.
func (p planScreen) fileEntry(f planFile) ui.Entry {
	k := p.kit
	e := ui.Entry{Mark: ui.MarkSame, Title: f.path}
	yes, id := p.agreedFiles[f.path], "plan.edited"
	if f.gone {
		id = "plan.gone"
	}
	e.Side = k.T(id + "_no")
	if yes {
		e.Side, e.Mark = k.T(id+"_yes"), ui.MarkAlter
	}
	e.Detail = []ui.Passage{{Tone: ui.ToneWarn, Text: k.T(id + "_ask")}}
	return e
}
