package migrate

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"sleet/scaffold"
)

// The folder in the app's folder that backups lie in. Its name begins with a dot, so that nothing
// uploads it, and the .gitignore in it keeps it out of the repository.
const (
	sleetFolder  = ".sleet"
	backupFolder = sleetFolder + "/migrate"
	stateFile    = "state.json"
	ignoreFile   = sleetFolder + "/.gitignore"
)

// The states of a generation.
const (
	stateWriting = "writing" // files are being replaced
	stateApplied = "applied"
	stateUndoing = "undoing" // files are being brought back
)

// generation is one migration's backup: what each file was and became. A folder may have several,
// numbered; Undo takes the last one back.
type generation struct {
	root *os.Root
	dir  string // .sleet/migrate/1

	Version int         `json:"version"`
	State   string      `json:"state"`
	Files   []savedFile `json:"files"`
	// Folders were made for new files, the outermost first.
	Folders []string `json:"folders,omitempty"`
}

// savedFile is one file of a generation. Before and After are hashes, empty where the file is not
// there.
type savedFile struct {
	Path      string      `json:"path"`
	Before    string      `json:"before,omitempty"`
	After     string      `json:"after,omitempty"`
	Mode      os.FileMode `json:"mode,omitempty"`
	Generated bool        `json:"generated,omitempty"`
}

// hashOf is the SHA-256 of a file that is there.
func hashOf(data []byte) string {
	if data == nil {
		return ""
	}
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

// newGeneration saves the files as they are and as they are to be. Its state file, written last, is
// the point from which the migration goes through.
func newGeneration(root *os.Root, changes []Change, o WriteOptions) (*generation, error) {
	numbers, err := generations(root)
	if err != nil {
		return nil, err
	}
	next := 1
	if len(numbers) > 0 {
		next = numbers[len(numbers)-1] + 1
	}
	g := &generation{root: root, dir: path.Join(backupFolder, strconv.Itoa(next)), Version: 1, State: stateWriting}
	if err := g.save(changes, o); err != nil {
		g.discard()
		return nil, err
	}
	return g, nil
}

// save writes the backup, without a change to the app's files.
func (g *generation) save(changes []Change, o WriteOptions) error {
	if err := o.at("back up"); err != nil {
		return scaffold.Cannot(g.dir, "the backup cannot be written", err)
	}
	if err := scaffold.Replace(g.root, ignoreFile, []byte("# Backups of sleet migrate: for this machine only.\n*\n"), 0o644); err != nil {
		return fmt.Errorf("back up: %w", err)
	}
	for _, name := range o.Generated {
		data, err := g.root.ReadFile(filepath.FromSlash(name))
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return scaffold.Cannot(name, "the file cannot be read", err)
		}
		if err != nil {
			data = nil
		}
		if err := g.add(Change{Path: name, Old: data}, true, o); err != nil {
			return err
		}
	}
	for _, c := range changes {
		if err := g.add(c, false, o); err != nil {
			return err
		}
	}
	return g.write(o)
}

// add saves one file.
func (g *generation) add(c Change, generated bool, o WriteOptions) error {
	f := savedFile{Path: c.Path, Before: hashOf(c.Old), After: hashOf(c.New), Generated: generated, Mode: 0o644}
	if strings.HasSuffix(c.Path, "secrets.toml") {
		f.Mode = 0o600
	}
	if info, err := g.root.Stat(filepath.FromSlash(c.Path)); err == nil {
		f.Mode = info.Mode().Perm()
	}
	for name, data := range map[string][]byte{g.before(len(g.Files)): c.Old, g.after(len(g.Files)): c.New} {
		if data == nil {
			continue
		}
		if err := o.at("save " + c.Path); err != nil {
			return scaffold.Cannot(c.Path, "the file cannot be backed up", err)
		}
		if err := scaffold.Replace(g.root, name, data, 0o600); err != nil {
			return fmt.Errorf("back up %s: %w", c.Path, err)
		}
	}
	for dir := path.Dir(c.Path); dir != "." && !generated; dir = path.Dir(dir) {
		if _, err := g.root.Stat(filepath.FromSlash(dir)); errors.Is(err, fs.ErrNotExist) && !slices.Contains(g.Folders, dir) {
			g.Folders = append(g.Folders, dir)
		}
	}
	slices.Sort(g.Folders)
	g.Files = append(g.Files, f)
	return nil
}

