package workspace

import (
	"errors"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"sleet/scaffold"
)

// staged is a file written under a temporary name, ready to replace the existing one.
type staged struct {
	path    string
	folder  *os.Root
	pending pendingFile
}

// pendingFile is a temporary file: CloseAtomicallyReplace moves it into place, Cleanup removes it.
type pendingFile interface {
	Write(data []byte) (int, error)
	Sync() error
	CloseAtomicallyReplace() error
	Cleanup() error
}

// inPlace writes to an existing folder in three passes: check every path; write every file under a
// temporary name, so that a full disk or a read-only folder is noticed before anything changes;
// then replace one file after the other, sleet.toml last.
func (p *writePlan) inPlace(dir string, o Options) error {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return NewFolderError(dir, "folder.dir_not_read", err)
	}
	defer root.Close() //nolint:errcheck // opened for reading only
	w := placer{dir: dir, root: root, o: o}
	files := p.all()
	spots := make([]spot, len(files))
	for i, f := range files {
		if spots[i], err = spotFor(dir, root, f.Path); err != nil {
			return err
		}
	}
	if o.DryRun {
		return nil
	}
	w.clean(p)
	defer w.close()
	for i, f := range files {
		if err := w.stage(f, spots[i]); err != nil {
			w.undo()
			return err
		}
	}
	return w.commit(p)
}

// placer replaces the files of one folder.
type placer struct {
	dir    string
	root   *os.Root
	o      Options
	made   []string
	staged []staged
}

// stage writes a file under a temporary name.
func (w *placer) stage(f scaffold.File, s spot) error {
	shownPath := filepath.Join(w.dir, filepath.FromSlash(f.Path))
	if err := w.o.At("stage " + f.Path); err != nil {
		return NewFolderError(shownPath, "folder.not_written", err)
	}
	for _, m := range s.missing {
		if err := w.root.Mkdir(m, 0o755); errors.Is(err, fs.ErrExist) {
			continue
		} else if err != nil {
			return NewFolderError(filepath.Join(w.dir, m), "folder.dir_not_made", err)
		}
		w.made = append(w.made, m)
	}
	folder, err := w.root.OpenRoot(s.dir)
	if err != nil {
		return NewFolderError(filepath.Join(w.dir, s.dir), "folder.dir_not_opened", err)
	}
	pending, err := newPending(folder, s.base, perm(f.Path))
	if err != nil {
		_ = folder.Close()
		return NewFolderError(shownPath, "folder.not_written", err)
	}
	w.staged = append(w.staged, staged{path: f.Path, folder: folder, pending: pending})
	if err := w.o.At("write " + f.Path); err != nil {
		return NewFolderError(shownPath, "folder.not_written", err)
	}
	if _, err := pending.Write(f.Data); err != nil {
		return NewFolderError(shownPath, "folder.not_written", err)
	}
	if err := pending.Sync(); err != nil {
		return NewFolderError(shownPath, "folder.not_written", err)
	}
	return nil
}

// commit moves the staged files into place, removes stale files and replaces sleet.toml last. If it
// fails, every file is complete, either old or new, and the error says so.
func (w *placer) commit(p *writePlan) error {
	for _, s := range w.staged {
		if s.path == scaffold.AnswersFile {
			break
		}
		if err := w.replace(s); err != nil {
			return err
		}
	}
	for _, stale := range p.result.Removed {
		if err := w.remove(stale); err != nil {
			return err
		}
	}
	// The other files must reach the disk before sleet.toml, which has their hashes.
	for _, s := range w.staged {
		syncFolder(s.folder)
	}
	if p.answers == nil {
		return nil
	}
	last := w.staged[len(w.staged)-1]
	if err := w.replace(last); err != nil {
		return err
	}
	syncFolder(last.folder)
	return nil
}

func (w *placer) replace(s staged) error {
	err := w.o.At("replace " + s.path)
	if err == nil {
		err = s.pending.CloseAtomicallyReplace()
	}
	if err == nil {
		return nil
	}
	w.undo()
	return NewFolderError(filepath.Join(w.dir, filepath.FromSlash(s.path)), "folder.not_replaced", err).With("folder.note.before_written")
}

func (w *placer) remove(p string) error {
	err := w.o.At("remove " + p)
	if err == nil {
		err = Remove(w.root, p)
	}
	if err != nil {
		w.undo()
		var e *FolderError
		if !errors.As(err, &e) {
			e = NewFolderError(filepath.Join(w.dir, filepath.FromSlash(p)), "folder.not_removed", err)
		}
		return e.With("folder.note.new_written")
	}
	// Remove the folder too if it is empty now.
	if parent := path.Dir(p); parent != "." {
		_ = w.root.Remove(filepath.FromSlash(parent))
	}
	return nil
}

// undo removes the remaining staged files and the empty folders created for them.
func (w *placer) undo() {
	for _, s := range w.staged {
		_ = s.pending.Cleanup()
	}
	for _, m := range slices.Backward(w.made) {
		_ = w.root.Remove(m)
	}
}

func (w *placer) close() {
	for _, s := range w.staged {
		_ = s.folder.Close()
	}
}

// clean removes temporary files that a killed run left beside our files.
func (w *placer) clean(p *writePlan) {
	paths := make([]string, 0, 1+len(p.result.Changes))
	paths = append(paths, scaffold.AnswersFile)
	for _, c := range p.result.Changes {
		paths = append(paths, c.Path)
	}
	CleanReplaced(w.root, paths)
}

// leftover reports whether name is the temporary name of one of the paths: a dot, the file's name
// and a long random number.
func leftover(name string, ours []string) bool {
	return slices.ContainsFunc(ours, func(p string) bool {
		number, ok := strings.CutPrefix(name, "."+path.Base(p))
		return ok && len(number) >= 10 && len(number) <= 19 && strings.Trim(number, "0123456789") == ""
	})
}
