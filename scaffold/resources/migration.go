package resources

import (
	"slices"
	"strings"

	"sleet/scaffold"
	"sleet/snowflake"
)

// parsedDeployed is a deployed warehouse app before its migration to a container, as far as its
// files or the account describe it.
type parsedDeployed struct {
	// Legacy reports whether the app was created with ROOT_LOCATION, which container apps do not
	// support. It then stays, and a new app is created beside it.
	Legacy bool
	// Name is the app's name if it differs from the one in the answers.
	Name snowflake.Name
	// Warehouse is its query warehouse, zero if unknown.
	Warehouse snowflake.Name
	// WarehouseRuntime is the RUNTIME_NAME that a rollback restores.
	WarehouseRuntime string
	// Integrations and Secrets are set on the app now. SET replaces whole lists, so the new ones
	// must include them.
	Integrations []snowflake.Name
	Secrets      []snowflake.Entry
	// Grants are the privileges on it, except the owner's.
	Grants []snowflake.Privilege
	// Conda reports whether its files include environment.yml.
	Conda bool
}

// migrateScript returns sql/migrate.sql, the statements that migrate an app to the container
// runtime, in order: first what sql/setup.sql creates for its secrets, then the upload of the new
// files and the switch. Everything that is attached to the app stays.
func migrateScript(a *Parsed, from parsedDeployed) []byte {
	return a.script(a.migrationHead(from), a.migrationParts(from), a.migrationFoot(from))
}

// rollbackScript returns sql/rollback.sql, which restores the app and removes everything that
// sql/migrate.sql created.
func rollbackScript(a *Parsed, from parsedDeployed) []byte {
	return a.script(a.rollbackHead(from), a.rollbackParts(from), nil)
}

// migrationParts returns the non-empty parts of sql/migrate.sql.
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

// attached reports whether the app already had the integration.
func (a *Parsed) attached(from parsedDeployed) bool {
	return !a.Integration.IsZero() && slices.Contains(from.Integrations, a.Integration)
}

// withoutAttached removes steps that create an integration the app already had, or its network
// rule, so that a rollback does not drop them. It also removes parts that become empty.
func (a *Parsed) withoutAttached(parts []part, from parsedDeployed) []part {
	for i, p := range parts {
		parts[i].steps = slices.DeleteFunc(p.steps, func(s step) bool {
			own := s.Kind == snowflake.KindIntegration || s.Kind == snowflake.KindNetworkRule ||
				s.Kind == snowflake.KindGrant && s.Grant.On == snowflake.OnIntegration && s.Grant.Object == a.Integration
			return a.attached(from) && own
		})
	}
	return nonEmpty(parts)
}

// sessionOnly returns the steps that only set the session's database or schema.
func sessionOnly(list []step) []step {
	return slices.DeleteFunc(list, func(s step) bool { return s.use == "" })
}

// liveLocation returns the location of the app's live version.
func (a *Parsed) liveLocation() string {
	return "snow://streamlit/" + a.SQL(a.Streamlit) + "/versions/live"
}

// uploadLive returns the step that uploads the new files to the live version, which viewers see.
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

// switchRuntime sets the app's runtime and lists, and adds a live version.
// https://docs.snowflake.com/en/developer-guide/streamlit/migrations-and-upgrades/runtime-migration
// https://docs.snowflake.com/en/sql-reference/sql/alter-streamlit
func (a *Parsed) switchRuntime(from parsedDeployed) []step {
	var list []step
	bindings := a.mergedBindings(from)
	if len(bindings) == 0 && len(from.Secrets) > 0 {
		list = append(list, a.alter("UNSET SECRETS", a.text("file.sql.unset_secrets")))
	}
	why := a.text("file.sql.switch", "app", a.SQL(a.Streamlit))
	pool := a.Pool
	if pool.IsZero() { // unlike CREATE STREAMLIT, the switch must name a pool
		pool = snowflake.AccountObject(scaffold.DefaultPool)
		why += "\n" + a.text("file.sql.default_pool")
	}
	list = append(list, a.alterSet(why, []snowflake.Property{
		{Name: "RUNTIME_NAME", Value: snowflake.TextValue(a.Runtime)},
		{Name: "COMPUTE_POOL", Value: snowflake.NameValue(pool)},
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

// alter returns a step with an ALTER STREAMLIT statement.
func (a *Parsed) alter(what, why string) step {
	app := a.streamlit()
	st := app.Alter(a.Spelling, what)
	st.Why = why
	return step{Resource: app, altered: []snowflake.Statement{st}}
}

// alterSet returns a step that sets the app's properties, except empty ones.
func (a *Parsed) alterSet(why string, properties []snowflake.Property) step {
	app := a.streamlit()
	st := app.Set(a.Spelling, properties)
	st.Why = why
	return step{Resource: app, altered: []snowflake.Statement{st}}
}

// mergedIntegrations returns the integrations that the app had and those that it needs now.
func (a *Parsed) mergedIntegrations(from parsedDeployed) []snowflake.Name {
	list := slices.Clone(from.Integrations)
	for _, own := range a.Integrations() {
		if !slices.Contains(list, own) {
			list = append(list, own)
		}
	}
	return list
}

// mergedBindings returns the app's SECRETS: those in the answers, and existing ones that the
// answers do not mention.
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

// repeatedGrants grants the privileges on the old app on the new one too. It skips USAGE for
// viewers, who get it with the parents of the app.
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
	list = withWhy(list, a.text("file.sql.old_grants"))
	return []part{{"file.sql.part.old_grants", a.Admin, list}}
}

// attachedNames returns the integrations and secrets that are set on the app after the migration:
// the existing ones and the new ones.
func attachedNames(a *Parsed, from parsedDeployed) (integrations []snowflake.Name, secrets []snowflake.Entry) {
	return a.mergedIntegrations(from), a.mergedBindings(from)
}
