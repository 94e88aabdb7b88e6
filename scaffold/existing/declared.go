package existing

import (
	"cmp"
	"errors"
	"path"
	"slices"
	"strings"

	"github.com/goccy/go-yaml"

	"sleet/scaffold"
	"sleet/scaffold/answers"
	"sleet/ui/message"
)

// declared is an app that a file declares.
type declared struct {
	root, main string
	// named reports whether the file names the main file, which then need not exist.
	named   bool
	runtime scaffold.Runtime
	answers *scaffold.App
	// project is the Snowflake CLI file that declares the app, entity the app's key in it.
	project, entity string
	// mapped maps paths under which the project uploads files to the paths of the files.
	mapped map[string]string
}

// fromAnswers reads sleet.toml. The app's root is its folder.
func (r *reading) fromAnswers(p string) []declared {
	d := declared{root: path.Dir(p)}
	app, err := answers.Parse(p, r.files[p])
	if err != nil {
		var broken *answers.ParseError
		if !r.broken[p] && errors.As(err, &broken) {
			r.skip(p, broken.Line, message.New("finding.skipped.answers", "why", broken.Why))
		}
		d.main = path.Join(d.root, scaffold.DefaultMainFile)
		return []declared{d}
	}
	resolved := app.Resolve()
	d.named = app.App.MainFile != ""
	d.main, d.runtime, d.answers = path.Join(d.root, resolved.App.MainFile), resolved.App.Runtime, &app
	return []declared{d}
}

// project is the part of snowflake.yml about apps, for both versions.
// https://docs.snowflake.com/en/developer-guide/snowflake-cli/project-definitions/about
type project struct {
	Entities  map[string]projectApp `yaml:"entities"`
	Streamlit *projectApp           `yaml:"streamlit"`
}

type projectApp struct {
	Type        string `yaml:"type"`
	MainFile    string `yaml:"main_file"`
	RuntimeName string `yaml:"runtime_name"`
	RunMode     string `yaml:"run_mode"` // Snowsight's Workspaces write it in place of runtime_name
	EnvFile     string `yaml:"env_file"` // only version 1
	// entity is the key of the app in version 2.
	entity string
}

// runsInContainers is the run_mode of an app that runs in a container, on Snowpark Container Services.
const runsInContainers = "SpcsOnly"

// runtime returns the runtime that an app names, "" if it names none.
func (a projectApp) runtime() scaffold.Runtime {
	if a.RuntimeName == "" && a.RunMode == runsInContainers {
		return scaffold.Container
	}
	return scaffold.RuntimeNamed(a.RuntimeName)
}

// fromProject reads snowflake.yml. The root of a single app is the file's folder; with several apps, each has the
// folder of its main file.
func (r *reading) fromProject(p string) []declared {
	var file project
	if r.broken[p] || yaml.Unmarshal(r.files[p], &file) != nil {
		return nil
	}
	var list []projectApp
	if file.Streamlit != nil {
		list = append(list, *file.Streamlit)
	}
	for _, key := range sortedKeys(file.Entities) {
		if app := file.Entities[key]; app.Type == "streamlit" {
			app.entity = key
			list = append(list, app)
		}
	}
	entities, _ := YAML(r.files[p]).Get("entities")
	var apps []declared
	for _, app := range list {
		named := app.MainFile != ""
		app.MainFile = cmp.Or(app.MainFile, scaffold.DefaultMainFile)
		d := declared{
			root: path.Dir(p), main: path.Join(path.Dir(p), app.MainFile), runtime: app.runtime(), project: p, entity: app.entity, named: named,
		}
		entity, _ := entities.Value.Get(app.entity)
		artifacts, _ := entity.Value.Get("artifacts")
		moved := ""
		if !slices.Contains(r.paths, d.main) {
			moved = cmp.Or(r.movedTo(path.Dir(p), app.MainFile, artifacts.Value), r.onlyNamed(path.Dir(p), app.MainFile))
		}
		d.main = cmp.Or(moved, d.main)
		d.mapped = mapped(path.Dir(p), app.EnvFile, artifacts.Value)
		if len(list) > 1 || moved != "" || !Inside(d.root, d.main) {
			d.root = path.Dir(d.main)
		}
		apps = append(apps, d)
	}
	return apps
}

