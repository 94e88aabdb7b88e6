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

// Options is what Write may do beyond the files that are surely sleet's own.
type Options struct {
	// DryRun checks what can be checked without writing, and writes nothing.
	DryRun bool
	// Overwrite reports whether an edited file may be replaced; nil means none may.
	Overwrite func(path string) bool
	// Content is the text for a path where it is not the generated one: the person's merge. A
	// path in it may be replaced.
	Content map[string][]byte

	// step is called before everything that changes the disk: tests stop or fail there.
	step func(what string) error
}

// Result is what Write did, or with DryRun would do.
type Result struct {
	// Changes are the files, sleet.toml last, as they stood before.
	Changes []Change
	// Kept are the edited files that nobody allowed to replace.
	Kept []string
	// Removed are files that sleet wrote, nobody edited and the answers no longer call for; Stale
	// are those of them that were edited and therefore stay.
	Removed, Stale []string
	// Foreign are paths in [written] that sleet never writes: they are left alone and forgotten.
	Foreign []string
}

// FolderError says why a folder cannot take the app's files. Unless it says otherwise nothing was
// changed.
type FolderError struct {
	Path         string
	Message, Fix message.Message
	Err          error
}

// Error is the path, the message and the fix in one line.
func (e *FolderError) Error() string { return e.Says().String() }

// Says returns the path, the message and the fix as one message.
func (e *FolderError) Says() message.Message {
	return message.New("folder.error", "path", message.Shown(e.Path), "message", e.Message, "fix", e.Fix)
}

// With adds a note to the fix.
func (e *FolderError) With(note message.ID) *FolderError {
	e.Fix = message.New("folder.with", "fix", e.Fix, "note", message.New(note))
	return e
}

// Unwrap returns the system's error, if there was one.
func (e *FolderError) Unwrap() error { return e.Err }

// Write writes the files and then sleet.toml with the App and what was written. A new folder is
// built aside and moved into place; in an existing one each file is replaced atomically. Edited
// files stay unless Options allow it; the rest is written all the same. Errors are *FolderError,
// or *ParseError for the sleet.toml that is there.
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
		err = p.aside(folder.Dir, o)
	}
	if err != nil {
		return Result{}, err
	}
	return p.result, nil
}

// writePlan is what Write is about to do.
type writePlan struct {
	result Result
	// files are those to write, in order; answers is sleet.toml, nil when it stays as it is.
	files   []scaffold.File
	answers *scaffold.File
}

// planWrite decides on each file; it does no I/O.
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
		// Of a merge, too, the generated text counts as written: so the merge goes on being the
		// person's, and the next one knows what it was made from.
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

// all are the files to write, sleet.toml last.
func (p *writePlan) all() []scaffold.File {
	files := slices.Clip(p.files)
	if p.answers != nil {
		files = append(files, *p.answers)
	}
	return files
}

// At calls the test's step.
func (o Options) At(what string) error {
	if o.step == nil {
		return nil
	}
	return o.step(what)
}

// perm is the mode of a new file: secrets.toml, which people put their own secrets in while
// developing, is for its owner only.
func perm(path string) os.FileMode {
	if filepath.Base(path) == "secrets.toml" {
		return 0o600
	}
	return 0o644
}

// Cannot puts an error of the system about a file of a folder into words.
func Cannot(path string, what message.ID, err error) *FolderError {
	why, fix := message.Verbatim(plain(err)), message.New("folder.fix.again")
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
	return &FolderError{Path: path, Message: message.New("folder.because", "what", message.New(what), "why", why), Fix: fix, Err: err}
}

// plain is an error without the path and the system call that go's errors begin with.
func plain(err error) string {
	var path *fs.PathError
	if errors.As(err, &path) {
		return path.Err.Error()
	}
	var link *os.LinkError
	if errors.As(err, &link) {
		return link.Err.Error()
	}
	return err.Error()
}

// newAnswers is the new sleet.toml: the person's own text, comments and all, with the answers that are new put into it.
func newAnswers(f Folder, next scaffold.App) []byte {
	if !f.Saved {
		return answers.TOML(next)
	}
	return answers.Edit(f.Files[scaffold.AnswersFile], f.App, next)
}
