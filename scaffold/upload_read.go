package scaffold

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"sleet/safely"
)

// UploadFiles reads the files of an app's folder that belong on the stage, by their paths with
// slashes. Links are not followed: what they point to may lie anywhere.
func UploadFiles(a App, dir string) (map[string][]byte, error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, cannot(dir, "the folder cannot be read", err)
	}
	defer root.Close() //nolint:errcheck // opened for reading only
	files := map[string][]byte{}
	err = fs.WalkDir(root.FS(), ".", func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && path != "." && !a.Uploads(path+"/x.toml") && !a.Uploads(path+"/x.py"):
			return fs.SkipDir
		case !d.Type().IsRegular() || !a.Uploads(path):
			return nil
		}
		data, err := safely.ReadIn(root, filepath.FromSlash(path), mostFile)
		if err != nil {
			return fmt.Errorf("read %s: %w", path, err)
		}
		files[path] = data
		return nil
	})
	if err != nil {
		return nil, cannot(dir, "the files of the app cannot be read", err)
	}
	return files, nil
}
