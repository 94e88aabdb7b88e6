package scaffold

import (
	"slices"

	"sleet/snowflake"
)

// grant gives a statement that grants privileges on an object to a role, with the REVOKE that takes
// them back.
// https://docs.snowflake.com/en/sql-reference/sql/grant-privilege
func grant(privileges, object, role, why string) snowflake.Statement {
	on := privileges + " ON " + object
	return snowflake.Statement{
		Kind: snowflake.KindGrant,
		Name: object,
		SQL:  "GRANT " + on + " TO ROLE " + role,
		Undo: "REVOKE " + on + " FROM ROLE " + role,
		Why:  why,
	}
}

// because gives the first of some statements the reason for all of them.
func because(list []snowflake.Statement, why string) []snowflake.Statement {
	if len(list) > 0 {
		list[0].Why = why
	}
	return list
}

// distinct leaves out statements that stand in the list already.
func distinct(list []snowflake.Statement) []snowflake.Statement {
	var kept []snowflake.Statement
	for _, s := range list {
		same := func(k snowflake.Statement) bool { return k.SQL == s.SQL }
		if !slices.ContainsFunc(kept, same) {
			kept = append(kept, s)
		}
	}
	return kept
}

// viewerGrants lets the viewers in. They need nothing but the way to the app: it runs with its
// owner's rights, and whoever may use a function that holds a secret can read it.
// https://docs.snowflake.com/en/developer-guide/streamlit/object-management/privileges
func (o *objects) viewerGrants() []snowflake.Statement {
	list := make([]snowflake.Statement, 0, 3*len(o.viewers))
	for _, viewer := range o.viewers {
		var way []snowflake.Statement
		if o.database != "" {
			way = append(way, grant("USAGE", "DATABASE "+o.database, viewer, ""))
		}
		if o.schema != "" {
			way = append(way, grant("USAGE", "SCHEMA "+o.schema, viewer, ""))
		}
		way = append(way, grant("USAGE", "STREAMLIT "+o.streamlit, viewer, ""))
		list = append(list, because(way, o.tell(say(
			"%s needs the way to the app and the app itself, nothing else: the app runs with the rights of its owner.",
			"%s に必要なのはアプリまでの経路とアプリの USAGE だけです。アプリは所有者の権限で動きます。"), viewer))...)
	}
	return distinct(list)
}
