package scaffold

// generator makes one file from a resolved App; nil data means that this App has no such file.
type generator struct {
	path func(App) string
	data func(App) []byte
}

func at(path string) func(App) string { return func(App) string { return path } }

// generators are the files of an app in the order in which they are written; sleet.toml, which
// Write puts last, is not among them.
func generators() []generator {
	return []generator{
		{at(".streamlit/config.toml"), configTOML},
		{at(".streamlit/secrets.toml"), secretsTOML},
		{at("pyproject.toml"), pyprojectTOML},
		{at("environment.yml"), environmentYML},
		{func(a App) string { return a.App.MainFile }, appPython},
		{at("snowflake.yml"), snowflakeYML},
		{at("sql/setup.sql"), SetupSQL},
		{at("sql/teardown.sql"), TeardownSQL},
		{at("tests/test_app.py"), testPython},
		{at(".gitignore"), gitignore},
	}
}

// Files gives everything sleet writes for the App but sleet.toml and uv.lock. It is a pure
// function: the same App gives the same bytes.
func Files(a App) []File {
	r := a.Resolve()
	var files []File
	for _, g := range generators() {
		if data := g.data(r); data != nil {
			files = append(files, File{Path: g.path(r), Data: data})
		}
	}
	return files
}
