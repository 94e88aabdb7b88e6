package scaffold

import (
	"path"
	"slices"
	"strings"
)

const (
	secretsFile  = ".streamlit/secrets.toml"
	configFile   = ".streamlit/config.toml"
	condaFile    = "environment.yml"
	pipFile      = "requirements.txt"
	projectYML   = "snowflake.yml"
	streamlitDir = ".streamlit"
)

// appFiles lists the generated files that belong to the app itself, the main file first: what has
// to lie on the stage.
func appFiles(a App) []string {
	files := []string{a.App.MainFile, Facts(a.App.Runtime).PackageFile, configFile}
	if secretsTOML(a) != nil {
		files = append(files, secretsFile)
	}
	return files
}

// Uploads says whether a file of the app's folder belongs on the stage: the app's Python and what it
// reads, its options and its packages. Left out are what makes the app (SQL, tests, the answers),
// what another runtime would read, caches, and secrets that lie on a developer's machine. The path
// is relative to the folder, with slashes.
func (a App) Uploads(file string) bool {
	return a.belongs(file) && (file == secretsFile || credentialFile(path.Base(file)) == "")
}

// belongs is Uploads before a look at whether the name is that of a credential.
func (a App) belongs(file string) bool {
	if file != path.Clean(file) || path.IsAbs(file) || file == "." || file == ".." || strings.HasPrefix(file, "../") {
		return false
	}
	dirs := strings.Split(file, "/")
	name := dirs[len(dirs)-1]
	dirs = dirs[:len(dirs)-1]
	if len(dirs) > 0 && workingFolder(dirs) || slices.ContainsFunc(dirs, cacheFolder) {
		return false
	}
	if len(dirs) > 0 && dirs[len(dirs)-1] == streamlitDir {
		return a.uploadsOption(file, name)
	}
	if len(dirs) == 0 && slices.Contains([]string{AnswersFile, projectYML, "snowflake.local.yml", "MIGRATION.md"}, name) {
		return false
	}
	if ListsPackages(name) {
		return a.uploadsPackages(file)
	}
	return !stray(name)
}

// uploadsOption decides about a file in a .streamlit folder. A secrets.toml goes up only where sleet
// writes it: any other may hold the secrets of a developer.
func (a App) uploadsOption(file, name string) bool {
	switch {
	case strings.HasPrefix(name, "secrets"):
		r := a.Resolve()
		return file == secretsFile && secretsTOML(r) != nil
	case name == "credentials.toml": // the address that Streamlit asks for at its first start
		return false
	default:
		return strings.HasSuffix(name, ".toml")
	}
}

// uploadsPackages reports whether the runtime may read a file that lists packages: a warehouse its own
// in the root, a container any from the main file's folder up to the root. Which of them counts depends
// on which are there: packageList decides that.
func (a App) uploadsPackages(file string) bool {
	app := a.Resolve().App
	own := Facts(app.Runtime).PackageFile
	dir, name := path.Dir(file), path.Base(file)
	switch {
	case own != pyprojectFile:
		return file == own
	case name == condaFile, name == LockFile && !a.LocksPackages():
		return false
	default:
		return slices.Contains(packageFolders(app.MainFile), dir)
	}
}

// ListsPackages reports whether a file lists packages for one of the runtimes, by its name.
func ListsPackages(file string) bool {
	return slices.Contains([]string{"pyproject.toml", LockFile, condaFile, pipFile}, file)
}

// workingFolder says whether a folder, given by its parts, is for making the app.
func workingFolder(dirs []string) bool {
	switch dirs[0] {
	case "sql", "tests":
		return true
	case "output": // where the Snowflake CLI gathers what it uploads
		return len(dirs) > 1 && (dirs[1] == "bundle" || dirs[1] == "deploy")
	default:
		return false
	}
}

// cacheFolder says whether a folder anywhere is hidden or made by a tool.
func cacheFolder(name string) bool {
	switch name {
	case streamlitDir:
		return false
	case "__pycache__", "node_modules", "venv":
		return true
	default:
		return strings.HasPrefix(name, ".") || strings.HasSuffix(name, ".egg-info")
	}
}

// stray says whether a file is hidden, compiled or an editor's.
func stray(name string) bool {
	switch path.Ext(name) {
	case ".pyc", ".pyo", ".swp", ".tmp":
		return true
	default:
		return strings.HasPrefix(name, ".") || strings.HasSuffix(name, "~")
	}
}
