package scaffold

import "sleet/snowflake"

// networkRule makes the list of hosts that the app may call.
//
// The page of CREATE NETWORK RULE has OR REPLACE and CREATE OR ALTER; both would set the list of
// values of a rule that is there already and that others may use. Snowflake takes IF NOT EXISTS as
// well, as public scripts show, and that leaves such a rule alone.
// https://docs.snowflake.com/en/sql-reference/sql/create-network-rule
func (o *objects) networkRule() []snowflake.Statement {
	if o.rule == "" {
		return nil
	}
	return []snowflake.Statement{{
		Kind: snowflake.KindNetworkRule,
		Name: o.rule,
		SQL: snowflake.Clauses("CREATE NETWORK RULE IF NOT EXISTS "+o.rule,
			"TYPE = HOST_PORT",
			snowflake.Set("VALUE_LIST", snowflake.List(snowflake.Literals(o.app.Network.Hosts)...)),
			"MODE = EGRESS"),
		Undo: "DROP NETWORK RULE IF EXISTS " + o.rule,
		Why: o.tell(say(
			"The hosts the app may call. A rule that exists keeps its hosts.",
			"アプリが呼び出せるホストです。既にあるルールのホストは変わりません。")),
	}}
}

// accountLevel makes what needs the administrator: the integration, and the grants that only it can
// give. It comes after the secrets, which the integration names.
func (o *objects) accountLevel() []snowflake.Statement {
	list := o.existingSecretGrants()
	list = append(list, o.adminGrants()...)
	list = append(list, o.createIntegration()...)
	if o.integration != "" && o.switches() {
		list = append(list, grant("USAGE", "INTEGRATION "+o.integration, o.owner, o.tell(say(
			"The owner attaches the integration to the app and its functions.",
			"所有者がアプリと関数に統合を割り当てるために必要です。"))))
	}
	return distinct(append(list, o.cortexGrant()...))
}

// switches says whether owner and administrator are two roles.
func (o *objects) switches() bool { return o.owner != o.admin }

// createIntegration opens the way out, for the listed rules and secrets only. A secret reaches an
// app only through an integration that allows it. The page of the statement omits IF NOT EXISTS,
// which Snowflake takes, and asks for ALLOWED_NETWORK_RULES, which an integration for secrets alone
// goes without on the page about secrets.
// https://docs.snowflake.com/en/sql-reference/sql/create-external-access-integration
// https://docs.snowflake.com/en/developer-guide/streamlit/app-development/secrets-and-configuration
func (o *objects) createIntegration() []snowflake.Statement {
	if o.integration == "" {
		return nil
	}
	secrets := o.secretNames(func(secretObject) bool { return true })
	return []snowflake.Statement{{
		Kind: snowflake.KindIntegration,
		Name: o.integration,
		SQL: snowflake.Clauses("CREATE EXTERNAL ACCESS INTEGRATION IF NOT EXISTS "+o.integration,
			snowflake.Set("ALLOWED_NETWORK_RULES", snowflake.List(o.rules...)),
			snowflake.Set("ALLOWED_AUTHENTICATION_SECRETS", snowflake.List(secrets...)),
			"ENABLED = TRUE"),
		Undo: "DROP INTEGRATION IF EXISTS " + o.integration,
		Why: o.tell(say(
			"Lets the app and its functions reach these hosts and use these secrets, and no others.",
			"アプリと関数が使えるホストとシークレットを、ここに挙げたものだけに限ります。")),
	}}
}

// adminGrants lets the administrator name the app's own secrets in the integration: that takes USAGE
// on each secret and on its schema, which an administrator does not have by itself. The owner grants
// it on the secrets, right after making them; the rest needs the right to manage grants.
func (o *objects) adminGrants() []snowflake.Statement {
	if !o.switches() {
		return nil
	}
	var list []snowflake.Statement
	for _, s := range o.secrets {
		list = append(list, wayTo(s, o.admin)...)
	}
	return because(list, o.tell(say(
		"To name a secret in an integration takes USAGE on its schema.",
		"統合にシークレットを指定するには、そのスキーマの USAGE が必要です。")))
}

// wayTo grants a role the way to a secret: its database and schema, where they are known.
func wayTo(s secretObject, role string) []snowflake.Statement {
	var list []snowflake.Statement
	if s.database != "" {
		list = append(list, grant("USAGE", "DATABASE "+s.database, role, ""))
	}
	if s.schema != "" {
		list = append(list, grant("USAGE", "SCHEMA "+s.schema, role, ""))
	}
	return list
}

// existingSecretGrants lets owner and administrator use secrets that were there before. Pages differ
// on whether an app's owner needs USAGE or READ, so it gets both.
// https://docs.snowflake.com/en/developer-guide/external-network-access/creating-using-external-network-access
func (o *objects) existingSecretGrants() []snowflake.Statement {
	if o.owner == "" {
		return nil
	}
	var list []snowflake.Statement
	for _, s := range o.secrets {
		if !s.Existing {
			continue
		}
		list = append(list, grant("USAGE, READ", "SECRET "+s.name, o.owner, o.tell(say(
			"The secret %s was there before. It keeps its owner, and the owner of the app may read it.",
			"シークレット %s は既存のものです。所有者は変えず、アプリの所有者に読み取りを許します。"), s.name)))
		list = append(list, wayTo(s, o.owner)...)
		if o.switches() {
			list = append(list, grant("USAGE", "SECRET "+s.name, o.admin, ""))
			list = append(list, wayTo(s, o.admin)...)
		}
	}
	return list
}

// cortexGrant lets the owner, as whom the app runs, call Cortex.
// https://docs.snowflake.com/en/user-guide/snowflake-cortex/cortex-analyst
func (o *objects) cortexGrant() []snowflake.Statement {
	if !o.app.App.Cortex || o.owner == "" {
		return nil
	}
	return []snowflake.Statement{{
		Kind: snowflake.KindGrant,
		Name: "DATABASE ROLE " + cortexRole,
		SQL:  "GRANT DATABASE ROLE " + cortexRole + " TO ROLE " + o.owner,
		Undo: "REVOKE DATABASE ROLE " + cortexRole + " FROM ROLE " + o.owner,
		Why: o.tell(say(
			"The app calls Cortex as its owner. By default every role may. This is for where that was taken back.\n"+
				"The owner also needs READ on the stage of the semantic model and SELECT on its tables.",
			"アプリは所有者として Cortex を呼び出します。既定ではすべてのロールに許可されていますが、取り消されている場合に備えます。\n"+
				"セマンティックモデルのステージの READ と、その表の SELECT も所有者に必要です。")),
	}}
}

// cortexRole is the database role that may call Cortex.
const cortexRole = "SNOWFLAKE.CORTEX_USER"
