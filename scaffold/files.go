package scaffold

// generator makes one file from a resolved App; nil data means that this App has no such file.
type generator struct {
	path func(App) string
	data func(App) []byte
}

func at(path string) func(App) string { return func(App) string { return path } }

// generators are the files of an app in the order in which they are written; sleet.toml, which
// Write puts last, is not among them. locked reports whether uv.lock is there.
func generators(locked bool) []generator {
	return []generator{
		{at(".streamlit/config.toml"), configTOML},
		{at(".streamlit/secrets.toml"), secretsTOML},
		{at("pyproject.toml"), pyprojectTOML},
		{at("environment.yml"), environmentYML},
		{func(a App) string { return a.App.MainFile }, appPython},
		{at("snowflake.yml"), func(a App) []byte { return snowflakeYML(a, locked) }},
		{at("sql/setup.sql"), SetupSQL},
		{at("sql/teardown.sql"), TeardownSQL},
		{at("tests/test_app.py"), testPython},
		{at(".gitignore"), gitignore},
	}
}

// Files returns everything sleet writes for the App but sleet.toml and uv.lock, as it is before uv.lock is there. It
// is a pure function: the same App gives the same bytes.
func Files(a App) []File { return FilesLocked(a, false) }

// FilesLocked returns Files as they are with or without uv.lock in the folder: snowflake.yml lists it once it is
// there.
func FilesLocked(a App, locked bool) []File {
	r := a.Resolve()
	var files []File
	for _, g := range generators(locked) {
		if data := g.data(r); data != nil {
			files = append(files, File{Path: g.path(r), Data: data})
		}
	}
	return files
}
