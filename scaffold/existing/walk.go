package existing

import (
	"errors"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"

	"sleet/scaffold"
	"sleet/snowflake"
)

// maxSource is the size above which a file is no source that a person wrote.
const maxSource = 8 << 20

// walk reads a folder and those below it, in order. Symbolic links to folders are not followed, so
// that no file is seen twice and none outside is seen at all.
func (r *reading) walk(dir string) {
	entries, err := fs.ReadDir(r.root.FS(), dir)
	if err != nil {
		r.skip(dir, 0, say("folder", "why", plainError(err)))
	}
	if dir != "." && isEnvironment(entries) {
		return
	}
	for _, entry := range entries {
		p := path.Join(dir, entry.Name())
		switch {
		case entry.IsDir():
			if !ignoredFolder(entry.Name()) {
				r.walk(p)
			}
		case entry.Type()&(fs.ModeNamedPipe|fs.ModeSocket|fs.ModeDevice|fs.ModeIrregular) == 0:
			r.file(p, entry)
			r.seen(len(r.paths))
		}
	}
}

// file notes a file, and reads it when it is text of a kind that matters.
func (r *reading) file(p string, entry fs.DirEntry) {
	link := entry.Type()&fs.ModeSymlink != 0
	if link {
		if info, err := r.root.Stat(p); err != nil || !info.Mode().IsRegular() {
			r.links = append(r.links, p)
			return
		}
	}
	r.paths = append(r.paths, p)
	if !isSource(p) {
		r.keyIn(p)
		return
	}
	data, refused := r.read(p)
	if !refused.IsZero() {
		r.skip(p, 0, refused)
		return
	}
	r.files[p] = data
}

// keyIn notes what private key a file holds. Its content is not kept.
func (r *reading) keyIn(p string) {
	if !scaffold.MayHoldKey(p) {
		return
	}
	info, err := r.root.Stat(p)
	if err != nil || info.Size() > scaffold.MaxKeyFile {
		return
	}
	if data, refused := r.read(p); refused.IsZero() {
		if kind := scaffold.KeyIn(p, data); kind != "" {
			r.keys[p] = kind
		}
	}
}

// read gives a file's content, or why it is left out.
func (r *reading) read(p string) (data []byte, refused snowflake.Text) {
	file, err := r.root.Open(p)
	if err != nil {
		return nil, say("file", "why", plainError(err))
	}
	defer file.Close() //nolint:errcheck // opened for reading only
	data, err = io.ReadAll(io.LimitReader(file, maxSource+1))
	if err != nil {
		return nil, say("file", "why", plainError(err))
	}
	if len(data) > maxSource {
		return nil, say("large", "size", maxSource>>20)
	}
	return data, snowflake.Text{}
}

// plainError is an error without the path, which stands beside it.
func plainError(err error) string {
	var pathError *fs.PathError
	if errors.As(err, &pathError) {
		return strings.Replace(err.Error(), pathError.Error(), pathError.Err.Error(), 1)
	}
	return err.Error()
}

// ignoredFolder says whether a folder holds nothing that a person wrote for an app: environments,
// caches, and all hidden folders but .streamlit.
func ignoredFolder(name string) bool {
	if strings.HasPrefix(name, ".") {
		return name != StreamlitFolder
	}
	return slices.Contains([]string{"node_modules", "__pycache__", "__pypackages__", "site-packages", "venv"}, name) ||
		strings.HasSuffix(name, ".egg-info")
}

// StreamlitFolder is the folder that holds an app's configuration.
const StreamlitFolder = ".streamlit"

// isEnvironment says whether a folder is a virtual environment of Python's or of conda's.
func isEnvironment(entries []fs.DirEntry) bool {
	return slices.ContainsFunc(entries, func(e fs.DirEntry) bool {
		return e.Name() == "pyvenv.cfg" || (e.Name() == "conda-meta" && e.IsDir())
	})
}

// isSource says whether a file is text that a check reads.
func isSource(p string) bool {
	name := path.Base(p)
	if name == ".python-version" {
		return true // it says which Python uv takes
	}
	switch strings.ToLower(path.Ext(name)) {
	case ".py", ".sql", ".toml", ".yml", ".yaml":
		return true
	case ".txt":
		return strings.Contains(name, "requirements")
	case ".lock":
		return name == scaffold.LockFile
	}
	return false
}
