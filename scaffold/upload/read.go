package upload

import (
	"errors"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"sleet/scaffold"
	"sleet/scaffold/generate"
	"sleet/scaffold/textedit"
	"sleet/scaffold/workspace"
	"sleet/snowflake/safely"
)

// Files holds the files of an app's folder that belong on the stage and describes those that do
// not.
type Files struct {
	// Files maps slash-separated paths to contents.
	Files map[string][]byte
	// Excluded are files that are not uploaded although the user may expect it, sorted by path.
	Excluded []Excluded
	// Vetoed are files that the app needs or seems to need but that must not reach the stage. If
	// there are any, nothing is uploaded.
	Vetoed []Excluded
}

// Excluded is a file of the app's folder that is not uploaded, and the reason.
type Excluded struct {
	Path string
	Why  Reason
}

// Reason is the reason why a file is not uploaded.
type Reason string

// Reasons other than those for credentials.
const (
	// Unreferenced is a file that is not part of every app and that neither the code nor snowflake.yml
	// names.
	Unreferenced Reason = "unnamed"
	// OtherPackages is a package list that the app's runtime does not read.
	OtherPackages Reason = "packages"
	// Link is a symbolic link, Special a pipe, socket or device.
	Link    Reason = "link"
	Special Reason = "special"
	// HoldsValue is a file that contains a secret value known to this run.
	HoldsValue Reason = "value"
	// KeyInCode is a Python file that contains a private key.
	KeyInCode Reason = "key_in_code"
	// EditedSecrets is a .streamlit/secrets.toml that differs from what sleet wrote: it may contain
	// a developer's secrets.
	EditedSecrets Reason = "secrets_edited"
)

// Guard describes what must not be uploaded.
type Guard struct {
	// ValuesFile is the file that the secrets' values are read from, "" for none.
	ValuesFile string
	// Holds reports whether data contains a secret value known to this run.
	Holds func(data []byte) bool
}

// Read reads the files of an app's folder that belong on the stage. It does not follow symbolic
// links, which may point anywhere.
func Read(a scaffold.App, dir string, g Guard) (Files, error) {
	up := Files{Files: map[string][]byte{}}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return up, workspace.NewFolderError(dir, "folder.dir_not_read", err)
	}
	defer root.Close() //nolint:errcheck // opened for reading only
	r := uploadReader{app: a, root: root, guard: g, up: &up}
	if g.ValuesFile != "" {
		r.values, _ = os.Stat(g.ValuesFile) // It has been read before; if it is gone, it is not in the folder.
	}
	if err := r.read(); err != nil {
		var folder *workspace.FolderError
		if errors.As(err, &folder) {
			return up, err
		}
		return up, workspace.NewFolderError(dir, "folder.files_not_read", err)
	}
	slices.SortFunc(up.Excluded, func(a, b Excluded) int { return strings.Compare(a.Path, b.Path) })
	return up, nil
}

// uploadReader reads an app's folder.
type uploadReader struct {
	app   scaffold.App
	root  *os.Root
	guard Guard
	up    *Files
	// unknown are files that are uploaded only if something names them.
	unknown []string
	listed  artifactList
	// values is the file that the secrets' values are read from, nil for none.
	values fs.FileInfo
}

// read walks the folder, then decides about the files that must be named.
func (r *uploadReader) read() error {
	if text, err := safely.ReadIn(r.root, scaffold.ProjectYML, safely.MaxTextSize); err == nil {
		r.listed = artifacts(text)
	}
	if err := fs.WalkDir(r.root.FS(), ".", r.visit); err != nil {
		return err //nolint:wrapcheck // It names the file.
	}
	r.up.keepPackageList(r.app.Resolve().App)
	named := namesIn(r.texts())
	for _, file := range r.unknown {
		dirs := strings.Split(path.Dir(file), "/")
		switch {
		case r.listed.has(file), named.file(file), !workingFolder(dirs) && named.folder(file) && credentialFile(path.Base(file)) == "":
			if err := r.take(file); err != nil {
				return err
			}
		case workingFolder(dirs): // Not part of the app.
		default:
			r.leave(file, r.reason(file))
		}
	}
	r.veto()
	return nil
}

