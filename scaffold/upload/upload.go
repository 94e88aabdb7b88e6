package upload

import (
	"path"
	"slices"
	"strings"

	"sleet/scaffold"
)

// uploadClass reports whether a file is uploaded, according to its path. Unknown files are not.
type uploadClass int

const (
	// neverSent are hidden files, caches, answers and secrets.
	neverSent uploadClass = iota
	// sentByName are the usual files of an app: Python, package lists, options, assets.
	sentByName
	// sentWhenNamed are all other files: they are uploaded if the app's code or snowflake.yml names
	// them.
	sentWhenNamed
	// otherPackages are package lists of another runtime.
	otherPackages
)

// uploadRule is a row of the table of upload rules.
type uploadRule struct {
	class uploadClass
	fits  func(a scaffold.App, p uploadPath) bool
}

// uploadPath is a path in the app's folder, split into its parts.
type uploadPath struct {
	file, name, ext string
	dirs            []string
}

// under reports whether any folder of the path has one of these names.
func (p uploadPath) under(names ...string) bool {
	return slices.ContainsFunc(p.dirs, func(dir string) bool { return slices.Contains(names, strings.ToLower(dir)) })
}

// uploadRules is the table of rules. The first one that fits decides; a file that none fits is
// uploaded if it is named.
var uploadRules = []uploadRule{
	{neverSent, func(_ scaffold.App, p uploadPath) bool {
		return bundleFolder(p.dirs) || slices.ContainsFunc(p.dirs, cacheFolder)
	}},
	{sentByName, option},
	{neverSent, func(_ scaffold.App, p uploadPath) bool {
		return len(p.dirs) > 0 && p.dirs[len(p.dirs)-1] == scaffold.StreamlitDir && developerFile(p.name)
	}},
	{sentWhenNamed, func(_ scaffold.App, p uploadPath) bool {
		return len(p.dirs) > 0 && p.dirs[len(p.dirs)-1] == scaffold.StreamlitDir
	}},
	{neverSent, func(_ scaffold.App, p uploadPath) bool { return makesApp(p) || stray(p.name) }},
	{sentWhenNamed, func(_ scaffold.App, p uploadPath) bool { return workingFolder(p.dirs) }},
	{otherPackages, func(a scaffold.App, p uploadPath) bool { return ListsPackages(p.name) && !uploadsPackages(a, p.file) }},
	{sentByName, func(_ scaffold.App, p uploadPath) bool { return ListsPackages(p.name) }},
	{sentByName, func(_ scaffold.App, p uploadPath) bool { return p.ext == ".py" || slices.Contains(assets, p.ext) }},
	// Streamlit serves the files in static, and components include their built front end.
	// https://docs.streamlit.io/develop/concepts/configuration/serving-static-files
	{sentByName, func(_ scaffold.App, p uploadPath) bool { return p.under("static") && credentialFile(p.name) == "" }},
}

// assets are the extensions of files that apps display, serve or read as data. They exclude
// configuration (.toml, .yaml, .ini), SQL, documents, archives and databases: many folders have
// some that do not belong to the app.
var assets = []string{
	".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp", ".ico", ".bmp", ".avif", ".tif", ".tiff", // pictures
	".ttf", ".otf", ".woff", ".woff2", // fonts
	".css", ".js", ".mjs", ".map", ".html", ".htm", ".wasm", // pages and components
	".mp3", ".wav", ".ogg", ".flac", ".m4a", ".mp4", ".webm", ".mov", // media
	".csv", ".tsv", ".json", ".jsonl", ".ndjson", ".geojson", ".topojson", ".parquet", ".feather", ".arrow", ".xlsx", // data
	".txt", ".md", // texts
}

// Uploads reports whether a file of the app's folder is uploaded by its path alone: Python, assets,
// options and package lists. file is relative to the folder, with slashes.
func Uploads(a scaffold.App, file string) bool { return classOf(a, file) == sentByName }

// UploadsIfNamed reports whether a file of the app's folder is uploaded if the app's code or
// snowflake.yml names it.
func UploadsIfNamed(a scaffold.App, file string) bool {
	class := classOf(a, file)
	return class == sentByName || class == sentWhenNamed
}

