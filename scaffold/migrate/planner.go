package migrate

import (
	"bytes"
	"maps"
	"slices"

	"sleet/scaffold"
	"sleet/scaffold/existing"
	"sleet/scaffold/migrate/change"
	"sleet/scaffold/migrate/manifest"
	"sleet/scaffold/resources"
	"sleet/ui/message"
)

// planner builds a migration.
type planner struct {
	folder *existing.Folder
	root   string
	m      Migration
	// now are the files after the migration, nil for a removed file. Files that are not in it stay.
	now   map[string][]byte
	moved movedApp
	notes []change.Note
	say   func(message.Message) string
	// undone is the sleet.toml that undo leaves, with the answers for the previous app. undoneAt is its path.
	undone   []byte
	undoneAt string
	// fixed are the findings in code that the edits fix.
	fixed []change.Mark
}

// movedApp is an app that is migrated.
type movedApp struct {
	root  string
	app   scaffold.App
	from  resources.Deployed
	named bool
	open  []manifest.UnresolvedAnswer
	// native is the Native App that deploys it, or nil.
	native *native
}

// content returns a file as it is after the migration.
func (p *planner) content(name string) ([]byte, bool) {
	if data, changed := p.now[name]; changed {
		return data, data != nil
	}
	return p.folder.Content(name)
}

// edit makes edits of files.
func (p *planner) edit(edits []change.Edit) error {
	byPath := change.EditsByPath(edits)
	for _, name := range slices.Sorted(maps.Keys(byPath)) {
		data, _ := p.content(name)
		out, err := change.ApplyEdits(data, byPath[name])
		if err != nil {
			return err
		}
		if len(bytes.TrimSpace(out)) == 0 && len(bytes.TrimSpace(data)) > 0 {
			p.remove(name)
			continue
		}
		p.now[name] = out
	}
	for _, e := range edits {
		if data, ok := p.folder.Content(e.Path); ok && e.Line == 0 {
			e.Line = bytes.Count(data[:min(e.Start, len(data))], []byte("\n")) + 1
		}
		p.m.Edits = append(p.m.Edits, e)
	}
	return nil
}

// add creates a file, or overwrites one.
func (p *planner) add(name string, data []byte) {
	if have, ok := p.content(name); ok && bytes.Equal(have, data) {
		return
	}
	p.now[name] = data
	p.m.New = append(p.m.New, scaffold.File{Path: name, Data: data})
}

func (p *planner) remove(name string) {
	p.now[name] = nil
	p.m.Removed = append(p.m.Removed, name)
}

// lineOffset returns the offset of a line.
func lineOffset(data []byte, line int) int {
	at := 0
	for ; line > 1; line-- {
		i := bytes.IndexByte(data[at:], '\n')
		if i < 0 {
			return at
		}
		at += i + 1
	}
	return at
}
