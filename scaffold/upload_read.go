package scaffold

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// UploadFiles are the files of an app's folder that belong on the stage, and those that would but for what they hold.
type UploadFiles struct {
	// Files are the texts by their paths, with slashes.
	Files    map[string][]byte
	Withheld []Withheld
	// KeyInCode is a Python file with a private key in it: without that file the app would not run.
	KeyInCode string
	// Holding are files with a value that the run knows.
	Holding []string
	// EditedSecrets is .streamlit/secrets.toml where it is not as sleet wrote it: a developer may keep secrets in it.
	EditedSecrets string
}

// ReadUpload reads the files of an app's folder that belong on the stage. Links are not followed: what they point to may be
// anywhere. valuesFile is the file that the secrets' values come from, "" for none; holds reports whether a text has a value
// that the run knows.
func ReadUpload(a App, dir, valuesFile string, holds func(data []byte) bool) (UploadFiles, error) {
	up := UploadFiles{Files: map[string][]byte{}}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return up, cannot(dir, "the folder cannot be read", err)
	}
	defer root.Close() //nolint:errcheck // opened for reading only
	values, _ := os.Stat(valuesFile)
	err = fs.WalkDir(root.FS(), ".", func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && path != "." && !a.Uploads(path+"/x.toml") && !a.Uploads(path+"/x.py"):
			return fs.SkipDir
		case !d.Type().IsRegular() || !a.belongs(path):
			return nil
		}
		if info, err := d.Info(); err == nil && values != nil && os.SameFile(info, values) {
			up.withhold(path, ValuesFile)
			return nil
		}
		if kind := credentialFile(d.Name()); kind != "" && path != secretsFile {
			up.withhold(path, kind)
			return nil
		}
		data, err := root.ReadFile(filepath.FromSlash(path))
		if err != nil {
			return fmt.Errorf("read %s: %w", path, err)
		}
		if holds(data) {
			up.Holding = append(up.Holding, path)
		}
		up.take(a, path, data)
		return nil
	})
	if err != nil {
		return up, cannot(dir, "the files of the app cannot be read", err)
	}
	up.keepPackageList(a.Resolve().App)
	return up, nil
}

func (up *UploadFiles) withhold(path string, kind Credentials) {
	up.Withheld = append(up.Withheld, Withheld{path, kind})
}

// take puts a file among those to send, unless what it holds forbids it.
func (up *UploadFiles) take(a App, path string, data []byte) {
	if path == secretsFile {
		if !sameText(data, secretsTOML(a.Resolve())) && Hash(data) != a.Written[secretsFile] {
			up.EditedSecrets = path
		}
		up.Files[path] = data
		return
	}
	switch kind := credentialInFile(path, data); {
	case kind == "" || path == configFile || ListsPackages(filepath.Base(path)):
		up.Files[path] = data
	case strings.HasSuffix(path, ".py"):
		up.KeyInCode = path
		up.Files[path] = data
	default:
		up.withhold(path, kind)
	}
}
