package resources

import (
	"slices"

	"sleet/snowflake"
	"sleet/ui/message"
)

// grant returns a step that grants a privilege to a role.
// https://docs.snowflake.com/en/sql-reference/sql/grant-privilege
func grant(privilege, on string, object, role snowflake.Name) step {
	return step{Resource: snowflake.Resource{
		Ref: snowflake.Ref{
			Kind: snowflake.KindGrant, Grant: snowflake.Privilege{Name: privilege, On: on, Object: object, Role: role},
		},
		Managed: true,
	}}
}

// withWhy sets the reason for several steps on the first one.
func withWhy(list []step, why string) []step {
	if len(list) > 0 {
		list[0].why = why
	}
	return list
}

// distinct returns the steps without repeated ones.
func distinct(list []step) []step {
	var unique []step
	for _, s := range list {
		if !slices.ContainsFunc(unique, func(k step) bool { return k.Ref == s.Ref }) {
			unique = append(unique, s)
		}
	}
	return unique
}

// parentGrants returns grants of USAGE on the database and the schema of an object, if they are
// known.
func parentGrants(object, role snowflake.Name) []step {
	var list []step
	if database := object.InDatabase(); !database.IsZero() {
		list = append(list, grant(usage, snowflake.OnDatabase, database, role))
	}
	if schema := (snowflake.Name{Database: object.Database, Schema: object.Schema}); object.Schema != "" {
		list = append(list, grant(usage, snowflake.OnSchema, schema, role))
	}
	return list
}

// viewerGrants returns the viewers' grants. Viewers only need access to the app and its parents:
// the app runs with owner's rights, and anyone with USAGE on a UDF that holds a secret can read it.
//
// They do not include EMBED, which lets another site show the app in a frame and requires an
// administrator to add the site to STREAMLIT_EMBEDDING_CONTROLS. That is not for the app to decide,
// and no viewer needs it. A migration keeps an existing EMBED grant.
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
		list = append(list, withWhy(way, a.text(why, "role", a.SQL(viewer)))...)
	}
	return distinct(list)
}