// visit classifies one entry of the folder.
func (r *uploadReader) visit(file string, d fs.DirEntry, err error) error {
	if err != nil {
		return err
	}
	if d.IsDir() {
		if file != "." && (cacheFolder(d.Name()) || bundleFolder(append(strings.Split(file, "/"), "x")) || r.environment(file)) {
			return fs.SkipDir
		}
		return nil
	}
	class := classOf(r.app, file)
	switch {
	case class == neverSent:
		if kind := credentialFile(d.Name()); kind != "" {
			r.leave(file, kind)
		}
	case d.Type()&fs.ModeSymlink != 0:
		r.leave(file, Link)
	case !d.Type().IsRegular():
		r.leave(file, Special)
	case class == otherPackages:
		r.leave(file, OtherPackages)
	case class == sentWhenNamed, r.isValues(file):
		r.unknown = append(r.unknown, file)
	default:
		return r.take(file)
	}
	return nil
}

// environment reports whether a folder is a Python virtual environment.
func (r *uploadReader) environment(dir string) bool {
	_, err := r.root.Lstat(filepath.Join(filepath.FromSlash(dir), "pyvenv.cfg"))
	return err == nil
}

// take adds a file to those to upload.
func (r *uploadReader) take(file string) error {
	data, err := safely.ReadIn(r.root, filepath.FromSlash(file), safely.MaxFileSize)
	if err != nil {
		return err
	}
	r.up.Files[file] = data
	return nil
}

func (r *uploadReader) leave(file string, why Reason) {
	r.up.Excluded = append(r.up.Excluded, Excluded{file, why})
}

// texts returns the files that may name other files of the app: its code, options and package
// lists.
func (r *uploadReader) texts() [][]byte {
	var list [][]byte
	for file, data := range r.up.Files {
		if path.Ext(file) == ".py" || path.Base(file) == "config.toml" || ListsPackages(path.Base(file)) && path.Base(file) != scaffold.LockFile {
			list = append(list, data)
		}
	}
	return list
}

// isValues reports whether a file is the one that the secrets' values are read from, under any
// name.
func (r *uploadReader) isValues(file string) bool {
	if r.values == nil {
		return false
	}
	info, err := r.root.Lstat(filepath.FromSlash(file))
	return err == nil && os.SameFile(info, r.values)
}

// veto adds the files to upload that must not be uploaded to Vetoed.
func (r *uploadReader) veto() {
	for _, file := range slices.Sorted(maps.Keys(r.up.Files)) {
		if r.isValues(file) {
			r.up.Vetoed = append(r.up.Vetoed, Excluded{file, ValuesFile})
			continue
		}
		data := r.up.Files[file]
		why := r.credential(file, data)
		if why == "" && r.guard.Holds != nil && r.guard.Holds(data) {
			why = HoldsValue
		}
		if why != "" {
			r.up.Vetoed = append(r.up.Vetoed, Excluded{file, why})
		}
	}
}

// credential returns the kind of credential that a file is or contains, "" if none. Names and
// patterns can be wrong for configuration files, so a file listed in snowflake.yml is accepted.
func (r *uploadReader) credential(file string, data []byte) Reason {
	switch {
	case file == scaffold.SecretsFile:
		if !textedit.SameText(data, generate.SecretsTOML(r.app.Resolve())) && workspace.Hash(data) != r.app.Written[scaffold.SecretsFile] {
			return EditedSecrets
		}
		return ""
	case path.Base(file) == "config.toml" && path.Base(path.Dir(file)) == scaffold.StreamlitDir, ListsPackages(path.Base(file)):
		return ""
	}
	why := credentialInFile(file, data)
	if named := credentialFile(path.Base(file)); why == "" && named != "" && !publicKey(file, data) {
		why = named
	}
	if why == SecretValues && r.listed.has(file) {
		return ""
	}
	return why
}

// reason returns the reason for leaving out a file that nothing names.
func (r *uploadReader) reason(file string) Reason {
	if r.isValues(file) {
		return ValuesFile
	}
	if kind := credentialFile(path.Base(file)); kind != "" {
		return kind
	}
	return Unreferenced
}
