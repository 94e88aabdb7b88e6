package workspace

import (
	"slices"

	"sleet/scaffold"
	"sleet/scaffold/answers"
	"sleet/scaffold/generate"
	"sleet/scaffold/textedit"
)

// Environment is an app in one of its environments. The folder itself contains the app without an
// environment.
type Environment struct {
	App scaffold.App
	// Files are the generated files that differ in the environment, by path, with the person's
	// edits merged in. Excluded are paths of generated files that the environment does not have.
	Files    map[string][]byte
	Excluded []string
	// Conflicts are files where the person's edits conflict with the environment's changes.
	Conflicts []string
}

// InEnvironment returns a folder's app in an environment. The error is an
// *answers.EnvironmentError.
func (f Folder) InEnvironment(name string) (Environment, error) {
	app, err := answers.InEnvironment(f.App, name)
	e := Environment{App: app, Files: map[string][]byte{}}
	if err != nil || name == "" {
		return e, err
	}
	before := map[string][]byte{}
	for _, file := range generate.FilesLocked(f.App, f.Locked()) {
		before[file.Path] = file.Data
	}
	for _, file := range generate.FilesLocked(app, f.Locked()) {
		base, both := before[file.Path]
		delete(before, file.Path)
		have, exists := f.Files[file.Path]
		switch _, written := f.App.Written[file.Path]; {
		case both && textedit.SameText(base, file.Data):
		case !exists && !both || exists && Hash(have) == f.App.Written[file.Path]:
			e.Files[file.Path] = file.Data
		case exists && written:
			if text, clean := Merge(base, have, file.Data); both && clean {
				e.Files[file.Path] = text
			} else {
				e.Conflicts = append(e.Conflicts, file.Path)
			}
		}
	}
	for path := range before {
		if have, exists := f.Files[path]; exists && Hash(have) == f.App.Written[path] {
			e.Excluded = append(e.Excluded, path)
		}
	}
	slices.Sort(e.Excluded)
	return e, nil
}
