package workspace

import (
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"slices"

	"sleet/scaffold"
)

// writeStaged builds a new folder beside its final path and moves it into place once complete.
func (p *writePlan) writeStaged(dir string, o Options) (err error) {
	for _, f := range p.all() {
		if err := lexicalPlace(f.Path); err != nil {
			return err
		}
	}
	parent := filepath.Dir(dir)
	missing, err := missingAbove(parent)
	if err != nil || o.DryRun {
		return err
	}
	made := 0
	defer func() {
		if err != nil {
			for _, m := range slices.Backward(missing[:made]) {
				_ = os.Remove(m)
			}
		}
	}()
	for ; made < len(missing); made++ {
		if err := makeFolder(missing[made], o); err != nil {
			return NewFolderError(missing[made], "folder.dir_not_made", err)
		}
	}
	cleanStaged(parent, dir)
	temp, err := makeStaged(parent, dir, o)
	if err != nil {
		return err
	}
	if err = p.fill(temp, dir, o); err == nil {
		err = move(temp, dir, o)
	}
	if err != nil {
		_ = os.RemoveAll(temp)
	}
	return err
}

// fill writes all files to a new folder.
func (p *writePlan) fill(temp, dir string, o Options) error {
	root, err := os.OpenRoot(temp)
	if err != nil {
		return NewFolderError(dir, "folder.dir_not_made", err)
	}
	defer root.Close() //nolint:errcheck // every file in it was closed with its error seen
	folders := map[string]bool{".": true}
	for _, f := range p.all() {
		folders[filepath.Dir(filepath.FromSlash(f.Path))] = true
		err := o.At("write " + f.Path)
		if err == nil {
			err = writeNew(root, f)
		}
		if err != nil {
			return NewFolderError(filepath.Join(dir, filepath.FromSlash(f.Path)), "folder.not_written", err)
		}
	}
	for name := range folders {
		if folder, err := root.OpenRoot(name); err == nil {
			syncFolder(folder)
			_ = folder.Close()
		}
	}
	return nil
}

// move moves the finished folder into place.
func move(temp, dir string, o Options) error {
	err := o.At("move the folder into place")
	if err == nil {
		err = os.Rename(temp, dir)
	}
	if err != nil {
		return NewFolderError(dir, "folder.dir_not_moved", err)
	}
	if parent, err := os.OpenRoot(filepath.Dir(dir)); err == nil {
		syncFolder(parent)
		_ = parent.Close()
	}
	return nil
}

// writeNew writes one file and syncs it to disk.
func writeNew(root *os.Root, f scaffold.File) error {
	local := filepath.FromSlash(f.Path)
	if err := root.MkdirAll(filepath.Dir(local), 0o755); err != nil {
		return err //nolint:wrapcheck // The caller names the path.
	}
	file, err := root.OpenFile(local, os.O_WRONLY|os.O_CREATE|os.O_EXCL, perm(f.Path))
	if err != nil {
		return err //nolint:wrapcheck // The caller names the path.
	}
	_, err = file.Write(f.Data)
	if err == nil {
		err = file.Sync()
	}
	return errors.Join(err, file.Close())
}

// missingAbove returns the folders to create so that dir exists, outermost first.
func missingAbove(dir string) ([]string, error) {
	var missing []string
	for at := dir; ; at = filepath.Dir(at) {
		exists, err := folderExists(at)
		if err != nil {
			return nil, err
		}
		if exists || at == filepath.Dir(at) {
			slices.Reverse(missing)
			return missing, nil
		}
		missing = append(missing, at)
	}
}

func makeFolder(dir string, o Options) error {
	if err := o.At("make " + dir); err != nil {
		return err
	}
	return os.Mkdir(dir, 0o755) //nolint:gosec,wrapcheck // The umask decides who can read the source code. The caller names the path.
}

// stagedName returns the name of the temporary folder for dir, without the random number at its end.
func stagedName(dir string) string { return ".sleet-" + Hash([]byte(filepath.Base(dir)))[:8] + "-" }

// makeStaged creates an empty temporary folder for dir.
func makeStaged(parent, dir string, o Options) (string, error) {
	for {
		name := filepath.Join(parent, fmt.Sprintf("%s%d", stagedName(dir), rand.Uint32())) //nolint:gosec // a name, not a secret
		err := makeFolder(name, o)
		if errors.Is(err, fs.ErrExist) {
			continue
		}
		if err != nil {
			return "", NewFolderError(dir, "folder.dir_not_made", err)
		}
		return name, nil
	}
}

// cleanStaged removes temporary folders for dir that a killed run left.
func cleanStaged(parent, dir string) {
	entries, err := os.ReadDir(parent)
	if err != nil {
		return
	}
	ours := regexp.MustCompile("^" + regexp.QuoteMeta(stagedName(dir)) + `\d+$`)
	for _, e := range entries {
		if e.IsDir() && ours.MatchString(e.Name()) {
			_ = os.RemoveAll(filepath.Join(parent, e.Name()))
		}
	}
}
