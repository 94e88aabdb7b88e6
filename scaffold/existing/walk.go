package existing

import (
	"errors"
	"io/fs"
	"path"
	"slices"
	"strings"

	"sleet/scaffold"
	"sleet/scaffold/credential"
	"sleet/ui/message"
)

// maxSource is the size above which a file is not a source that a person wrote.
const maxSource = 8 << 20

// walk reads a folder and those below it, in order. Symbolic links to folders are not followed, so
// that no file is seen twice and none outside is seen at all.
func (r *reading) walk(dir string) {
	entries, err := fs.ReadDir(r.root.FS(), dir)
	if err != nil {
		r.skip(dir, 0, message.New("finding.skipped.folder", "why", plainError(err)))
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
		}
	}
}

// file notes a file, to be read when it is text of a kind that matters.
func (r *reading) file(p string, entry fs.DirEntry) {
	info, err := entry.Info()
	if entry.Type()&fs.ModeSymlink != 0 {
		if info, err = r.root.Stat(p); err != nil || !info.Mode().IsRegular() {
			r.links = append(r.links, p)
			return
		}
	}
	r.paths = append(r.paths, p)
	if !isSource(p) {
		r.keyIn(p)
		return
	}
	l := loading{path: p}
	if err == nil {
		l.size = info.Size()
	}
	if l.size > maxSource {
		r.skip(p, 0, message.New("finding.skipped.large", "size", maxSource>>20))
		return
	}
	if isPython(p) {
		r.pythons += l.size
	} else {
		r.others += l.size
	}
	r.loads = append(r.loads, l)
}

// keyIn notes what private key a file holds. Its content is not kept.
func (r *reading) keyIn(p string) {
	if !credential.MayHoldKey(p) {
		return
	}
	info, err := r.root.Stat(p)
	if err != nil || info.Size() > credential.MaxKeyFile {
		return
	}
	var buffer []byte
	if data, refused := readFile(r.root, p, &buffer); refused.IsZero() {
		if kind := credential.KeyIn(p, data); kind != "" {
			r.keys[p] = kind
		}
	}
}

// plainError is an error without the path, which is beside it.
func plainError(err error) string {
	var pathError *fs.PathError
	if errors.As(err, &pathError) {
		return strings.Replace(err.Error(), pathError.Error(), pathError.Err.Error(), 1)
	}
	return err.Error()
}

// ignoredFolder reports whether a folder holds nothing that a person wrote for an app: environments,
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

// isEnvironment reports whether a folder is a virtual environment of Python's or of conda's.
func isEnvironment(entries []fs.DirEntry) bool {
	return slices.ContainsFunc(entries, func(e fs.DirEntry) bool {
		return e.Name() == "pyvenv.cfg" || (e.Name() == "conda-meta" && e.IsDir())
	})
}

// isPython reports whether a file is Python.
func isPython(p string) bool { return strings.HasSuffix(p, ".py") }

// ListFile is the list of what a migration left to the person, beside the app.
const ListFile = "MIGRATION.md"

// isSource reports whether a file is text that a check reads.
func isSource(p string) bool {
	name := path.Base(p)
	switch name {
	case ".python-version": // it says which Python uv takes
		return true
	case ListFile:
		return true
	}
	switch strings.ToLower(path.Ext(name)) {
	case ".py", ".sql", ".toml", ".yml", ".yaml":
		return true
	case ".txt":
		return strings.Contains(name, "requirements") || path.Base(path.Dir(p)) == "requirements"
	case ".lock":
		return name == scaffold.LockFile
	}
	return false
}
