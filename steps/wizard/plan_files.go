package wizard

import (
	"sleet/steps/deploy"
	"sleet/ui"
	"sleet/ui/message"
)

// planFile is a file that stands in the account otherwise than in the folder, through nobody's
// doing here: it was edited in Snowsight, or the folder has it no longer.
type planFile struct {
	path string
	gone bool
}

// planFiles are the files to be asked about, edited ones first.
func planFiles(s deploy.Assessment) []planFile {
	var all []planFile
	for _, path := range s.Edited {
		all = append(all, planFile{path: path})
	}
	for _, path := range s.Gone {
		all = append(all, planFile{path: path, gone: true})
	}
	return all
}

// fileEntry is a file's line in the plan.
func (p planScreen) fileEntry(f planFile) ui.Entry {
	k := p.kit
	e := ui.Entry{Mark: ui.MarkSame, Title: f.path}
	yes, id := p.agreedFiles[f.path], "plan.edited"
	if f.gone {
		id = "plan.gone"
	}
	e.Side = k.T(message.ID(id + "_no"))
	if yes {
		e.Side, e.Mark = k.T(message.ID(id+"_yes")), ui.MarkAlter
	}
	e.Detail = []ui.Paragraph{{Tone: ui.ToneWarn, Text: k.T(message.ID(id + "_ask"))}}
	return e
}
