package answers

import (
	"sleet/scaffold"
)

// Table is one table of sleet.toml.
type Table struct {
	Name string
	// List reports whether it is a list of tables, [[name]].
	List bool
	// fields are its keys. A table without fields accepts every key and is read by read.
	fields []Field
	// read copies an open table into the App.
	read func(*reader, *scaffold.App, map[string]any)
	// open returns the JSON Schema of an open table.
	open func(describer, Table) jsonSchema
}

// shape returns the table's JSON Schema.
func (t Table) shape(d describer) jsonSchema {
	if t.open != nil {
		return t.open(d, t)
	}
	return fieldsShape(d, t)
}

// Field is one answer: its key in the table and its place in the App.
type Field struct {
	key string
	// At returns a pointer to the answer: *string, **string, *bool, *Cortex or *[]string. i is the
	// index in a list of tables.
	At func(a *scaffold.App, i int) any
	// Choices are the only valid values; nil means any text.
	Choices []string
	// pattern is a regular expression for editors. validate.Problems checks texts in full.
	pattern string
	// fixed reports whether every app has the same default, so that editors can show it.
	fixed bool
}

// Schema returns the tables and keys of sleet.toml in the order in which they are written.
func Schema() []Table {
	return []Table{
		{Name: "app", fields: appFields()},
		{Name: "python", fields: pythonFields()},
		{Name: "roles", fields: []Field{
			{key: "owner", At: func(a *scaffold.App, _ int) any { return &a.Roles.Owner }},
			{key: "admin", At: func(a *scaffold.App, _ int) any { return &a.Roles.Admin }, fixed: true},
			{key: "viewers", At: func(a *scaffold.App, _ int) any { return &a.Roles.Viewers }},
		}},
		{Name: "network", fields: []Field{
			{key: "hosts", At: func(a *scaffold.App, _ int) any { return &a.Network.Hosts }, pattern: `^[^\s@/\\?#]+$`},
			{key: "rule", At: func(a *scaffold.App, _ int) any { return &a.Network.Rule }},
			{key: "integration", At: func(a *scaffold.App, _ int) any { return &a.Network.Integration }},
			{key: "rules", At: func(a *scaffold.App, _ int) any { return &a.Network.Rules }},
		}},
		{Name: "secrets", List: true, fields: secretFields()},
		{Name: "config", read: (*reader).config, open: configShape},
		{Name: "values", read: (*reader).values, open: valuesShape},
		{Name: envTable, read: (*reader).env, open: envShape},
		{Name: "written", read: (*reader).written, open: writtenShape},
	}
}

func appFields() []Field {
	return []Field{
		{key: "name", At: func(a *scaffold.App, _ int) any { return &a.App.Name }},
		{key: "title", At: func(a *scaffold.App, _ int) any { return &a.App.Title }},
		{key: "database", At: func(a *scaffold.App, _ int) any { return &a.App.Database }},
		{key: "schema", At: func(a *scaffold.App, _ int) any { return &a.App.Schema }},
		{
			key: "runtime", At: func(a *scaffold.App, _ int) any { return (*string)(&a.App.Runtime) },
			Choices: Choices(scaffold.Container, scaffold.Warehouse), fixed: true,
		},
		{key: "runtime_name", At: func(a *scaffold.App, _ int) any { return &a.App.RuntimeName }},
		{key: "main_file", At: func(a *scaffold.App, _ int) any { return &a.App.MainFile }, fixed: true},
		{key: "query_warehouse", At: func(a *scaffold.App, _ int) any { return &a.App.QueryWarehouse }, fixed: true},
		{key: "compute_pool", At: func(a *scaffold.App, _ int) any { return &a.App.ComputePool }, fixed: true},
		{key: "stage", At: func(a *scaffold.App, _ int) any { return &a.App.Stage }, fixed: true},
		{key: "comment", At: func(a *scaffold.App, _ int) any { return &a.App.Comment }},
		{
			key: "language", At: func(a *scaffold.App, _ int) any { return (*string)(&a.App.Language) },
			Choices: Choices(scaffold.English, scaffold.Japanese), fixed: true,
		},
		{
			key: "cortex", At: func(a *scaffold.App, _ int) any { return &a.App.Cortex },
			Choices: Choices(scaffold.CortexAnalyst, scaffold.CortexAgent),
		},
		{
			key: "rights", At: func(a *scaffold.App, _ int) any { return (*string)(&a.App.Rights) },
			Choices: Choices(scaffold.OwnerRights, scaffold.CallerRights), fixed: true,
		},
	}
}

func pythonFields() []Field {
	return []Field{
		{key: "version", At: func(a *scaffold.App, _ int) any { return &a.Python.Version }, pattern: `^(3\.[0-9]+)?$`, fixed: true},
		{key: "streamlit", At: func(a *scaffold.App, _ int) any { return &a.Python.Streamlit }},
		{key: "packages", At: func(a *scaffold.App, _ int) any { return &a.Python.Packages }},
		{
			key: "source", At: func(a *scaffold.App, _ int) any { return (*string)(&a.Python.Source) },
			Choices: Choices(scaffold.ArtifactRepository, scaffold.PyPIIntegration, scaffold.Preinstalled), fixed: true,
		},
	}
}

func secretFields() []Field {
	return []Field{
		{key: "key", At: func(a *scaffold.App, i int) any { return &a.Secrets[i].Key }, pattern: `^[A-Za-z_][A-Za-z0-9_]*$`},
		{
			key: "type", At: func(a *scaffold.App, i int) any { return (*string)(&a.Secrets[i].Type) },
			Choices: Choices(scaffold.SecretTypes()...), fixed: true,
		},
		{
			key: "flow", At: func(a *scaffold.App, i int) any { return (*string)(&a.Secrets[i].Flow) },
			Choices: Choices(scaffold.ClientCredentials, scaffold.AuthorizationCode),
		},
		{key: "object", At: func(a *scaffold.App, i int) any { return &a.Secrets[i].Object }},
		{key: "existing", At: func(a *scaffold.App, i int) any { return &a.Secrets[i].Existing }},
		{
			key: "access", At: func(a *scaffold.App, i int) any { return (*string)(&a.Secrets[i].Access) },
			Choices: Choices(scaffold.AccessFunction, scaffold.AccessSecrets, scaffold.AccessModule),
		},
		{key: "integration", At: func(a *scaffold.App, i int) any { return &a.Secrets[i].Integration }},
		{key: "scopes", At: func(a *scaffold.App, i int) any { return &a.Secrets[i].Scopes }},
		{key: "comment", At: func(a *scaffold.App, i int) any { return &a.Secrets[i].Comment }},
	}
}

// Choices converts values of a string type to strings.
func Choices[T ~string](all ...T) []string {
	texts := make([]string, len(all))
	for i, c := range all {
		texts[i] = string(c)
	}
	return texts
}

// header returns the header line of the table.
func (t Table) header() string {
	if t.List {
		return "[[" + t.Name + "]]"
	}
	return "[" + t.Name + "]"
}

// Keys returns the keys of the table's fields.
func (t Table) Keys() []string {
	keys := make([]string, len(t.fields))
	for i, f := range t.fields {
		keys[i] = f.key
	}
	return keys
}

// Field returns the field with the given key.
func (t Table) Field(key string) (Field, bool) {
	for _, f := range t.fields {
		if f.key == key {
			return f, true
		}
	}
	return Field{}, false
}

// TableNamed returns the table of sleet.toml with the given name.
func TableNamed(name string) (Table, bool) {
	for _, t := range Schema() {
		if t.Name == name {
			return t, true
		}
	}
	return Table{}, false
}
