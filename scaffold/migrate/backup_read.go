package migrate

import (
	"crypto/hmac"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"sleet/scaffold/workspace"
	"sleet/snowflake/safely"
	"sleet/ui/message"
)

// ForeignError reports that a migration's backup was not made on this machine: it came with the folder, and is not used
// without the person's consent.
type ForeignError struct {
	// Path is the backup's folder. Half reports whether the backup claims to be of an interrupted migration.
	Path string
	Half bool
}

// Error returns the backup's folder and the reason.
func (e *ForeignError) Error() string {
	return e.Path + " was not written by sleet on this machine, so it was not used"
}

// sealed returns the seal for the current state.
func (g *generation) sealed(o WriteOptions) (string, error) {
	if o.Seal == nil {
		return "", nil
	}
	bare := *g
	bare.Seal = ""
	data, err := json.Marshal(&bare)
	if err != nil {
		return "", workspace.NewFolderError(g.dir, "folder.state_not_written", err)
	}
	return o.Seal(append([]byte(g.dir+"\x00"), data...)), nil
}

// migrates reports whether a migration by this version of sleet can write or remove a file with this path.
func migrates(name string) bool {
	if !filepath.IsLocal(filepath.FromSlash(name)) || name != path.Clean(name) || !utf8.ValidString(name) {
		return false
	}
	for _, folder := range strings.Split(path.Dir(name), "/") {
		if len(folder) > 1 && folder[0] == '.' && folder != ".streamlit" {
			return false
		}
	}
	base := path.Base(name)
	if base == ".gitignore" || base == ".python-version" {
		return true
	}
	return base[0] != '.' && slices.Contains([]string{".py", ".toml", ".txt", ".yml", ".yaml", ".sql", ".md", ".lock"}, strings.ToLower(path.Ext(base)))
}

// ownFolders returns an error if a folder for backups is not a folder but, for example, a symbolic link.
func ownFolders(root *os.Root) error {
	for _, name := range []string{sleetFolder, backupFolder} {
		info, err := root.Lstat(filepath.FromSlash(name))
		if err == nil && !info.IsDir() {
			return &workspace.FolderError{
				Path: filepath.Join(root.Name(), filepath.FromSlash(name)), Why: message.New("folder.not_dir"), Fix: message.New("folder.fix.backups"),
			}
		}
	}
	return nil
}

// removeEmpty removes the folders for backups if they contain none.
func removeEmpty(root *os.Root) {
	if err := root.Remove(filepath.FromSlash(backupFolder)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return // there are other backups
	}
	entries, err := fs.ReadDir(root.FS(), sleetFolder)
	if err == nil && (len(entries) == 0 || len(entries) == 1 && entries[0].Name() == path.Base(ignoreFile)) {
		_ = root.Remove(filepath.FromSlash(ignoreFile))
		_ = root.Remove(sleetFolder)
	}
}

// generations returns the sorted numbers of the backups of a folder. It removes what a killed run left.
func generations(root *os.Root) ([]int, error) {
	if err := ownFolders(root); err != nil {
		return nil, err
	}
	defer removeEmpty(root)
	workspace.CleanReplaced(root, []string{ignoreFile})
	entries, err := fs.ReadDir(root.FS(), backupFolder)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, workspace.NewFolderError(filepath.Join(root.Name(), filepath.FromSlash(backupFolder)), "folder.backups_not_read", err)
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
		workspace.CleanReplaced(root, []string{path.Join(backupFolder, e.Name(), stateFile)})
		numbers = append(numbers, n)
	}
	slices.Sort(numbers)
	return numbers, nil
}

// lastGeneration reads the last generation of a folder, nil if there is none.
func lastGeneration(root *os.Root, o WriteOptions) (*generation, error) {
	numbers, err := generations(root)
	if err != nil || len(numbers) == 0 {
		return nil, err
	}
	g := &generation{root: root, dir: path.Join(backupFolder, strconv.Itoa(numbers[len(numbers)-1]))}
	name := path.Join(g.dir, stateFile)
	data, err := safely.ReadIn(root, filepath.FromSlash(name), safely.MaxFileSize)
	if err != nil {
		return nil, workspace.NewFolderError(filepath.Join(root.Name(), filepath.FromSlash(name)), "folder.state_not_read", err)
	}
	if err := json.Unmarshal(data, g); err != nil || g.Version != 1 {
		return nil, &workspace.FolderError{
			Path: filepath.Join(root.Name(), filepath.FromSlash(name)), Why: message.New("folder.state_unknown"),
			Fix: message.New("folder.fix.other_sleet"), Err: err,
		}
	}
	if seal, err := g.sealed(o); err != nil {
		return nil, err
	} else if !o.Foreign && !hmac.Equal([]byte(seal), []byte(g.Seal)) {
		return nil, &ForeignError{Path: filepath.Join(root.Name(), filepath.FromSlash(g.dir)), Half: g.State != stateApplied}
	}
	for _, f := range g.Files {
		if !migrates(f.Path) {
			return nil, &workspace.FolderError{
				Path: filepath.Join(root.Name(), filepath.FromSlash(name)), Why: message.New("folder.backup_foreign", "file", strconv.Quote(f.Path)),
				Fix: message.New("folder.fix.foreign"),
			}
		}
	}
	return g, nil
}

// Superseded returns the previous contents of an app's files, by path with slashes, from each migration that was
// applied and not undone. If an account still has one of these contents, it is what the migration replaced or removed,
// not a later edit. Superseded changes nothing in the folder. It skips backups that this machine did not make,
// according to seal.
func Superseded(dir string, seal func(state []byte) string) (map[string][][]byte, error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, workspace.NewFolderError(dir, "folder.dir_not_read", err)
	}
	defer root.Close() //nolint:errcheck // opened for reading only
	entries, err := fs.ReadDir(root.FS(), backupFolder)
	if err != nil {
		return nil, nil // no migration, or none that can be read
	}
	contents := map[string][][]byte{}
	for _, e := range entries {
		if _, err := strconv.Atoi(e.Name()); err != nil {
			continue
		}
		g := &generation{root: root, dir: path.Join(backupFolder, e.Name())}
		data, err := safely.ReadIn(root, filepath.FromSlash(path.Join(g.dir, stateFile)), safely.MaxFileSize)
		if err != nil || json.Unmarshal(data, g) != nil || g.State != stateApplied {
			continue
		}
		if own, err := g.sealed(WriteOptions{Seal: seal}); err != nil || !hmac.Equal([]byte(own), []byte(g.Seal)) {
			continue
		}
		for i, f := range g.Files {
			before, err := safely.ReadIn(root, filepath.FromSlash(g.before(i)), safely.MaxFileSize)
			if err == nil && f.Before != "" && hashOf(before) == f.Before {
				contents[f.Path] = append(contents[f.Path], before)
			}
		}
	}
	return contents, nil
}
