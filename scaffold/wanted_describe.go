package scaffold

import (
	"slices"
	"strings"

	"sleet/snowflake"
)

// describe says what an object takes, what it stands on, and what is compared where it exists.
func (w *wanted) describe(x *snowflake.Object) {
	o := w.o
	inSchema := func(privilege string) {
		schema := first(schemaOf(x.Name), o.schema)
		for _, name := range []string{usage, privilege} {
			x.Needs = append(x.Needs, snowflake.Privilege{Name: name, On: "SCHEMA", Object: schema, Role: x.Role})
		}
		x.Uses = append(x.Uses, w.made(snowflake.KindDatabase, schemaOf(schema))...)
		x.Uses = append(x.Uses, w.made(snowflake.KindSchema, schema)...)
	}
	switch x.Kind {
	case snowflake.KindSchema:
		x.Needs = append(x.Needs, snowflake.Privilege{Name: "CREATE SCHEMA", On: "DATABASE", Object: schemaOf(x.Name), Role: x.Role})
		x.Uses = append(x.Uses, w.made(snowflake.KindDatabase, schemaOf(x.Name))...)
	case snowflake.KindStage:
		inSchema("CREATE STAGE")
	case snowflake.KindNetworkRule:
		inSchema("CREATE NETWORK RULE")
		x.Properties = []snowflake.Property{listOf("VALUE_LIST", o.app.Network.Hosts, snowflake.Literals)}
	case snowflake.KindSecret:
		inSchema("CREATE SECRET")
		w.secret(x)
	case snowflake.KindIntegration:
		w.integration(x)
	case snowflake.KindFunction:
		inSchema("CREATE FUNCTION")
		w.function(x)
	case snowflake.KindUpload:
		x.Uses = append(x.Uses, w.made(snowflake.KindStage, o.stage)...)
	case snowflake.KindStreamlit:
		inSchema("CREATE STREAMLIT")
		w.app(x)
	default:
	}
}

// made gives the Ref of an object that is in the list already.
func (w *wanted) made(kind snowflake.Kind, name string) []snowflake.Ref {
	ref := snowflake.Ref{Kind: kind, Name: name}
	if slices.ContainsFunc(w.list, func(x snowflake.Object) bool { return x.Ref == ref }) {
		return []snowflake.Ref{ref}
	}
	return nil
}

func (w *wanted) secret(x *snowflake.Object) {
	i := slices.IndexFunc(w.o.secrets, func(s secretObject) bool { return s.name == x.Name && !s.Existing })
	if i < 0 {
		return
	}
	s := w.o.secrets[i]
	x.Key = s.Key
	x.Properties = []snowflake.Property{{Name: "TYPE", Want: sqlType(s.Type), Fixed: true}}
	if s.Comment != "" {
		x.Properties = append(x.Properties, textOf("COMMENT", s.Comment))
	}
	if len(s.Scopes) > 0 {
		scopes := listOf("OAUTH_SCOPES", s.Scopes, snowflake.Literals)
		scopes.IfShown = true
		x.Properties = append(x.Properties, scopes)
	}
	if s.Integration != "" {
		x.Needs = append(x.Needs, snowflake.Privilege{
			Name: usage, On: integrationKind, Object: snowflake.AnyIdent(s.Integration), Role: x.Role,
		})
		x.Uses = append(x.Uses, w.made(snowflake.KindSecurity, snowflake.AnyIdent(s.Integration))...)
	}
	if slots := x.Create[0].Slots; len(slots) > 0 {
		clauses := make([]string, 0, len(slots))
		for i, part := range secretParts(s.Type, s.Flow) {
			clauses = append(clauses, snowflake.Set(part.property, slots[i].Placeholder))
		}
		x.Value = &snowflake.Statement{
			Kind: x.Kind, Name: x.Name, Role: x.Role, Slots: slots,
			SQL: snowflake.Clauses("ALTER SECRET "+x.Name+" SET", clauses...),
		}
	}
}

func (w *wanted) integration(x *snowflake.Object) {
	o := w.o
	x.Needs = append(x.Needs, snowflake.Privilege{Name: "CREATE INTEGRATION", On: "ACCOUNT", Role: x.Role})
	secrets := o.secretNames(func(secretObject) bool { return true })
	for _, name := range o.rules {
		x.Uses = append(x.Uses, w.made(snowflake.KindNetworkRule, name)...)
	}
	for _, name := range secrets {
		x.Uses = append(x.Uses, w.made(snowflake.KindSecret, name)...)
		if o.switches() {
			x.Needs = append(x.Needs, snowflake.Privilege{Name: usage, On: "SECRET", Object: name, Role: x.Role})
		}
	}
	x.Properties = []snowflake.Property{
		listOf("ALLOWED_NETWORK_RULES", o.rules, asTheyAre),
		listOf("ALLOWED_AUTHENTICATION_SECRETS", secrets, asTheyAre),
		{Name: "ENABLED", Want: "true", SQL: func(value string, _ []string) string { return strings.ToUpper(value) }},
	}
}

