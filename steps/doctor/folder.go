package doctor

import (
	"path"
	"slices"
	"strings"

	"sleet/scaffold"
	"sleet/scaffold/existing"
	"sleet/snowflake"
)

// NameOf returns an app's qualified name from its folder, according to sleet.toml or else snowflake.yml. The session
// provides missing parts, and the folder's name is the app's name if sleet.toml has none. ok is false if no file names
// the app.
// https://docs.snowflake.com/en/developer-guide/snowflake-cli/streamlit-apps/manage-apps/initialize-app
func NameOf(app *existing.App, folder string, session snowflake.Context) (name snowflake.Name, ok bool) {
	database, schema := snowflake.FromStored(session.Database), snowflake.FromStored(session.Schema)
	or := func(given, fallback string) string {
		if given == "" {
			return fallback
		}
		return given
	}
	if app.Answers != nil {
		answers := *app.Answers
		answers.Folder = folder
		r := answers.Resolve()
		return snowflake.ObjectIn(or(r.App.Database, database), or(r.App.Schema, schema), r.App.Name), true
	}
	for _, project := range projectsOf(app) {
		root := existing.YAML(project.Text)
		entities, _ := root.Get("entities")
		for _, entity := range project.Entities {
			node, found := entities.Value.Get(entity)
			if !found {
				continue
			}
			identifier, given := node.Value.Get("identifier")
			object := func(key string) string {
				e, _ := identifier.Value.Get(key)
				return e.Value.Scalar()
			}
			switch text := identifier.Value.Scalar(); {
			case !given:
				return snowflake.ObjectIn(database, schema, entity), true
			case text != "":
				return snowflake.ObjectIn(database, schema, text), true
			default:
				return snowflake.ObjectIn(or(object("database"), database), or(object("schema"), schema), object("name")), true
			}
		}
		if old, found := root.Get("streamlit"); found { // version 1
			name, _ := old.Value.Get("name")
			if text := name.Value.Scalar(); text != "" {
				return snowflake.ObjectIn(database, schema, text), true
			}
		}
	}
	return snowflake.Name{}, false
}

// projectsOf returns the Snowflake CLI's project files that declare an app, in order.
func projectsOf(app *existing.App) []existing.Project {
	var paths []string
	for p := range app.Projects {
		paths = append(paths, p)
	}
	slices.Sort(paths)
	list := make([]existing.Project, 0, len(paths))
	for _, p := range paths {
		list = append(list, app.Projects[p])
	}
	return list
}

// ChangedFiles returns the files of a folder that are missing or different in the account. Binary files are compared by
// presence only.
func ChangedFiles(app *existing.App, runtime scaffold.Runtime, there map[string][]byte) []string {
	var list []string
	for _, p := range app.Sources(runtime) {
		name := strings.TrimPrefix(p, app.Root+"/")
		if app.Root == "." {
			name = p
		}
		data, has := there[name]
		if app.UploadedElsewhere(p) {
			data, has = there[path.Base(p)]
		}
		text, read := app.Files[p]
		if file := app.Python[p]; !read && file != nil {
			text, read = file.Text, true
		}
		if !has || read && data != nil && string(text) != string(data) {
			list = append(list, name)
		}
	}
	slices.Sort(list)
	return list
}
