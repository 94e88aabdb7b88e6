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

// Plan is what writing an App into a folder comes to: the wizard's review shows it, and the
// wizard and the command line write through it.
type Plan struct {
	App    scaffold.App
	Folder workspace.Folder
	// Problems are everything wrong with the answers, errors first.
	Problems []validate.Problem
	// Files are what the App makes; Changes sets them beside the folder. Both are empty while
	// Problems has an error.
	Files   []scaffold.File
	Changes []workspace.Change
}

// NewPlan makes the App's files and sets them beside the folder. It does no I/O.
func NewPlan(app scaffold.App, folder workspace.Folder) Plan {
	p := Plan{App: app, Folder: folder, Problems: validate.Problems(app)}
	if p.Err() == nil {
		p.Files = generate.FilesLocked(app, folder.Locked())
		p.Changes = workspace.Compare(folder, p.Files, app.Written)
	}
	return p
}

// Err is a *ProblemsError where the answers have an error; without one the plan can be written.
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

// Write writes the files, edited ones only where the options allow it. The error is a
// *ProblemsError where the answers have one, and nothing is written then.
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

// ListLock has snowflake.yml list uv.lock after uv wrote it: the Snowflake CLI stops at a listed file that is missing,
// so it is listed only now. A snowflake.yml that the person keeps as it is stays; merged is the text that the person
// agreed to in place of the generated one. It returns what it changed.
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

// projectFile is the file that the Snowflake CLI reads.
const projectFile = "snowflake.yml"

// ProblemsError says that the answers have errors: nothing was written.
type ProblemsError struct{ Problems []validate.Problem }

// Says returns the words.
func (e *ProblemsError) Says() message.Message {
	return message.New("new.problems", "count", len(e.Problems))
}

func (e *ProblemsError) Error() string { return e.Says().String() }

// KeptError says that files stay as they are because the person edited them and nobody said
// that they may be replaced; everything else was written.
type KeptError struct{ Paths []string }

// Says returns the words.
func (e *KeptError) Says() message.Message {
	return message.New("new.kept", "paths", strings.Join(e.Paths, ", "))
}

func (e *KeptError) Error() string { return e.Says().String() }