func (w *wanted) function(x *snowflake.Object) {
	o := w.o
	i := slices.IndexFunc(o.secrets, func(s secretObject) bool { return s.function == x.Name })
	if i < 0 {
		return
	}
	s := o.secrets[i]
	x.Replace = true
	x.Uses = append(x.Uses, w.made(snowflake.KindSecret, s.name)...)
	x.Uses = append(x.Uses, w.made(snowflake.KindIntegration, o.integration)...)
	x.Needs = append(x.Needs, snowflake.Privilege{Name: usage, On: integrationKind, Object: o.integration, Role: x.Role})
	x.Properties = []snowflake.Property{
		{Name: "BODY", Want: strings.TrimSpace(handler(s))},
		{Name: "LANGUAGE", Want: "PYTHON", IfShown: true},
		{Name: "HANDLER", Want: handlerName, IfShown: true},
		{Name: "RUNTIME_VERSION", Want: handlerPython, IfShown: true},
		{Name: "SECURE", Want: "true", IfShown: true},
		listOf("EXTERNAL_ACCESS_INTEGRATIONS", o.integrations(), asTheyAre),
		listOf("SECRETS", []string{binding(s)}, asTheyAre),
	}
}

func (w *wanted) app(x *snowflake.Object) {
	o, a := w.o, w.o.app.App
	x.Uses = append(x.Uses, w.made(snowflake.KindUpload, o.location)...)
	x.Uses = append(x.Uses, w.made(snowflake.KindIntegration, o.integration)...)
	x.Uses = append(x.Uses, w.made(snowflake.KindWarehouse, o.warehouse)...)
	x.Uses = append(x.Uses, w.made(snowflake.KindPool, o.pool)...)
	for _, s := range o.secrets {
		if s.Access != AccessFunction {
			x.Uses = append(x.Uses, w.made(snowflake.KindSecret, s.name)...)
		}
	}
	if o.integration != "" {
		x.Needs = append(x.Needs, snowflake.Privilege{Name: usage, On: integrationKind, Object: o.integration, Role: x.Role})
	}
	x.Properties = []snowflake.Property{
		textOf("MAIN_FILE", a.MainFile),
		nameOf("QUERY_WAREHOUSE", o.warehouse),
		textOf("RUNTIME_NAME", o.facts.SQLName),
	}
	if o.pool != "" {
		x.Properties = append(x.Properties, nameOf("COMPUTE_POOL", o.pool))
	}
	x.Properties = append(x.Properties, textOf("COMMENT", a.Comment), textOf("TITLE", a.Title))
	if list := o.integrations(); len(list) > 0 {
		x.Properties = append(x.Properties, listOf("EXTERNAL_ACCESS_INTEGRATIONS", list, asTheyAre))
	}
	if list := o.bindings(); len(list) > 0 {
		x.Properties = append(x.Properties, listOf("SECRETS", list, asTheyAre))
	}
	if list := o.repositories(); len(list) > 0 {
		// DESCRIBE STREAMLIT need not show them; what the packages are taken from goes with their list.
		repositories := listOf("ARTIFACT_REPOSITORIES", list, asTheyAre)
		repositories.IfShown, repositories.With = true, []string{pyprojectFile, "uv.lock"}
		x.Properties = append(x.Properties, repositories)
	}
}

// textOf is a property that is a text.
func textOf(name, want string) snowflake.Property {
	return snowflake.Property{Name: name, Want: want, SQL: func(value string, _ []string) string { return snowflake.Literal(value) }}
}

// nameOf is a property that is the name of an object of the account.
func nameOf(name, sql string) snowflake.Property {
	stored, err := snowflake.Stored(sql)
	if err != nil {
		stored = sql
	}
	return snowflake.Property{Name: name, Want: stored, SQL: func(string, []string) string { return sql }}
}

// listOf is a property that is a list, its entries as SQL has them.
func listOf(name string, list []string, sql func([]string) []string) snowflake.Property {
	return snowflake.Property{
		Name: name, List: slices.Clone(list), IsList: true,
		SQL: func(_ string, merged []string) string { return snowflake.List(sql(merged)...) },
	}
}

func asTheyAre(list []string) []string { return list }
