package scaffold

// table is one table of sleet.toml.
type table struct {
	name string
	// list reports whether it is a list of tables, [[name]].
	list bool
	// fields are its keys; a table without any takes every key and is read by read.
	fields []field
	// read takes an open table into the App.
	read func(*reader, *App, map[string]any)
	// open is the JSON Schema of an open table.
	open func(describer, table) jsonSchema
}

// shape is the table's JSON Schema.
func (t table) shape(d describer) jsonSchema {
	if t.open != nil {
		return t.open(d, t)
	}
	return fieldsShape(d, t)
}

// field is one answer: its key in the table, and where it lies in the App.
type field struct {
	key string
	// at points at the answer: *string, **string, *bool, *Cortex or *[]string. i counts in a list.
	at func(a *App, i int) any
	// choices are the only texts it takes; none means any text.
	choices []string
	// pattern is a regular expression that a text has to match, for editors; what it lets through is checked
	// by App.Problems.
	pattern string
	// fixed reports whether the default is the same for every app: editors show it.
	fixed bool
}

// schema is sleet.toml: its tables and keys in the order in which they are written.
func schema() []table {
	return []table{
		{name: "app", fields: appFields()},
		{name: "python", fields: pythonFields()},
		{name: "roles", fields: []field{
			{key: "owner", at: func(a *App, _ int) any { return &a.Roles.Owner }},
			{key: "admin", at: func(a *App, _ int) any { return &a.Roles.Admin }, fixed: true},
			{key: "viewers", at: func(a *App, _ int) any { return &a.Roles.Viewers }},
		}},
		{name: "network", fields: []field{
			{key: "hosts", at: func(a *App, _ int) any { return &a.Network.Hosts }, pattern: `^[^\s@/\\?#]+$`},
			{key: "rule", at: func(a *App, _ int) any { return &a.Network.Rule }},
			{key: "integration", at: func(a *App, _ int) any { return &a.Network.Integration }},
			{key: "rules", at: func(a *App, _ int) any { return &a.Network.Rules }},
		}},
		{name: "secrets", list: true, fields: secretFields()},
		{name: "config", read: (*reader).config, open: configShape},
		{name: "values", read: (*reader).values, open: valuesShape},
		{name: "written", read: (*reader).written, open: writtenShape},
	}
}

func appFields() []field {
	return []field{
		{key: "name", at: func(a *App, _ int) any { return &a.App.Name }},
		{key: "title", at: func(a *App, _ int) any { return &a.App.Title }},
		{key: "database", at: func(a *App, _ int) any { return &a.App.Database }},
		{key: "schema", at: func(a *App, _ int) any { return &a.App.Schema }},
		{
			key: "runtime", at: func(a *App, _ int) any { return (*string)(&a.App.Runtime) },
			choices: choices(Container, Warehouse), fixed: true,
		},
		{key: "runtime_name", at: func(a *App, _ int) any { return &a.App.RuntimeName }},
		{key: "main_file", at: func(a *App, _ int) any { return &a.App.MainFile }, fixed: true},
		{key: "query_warehouse", at: func(a *App, _ int) any { return &a.App.QueryWarehouse }, fixed: true},
		{key: "compute_pool", at: func(a *App, _ int) any { return &a.App.ComputePool }, fixed: true},
		{key: "stage", at: func(a *App, _ int) any { return &a.App.Stage }, fixed: true},
		{key: "comment", at: func(a *App, _ int) any { return &a.App.Comment }},
		{
			key: "language", at: func(a *App, _ int) any { return (*string)(&a.App.Language) },
			choices: choices(English, Japanese), fixed: true,
		},
		{
			key: "cortex", at: func(a *App, _ int) any { return &a.App.Cortex },
			choices: choices(CortexAnalyst, CortexAgent),
		},
	}
}

func pythonFields() []field {
	return []field{
		{key: "version", at: func(a *App, _ int) any { return &a.Python.Version }, pattern: `^(3\.[0-9]+)?$`, fixed: true},
		{key: "streamlit", at: func(a *App, _ int) any { return &a.Python.Streamlit }},
		{key: "packages", at: func(a *App, _ int) any { return &a.Python.Packages }},
		{
			key: "source", at: func(a *App, _ int) any { return (*string)(&a.Python.Source) },
			choices: choices(ArtifactRepository, PyPIIntegration, Preinstalled), fixed: true,
		},
	}
}

func secretFields() []field {
	return []field{
		{key: "key", at: func(a *App, i int) any { return &a.Secrets[i].Key }, pattern: `^[A-Za-z_][A-Za-z0-9_]*$`},
		{
			key: "type", at: func(a *App, i int) any { return (*string)(&a.Secrets[i].Type) },
			choices: choices(SecretTypes()...), fixed: true,
		},
		{
			key: "flow", at: func(a *App, i int) any { return (*string)(&a.Secrets[i].Flow) },
			choices: choices(ClientCredentials, AuthorizationCode),
		},
		{key: "object", at: func(a *App, i int) any { return &a.Secrets[i].Object }},
		{key: "existing", at: func(a *App, i int) any { return &a.Secrets[i].Existing }},
		{
			key: "access", at: func(a *App, i int) any { return (*string)(&a.Secrets[i].Access) },
			choices: choices(AccessFunction, AccessSecrets, AccessModule),
		},
		{key: "integration", at: func(a *App, i int) any { return &a.Secrets[i].Integration }},
		{key: "scopes", at: func(a *App, i int) any { return &a.Secrets[i].Scopes }},
		{key: "comment", at: func(a *App, i int) any { return &a.Secrets[i].Comment }},
	}
}

// choices returns values of a type of text as texts.
func choices[T ~string](all ...T) []string {
	texts := make([]string, len(all))
	for i, c := range all {
		texts[i] = string(c)
	}
	return texts
}

// header is the table's name as its header writes it.
func (t table) header() string {
	if t.list {
		return "[[" + t.name + "]]"
	}
	return "[" + t.name + "]"
}

// keys are the keys of its fields.
func (t table) keys() []string {
	keys := make([]string, len(t.fields))
	for i, f := range t.fields {
		keys[i] = f.key
	}
	return keys
}

// field finds a field by its key.
func (t table) field(key string) (field, bool) {
	for _, f := range t.fields {
		if f.key == key {
			return f, true
		}
	}
	return field{}, false
}

// tableNamed finds a table of sleet.toml by its name.
func tableNamed(name string) (table, bool) {
	for _, t := range schema() {
		if t.name == name {
			return t, true
		}
	}
	return table{}, false
}
