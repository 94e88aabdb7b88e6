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

// MaxEnvironments is how many environments an app may have.
const MaxEnvironments = 50

// environmentName matches the names of environments. They become part of file and job names
// unchanged.
var environmentName = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9_-]*$`) })

// overlayTables returns the tables that an environment can overlay.
func overlayTables() []Table {
	return slices.DeleteFunc(Schema(), func(t Table) bool { return t.Name == envTable || t.Name == "written" })
}

// Environments returns the names of an app's environments, sorted.
func Environments(a scaffold.App) []string { return slices.Sorted(maps.Keys(a.Envs)) }

// EnvironmentError reports a name that is not an environment of the app.
type EnvironmentError struct {
	Name string
	// Known are the names of the app's environments.
	Known []string
}

// Error returns the message in English.
func (e *EnvironmentError) Error() string { return e.Message().String() }

// Message returns the message.
func (e *EnvironmentError) Message() message.Message {
	if len(e.Known) == 0 {
		return message.New("problem.answers.no_envs", "env", message.Quote(e.Name))
	}
	return message.New("problem.answers.no_env", "env", message.Quote(e.Name), "envs", strings.Join(e.Known, ", "))
}

// InEnvironment returns the answers with an environment applied. An empty name returns them
// unchanged. The error is an *EnvironmentError.
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
	if err := r.first(); err != nil { // parsed answers have no errors
		return a, err
	}
	return b, nil
}

// env stores [env] unchanged. environments checks it once all other answers are known.
func (r *reader) env(a *scaffold.App, table map[string]any) { a.Envs = table }

// environments applies each environment to the other answers to find its errors.
func (r *reader) environments(a scaffold.App) {
	if r.tooMany(envTable, len(a.Envs), MaxEnvironments) {
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

// environment applies one environment to the other answers.
func (r *reader) environment(a *scaffold.App, path string, table map[string]any) {
	tables := overlayTables()
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
			a.Values = mergeTables(a.Values, v)
		default:
			r.table(a, t, table[name])
		}
	}
}

// notOverlaid records an error for a name that is not a table an environment can overlay.
func (r *reader) notOverlaid(path, name string, tables []Table) {
	names := make([]string, 0, len(tables))
	for _, t := range tables {
		names = append(names, t.Name)
	}
	fix := message.New("problem.answers.env_tables", "tables", strings.Join(names, ", "))
	if t, key := tableWithKey(name); key != "" {
		fix = message.New("problem.answers.write", "text", t.Name+"."+key+" = …")
	}
	r.wrongKey(textedit.Under(path, name), message.New("problem.answers.unknown_in", "key", message.Quote(name), "table", "["+path+"]"), fix)
}

// overlaySecrets overlays declared secrets, matched by their keys.
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

// mergeTables overlays a table on another: tables are merged, other values replaced.
func mergeTables(under, over map[string]any) map[string]any {
	all := maps.Clone(under)
	if all == nil {
		all = map[string]any{}
	}
	for key, value := range over {
		low, isLow := all[key].(map[string]any)
		high, isHigh := value.(map[string]any)
		if isLow && isHigh {
			value = mergeTables(low, high)
		}
		all[key] = value
	}
	return all
}

// envShape returns the schema of [env]: each environment has the other tables, and only a secret's
// key is required.
func envShape(d describer, _ Table) jsonSchema {
	properties := jsonSchema{}
	for _, t := range overlayTables() {
		properties[t.Name] = d.describe(t.shape(d), t.Name)
	}
	return jsonSchema{
		"type": "object", "additionalProperties": false,
		"patternProperties": jsonSchema{
			environmentName().String(): jsonSchema{"type": "object", "properties": properties, "additionalProperties": false},
		},
	}
}
