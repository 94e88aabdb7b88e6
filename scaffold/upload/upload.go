package upload

import (
	"path"
	"slices"
	"strings"

	"sleet/scaffold"
)

// uploadClass is what the path of a file says about its upload. What is not known is not sent.
type uploadClass int

const (
	// neverSent are hidden files, caches, answers, secrets: nothing sends them.
	neverSent uploadClass = iota
	// sentByName is what an app is made of: Python, its packages, its options, its assets.
	sentByName
	// sentWhenNamed is everything else: it is sent where the app's code or snowflake.yml names it.
	sentWhenNamed
	// otherPackages lists packages for another runtime than the app's.
	otherPackages
)

// uploadRule is a row of the table of an app's files.
type uploadRule struct {
	class uploadClass
	fits  func(a scaffold.App, p uploadPath) bool
}

// uploadPath is a path of the app's folder in its parts.
type uploadPath struct {
	file, name, ext string
	dirs            []string
}

// under reports whether one of the file's folders has one of these names.
func (p uploadPath) under(names ...string) bool {
	return slices.ContainsFunc(p.dirs, func(dir string) bool { return slices.Contains(names, strings.ToLower(dir)) })
}

// uploadRules is the table: the first row that fits decides, and a file that none fits is sent when it is named.
var uploadRules = []uploadRule{
	{neverSent, func(_ scaffold.App, p uploadPath) bool {
		return gathered(p.dirs) || slices.ContainsFunc(p.dirs, cacheFolder)
	}},
	{sentByName, option},
	{neverSent, func(_ scaffold.App, p uploadPath) bool {
		return len(p.dirs) > 0 && p.dirs[len(p.dirs)-1] == scaffold.StreamlitDir && leftAlone(p.name)
	}},
	{sentWhenNamed, func(_ scaffold.App, p uploadPath) bool {
		return len(p.dirs) > 0 && p.dirs[len(p.dirs)-1] == scaffold.StreamlitDir
	}},
	{neverSent, func(_ scaffold.App, p uploadPath) bool { return makesApp(p) || stray(p.name) }},
	{sentWhenNamed, func(_ scaffold.App, p uploadPath) bool { return workingFolder(p.dirs) }},
	{otherPackages, func(a scaffold.App, p uploadPath) bool { return ListsPackages(p.name) && !uploadsPackages(a, p.file) }},
	{sentByName, func(_ scaffold.App, p uploadPath) bool { return ListsPackages(p.name) }},
	{sentByName, func(_ scaffold.App, p uploadPath) bool { return p.ext == ".py" || slices.Contains(assets, p.ext) }},
	// Streamlit serves what is in static, and components bring their front end along as a build.
	// https://docs.streamlit.io/develop/concepts/configuration/serving-static-files
	{sentByName, func(_ scaffold.App, p uploadPath) bool { return p.under("static") && credentialFile(p.name) == "" }},
}

// assets are the kinds of files that apps show, serve and read as data. Files of settings are not among them (.toml, .yaml, .ini), and
// neither are SQL, documents, archives and data bases: many folders have some that are not the app's.
var assets = []string{
	".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp", ".ico", ".bmp", ".avif", ".tif", ".tiff", // pictures
	".ttf", ".otf", ".woff", ".woff2", // fonts
	".css", ".js", ".mjs", ".map", ".html", ".htm", ".wasm", // pages and components
	".mp3", ".wav", ".ogg", ".flac", ".m4a", ".mp4", ".webm", ".mov", // media
	".csv", ".tsv", ".json", ".jsonl", ".ndjson", ".geojson", ".topojson", ".parquet", ".feather", ".arrow", ".xlsx", // data
	".txt", ".md", // texts
}

// Uploads reports whether a file of the app's folder belongs on the stage by its path alone: the app's
// Python, its assets, its options and its packages. The path is relative to the folder, with slashes.
func Uploads(a scaffold.App, file string) bool { return classOf(a, file) == sentByName }

// MayUpload reports whether a file of the app's folder belongs on the stage where the app's code or
// snowflake.yml names it.
func MayUpload(a scaffold.App, file string) bool {
	class := classOf(a, file)
	return class == sentByName || class == sentWhenNamed
}

// classOf looks a path up in the table.
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

// option reports whether a file has options of Streamlit. Streamlit reads config.toml in the folder that it starts in and in that of
// the main file; a secrets.toml is sent only where sleet writes it, as any other may hold the secrets of a developer.
func option(a scaffold.App, p uploadPath) bool {
	if len(p.dirs) == 0 || p.dirs[len(p.dirs)-1] != scaffold.StreamlitDir {
		return false
	}
	return p.name == "config.toml" || p.file == scaffold.SecretsFile && scaffold.WritesValues(a.Resolve())
}

// leftAlone reports whether a file of a .streamlit folder is the developer's own: secrets, and the address that Streamlit asks for at
// its first start.
func leftAlone(name string) bool {
	name = strings.ToLower(name)
	return strings.HasPrefix(name, "secrets") || strings.HasPrefix(name, "credentials") || stray(name)
}

// makesApp reports whether a file is for making the app, not for running it: one that sleet or the Snowflake CLI reads, or that sleet
// writes for a person to run.
func makesApp(p uploadPath) bool {
	name := strings.ToLower(p.name)
	switch strings.ToLower(strings.Join(p.dirs, "/")) {
	case "":
		return slices.Contains([]string{scaffold.AnswersFile, scaffold.ProjectYML, "snowflake.local.yml", "migration.md"}, name)
	case "sql":
		return slices.Contains([]string{"setup.sql", "teardown.sql", "migrate.sql", "rollback.sql"}, name) ||
			strings.HasPrefix(name, "admin") && p.ext == ".sql"
	case "tests":
		return name == "test_app.py"
	default:
		return false
	}
}

// uploadsPackages reports whether the runtime may read a file that lists packages: a warehouse its own
// in the root, a container any from the main file's folder up to the root. Which of them counts depends
// on which are there: packageList decides that.
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

// ListsPackages reports whether a file lists packages for one of the runtimes, by its name.
func ListsPackages(file string) bool {
	return slices.Contains([]string{"pyproject.toml", scaffold.LockFile, scaffold.CondaFile, scaffold.PipFile}, file)
}

// workingFolder reports whether the folders of a file begin with one that is for making the app. On most developers' machines SQL and
// sql are one folder.
func workingFolder(dirs []string) bool {
	return len(dirs) > 0 && slices.Contains([]string{"sql", "tests"}, strings.ToLower(dirs[0]))
}

// gathered reports whether a folder is where the Snowflake CLI gathers what it uploads.
func gathered(dirs []string) bool {
	return len(dirs) > 1 && dirs[0] == "output" && (dirs[1] == "bundle" || dirs[1] == "deploy")
}

// cacheFolder reports whether a folder anywhere is hidden or made by a tool.
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

// stray reports whether a file is hidden, compiled or an editor's.
func stray(name string) bool {
	switch path.Ext(name) {
	case ".pyc", ".pyo", ".swp", ".tmp":
		return true
	default:
		return strings.HasPrefix(name, ".") || strings.HasSuffix(name, "~")
	}
}
