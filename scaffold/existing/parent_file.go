package existing

import (
	"os"
	"path/filepath"
	"strings"
)

// mostAbove is the number of folders above the folder to search for files that deploy it.
const mostAbove = 4

// ParentFile is a file in a folder above the one that was read. Its path starts with "../".
type ParentFile struct {
	Path string
	Data []byte
}

// readAbove returns the files above a folder that may deploy it, nearest first: manifest.yml of a Native App and
// snowflake.yml. It searches no further than the repository.
func readAbove(dir string) []ParentFile {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return nil
	}
	var list []ParentFile
	for up := 1; up <= mostAbove && !isRepository(dir); up++ {
		outer := filepath.Dir(dir)
		if outer == dir {
			break
		}
		dir = outer
		list = append(list, readBeside(dir, strings.Repeat("../", up))...)
	}
	return list
}

func isRepository(dir string) bool {
	_, err := os.Lstat(filepath.Join(dir, ".git"))
	return err == nil
}

// readBeside returns those files of one folder.
func readBeside(dir, prefix string) []ParentFile {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil
	}
	defer root.Close() //nolint:errcheck // opened for reading only
	var list []ParentFile
	for _, name := range []string{"manifest.yml", "snowflake.yml"} {
		if info, err := root.Lstat(name); err != nil || !info.Mode().IsRegular() {
			continue
		}
		var buffer []byte
		if data, refused := readFile(root, name, &buffer); refused.IsZero() {
			list = append(list, ParentFile{prefix + name, data})
		}
	}
	return list
}
