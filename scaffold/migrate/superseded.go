package migrate

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"sleet/scaffold"
)

// Superseded returns what the files of an app's folder held before each migration that was applied to
// it and not undone: their contents by path, with slashes. An account that still has one of them has
// what the migration replaced or removed, not somebody's later edit.
func Superseded(dir string) (map[string][][]byte, error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, scaffold.Cannot(dir, "the folder cannot be read", err)
	}
	defer root.Close() //nolint:errcheck // opened for reading only
	numbers, err := generations(root)
	if err != nil {
		return nil, err
	}
	contents := map[string][][]byte{}
	for _, number := range numbers {
		g, err := readGeneration(root, number)
		if err != nil {
			return nil, err
		}
		if g.State != stateApplied {
			continue
		}
		for i, f := range g.Files {
			if f.Before == "" {
				continue
			}
			data, err := root.ReadFile(filepath.FromSlash(g.before(i)))
			if errors.Is(err, fs.ErrNotExist) {
				continue
			}
			if err != nil {
				return nil, fmt.Errorf("read the backup of %s: %w", f.Path, err)
			}
			contents[f.Path] = append(contents[f.Path], data)
		}
	}
	return contents, nil
}
