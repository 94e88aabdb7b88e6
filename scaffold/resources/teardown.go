package resources

import (
	"slices"
	"strings"

	"sleet/snowflake"
)

// teardownParts reverses each part of the setup, the last one first. It omits grants: those on
// dropped objects disappear, and the others may have existed before. It keeps the schema, and
// removes only the app's files from the stage.
func (a *Parsed) teardownParts(setup []part) []part {
	var parts []part
	for _, made := range slices.Backward(setup) {
		var list []step
		for _, s := range slices.Backward(made.steps) {
			if sql := a.teardown(s); sql != "" {
				st := snowflake.Statement{Ref: s.Ref, SQL: sql, Why: a.teardownWhy(s.Kind)}
				list = append(list, step{Resource: s.Resource, altered: []snowflake.Statement{st}})
			}
		}
		if len(list) > 0 {
			parts = append(parts, part{made.title, made.role, list})
		}
	}
	return a.useDatabase(parts)
}

// teardown returns the statement that reverses a step, empty if there is none.
func (a *Parsed) teardown(s step) string {
	switch {
	case s.use != "", s.altered != nil:
		return ""
	case s.Kind == snowflake.KindGrant, s.Kind == snowflake.KindSchema, s.Kind == snowflake.KindUpload:
		return ""
	case s.Kind == snowflake.KindStage:
		return a.Spelling.Drop(a.upload().Ref)
	default:
		return a.Spelling.Drop(s.Ref)
	}
}

// useDatabase puts USE DATABASE first if names have no schema and the database is known.
func (a *Parsed) useDatabase(parts []part) []part {
	if !a.Database.IsZero() && a.Schema.IsZero() && len(parts) > 0 {
		parts[0].steps = append([]step{a.use(snowflake.OnDatabase, a.Database)}, parts[0].steps...)
	}
	return parts
}

func (a *Parsed) teardownWhy(kind snowflake.Kind) string {
	switch kind {
	case snowflake.KindStage:
		return a.text("file.sql.drop_files")
	case snowflake.KindIntegration:
		return a.text("file.sql.drop_integration")
	case snowflake.KindSecret, snowflake.KindNetworkRule:
		return a.text("file.sql.drop_object")
	case snowflake.KindStreamlit:
		return a.text("file.sql.drop_app")
	default:
		return ""
	}
}

// teardownHead returns the comment at the top of the script: its purpose and who may run it.
func (a *Parsed) teardownHead() string {
	lines := []string{a.text("file.sql.teardown", "app", a.SQL(a.Streamlit))}
	lines = append(lines, a.placeNote()...)
	if a.Owner.IsZero() {
		lines = append(lines, "", a.text("file.sql.teardown_role"))
	}
	return strings.Join(lines, "\n")
}

// teardownFoot returns what stays, and how to remove it if nothing else needs it.
func (a *Parsed) teardownFoot(setup []part) []string {
	var kept []string
	for _, name := range a.secretNames(func(s parsedSecret) bool { return s.Existing }) {
		kept = append(kept, "  SECRET "+a.SQL(name))
	}
	for _, st := range a.statements(setup) {
		if st.Kind == snowflake.KindGrant && !a.dropped(st.Grant) {
			kept = append(kept, "  "+a.Spelling.Drop(st.Ref))
		}
	}
	if len(kept) == 0 {
		return nil
	}
	return append([]string{a.text("file.sql.teardown_rest")}, kept...)
}

// dropped reports whether the script drops the object of a grant, and the grant with it.
func (a *Parsed) dropped(g snowflake.Privilege) bool {
	switch g.On {
	case snowflake.KindStreamlit.On():
		return g.Object == a.Streamlit
	case snowflake.OnIntegration:
		return g.Object == a.Integration
	case snowflake.KindSecret.On():
		return slices.ContainsFunc(a.Secrets, func(s parsedSecret) bool { return !s.Existing && s.Name == g.Object })
	default:
		return false
	}
}
