package resources

import (
	"slices"
	"strings"

	"sleet/snowflake"
)

// parsedDeployed is a warehouse app as it is in the account before its migration to a container, as far as
// its files or the account itself tell.
type parsedDeployed struct {
	// Legacy says that the app was made with ROOT_LOCATION, which no container app can have: it stays
	// and a new one is made beside it.
	Legacy bool
	// Name is the app's name where it is another than that of the answers.
	Name snowflake.Name
	// Warehouse is its query warehouse, zero where nobody knows.
	Warehouse snowflake.Name
	// WarehouseRuntime is the RUNTIME_NAME that it goes back to.
	WarehouseRuntime string
	// Integrations and Secrets are the lists that are set on it. SET takes whole lists, so that what
	// they hold goes into the new ones.
	Integrations []snowflake.Name
	Secrets      []snowflake.Entry
	// Grants are the privileges that roles have on it, but for its owner's.
	Grants []snowflake.Privilege
}

// migrateScript is sql/migrate.sql: the statements that migrate an app to the container runtime, in order. First
// what sql/setup.sql makes for its secrets, then the upload of the new files and the switch. Everything that
// others attached to the app stays.
func migrateScript(a *Parsed, from parsedDeployed) []byte {
	return a.script(a.migrationHead(from), a.migrationParts(from), a.migrationFoot(from))
}

// rollbackScript is sql/rollback.sql: the app as it was, without anything that sql/migrate.sql made.
func rollbackScript(a *Parsed, from parsedDeployed) []byte {
	return a.script(a.rollbackHead(from), a.rollbackParts(from), nil)
}

// migrationParts are the steps of sql/migrate.sql; those that this app does not need are left out.
func (a *Parsed) migrationParts(from parsedDeployed) []part {
	if from.Legacy {
		return append(a.withoutAttached(a.parts(), from), a.repeatedGrants(from)...)
	}
	return a.withoutAttached([]part{
		{"file.sql.part.place", a.Owner, sessionOnly(a.place())},
		{"file.sql.part.network_rule", a.Owner, a.networkRule()},
		{"file.sql.part.secrets", a.Owner, a.createSecrets()},
		{"file.sql.part.account", a.Admin, a.accountLevel()},
		{"file.sql.part.functions", a.Owner, a.functions()},
		{"file.sql.part.upload", a.Owner, a.uploadLive()},
		{"file.sql.part.switch", a.Owner, a.switchRuntime(from)},
	}, from)
}

// attached reports whether the app's integration is one that it had before.
func (a *Parsed) attached(from parsedDeployed) bool {
	return !a.Integration.IsZero() && slices.Contains(from.Integrations, a.Integration)
}

// withoutAttached leaves out the making of an integration that the app had before, and of its rule, so
// that a rollback leaves them alone, and parts in which nothing remains.
func (a *Parsed) withoutAttached(parts []part, from parsedDeployed) []part {
	for i, p := range parts {
		parts[i].steps = slices.DeleteFunc(p.steps, func(s step) bool {
			own := s.Kind == snowflake.KindIntegration || s.Kind == snowflake.KindNetworkRule ||
				s.Kind == snowflake.KindGrant && s.Grant.On == snowflake.OnIntegration && s.Grant.Object == a.Integration
			return a.attached(from) && own
		})
	}
	return filled(parts)
}

// sessionOnly keeps the steps that choose where the session is.
func sessionOnly(list []step) []step {
	return slices.DeleteFunc(list, func(s step) bool { return s.use == "" })
}

// liveLocation is the live version of the app.
func (a *Parsed) liveLocation() string {
	return "snow://streamlit/" + a.SQL(a.Streamlit) + "/versions/live"
}

// uploadLive is the place of the new files' upload: into the live version, which viewers see.
func (a *Parsed) uploadLive() []step {
	lines := make([]string, 0, len(a.Files))
	for _, file := range a.Files {
		target := a.liveLocation()
		if i := strings.LastIndexByte(file, '/'); i >= 0 {
			target += "/" + file[:i]
		}
		lines = append(lines, "  snow stage copy "+shellText(file)+" "+shellText(target+"/")+" --overwrite")
	}
	return []step{{
		Resource: a.upload(),
		altered: []snowflake.Statement{{Ref: a.upload().Ref, Why: a.text("file.sql.upload_live", "app", a.SQL(a.Streamlit)) +
			"\n  sleet apply\n" + strings.Join(lines, "\n") +
			"\n  " + a.text("file.sql.upload_live_snowsight")}},
	}}
}

