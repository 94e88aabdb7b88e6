package snowflake

import "sleet/ui/message"

// Texts are all that a plan can say, by id.
func Texts() []message.Message {
	list := kindTexts()
	for _, t := range planTexts() {
		list = append(list, message.Message{ID: t[0], English: t[1]})
	}
	return list
}

// say makes a Text of the table.
func say(id string, args ...any) message.Message {
	for _, t := range planTexts() {
		if t[0] == id {
			return Said(id, t[1], args...)
		}
	}
	return message.Verbatim(id)
}

// kindTexts are the words for what there is in an account.
func kindTexts() []message.Message {
	return []message.Message{
		{ID: "planned.kind.schema", English: string(KindSchema)},
		{ID: "planned.kind.stage", English: string(KindStage)},
		{ID: "planned.kind.network_rule", English: string(KindNetworkRule)},
		{ID: "planned.kind.secret", English: string(KindSecret)},
		{ID: "planned.kind.external_access", English: string(KindIntegration)},
		{ID: "planned.kind.function", English: string(KindFunction)},
		{ID: "planned.kind.procedure", English: "procedure"},
		{ID: "planned.kind.security_integration", English: string(KindSecurity)},
		{ID: "planned.kind.integration", English: "integration"},
		{ID: "planned.kind.streamlit", English: string(KindStreamlit)},
		{ID: "planned.kind.grant", English: string(KindGrant)},
		{ID: "planned.kind.upload", English: string(KindUpload)},
		{ID: "planned.kind.warehouse", English: string(KindWarehouse)},
		{ID: "planned.kind.compute_pool", English: string(KindPool)},
		{ID: "planned.kind.database", English: string(KindDatabase)},
		{ID: "planned.kind.role", English: "role"},
		{ID: "planned.kind.database_role", English: string(KindRole)},
		{ID: "planned.kind.session", English: string(KindSession)},
	}
}

// planTexts are the reasons of a plan: why an object cannot be as the app wants it, and what to
// know about it. Each is said of an object whose kind and name stand before it.
func planTexts() [][2]string {
	return [][2]string{
		{"planned.object", "{kind} {name}"},
		{"planned.action.create", "create"},
		{"planned.action.alter", "alter"},
		{"planned.action.same", "same"},
		{"planned.action.cannot", "cannot"},
		{"planned.action.drop", "drop"},
		{"planned.name_taken_a", "a {kind} has this name; give the app's another name in sleet.toml"},
		{"planned.name_taken_an", "an {kind} has this name; give the app's another name in sleet.toml"},
		{"planned.trial", "a trial account has no external access: only an app without hosts and without secrets works there"},
		{"planned.hidden", "may be refused: it exists, and the role {role} may not use it: {refused}"},
		{"planned.unseen", "not seen: {why}"},
		{"planned.missing", "not found: it does not exist, or the role {role} has no privilege on it; check the name and its case"},
		{"planned.warehouse_missing", "not found: it does not exist, or the role {role} has no USAGE on it; until it has, viewers see an error instead of query results"},
		{"planned.warehouse_lacks", "the role {role} has no {privileges}; until it has, viewers see an error instead of query results"},
		{"planned.may_be_refused", "may be refused: the role {role} lacks {privileges}"},
		{"planned.taken_for", "{property} is {from} there, and the app takes it for {to}: mend that in sleet.toml, or name another"},
		{"planned.fixed", "{property} is {from} there and cannot be changed; the app wants {to}: give the app's another name in sleet.toml"},
		{"planned.waits", "it waits for {objects}"},
		{"planned.and", "{first}; {then}"},

		{"planned.owned", "may be refused: the role {owner} owns it"},
		{"planned.ask", "{whose}: apply alters it after a yes, or with --shared"},
		{"planned.shared_by", "others share it: {users}"},
		{"planned.shared_by_two", "others share it: {user} and {other}"},
		{"planned.shared_by_many", "others share it, such as {user} and {other}"},
		{"planned.made_by", "others made it: it belongs to the role {owner}"},
		{"planned.made_elsewhere", "others made it: it does not belong to the role {role}"},

		{"planned.pool_asleep", "the app may not start: the pool does not resume by itself; its owner can run ALTER COMPUTE POOL {name} SET AUTO_RESUME = TRUE"},
		{"planned.pool_exclusive", "the app may not start: the pool is reserved for a native app; set app.compute_pool to another pool in sleet.toml"},
		{"planned.rule_unfit", "the rule that has this name is for {mode} of {type}, and neither can be changed; an app's is for EGRESS of HOST_PORT: name another in sleet.toml (network.rule, network.rules)"},
		{"planned.stage_external", "it is an external stage, from which no app can be made; set app.stage to another name in sleet.toml"},
		{"planned.root_location", "it was made with ROOT_LOCATION, which takes neither a runtime nor a live version; give the app another name in sleet.toml, and it is made beside this one, under a URL of its own"},
		{"planned.barred", "may be refused: the account's {parameter} is {value}, which does not allow Streamlit on compute pools; use the warehouse runtime, or ask an administrator"},
		{"planned.no_pool", "may be refused: the account's {parameter} is empty; set app.compute_pool in sleet.toml"},
		{"planned.grant_unseen", "not visible to you: the grants of the role {role} are not shown, and an administrator was asked for this one"},
		{"planned.not_shown", "(not shown)"},

		{"planned.bound", "this session cannot leave its role {current} (its token is for that role alone), and {role} is needed"},
		{"planned.no_role", "the role {role} is not granted to you"},
		{"planned.managed", "may be refused: its schema has managed access, where only the schema's owner or a role with MANAGE GRANTS can grant"},
		{"planned.no_grant", "may be refused: granting takes the object's owner or MANAGE GRANTS, and the role {role} is known to have neither"},
		{"planned.privilege", "{privilege} on the {kind} {name}"},
		{"planned.privilege_account", "{privilege} on the account"},
		{"planned.privilege_role", "the database role {name}"},
	}
}
