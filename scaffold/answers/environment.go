package answers

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"sync"

	"sleet/scaffold"
	"sleet/scaffold/textedit"
	"sleet/ui/message"
)

// envTable is the table whose tables overlay the others.
const envTable = "env"

// MostEnvironments is how many environments an app may have.
const MostEnvironments = 50

// environmentName matches the names of environments. They go into the names of files and of jobs as they are.
var environmentName = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9_-]*$`) })

// overlaid are the tables that an environment can overlay.
func overlaid() []Table {
	return slices.DeleteFunc(Schema(), func(t Table) bool { return t.Name == envTable || t.Name == "written" })
}

// Environments are the names of an app's environments, in order.
func Environments(a scaffold.App) []string { return slices.Sorted(maps.Keys(a.Envs)) }

// EnvironmentError reports a name that is not an environment of the app.
type EnvironmentError struct {
	Name string
	// Known are those that there are.
	Known []string
}

// Error returns the words in English.
func (e *EnvironmentError) Error() string { return e.Says().String() }

// Says returns the words.
func (e *EnvironmentError) Says() message.Message {
	if len(e.Known) == 0 {
		return message.New("problem.answers.no_envs", "env", message.Quote(e.Name))
	}
	return message.New("problem.answers.no_env", "env", message.Quote(e.Name), "envs", strings.Join(e.Known, ", "))
}

// InEnvironment returns the answers as they are in an environment; an empty name is the app as it is. The error is an
// *EnvironmentError.
func InEnvironment(a scaffold.App, name string) (scaffold.App, error) {
	if name == "" {
		return a, nil
	}
	table, ok := a.Envs[name].(map[string]any)
	if !ok {
		return a, &EnvironmentError{Name: name, Known: Environments(a)}
	}
	r := reader{}
	b := a.Clone()
	r.environment(&b, envTable+"."+name, table)
	if err := r.first(); err != nil { // what was parsed has none
		return a, err
	}
	return b, nil
}

// env takes [env] as it is; environments reports what is wrong with it once all other answers are known.
func (r *reader) env(a *scaffold.App, table map[string]any) { a.Envs = table }

// environments reads each environment over the other answers, for what is wrong with it.
func (r *reader) environments(a scaffold.App) {
	if r.tooMany(envTable, len(a.Envs), MostEnvironments) {
		return
	}
	for _, name := range slices.Sorted(maps.Keys(a.Envs)) {
		path := textedit.Under(envTable, name)
		table, isTable := a.Envs[name].(map[string]any)
		switch {
		case !environmentName().MatchString(name):
			r.wrongKey(path, message.New("problem.answers.env_name", "env", message.Quote(name)), message.New("problem.answers.env_name.fix"))
		case !isTable:
			r.wrongKey(path, message.New("problem.answers.table", "path", path, "kind", kindText(a.Envs[name])), message.New("problem.answers.env_head"))
		default:
			b := a.Clone()
			r.environment(&b, path, table)
		}
	}
}

// environment reads one environment over the other answers.
func (r *reader) environment(a *scaffold.App, path string, table map[string]any) {
	tables := overlaid()
	for _, name := range slices.Sorted(maps.Keys(table)) {
		i := slices.IndexFunc(tables, func(t Table) bool { return t.Name == name })
		if i < 0 {
			r.notOverlaid(path, name, tables)
			continue
		}
		t := tables[i]
		t.Name = path + "." + name
		switch v, isTable := table[name].(map[string]any); {
		case t.List:
			r.overlaySecrets(a, t, table[name])
		case name == "values" && isTable:
			a.Values = merged(a.Values, v)
		default:
			r.table(a, t, table[name])
		}
	}
}

// notOverlaid notes a name that is not a table an environment can overlay.
func (r *reader) notOverlaid(path, name string, tables []Table) {
	names := make([]string, 0, len(tables))
	for _, t := range tables {
		names = append(names, t.Name)
	}
	fix := message.New("problem.answers.env_tables", "tables", strings.Join(names, ", "))
	if t, key := holder(name); key != "" {
		fix = message.New("problem.answers.write", "text", t.Name+"."+key+" = …")
	}
	r.wrongKey(textedit.Under(path, name), message.New("problem.answers.unknown_in", "key", message.Quote(name), "table", "["+path+"]"), fix)
}

// overlaySecrets overlays the secrets that are declared, each the one of its key.
func (r *reader) overlaySecrets(a *scaffold.App, t Table, v any) {
	var own scaffold.App
	before := len(r.errs)
	r.list(&own, t, v)
	if len(r.errs) > before {
		return
	}
	list, _ := v.([]any)
	for i, s := range own.Secrets {
		at := slices.IndexFunc(a.Secrets, func(have scaffold.SecretDecl) bool { return strings.EqualFold(have.Key, s.Key) })
		table, isTable := list[i].(map[string]any)
		if at < 0 || !isTable || s.Key == "" {
			r.wrong(textedit.Element(t.Name, i), message.New("problem.answers.env_secret", "key", message.Quote(s.Key)), message.New("problem.answers.env_secret.fix"))
			continue
		}
		r.fields(a, t, at, textedit.Element(t.Name, i), table)
		a.Secrets[at].Key = own.Secrets[i].Key
	}
}

// merged lays a table over another: tables are merged, all else is replaced.
func merged(under, over map[string]any) map[string]any {
	all := maps.Clone(under)
	if all == nil {
		all = map[string]any{}
	}
	for key, value := range over {
		low, isLow := all[key].(map[string]any)
		high, isHigh := value.(map[string]any)
		if isLow && isHigh {
			value = merged(low, high)
		}
		all[key] = value
	}
	return all
}

// envShape is the shape of [env]: each environment has the other tables, and needs none of their keys but that of a secret.
func envShape(d describer, _ Table) jsonSchema {
	properties := jsonSchema{}
	for _, t := range overlaid() {
		properties[t.Name] = d.describe(t.shape(d), t.Name)
	}
	return jsonSchema{
		"type": "object", "additionalProperties": false,
		"patternProperties": jsonSchema{
			environmentName().String(): jsonSchema{"type": "object", "properties": properties, "additionalProperties": false},
		},
	}
}
