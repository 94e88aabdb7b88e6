package generate

import (
	"sleet/scaffold"
	"sleet/scaffold/resources"
)

// Generator makes one file from a resolved App. Nil data means that the App does not have the file.
type Generator struct {
	Path func(scaffold.App) string
	data func(scaffold.App) []byte
}

func at(path string) func(scaffold.App) string { return func(scaffold.App) string { return path } }

// Generators returns the generators of an app's files in the order in which they are written.
// sleet.toml, which is written last, is not included. locked reports whether uv.lock exists.
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

// Files returns everything that sleet writes for the App except sleet.toml and uv.lock, in the
// state without uv.lock. It is a pure function: the same App returns the same bytes.
func Files(a scaffold.App) []scaffold.File { return FilesLocked(a, false) }

// FilesLocked is like Files for a folder with or without uv.lock, which snowflake.yml lists if it
// exists.
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
