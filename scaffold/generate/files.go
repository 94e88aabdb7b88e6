package generate

import (
	"sleet/scaffold"
	"sleet/scaffold/resources"
)

// Generator makes one file from a resolved App; nil data means that this App has no such file.
type Generator struct {
	Path func(scaffold.App) string
	data func(scaffold.App) []byte
}

func at(path string) func(scaffold.App) string { return func(scaffold.App) string { return path } }

// Generators are the files of an app in the order in which they are written; sleet.toml, which
// Write puts last, is not among them. locked reports whether uv.lock is there.
func Generators(locked bool) []Generator {
	return []Generator{
		{at(".streamlit/config.toml"), configTOML},
		{at(".streamlit/secrets.toml"), SecretsTOML},
		{at("pyproject.toml"), pyprojectTOML},
		{at("environment.yml"), environmentYML},
		{func(a scaffold.App) string { return a.App.MainFile }, AppPython},
		{at("snowflake.yml"), func(a scaffold.App) []byte { return snowflakeYML(a, locked) }},
		{at("sql/setup.sql"), resources.SetupSQL},
		{at("sql/teardown.sql"), resources.TeardownSQL},
		{at("tests/test_app.py"), testPython},
		{at(".gitignore"), gitignore},
	}
}

// Files returns everything sleet writes for the App but sleet.toml and uv.lock, as it is before uv.lock is there. It
// is a pure function: the same App gives the same bytes.
func Files(a scaffold.App) []scaffold.File { return FilesLocked(a, false) }

// FilesLocked returns Files as they are with or without uv.lock in the folder: snowflake.yml lists it once it is
// there.
func FilesLocked(a scaffold.App, locked bool) []scaffold.File {
	r := a.Resolve()
	var files []scaffold.File
	for _, g := range Generators(locked) {
		if data := g.data(r); data != nil {
			files = append(files, scaffold.File{Path: g.Path(r), Data: data})
		}
	}
	return files
}
