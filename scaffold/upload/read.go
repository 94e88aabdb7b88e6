package upload

import (
	"errors"
	"fmt"
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

// Files are the files of an app's folder that belong on the stage, and those that do not.
type Files struct {
	// Files are the texts by their paths, with slashes.
	Files map[string][]byte
	// LeftOut are files that are not sent although somebody may expect it, in order.
	LeftOut []LeftOut
	// Vetoed are files that the app needs, or seems to, and that hold what must not reach the stage: nothing is sent then.
	Vetoed []LeftOut
}

// LeftOut is a file of the app's folder that is not sent, and why.
type LeftOut struct {
	Path string
	Why  Reason
}

// Reason is why a file is not sent.
type Reason string

// The reasons beside those of credentials.
const (
	// Unnamed is a file of a kind that apps need not have, and that neither the code nor snowflake.yml names.
	Unnamed Reason = "unnamed"
	// OtherPackages lists packages that the app's runtime does not read.
	OtherPackages Reason = "packages"
	// Link is a symbolic link, and Special a pipe, a socket or a device.
	Link    Reason = "link"
	Special Reason = "special"
	// HoldsValue is a file with a value in it that the run knows.
	HoldsValue Reason = "value"
	// KeyInCode is a Python file with a private key in it.
	KeyInCode Reason = "key_in_code"
	// EditedSecrets is .streamlit/secrets.toml where it is not as sleet wrote it: a developer may keep secrets in it.
	EditedSecrets Reason = "secrets_edited"
)

// Guard is what the upload must not have in it.
type Guard struct {
	// ValuesFile is the file that the secrets' values come from, "" for none.
	ValuesFile string
	// Holds reports whether a text has a value that the run knows.
	Holds func(data []byte) bool
}

// Read reads the files of an app's folder that belong on the stage. Links are not followed: what they point to may be
// anywhere.
func Read(a scaffold.App, dir string, g Guard) (Files, error) {
	up := Files{Files: map[string][]byte{}}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return up, workspace.Cannot(dir, "folder.dir_not_read", err)
	}
	defer root.Close() //nolint:errcheck // opened for reading only
	r := uploadReader{app: a, root: root, guard: g, up: &up}
	if g.ValuesFile != "" {
		r.values, _ = os.Stat(g.ValuesFile) // It was read; one that is gone is not in the folder.
	}
	if err := r.read(); err != nil {
		var folder *workspace.FolderError
		if errors.As(err, &folder) {
			return up, err
		}
		return up, workspace.Cannot(dir, "folder.files_not_read", err)
	}
	slices.SortFunc(up.LeftOut, func(a, b LeftOut) int { return strings.Compare(a.Path, b.Path) })
	return up, nil
}

// uploadReader reads an app's folder.
type uploadReader struct {
	app   scaffold.App
	root  *os.Root
	guard Guard
	up    *Files
	// unknown are the files that are sent when something names them.
	unknown []string
	listed  artifactList
	// values is the file that the secrets' values come from, nil for none.
	values fs.FileInfo
}

// read walks through the folder, and then decides on the files that only a name makes the app's.
func (r *uploadReader) read() error {
	if text, err := safely.ReadIn(r.root, scaffold.ProjectYML, safely.MostText); err == nil {
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
		case workingFolder(dirs): // It makes the app.
		default:
			r.leave(file, r.reason(file))
		}
	}
	r.veto()
	return nil
}

// visit sorts one entry of the folder.
func (r *uploadReader) visit(file string, d fs.DirEntry, err error) error {
	if err != nil {
		return err
	}
	if d.IsDir() {
		if file != "." && (cacheFolder(d.Name()) || gathered(append(strings.Split(file, "/"), "x")) || r.environment(file)) {
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

// environment reports whether a folder is a virtual environment of Python's, whatever its name.
func (r *uploadReader) environment(dir string) bool {
	_, err := r.root.Lstat(filepath.Join(filepath.FromSlash(dir), "pyvenv.cfg"))
	return err == nil
}

// take puts a file among those to send.
func (r *uploadReader) take(file string) error {
	data, err := safely.ReadIn(r.root, filepath.FromSlash(file), safely.MostFile)
	if err != nil {
		return fmt.Errorf("read %s: %w", file, err)
	}
	r.up.Files[file] = data
	return nil
}

func (r *uploadReader) leave(file string, why Reason) {
	r.up.LeftOut = append(r.up.LeftOut, LeftOut{file, why})
}

// texts are the files that name other files of the app: its code, its options and its packages.
func (r *uploadReader) texts() [][]byte {
	var list [][]byte
	for file, data := range r.up.Files {
		if path.Ext(file) == ".py" || path.Base(file) == "config.toml" || ListsPackages(path.Base(file)) && path.Base(file) != scaffold.LockFile {
			list = append(list, data)
		}
	}
	return list
}

// isValues reports whether a file is the one that the secrets' values come from, by whatever name.
func (r *uploadReader) isValues(file string) bool {
	if r.values == nil {
		return false
	}
	info, err := r.root.Lstat(filepath.FromSlash(file))
	return err == nil && os.SameFile(info, r.values)
}

// veto finds what must not be sent among the files that would be.
func (r *uploadReader) veto() {
	for _, file := range slices.Sorted(maps.Keys(r.up.Files)) {
		if r.isValues(file) {
			r.up.Vetoed = append(r.up.Vetoed, LeftOut{file, ValuesFile})
			continue
		}
		data := r.up.Files[file]
		why := r.credential(file, data)
		if why == "" && r.guard.Holds != nil && r.guard.Holds(data) {
			why = HoldsValue
		}
		if why != "" {
			r.up.Vetoed = append(r.up.Vetoed, LeftOut{file, why})
		}
	}
}

// credential returns what a file to be sent is or holds. Names and shapes may err where a file has settings, so that one which
// snowflake.yml names is believed.
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

// reason is why a file is left out that nothing names.
func (r *uploadReader) reason(file string) Reason {
	if r.isValues(file) {
		return ValuesFile
	}
	if kind := credentialFile(path.Base(file)); kind != "" {
		return kind
	}
	return Unnamed
}
