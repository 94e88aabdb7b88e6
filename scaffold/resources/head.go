package resources

import (
	"slices"
	"strings"

	"sleet/snowflake"
	"sleet/ui/message"
)

// setupHead returns the comment at the top of the script: its purpose, what to do before running it, and who may
// run it.
func (a *Parsed) setupHead() string {
	lines := []string{
		a.text("file.sql.setup", "app", a.SQL(a.Streamlit)),
	}
	if slices.ContainsFunc(a.Secrets, hasSlots) {
		lines = append(lines, "", a.text("file.sql.setup_values"))
	}
	lines = append(lines, a.placeNote()...)
	lines = append(lines, "", a.roleHead())
	lines = append(lines, a.privileges()...)
	return strings.Join(append(lines, a.systemRoleNote()...), "\n")
}

func hasSlots(s parsedSecret) bool { return !s.Existing && len(s.values()) > 0 }

// placeNote returns a note on what the script leaves to the session.
func (a *Parsed) placeNote() []string {
	var note message.ID
	switch {
	case a.Database.IsZero() && a.Schema.IsZero():
		note = "file.sql.no_place"
	case a.Database.IsZero():
		note = "file.sql.no_database"
	case a.Schema.IsZero():
		note = "file.sql.no_schema"
	default:
		return nil
	}
	return []string{"", a.text(note)}
}

func (a *Parsed) roleHead() string {
	if a.Owner.IsZero() {
		return a.text("file.sql.session_role_needs")
	}
	lines := []string{a.text("file.sql.owner_permanent", "role", a.SQL(a.Owner))}
	if !a.Integration.IsZero() || a.Cortex || a.Caller || len(a.Viewers) > 0 {
		lines = append(lines, a.text("file.sql.admin_needs", "role", a.SQL(a.Admin)))
	}
	return strings.Join(append(lines, a.text("file.sql.owner_needs", "role", a.SQL(a.Owner))), "\n")
}

// privileges lists the privileges of the role that creates the app, as GRANT statements if the role
// is known.
func (a *Parsed) privileges() []string {
	var lines []string
	add := func(privileges, object string) {
		line := "  " + privileges + " ON " + object
		if !a.Owner.IsZero() {
			line = "  GRANT " + privileges + " ON " + object + " TO ROLE " + a.SQL(a.Owner)
		}
		if !slices.Contains(lines, line) {
			lines = append(lines, line)
		}
	}
	databaseNeeds := usage
	if !a.Schema.IsZero() {
		databaseNeeds += ", CREATE SCHEMA"
	}
	switch {
	case !a.Database.IsZero():
		add(databaseNeeds, "DATABASE "+a.SQL(a.Database))
	case !a.Schema.IsZero():
		// The database has no name to grant on.
		lines = append(lines, "  "+a.text("file.sql.on_database", "privileges", databaseNeeds))
	}
	for _, p := range a.schemaPrivileges() {
		if database := p.schema.InDatabase(); !database.IsZero() && database != a.Database {
			add(usage, "DATABASE "+a.SQL(database))
		}
		schema := a.text("file.sql.schema_in_use")
		if !p.schema.IsZero() {
			schema = a.SQL(p.schema)
		}
		add(strings.Join(p.list, ", "), "SCHEMA "+schema)
	}
	add(usage, "WAREHOUSE "+a.SQL(a.Warehouse))
	if !a.Pool.IsZero() {
		add(usage, "COMPUTE POOL "+a.SQL(a.Pool))
	}
	for _, s := range a.Secrets {
		if !s.Integration.IsZero() && !s.Existing {
			add(usage, "INTEGRATION "+a.SQL(s.Integration))
		}
		if s.Existing && a.Owner.IsZero() {
			a.existingSecretParents(s, add)
			add("USAGE, READ", "SECRET "+a.SQL(s.Name))
		}
	}
	if a.Owner.IsZero() && !a.Integration.IsZero() {
		add(snowflake.CreateExternalAccess, "ACCOUNT")
	}
	if a.Owner.IsZero() && len(a.Viewers) > 0 && (!a.Database.IsZero() || !a.Schema.IsZero()) {
		add("MANAGE GRANTS", "ACCOUNT "+a.text("file.sql.or_own"))
	}
	if a.Owner.IsZero() && a.Cortex {
		lines = append(lines, "  DATABASE ROLE "+a.SQL(cortexUser()))
	}
	return lines
}

// existingSecretParents adds USAGE on the database and schema of an existing secret if they are not the
// app's own.
func (a *Parsed) existingSecretParents(s parsedSecret, add func(privileges, object string)) {
	if database := s.Name.InDatabase(); !database.IsZero() && database != a.Database {
		add(usage, "DATABASE "+a.SQL(database))
	}
	schema := s.Name.Parent()
	here := slices.ContainsFunc(a.schemaPrivileges(), func(p schemaPrivileges) bool { return p.schema == schema })
	if schema.Schema != "" && !here {
		add(usage, "SCHEMA "+a.SQL(schema))
	}
}

// schemaPrivileges holds the privileges that creating objects in one schema requires.
type schemaPrivileges struct {
	schema snowflake.Name
	list   []string
}

// schemaPrivileges returns the privileges that creating the app's objects requires, for each
// schema, the app's own first.
func (a *Parsed) schemaPrivileges() []schemaPrivileges {
	all := []schemaPrivileges{{a.Schema, []string{usage, "CREATE STREAMLIT"}}}
	add := func(name snowflake.Name, privilege string) {
		schema := name.Parent()
		i := slices.IndexFunc(all, func(p schemaPrivileges) bool { return p.schema == schema })
		if i < 0 {
			i = len(all)
			all = append(all, schemaPrivileges{schema, []string{usage}})
		}
		if !slices.Contains(all[i].list, privilege) {
			all[i].list = append(all[i].list, privilege)
		}
	}
	add(a.Stage, "CREATE STAGE")
	if !a.Rule.IsZero() {
		add(a.Rule, "CREATE NETWORK RULE")
	}
	for _, s := range a.Secrets {
		if !s.Existing {
			add(s.Name, "CREATE SECRET")
		}
		if !s.Function.IsZero() {
			add(s.Function, "CREATE FUNCTION")
		}
	}
	return all
}

// systemRoleNote returns a warning about a system-defined owner: all viewers use the app with its
// rights.
// https://docs.snowflake.com/en/developer-guide/streamlit/object-management/owners-rights
func (a *Parsed) systemRoleNote() []string {
	if !a.SystemOwner {
		return nil
	}
	return []string{"", a.text("file.sql.system_role", "role", a.SQL(a.Owner))}
}