// classOf returns the class of a path according to the table.
func classOf(a scaffold.App, file string) uploadClass {
	if file != path.Clean(file) || path.IsAbs(file) || file == "." || file == ".." || strings.HasPrefix(file, "../") {
		return neverSent
	}
	dirs := strings.Split(file, "/")
	p := uploadPath{file: file, name: dirs[len(dirs)-1], dirs: dirs[:len(dirs)-1]}
	p.ext = strings.ToLower(path.Ext(p.name))
	for _, rule := range uploadRules {
		if rule.fits(a, p) {
			return rule.class
		}
	}
	return sentWhenNamed
}

// option reports whether a file contains Streamlit options. Streamlit reads config.toml in the
// working directory and in the main file's folder. A secrets.toml is uploaded only where sleet
// writes it, since any other may contain a developer's secrets.
func option(a scaffold.App, p uploadPath) bool {
	if len(p.dirs) == 0 || p.dirs[len(p.dirs)-1] != scaffold.StreamlitDir {
		return false
	}
	return p.name == "config.toml" || p.file == scaffold.SecretsFile && scaffold.WritesValues(a.Resolve())
}

// developerFile reports whether a file in a .streamlit folder belongs to the developer: secrets, and
// credentials.toml, which holds the e-mail address that Streamlit asks for at its first start.
func developerFile(name string) bool {
	name = strings.ToLower(name)
	return strings.HasPrefix(name, "secrets") || strings.HasPrefix(name, "credentials") || stray(name)
}

// makesApp reports whether a file is for building the app, not for running it: one that sleet or
// the Snowflake CLI reads, or a script that sleet writes for a person to run.
func makesApp(p uploadPath) bool {
	name := strings.ToLower(p.name)
	switch strings.ToLower(strings.Join(p.dirs, "/")) {
	case "":
		return slices.Contains([]string{scaffold.AnswersFile, scaffold.SchemaFile, scaffold.ProjectYML, "snowflake.local.yml", "migration.md"}, name)
	case "sql":
		return slices.Contains([]string{"setup.sql", "teardown.sql", "migrate.sql", "rollback.sql"}, name) ||
			strings.HasPrefix(name, "admin") && p.ext == ".sql"
	case "tests":
		return name == "test_app.py"
	default:
		return false
	}
}

// uploadsPackages reports whether the runtime may read a package list: a warehouse only its own in
// the root, a container any from the main file's folder up to the root. packageList decides which
// of several is used.
func uploadsPackages(a scaffold.App, file string) bool {
	app := a.Resolve().App
	own := scaffold.Facts(app.Runtime).PackageFile
	dir, name := path.Dir(file), path.Base(file)
	switch {
	case own != scaffold.PyprojectFile:
		return file == own
	case name == scaffold.CondaFile, name == scaffold.LockFile && !a.LocksPackages():
		return false
	default:
		return slices.Contains(scaffold.PackageFolders(app.MainFile), dir)
	}
}

// ListsPackages reports whether a file name is that of a package list of any runtime.
func ListsPackages(file string) bool {
	return slices.Contains([]string{"pyproject.toml", scaffold.LockFile, scaffold.CondaFile, scaffold.PipFile}, file)
}

// workingFolder reports whether the first folder of a path is only for building the app. It ignores
// case because SQL and sql are the same folder on most developers' machines.
func workingFolder(dirs []string) bool {
	return len(dirs) > 0 && slices.Contains([]string{"sql", "tests"}, strings.ToLower(dirs[0]))
}

// bundleFolder reports whether the Snowflake CLI collects its uploads in a folder.
func bundleFolder(dirs []string) bool {
	return len(dirs) > 1 && dirs[0] == "output" && (dirs[1] == "bundle" || dirs[1] == "deploy")
}

// cacheFolder reports whether a folder with this name is hidden or made by a tool.
func cacheFolder(name string) bool {
	switch name {
	case scaffold.StreamlitDir:
		return false
	case "__pycache__", "node_modules", "venv":
		return true
	default:
		return strings.HasPrefix(name, ".") || strings.HasSuffix(name, ".egg-info")
	}
}

// stray reports whether a file is hidden, compiled or an editor's temporary file.
func stray(name string) bool {
	switch path.Ext(name) {
	case ".pyc", ".pyo", ".swp", ".tmp":
		return true
	default:
		return strings.HasPrefix(name, ".") || strings.HasSuffix(name, "~")
	}
}
