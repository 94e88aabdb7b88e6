package migrate

import (
	"crypto/hmac"
	"encoding/json"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strconv"

	"sleet/scaffold/workspace"
	"sleet/snowflake/safely"
)

// Superseded returns what the files of an app's folder held before each migration that was applied to
// it and not undone: their contents by path, with slashes. An account that still has one of them has
// what the migration replaced or removed, not somebody's later edit. It changes nothing in the folder,
// and passes over what is not a backup of this machine: seal vouches for those that are.
func Superseded(dir string, seal func(state []byte) string) (map[string][][]byte, error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, workspace.Cannot(dir, "folder.dir_not_read", err)
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
		data, err := safely.ReadIn(root, filepath.FromSlash(path.Join(g.dir, stateFile)), safely.MostFile)
		if err != nil || json.Unmarshal(data, g) != nil || g.State != stateApplied {
			continue
		}
		if own, err := g.sealed(WriteOptions{Seal: seal}); err != nil || !hmac.Equal([]byte(own), []byte(g.Seal)) {
			continue
		}
		for i, f := range g.Files {
			before, err := safely.ReadIn(root, filepath.FromSlash(g.before(i)), safely.MostFile)
			if err == nil && f.Before != "" && hashOf(before) == f.Before {
				contents[f.Path] = append(contents[f.Path], before)
			}
		}
	}
	return contents, nil
}
