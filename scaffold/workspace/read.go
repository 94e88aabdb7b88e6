package workspace

import (
	"errors"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"sleet/scaffold"
	"sleet/scaffold/answers"
	"sleet/scaffold/generate"
	"sleet/snowflake/safely"
	"sleet/ui/message"
)

// Folder is a snapshot of an app's folder, so that comparing and merging need no I/O.
type Folder struct {
	Dir    string
	Exists bool
	// Files maps paths to the contents of existing files that sleet may write, including sleet.toml
	// and uv.lock.
	Files map[string][]byte
	// Others are the names of all other entries in the folder's root.
	Others []string
	// App is the parsed sleet.toml with the folder's name. Saved reports whether there is one.
	App   scaffold.App
	Saved bool
}

// Locked reports whether the folder has a uv.lock.
func (f Folder) Locked() bool { _, there := f.Files[scaffold.LockFile]; return there }

// Read takes a snapshot of dir, which may not exist. It reads every path that sleet may write,
// those in sleet.toml, and the given paths, such as a new main file. The error is a *FolderError,
// or a *answers.ParseError for sleet.toml, in which case the rest of the snapshot is valid.
func Read(dir string, paths ...string) (Folder, error) {
	f := Folder{Dir: filepath.Clean(dir), Files: map[string][]byte{}}
	f.App.Folder = folderName(f.Dir)
	exists, err := folderExists(f.Dir)
	if err != nil || !exists {
		return f, err
	}
	f.Exists = true
	root, err := os.OpenRoot(f.Dir)
	if err != nil {
		return f, NewFolderError(f.Dir, "folder.dir_not_read", err)
	}
	defer root.Close() //nolint:errcheck // opened for reading only
	answers, broken := f.readAnswers(root)
	known := slices.Concat(ownPaths(f.App), paths)
	for _, p := range known {
		if err := f.readFile(root, p); err != nil {
			return f, err
		}
	}
	if f.Others, err = others(f.Dir, known); err != nil {
		return f, err
	}
	_, project := f.Files[scaffold.PyprojectFile]
	f.App.PipList = !project && slices.Contains(f.Others, scaffold.PipFile)
	if answers != nil {
		f.Files[scaffold.AnswersFile] = answers
	}
	return f, broken
}

// folderExists reports whether dir exists. A file with that name is an error.
func folderExists(dir string) (bool, error) {
	info, err := os.Stat(dir)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		if _, err := os.Lstat(dir); err == nil {
			return false, &FolderError{Path: dir, Why: message.New("folder.link_to_nothing"), Fix: message.New("folder.fix.remove_or_other")}
		}
		return false, nil
	case err != nil:
		return false, NewFolderError(dir, "folder.dir_not_read", err)
	case !info.IsDir():
		return false, &FolderError{Path: dir, Why: message.New("folder.file_for_dir"), Fix: message.New("folder.fix.move_file")}
	}
	return true, nil
}

// folderName returns the last element of a folder's absolute path, "" for the root of a disk.
func folderName(dir string) string {
	abs, err := filepath.Abs(dir)
	if err != nil {
		abs = dir
	}
	name := filepath.Base(abs)
	if name == "." || strings.ContainsRune(name, filepath.Separator) {
		return ""
	}
	return name
}

// readAnswers parses sleet.toml into the snapshot and returns its text.
func (f *Folder) readAnswers(root *os.Root) ([]byte, error) {
	data, err := safely.ReadIn(root, scaffold.AnswersFile, safely.MaxTextSize)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	name := filepath.Join(f.Dir, scaffold.AnswersFile)
	if err != nil {
		if info, e := root.Lstat(scaffold.AnswersFile); e == nil && info.Mode()&fs.ModeSymlink != 0 {
			return nil, LinkError(name, err)
		}
		return nil, NewFolderError(name, "folder.answers_not_read", err)
	}
	app, err := answers.Parse(name, data)
	if err != nil {
		return data, err
	}
	app.Folder = f.App.Folder
	f.App, f.Saved = app, true
	return data, nil
}

// ownPaths returns the paths that sleet may write for an App, and those that it has written.
func ownPaths(a scaffold.App) []string {
	made := generate.Generators(false)
	paths := make([]string, 0, 2+2*len(made)+len(a.Written))
	paths = append(paths, scaffold.AnswersFile, scaffold.LockFile)
	for _, app := range []scaffold.App{{}, a} {
		resolved := app.Resolve()
		for _, g := range made {
			paths = append(paths, g.Path(resolved))
		}
	}
	return slices.AppendSeq(paths, maps.Keys(a.Written))
}

// readFile reads one file into the snapshot. It skips anything but a regular file in the folder:
// Write reports that.
func (f *Folder) readFile(root *os.Root, p string) error {
	local := filepath.FromSlash(p)
	if !filepath.IsLocal(local) {
		return nil
	}
	info, err := root.Stat(local)
	if err != nil || !info.Mode().IsRegular() {
		return nil //nolint:nilerr // not there, or not to be read
	}
	data, err := safely.ReadIn(root, local, safely.MaxFileSize)
	if err != nil {
		return NewFolderError(filepath.Join(f.Dir, local), "folder.not_read", err)
	}
	f.Files[p] = data
	return nil
}

// others returns the names in the folder's root that are not part of our paths.
func others(dir string, ours []string) ([]string, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, NewFolderError(dir, "folder.dir_not_read", err)
	}
	known := map[string]bool{}
	for _, p := range ours {
		top, _, _ := strings.Cut(path.Clean(p), "/")
		known[top] = true
	}
	var names []string
	for _, e := range entries {
		if !known[e.Name()] && !leftover(e.Name(), ours) {
			names = append(names, e.Name())
		}
	}
	return names, nil
}
