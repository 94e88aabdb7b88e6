package migrate

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"sleet/scaffold/workspace"
	"sleet/snowflake/safely"
)

// The folder for backups in the app's folder. Its name starts with a dot, so nothing uploads it, and its .gitignore
// keeps it out of the repository.
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
	stateUndoing = "undoing" // files are being restored
)

// generation is the backup of one migration: the files before and after it. A folder may have several numbered
// generations; Undo undoes the last one.
type generation struct {
	root *os.Root
	dir  string // .sleet/migrate/1

	Version int         `json:"version"`
	State   string      `json:"state"`
	Files   []savedFile `json:"files"`
	// Folders were created for new files, outermost first.
	Folders []string `json:"folders,omitempty"`
	// Applied reports whether the migration that is being undone was applied to an account.
	Applied bool `json:"applied,omitempty"`
	// Seal proves that this machine wrote the state: the folder may come from someone else.
	Seal string `json:"seal,omitempty"`
}

// savedFile is one file of a generation. Before and After are hashes, empty if the file does not exist.
type savedFile struct {
	Path      string      `json:"path"`
	Before    string      `json:"before,omitempty"`
	After     string      `json:"after,omitempty"`
	Mode      os.FileMode `json:"mode,omitempty"`
	Generated bool        `json:"generated,omitempty"`
	// Undone is the text that replaces a new file on undo if the migration was applied.
	Undone string `json:"undone,omitempty"`
}

// hashOf returns the SHA-256 of a file's content, "" for nil.
func hashOf(data []byte) string {
	if data == nil {
		return ""
	}
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

// newGeneration backs up the files before and after the changes. It writes the state file last; from then on the
// migration will be completed.
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

// save writes the backup without changing the app's files.
func (g *generation) save(changes []Change, o WriteOptions) error {
	if err := o.at("back up"); err != nil {
		return workspace.NewFolderError(g.dir, "folder.backup_not_written", err)
	}
	if err := workspace.Replace(g.root, ignoreFile, []byte("# Backups of sleet migrate: for this machine only.\n*\n"), 0o644); err != nil {
		return err
	}
	if err := g.reserve(o); err != nil {
		return err
	}
	for _, name := range o.Generated {
		data, err := safely.ReadIn(g.root, filepath.FromSlash(name), safely.MaxFileSize)
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return workspace.NewFolderError(name, "folder.not_read", err)
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

// add backs up one file.
func (g *generation) add(c Change, generated bool, o WriteOptions) error {
	f := savedFile{Path: c.Path, Before: hashOf(c.Old), After: hashOf(c.New), Generated: generated, Undone: string(c.Undone), Mode: 0o644}
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
			return workspace.NewFolderError(c.Path, "folder.not_backed_up", err)
		}
		if err := workspace.Replace(g.root, name, data, 0o600); err != nil {
			return err
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
		return workspace.NewFolderError(g.dir, "folder.state_not_written", err)
	}
	seal, err := g.sealed(o)
	if err != nil {
		return err
	}
	g.Seal = seal
	data, err := json.MarshalIndent(g, "", "  ")
	if err != nil {
		return workspace.NewFolderError(g.dir, "folder.state_not_written", err)
	}
	return workspace.Replace(g.root, path.Join(g.dir, stateFile), append(data, '\n'), 0o600)
}

// discard removes the generation, and folders that are then empty.
func (g *generation) discard() {
	// The state goes first: a generation without a state is removed.
	_ = g.root.Remove(filepath.FromSlash(path.Join(g.dir, stateFile)))
	_ = g.root.RemoveAll(filepath.FromSlash(g.dir))
	removeEmpty(g.root)
}

// reserveFile reserves disk space, so that a rollback can record its state on a full disk.
const reserveFile = "reserve"

// reserve reserves the space.
func (g *generation) reserve(o WriteOptions) error {
	if err := o.at("reserve"); err != nil {
		return workspace.NewFolderError(g.dir, "folder.backup_not_written", err)
	}
	const room = 1 << 16 // more than the state of a large app
	return workspace.Replace(g.root, path.Join(g.dir, reserveFile), make([]byte, room), 0o600)
}

// release frees the space.
func (g *generation) release() {
	_ = g.root.Remove(filepath.FromSlash(path.Join(g.dir, reserveFile)))
}
