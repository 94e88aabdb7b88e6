package existing

import (
	"errors"
	"io/fs"
	"path"
	"slices"
	"strings"
	"unicode/utf8"

	"sleet/scaffold"
	"sleet/scaffold/credential"
	"sleet/ui/message"
)

// maxSource is the size in bytes above which a file is not a source that a person wrote.
const maxSource = 8 << 20

// walk reads a folder and its subfolders in order. It does not follow symbolic links to folders, so it sees no file
// twice and none outside the folder.
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

// file records a file, to be read if it is a text of a kind that matters.
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
	if !utf8.ValidString(p) { // Neither a backup nor the account can name it.
		r.skip(p, 0, message.New("finding.skipped.name"))
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

// keyIn records the private key in a file. Its content is not kept.
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

// plainError returns an error's text without the path, which the message has separately.
func plainError(err error) string {
	var pathError *fs.PathError
	if errors.As(err, &pathError) {
		return strings.Replace(err.Error(), pathError.Error(), pathError.Err.Error(), 1)
	}
	return err.Error()
}

// ignoredFolder reports whether a folder contains nothing that a person wrote for an app: environments, caches, and all
// hidden folders except .streamlit.
func ignoredFolder(name string) bool {
	if strings.HasPrefix(name, ".") {
		return name != scaffold.StreamlitDir
	}
	return slices.Contains([]string{"node_modules", "__pycache__", "__pypackages__", "site-packages", "venv"}, name) ||
		strings.HasSuffix(name, ".egg-info")
}

// isEnvironment reports whether a folder is a virtual environment of Python or conda.
func isEnvironment(entries []fs.DirEntry) bool {
	return slices.ContainsFunc(entries, func(e fs.DirEntry) bool {
		return e.Name() == "pyvenv.cfg" || (e.Name() == "conda-meta" && e.IsDir())
	})
}

// isPython reports whether a file is Python.
func isPython(p string) bool { return strings.HasSuffix(p, ".py") }

// isSource reports whether a file is text that a check reads. Hidden files are not part of an app: nothing uploads them.
func isSource(p string) bool {
	name := path.Base(p)
	switch {
	case name == ".python-version": // it selects uv's Python version
		return true
	case strings.HasPrefix(name, "."):
		return false
	case name == scaffold.ManualFile:
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