func (g *generation) before(i int) string { return path.Join(g.dir, "before", strconv.Itoa(i)) }
func (g *generation) after(i int) string  { return path.Join(g.dir, "after", strconv.Itoa(i)) }

// write saves the generation's state.
func (g *generation) write(o WriteOptions) error {
	if err := o.at("state " + g.State); err != nil {
		return scaffold.Cannot(g.dir, "the state of the migration cannot be written", err)
	}
	data, err := json.MarshalIndent(g, "", "  ")
	if err != nil {
		return fmt.Errorf("write the state of the migration: %w", err)
	}
	if err := scaffold.Replace(g.root, path.Join(g.dir, stateFile), append(data, '\n'), 0o600); err != nil {
		return fmt.Errorf("write the state of the migration: %w", err)
	}
	return nil
}

// discard removes the generation, and the folders that hold nothing then.
func (g *generation) discard() {
	// The state goes first: without it the rest is nobody's.
	_ = g.root.Remove(filepath.FromSlash(path.Join(g.dir, stateFile)))
	_ = g.root.RemoveAll(filepath.FromSlash(g.dir))
	if err := g.root.Remove(filepath.FromSlash(backupFolder)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return // it holds others
	}
	if entries, err := fs.ReadDir(g.root.FS(), sleetFolder); err == nil && len(entries) == 1 && entries[0].Name() == ".gitignore" {
		_ = g.root.Remove(filepath.FromSlash(ignoreFile))
		_ = g.root.Remove(sleetFolder)
	}
}

// generations gives the numbers of the backups of a folder, in order. What a killed run left behind
// without a state is removed.
func generations(root *os.Root) ([]int, error) {
	entries, err := fs.ReadDir(root.FS(), backupFolder)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, scaffold.Cannot(filepath.Join(root.Name(), filepath.FromSlash(backupFolder)), "the backups cannot be read", err)
	}
	var numbers []int
	for _, e := range entries {
		n, err := strconv.Atoi(e.Name())
		if err != nil || !e.IsDir() {
			continue
		}
		if _, err := root.Stat(filepath.FromSlash(path.Join(backupFolder, e.Name(), stateFile))); errors.Is(err, fs.ErrNotExist) {
			_ = root.RemoveAll(filepath.FromSlash(path.Join(backupFolder, e.Name())))
			continue
		}
		numbers = append(numbers, n)
	}
	slices.Sort(numbers)
	return numbers, nil
}

// lastGeneration reads the last generation of a folder, nil where there is none.
func lastGeneration(root *os.Root) (*generation, error) {
	numbers, err := generations(root)
	if err != nil || len(numbers) == 0 {
		return nil, err
	}
	g := &generation{root: root, dir: path.Join(backupFolder, strconv.Itoa(numbers[len(numbers)-1]))}
	name := path.Join(g.dir, stateFile)
	data, err := root.ReadFile(filepath.FromSlash(name))
	if err != nil {
		return nil, scaffold.Cannot(filepath.Join(root.Name(), filepath.FromSlash(name)), "the state of the migration cannot be read", err)
	}
	if err := json.Unmarshal(data, g); err != nil || g.Version != 1 {
		return nil, &scaffold.FolderError{
			Path: filepath.Join(root.Name(), filepath.FromSlash(name)), Message: "this is no state of a migration that this sleet can read",
			Fix: "use the sleet that wrote it, or bring the files back by hand from the folder before beside it", Err: err,
		}
	}
	for _, f := range g.Files {
		if !filepath.IsLocal(filepath.FromSlash(f.Path)) {
			return nil, &scaffold.FolderError{Path: f.Path, Message: "this path of the backup leaves the folder", Fix: "bring the files back by hand"}
		}
	}
	return g, nil
}
