package resources

import (
	"slices"

	"sleet/snowflake"
	"sleet/ui/message"
)

// grant returns a role a privilege.
// https://docs.snowflake.com/en/sql-reference/sql/grant-privilege
func grant(privilege, on string, object, role snowflake.Name) step {
	return step{Resource: snowflake.Resource{
		Ref: snowflake.Ref{
			Kind: snowflake.KindGrant, Grant: snowflake.Privilege{Name: privilege, On: on, Object: object, Role: role},
		},
		Managed: true,
	}}
}

// because returns the first of some steps the reason for all of them.
func because(list []step, why string) []step {
	if len(list) > 0 {
		list[0].why = why
	}
	return list
}

// distinct leaves out grants that are in the list already.
func distinct(list []step) []step {
	var kept []step
	for _, s := range list {
		if !slices.ContainsFunc(kept, func(k step) bool { return k.Ref == s.Ref }) {
			kept = append(kept, s)
		}
	}
	return kept
}

// wayTo returns a role the way to an object: its database and schema, where they are known.
func wayTo(object, role snowflake.Name) []step {
	var list []step
	if database := object.InDatabase(); !database.IsZero() {
		list = append(list, grant(usage, snowflake.OnDatabase, database, role))
	}
	if schema := (snowflake.Name{Database: object.Database, Schema: object.Schema}); object.Schema != "" {
		list = append(list, grant(usage, snowflake.OnSchema, schema, role))
	}
	return list
}

// viewerGrants lets the viewers in. They need nothing but the way to the app: it runs with its
// owner's rights, and anyone who may use a function that holds a secret can read it.
//
// They get no EMBED. It lets another site show the app in a frame, for which the account's administrator must open
// STREAMLIT_EMBEDDING_CONTROLS to that site first: neither is the app's own to answer, and no viewer needs it. A migration keeps the
// EMBED that somebody granted.
// https://docs.snowflake.com/en/developer-guide/streamlit/object-management/privileges
// https://docs.snowflake.com/en/developer-guide/streamlit/features/embedding
func (a *Parsed) viewerGrants() []step {
	list := make([]step, 0, 3*len(a.Viewers))
	for _, viewer := range a.Viewers {
		var way []step
		if !a.Database.IsZero() {
			way = append(way, grant(usage, snowflake.OnDatabase, a.Database, viewer))
		}
		if !a.Schema.IsZero() {
			way = append(way, grant(usage, snowflake.OnSchema, a.Schema, viewer))
		}
		way = append(way, grant(usage, snowflake.KindStreamlit.On(), a.Streamlit, viewer))
		why := message.ID("file.sql.viewer")
		if a.Caller {
			why = "file.sql.viewer_caller"
		}
		list = append(list, because(way, a.text(why, "role", a.SQL(viewer)))...)
	}
	return distinct(list)
}