// switchRuntime sets the runtime and the lists of the app, and gives it a live version.
// https://docs.snowflake.com/en/developer-guide/streamlit/migrations-and-upgrades/runtime-migration
// https://docs.snowflake.com/en/sql-reference/sql/alter-streamlit
func (a *Parsed) switchRuntime(from parsedDeployed) []step {
	var list []step
	bindings := a.mergedBindings(from)
	if len(bindings) == 0 && len(from.Secrets) > 0 {
		list = append(list, a.alter("UNSET SECRETS", a.text("file.sql.unset_secrets")))
	}
	why := a.text("file.sql.switch", "app", a.SQL(a.Streamlit))
	if a.Pool.IsZero() {
		why += "\n" + a.text("file.sql.default_pool")
	}
	list = append(list, a.alterSet(why, []snowflake.Property{
		{Name: "RUNTIME_NAME", Value: snowflake.TextValue(a.Runtime)},
		{Name: "COMPUTE_POOL", Value: snowflake.NameValue(a.Pool)},
		{Name: "QUERY_WAREHOUSE", Value: snowflake.NameValue(from.Warehouse)},
		{Name: "EXTERNAL_ACCESS_INTEGRATIONS", Value: snowflake.NamesValue(a.mergedIntegrations(from)...)},
		{Name: "SECRETS", Value: snowflake.ListValue(bindings)},
		{Name: "ARTIFACT_REPOSITORIES", Value: snowflake.NamesValue(a.Repositories...)},
	}))
	live := snowflake.Statement{
		Ref: a.streamlit().Ref, SQL: a.addLiveVersion(),
		Why: a.text("file.sql.live_version"),
	}
	return append(list, step{Resource: a.streamlit(), altered: []snowflake.Statement{live}})
}

// alter is an ALTER STREAMLIT of the app.
func (a *Parsed) alter(what, why string) step {
	app := a.streamlit()
	st := app.Alter(a.Spelling, what)
	st.Why = why
	return step{Resource: app, altered: []snowflake.Statement{st}}
}

// alterSet sets properties of the app; empty ones are left out.
func (a *Parsed) alterSet(why string, properties []snowflake.Property) step {
	app := a.streamlit()
	st := app.Set(a.Spelling, properties)
	st.Why = why
	return step{Resource: app, altered: []snowflake.Statement{st}}
}

// mergedIntegrations are the integrations that the app had and the one that it needs now.
func (a *Parsed) mergedIntegrations(from parsedDeployed) []snowflake.Name {
	list := slices.Clone(from.Integrations)
	for _, own := range a.Integrations() {
		if !slices.Contains(list, own) {
			list = append(list, own)
		}
	}
	return list
}

// mergedBindings are the secrets that the platform hands to the app: those of the answers, and those it
// had of which the answers say nothing.
func (a *Parsed) mergedBindings(from parsedDeployed) []snowflake.Entry {
	list := a.Bindings()
	for _, had := range from.Secrets {
		declared := func(s parsedSecret) bool { return strings.EqualFold(s.Key, had.Key) }
		if !slices.ContainsFunc(a.Secrets, declared) {
			list = append(list, had)
		}
	}
	return list
}

// repeatedGrants returns the roles of the old app the same privileges on the new one. USAGE is that of
// the viewers, who get the way to it as well.
func (a *Parsed) repeatedGrants(from parsedDeployed) []part {
	var list []step
	for _, g := range from.Grants {
		if g.Name == usage && slices.Contains(a.Viewers, g.Role) {
			continue
		}
		list = append(list, grant(g.Name, snowflake.KindStreamlit.On(), a.Streamlit, g.Role))
	}
	if list = distinct(list); len(list) == 0 {
		return nil
	}
	list = because(list, a.text("file.sql.old_grants"))
	return []part{{"file.sql.part.old_grants", a.Admin, list}}
}

// attachedNames returns the integrations and the secrets that are set on the app after Migrate: what it had,
// and what it needs now.
func attachedNames(a *Parsed, from parsedDeployed) (integrations []snowflake.Name, secrets []snowflake.Entry) {
	return a.mergedIntegrations(from), a.mergedBindings(from)
}
