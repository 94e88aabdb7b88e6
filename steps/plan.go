package steps

import (
	"slices"
	"strings"

	"sleet/scaffold"
	"sleet/scaffold/generate"
	"sleet/scaffold/validate"
	"sleet/scaffold/workspace"
	"sleet/ui/message"
)

// Plan is the result of generating an App for a folder. The wizard's review shows it; the wizard and the command line
// write it.
type Plan struct {
	App    scaffold.App
	Folder workspace.Folder
	// Problems are all problems of the answers, errors first.
	Problems []validate.Problem
	// Files are the generated files, Changes compares them with the folder. Both are empty if Problems has an error.
	Files   []scaffold.File
	Changes []workspace.Change
}

// NewPlan generates the App's files and compares them with the folder. It does no I/O.
func NewPlan(app scaffold.App, folder workspace.Folder) Plan {
	p := Plan{App: app, Folder: folder, Problems: validate.Problems(app)}
	if p.Err() == nil {
		p.Files = generate.FilesLocked(app, folder.Locked())
		p.Changes = workspace.Compare(folder, p.Files, app.Written)
	}
	return p
}

// Err returns a *ProblemsError if the answers have errors. Without one the plan can be written.
func (p Plan) Err() error {
	var errs []validate.Problem
	for _, problem := range p.Problems {
		if problem.Severity == validate.Error {
			errs = append(errs, problem)
		}
	}
	if len(errs) == 0 {
		return nil
	}
	return &ProblemsError{Problems: errs}
}

// Write writes the files; it replaces edited ones only if the options allow it. If the answers have errors, it writes
// nothing and returns a *ProblemsError.
func (p Plan) Write(o workspace.Options) (workspace.Result, error) {
	if err := p.Err(); err != nil {
		return workspace.Result{}, err
	}
	result, err := workspace.Write(p.Folder.Dir, p.App, p.Files, o)
	if err != nil {
		return result, message.Wrap(err, "new.unwritten.failed")
	}
	return result, nil
}

// ListLock adds uv.lock to snowflake.yml after uv wrote it: the Snowflake CLI fails if a listed file is missing. A
// snowflake.yml that the person keeps is not changed; merged is the text that the person accepted in place of the
// generated one. ListLock returns the changes.
func (p Plan) ListLock(kept []string, merged []byte) ([]workspace.Change, error) {
	if slices.Contains(kept, projectFile) || p.Folder.Locked() {
		return nil, nil
	}
	folder, err := workspace.Read(p.Folder.Dir, p.App.Resolve().App.MainFile)
	if err != nil {
		return nil, message.Wrap(err, "new.lock.unlisted", "file", scaffold.LockFile, "project", projectFile)
	}
	next := NewPlan(p.App, folder)
	var options workspace.Options
	for _, f := range next.Files {
		base, known := folder.Base(f.Path)
		if f.Path != projectFile || merged == nil || !known {
			continue
		}
		if both, clean := workspace.Merge(base, merged, f.Data); clean {
			options.Content = map[string][]byte{projectFile: both}
		}
	}
	result, err := next.Write(options)
	if err != nil {
		return nil, message.Wrap(err, "new.lock.unlisted", "file", scaffold.LockFile, "project", projectFile)
	}
	var changes []workspace.Change
	for _, c := range result.Changes {
		if c.State == workspace.FileChanged {
			changes = append(changes, c)
		}
	}
	return changes, nil
}

// projectFile is the project file of the Snowflake CLI.
const projectFile = "snowflake.yml"

// ProblemsError reports that the answers have errors and nothing was written.
type ProblemsError struct{ Problems []validate.Problem }

// Message returns the message.
func (e *ProblemsError) Message() message.Message {
	return message.New("new.problems", "count", len(e.Problems))
}

func (e *ProblemsError) Error() string { return e.Message().String() }

// EditedFilesError reports that files were not replaced because the person edited them and nobody confirmed it.
// Everything else was written.
type EditedFilesError struct{ Paths []string }

// Message returns the message.
func (e *EditedFilesError) Message() message.Message {
	return message.New("new.kept", "paths", strings.Join(e.Paths, ", "))
}

func (e *EditedFilesError) Error() string { return e.Message().String() }
