package resources

import "sleet/snowflake"

// networkRule creates the list of hosts that the app may call. An existing rule is left alone,
// because others may use it.
// https://docs.snowflake.com/en/sql-reference/sql/create-network-rule
func (a *Parsed) networkRule() []step {
	if a.Rule.IsZero() {
		return nil
	}
	return []step{{
		Resource: snowflake.Resource{
			Ref: snowflake.Ref{Kind: snowflake.KindNetworkRule, Name: a.Rule}, Managed: true,
			Properties: []snowflake.Property{
				{Name: "TYPE", Value: snowflake.WordValue("HOST_PORT"), Created: true},
				{Name: "VALUE_LIST", Value: snowflake.TextsValue(a.Hosts...)},
				{Name: "MODE", Value: snowflake.WordValue("EGRESS"), Created: true},
			},
		},
		why: a.text("file.sql.network_rule"),
	}}
}

// accountLevel creates what only the administrator can: the integration and its grants. It comes
// after the secrets, which the integration refers to.
func (a *Parsed) accountLevel() []step {
	list := a.existingSecretGrants()
	list = append(list, a.adminGrants()...)
	list = append(list, a.createIntegration()...)
	if !a.Integration.IsZero() && a.switches() {
		list = append(list, withWhy([]step{grant(usage, snowflake.OnIntegration, a.Integration, a.Owner)}, a.text("file.sql.integration_grant"))...)
	}
	list = append(list, a.callerGrants()...)
	return distinct(append(list, a.cortexGrant()...))
}

// createIntegration allows egress, limited to the listed rules and secrets. An app can use a secret
// only through an integration that allows it. The reference page omits IF NOT EXISTS, which
// Snowflake accepts, and requires ALLOWED_NETWORK_RULES, which the page about secrets omits for an
// integration with secrets only.
// https://docs.snowflake.com/en/sql-reference/sql/create-external-access-integration
// https://docs.snowflake.com/en/developer-guide/streamlit/app-development/secrets-and-configuration
func (a *Parsed) createIntegration() []step {
	if a.Integration.IsZero() {
		return nil
	}
	return []step{{
		Resource: snowflake.Resource{
			Ref: snowflake.Ref{Kind: snowflake.KindIntegration, Name: a.Integration}, Managed: true,
			Properties: []snowflake.Property{
				{Name: "ALLOWED_NETWORK_RULES", Value: snowflake.NamesValue(a.Rules...)},
				{Name: "ALLOWED_AUTHENTICATION_SECRETS", Value: snowflake.NamesValue(a.secretNames(everySecret)...)},
				{Name: "ENABLED", Value: snowflake.WordValue("TRUE")},
			},
		},
		why: a.text("file.sql.integration"),
	}}
}

// adminGrants lets the administrator refer to the app's own secrets in the integration. That
// requires USAGE on each secret and its schema, which an administrator does not have implicitly.
// The owner grants it on the secrets after creating them; the rest requires MANAGE GRANTS.
func (a *Parsed) adminGrants() []step {
	if !a.switches() {
		return nil
	}
	var list []step
	for _, s := range a.Secrets {
		list = append(list, parentGrants(s.Name, a.Admin)...)
	}
	return withWhy(list, a.text("file.sql.schema_grant"))
}

// existingSecretGrants lets owner and administrator use existing secrets. The docs disagree on
// whether an app's owner needs USAGE or READ, so it gets both.
// https://docs.snowflake.com/en/developer-guide/external-network-access/creating-using-external-network-access
func (a *Parsed) existingSecretGrants() []step {
	if a.Owner.IsZero() {
		return nil
	}
	var list []step
	secret := snowflake.KindSecret.On()
	for _, s := range a.Secrets {
		if !s.Existing {
			continue
		}
		list = append(list, withWhy([]step{grant(usage, secret, s.Name, a.Owner), grant("READ", secret, s.Name, a.Owner)}, a.text("file.sql.existing_secret", "secret", a.SQL(s.Name)))...)
		list = append(list, parentGrants(s.Name, a.Owner)...)
		if a.switches() {
			list = append(list, grant(usage, secret, s.Name, a.Admin))
			list = append(list, parentGrants(s.Name, a.Admin)...)
		}
	}
	return list
}

// cortexGrant lets the owner, whose rights the app runs with, call Cortex.
// https://docs.snowflake.com/en/user-guide/snowflake-cortex/cortex-analyst
func (a *Parsed) cortexGrant() []step {
	if !a.Cortex || a.Owner.IsZero() {
		return nil
	}
	return withWhy([]step{grant(usage, snowflake.OnDatabaseRole, cortexUser(), a.Owner)}, a.text("file.sql.cortex_grant"))
}

// callerUsage is the caller grant that lets an app use a database or schema with the viewer's
// rights.
const callerUsage = "CALLER " + usage

// callerGrants lets queries use what the viewer may use in the app's own schema. A caller grant
// adds no privilege: it allows the app to use the viewer's. Only the app's author knows which
// tables it reads.
// https://docs.snowflake.com/en/sql-reference/sql/grant-caller
func (a *Parsed) callerGrants() []step {
	if !a.Caller || a.Owner.IsZero() || a.Database.IsZero() {
		return nil
	}
	list := []step{grant(callerUsage, snowflake.OnDatabase, a.Database, a.Owner)}
	if !a.Schema.IsZero() {
		list = append(list, grant(callerUsage, snowflake.OnSchema, a.Schema, a.Owner))
	}
	return withWhy(list, a.text("file.sql.caller_grants", "role", a.SQL(a.Owner)))
}
