package workspace

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"syscall"

	"sleet/scaffold"
	"sleet/scaffold/answers"
	"sleet/scaffold/textedit"
	"sleet/ui/message"
)

// Options controls what Write may change beyond unedited files of its own.
type Options struct {
	// DryRun runs all checks that need no writing and writes nothing.
	DryRun bool
	// Overwrite reports whether an edited file may be replaced; nil means never.
	Overwrite func(path string) bool
	// Content maps paths to texts that replace the generated ones, such as a merge by the person.
	// Write may replace the files at these paths.
	Content map[string][]byte

	// step is called before every change on disk, so that tests can stop or fail there.
	step func(what string) error
}

// Result describes what Write did, or would do with DryRun.
type Result struct {
	// Changes are the files with their state before the write, sleet.toml last.
	Changes []Change
	// Kept are edited files that were not overwritten.
	Kept []string
	// Removed are unedited files that sleet wrote and the answers no longer require. Stale are
	// edited ones, which stay.
	Removed, Stale []string
	// Foreign are paths in [written] that sleet never writes. The files are left alone, and the
	// entries are dropped.
	Foreign []string
}

// FolderError describes why the app's files cannot be written to a folder. Nothing was changed
// unless the message says otherwise.
type FolderError struct {
	Path     string
	Why, Fix message.Message
	Err      error
}

// Error returns the path, the message and the fix in one line.
func (e *FolderError) Error() string { return e.Message().String() }

// Message returns the path, the message and the fix as one message.
func (e *FolderError) Message() message.Message {
	return message.New("folder.error", "path", message.Escape(e.Path), "message", e.Why, "fix", e.Fix)
}

// With adds a note to the fix.
func (e *FolderError) With(note message.ID) *FolderError {
	e.Fix = message.New("folder.with", "fix", e.Fix, "note", message.New(note))
	return e
}

// Unwrap returns the underlying system error, nil if there is none.
func (e *FolderError) Unwrap() error { return e.Err }

// Write writes the files, then sleet.toml with the App and the hashes of what was written. It
// builds a new folder aside and moves it into place; in an existing folder it replaces each file
// atomically. Edited files stay unless Options allow replacing them; all others are written. The
// error is a *FolderError, or a *answers.ParseError for the existing sleet.toml.
func Write(dir string, app scaffold.App, files []scaffold.File, o Options) (Result, error) {
	paths := make([]string, len(files))
	for i, f := range files {
		paths[i] = f.Path
	}
	folder, err := Read(dir, paths...)
	if err != nil {
		return Result{}, err
	}
	p := planWrite(folder, app, files, o)
	if folder.Exists {
		err = p.inPlace(folder.Dir, o)
	} else {
		err = p.writeStaged(folder.Dir, o)
	}
	if err != nil {
		return Result{}, err
	}
	return p.result, nil
}

// writePlan is what Write is going to do.
type writePlan struct {
	result Result
	// files are the files to write, in order. answers is sleet.toml, nil if it does not change.
	files   []scaffold.File
	answers *scaffold.File
}

// planWrite decides what to do with each file. It does no I/O.
func planWrite(f Folder, app scaffold.App, files []scaffold.File, o Options) writePlan {
	var p writePlan
	next := app.Clone()
	next.Written = map[string]string{}
	p.result.Changes = Compare(f, files, f.App.Written)
	for _, c := range p.result.Changes {
		data, allowed := o.Content[c.Path]
		if !allowed {
			data = c.New
		}
		switch {
		case c.State == FileEdited && !allowed && (o.Overwrite == nil || !o.Overwrite(c.Path)):
			p.result.Kept = append(p.result.Kept, c.Path)
			if hash, ok := f.App.Written[c.Path]; ok {
				next.Written[c.Path] = hash
			}
			continue
		case c.State == FileSame && !allowed, c.State != FileNew && textedit.SameText(c.Old, data):
		default:
			p.files = append(p.files, scaffold.File{Path: c.Path, Data: data})
		}
		// Record the generated text even for a merge: the merge counts as the person's edit, and
		// the next merge finds its base.
		next.Written[c.Path] = Hash(c.New)
	}
	gone, foreign := Stale(f, files)
	p.result.Foreign = foreign
	for _, c := range gone {
		if c.State == FileEdited {
			p.result.Stale = append(p.result.Stale, c.Path)
			next.Written[c.Path] = f.App.Written[c.Path]
			continue
		}
		p.result.Removed = append(p.result.Removed, c.Path)
	}
	answers := Change{Path: scaffold.AnswersFile, State: FileNew, Old: f.Files[scaffold.AnswersFile], New: newAnswers(f, next)}
	switch {
	case answers.Old == nil:
	case textedit.SameText(answers.Old, answers.New):
		answers.State = FileSame
	default:
		answers.State = FileChanged
	}
	p.result.Changes = append(p.result.Changes, answers)
	if answers.State != FileSame {
		p.answers = &scaffold.File{Path: scaffold.AnswersFile, Data: answers.New}
	}
	return p
}

// all returns the files to write, sleet.toml last.
func (p *writePlan) all() []scaffold.File {
	files := slices.Clip(p.files)
	if p.answers != nil {
		files = append(files, *p.answers)
	}
	return files
}

// At runs the test hook for a step.
func (o Options) At(what string) error {
	if o.step == nil {
		return nil
	}
	return o.step(what)
}

// perm returns the mode of a new file. Only the owner can read secrets.toml, where developers put
// their own secrets.
func perm(path string) os.FileMode {
	if filepath.Base(path) == "secrets.toml" {
		return 0o600
	}
	return 0o644
}

// NewFolderError returns a FolderError that describes a system error about a path.
func NewFolderError(path string, what message.ID, err error) *FolderError {
	why, fix := plain(err), message.New("folder.fix.again")
	for _, c := range []struct {
		is       error
		why, fix message.ID
	}{
		{syscall.ENOSPC, "folder.disk_full", "folder.fix.room"},
		{syscall.EDQUOT, "folder.quota", "folder.fix.room"},
		{syscall.EROFS, "folder.disk_read_only", "folder.fix.other_dir"},
		{syscall.ENAMETOOLONG, "folder.name_long", "folder.fix.shorter"},
		{syscall.EISDIR, "folder.dir_for_file", "folder.fix.move_dir"},
		{syscall.ENOTDIR, "folder.file_for_dir", "folder.fix.move_file"},
		{fs.ErrPermission, "folder.no_permission", "folder.fix.writable"},
	} {
		if errors.Is(err, c.is) {
			why, fix = message.New(c.why), message.New(c.fix)
			break
		}
	}
	return &FolderError{Path: path, Why: message.New("folder.because", "what", message.New(what), "why", why), Fix: fix, Err: err}
}

// plain returns a system error without the operation and the path.
func plain(err error) message.Message {
	var path *fs.PathError
	if errors.As(err, &path) {
		return message.Of(path.Err)
	}
	var link *os.LinkError
	if errors.As(err, &link) {
		return message.Of(link.Err)
	}
	return message.Of(err)
}

// newAnswers returns the new sleet.toml: the existing text, including comments, with the changed
// answers.
func newAnswers(f Folder, next scaffold.App) []byte {
	if !f.Saved {
		return answers.TOML(next)
	}
	return answers.Edit(f.Files[scaffold.AnswersFile], f.App, next)
}