// mapped returns the files that artifacts, or env_file in version 1, upload under another path.
func mapped(dir, envFile string, artifacts YAMLNode) map[string]string {
	files := map[string]string{}
	if envFile != "" && path.Base(envFile) == scaffold.CondaFile {
		files[scaffold.CondaFile] = path.Join(dir, envFile)
	}
	for _, item := range artifacts.Items() {
		src, _ := item.Get("src")
		dest, _ := item.Get("dest")
		from, to := src.Value.Scalar(), dest.Value.Scalar()
		if from != "" && to != "" && !strings.ContainsAny(from, "*?[") {
			files[destination(from, to, from)] = path.Join(dir, from)
		}
	}
	return files
}

// movedTo returns the file that artifacts upload to a path relative to the app, according to their dest.
func (r *reading) movedTo(dir, target string, artifacts YAMLNode) string {
	for _, item := range artifacts.Items() {
		src, _ := item.Get("src")
		dest, given := item.Get("dest")
		if !given || src.Value.Scalar() == "" {
			continue
		}
		for _, p := range r.paths {
			if rest, ok := strings.CutPrefix("/"+p, strings.TrimSuffix("/"+dir, "/.")+"/"); ok &&
				destination(src.Value.Scalar(), dest.Value.Scalar(), rest) == path.Clean(target) {
				return p
			}
		}
	}
	return ""
}

// onlyNamed returns the only file below a folder with the name of a main file that is not where the project says: the
// folder may be flattened.
func (r *reading) onlyNamed(dir, main string) string {
	found := ""
	for _, p := range r.paths {
		if path.Base(p) != path.Base(main) || !Inside(dir, p) {
			continue
		}
		if found != "" {
			return ""
		}
		found = p
	}
	return found
}

// destination returns the path to which an artifact pattern with a dest uploads a file, "" if it does not match.
func destination(src, dest, file string) string {
	all := parts(file)
	for i := range all {
		match := path.Join(all[:i+1]...)
		if ok, err := path.Match(path.Clean(src), match); err != nil || !ok {
			continue
		}
		if strings.HasSuffix(dest, "/") || dest == "." {
			dest = path.Join(dest, path.Base(match))
		}
		return path.Join(append([]string{dest}, all[i+1:]...)...)
	}
	return ""
}

// fromSQL reads the CREATE STREAMLIT statements of a file. Their paths on a stage do not match paths in the folder, so
// a main file is searched by name, starting near the SQL file.
func (r *reading) fromSQL(p string) []declared {
	var apps []declared
	for _, made := range createStreamlits(r.files[p]) {
		name := strings.TrimPrefix(path.Clean("/"+made.mainFile), "/")
		if main := r.nearest(p, name); main != "" {
			root := strings.TrimSuffix(strings.TrimSuffix(main, name), "/")
			if root == "" {
				root = "."
			}
			apps = append(apps, declared{root: root, main: main, runtime: scaffold.RuntimeNamed(made.runtime)})
		}
	}
	return apps
}

// nearest returns the file whose path ends in name with the fewest folders between it and another file, and the first
// of several.
func (r *reading) nearest(from, name string) string {
	best, least := "", 0
	for _, p := range r.paths {
		if p != name && !strings.HasSuffix(p, "/"+name) {
			continue
		}
		if d := distance(path.Dir(from), path.Dir(p)); best == "" || d < least {
			best, least = p, d
		}
	}
	return best
}

// distance returns the number of steps from one folder to another.
func distance(a, b string) int {
	x, y := parts(a), parts(b)
	same := 0
	for same < len(x) && same < len(y) && x[same] == y[same] {
		same++
	}
	return len(x) + len(y) - 2*same
}

func parts(dir string) []string {
	if dir == "." {
		return nil
	}
	return strings.Split(dir, "/")
}
