package migrate

import (
	"maps"
	"slices"
	"strings"

	"sleet/scaffold"
	"sleet/scaffold/existing"
	"sleet/scaffold/generate"
	"sleet/scaffold/migrate/change"
	"sleet/scaffold/workspace"
	"sleet/ui/message"
)

// ownFiles are the files of an app that sleet wrote and nobody edited since. They are not edited but generated again
// from the answers.
type ownFiles struct {
	app *existing.App
	// packages reports whether the answers contain all packages: no file that a person wrote lists any.
	packages bool
}

func newOwnFiles(app *existing.App) ownFiles {
	o := ownFiles{app: app}
	o.packages = o.has(scaffold.CondaFile) && !app.HasFile(app.RootPath(scaffold.PipFile)) && !app.HasFile(app.RootPath(scaffold.PyprojectFile))
	return o
}

// any reports whether sleet wrote any file of the app.
func (o ownFiles) any() bool { return o.app.Answers != nil && len(o.app.Answers.Written) > 0 }

// has reports whether a file in the app's root is unchanged since sleet wrote it.
func (o ownFiles) has(name string) bool {
	data, read := o.app.Files[o.app.RootPath(name)]
	return read && o.any() && o.app.Answers.Written[name] == workspace.Hash(data)
}

// snapshot returns the app's folder for a comparison with the files to write. For a file that the check of a folder
// does not read, it uses the new content if that is what sleet wrote before.
func (o ownFiles) snapshot(files []scaffold.File) workspace.Folder {
	f := workspace.Folder{App: *o.app.Answers, Saved: true, Files: map[string][]byte{}}
	for name, data := range o.app.Files {
		if inFolder(o.app.Root, name) {
			f.Files[change.Relative(o.app.Root, name)] = data
		}
	}
	for _, file := range files {
		name := o.app.RootPath(file.Path)
		if _, read := o.app.Files[name]; read || !o.app.HasFile(name) {
			continue
		}
		f.Files[file.Path] = []byte{}
		if workspace.Hash(file.Data) == o.app.Answers.Written[file.Path] {
			f.Files[file.Path] = file.Data
		}
	}
	return f
}

// renewed returns the app with the Python files that sleet wrote generated again.
func (p *planner) renewed(app *existing.App, own ownFiles, c Choices) *existing.App {
	if !own.any() {
		return app
	}
	now := map[string][]byte{}
	for _, f := range generate.Files(c.App) {
		name := app.RootPath(f.Path)
		if strings.HasSuffix(name, ".py") && own.has(f.Path) && !c.Skip[change.WrittenGroup(name)] {
			now[name] = f.Data
		}
	}
	if len(now) == 0 {
		return app
	}
	if after := appAt(p.folder.With(now), app.Root); after != nil {
		return after
	}
	return app
}

// renew generates the files that sleet wrote and nobody edited again, adds the additional files of a container app, and
// removes those that it does not need. It returns the hashes for sleet.toml.
func (p *planner) renew(app *existing.App, own ownFiles, answers scaffold.App, c Choices) (map[string]string, error) {
	files := generate.FilesLocked(answers, app.HasFile(app.RootPath(scaffold.LockFile)))
	slices.SortStableFunc(files, func(a, b scaffold.File) int { // last, because it lists the others
		last := map[bool]int{true: 1}
		return last[a.Path == scaffold.ProjectYML] - last[b.Path == scaffold.ProjectYML]
	})
	if !own.packages {
		files = slices.DeleteFunc(files, func(f scaffold.File) bool { return f.Path == scaffold.PyprojectFile })
	}
	before := own.snapshot(files)
	written := maps.Clone(before.App.Written)
	for _, file := range workspace.Compare(before, files, before.App.Written) {
		name := app.RootPath(file.Path)
		_, known := written[file.Path]
		if c.Skip[change.WrittenGroup(name)] || file.Path == scaffold.ProjectYML && p.more(app, answers) {
			continue
		}
		switch file.State {
		case workspace.FileNew:
			p.add(name, file.New)
		case workspace.FileChanged:
			if err := p.edit([]change.Edit{writtenEdit(name, file.Old, file.New)}); err != nil {
				return nil, err
			}
		case workspace.FileEdited:
			if !known {
				continue
			}
		case workspace.FileSame:
		}
		// For an edited file, too, the generated text counts as written, as after a merge.
		written[file.Path] = workspace.Hash(file.New)
	}
	stale, _ := workspace.Stale(before, files)
	for _, file := range stale {
		if file.State == workspace.FileChanged {
			p.remove(app.RootPath(file.Path))
		}
		delete(written, file.Path)
	}
	return written, nil
}

// more reports whether the app has files to upload that are not generated from the answers.
func (p *planner) more(app *existing.App, answers scaffold.App) bool {
	made := map[string]bool{scaffold.LockFile: true}
	for _, f := range generate.Files(answers) {
		made[f.Path] = true
	}
	return slices.ContainsFunc(p.uploads(app, answers), func(name string) bool { return !made[name] })
}

// writtenEdit returns one edit that replaces the whole text of a file.
func writtenEdit(name string, old, now []byte) change.Edit {
	return change.Edit{
		Path: name, End: len(old), New: string(now), Why: message.New("change.written"), Automatic: true,
		Kind: change.KindWritten, Group: change.WrittenGroup(name), Line: 1,
	}
}
