package resources

import (
	"slices"
	"strings"
)

// migrationHead returns the comment at the top of the script: its purpose, what to do before running it, and who
// may run it.
func (a *Parsed) migrationHead(from parsedDeployed) string {
	lines := []string{a.text("file.sql.migrate", "app", a.SQL(a.Streamlit))}
	if from.Legacy {
		lines = []string{a.text("file.sql.migrate_new", "app", a.SQL(a.Streamlit), "old", a.oldName(from))}
	}
	if slices.ContainsFunc(a.Secrets, hasSlots) {
		lines = append(lines, "", a.text("file.sql.migrate_values"))
	}
	lines = append(lines, a.placeNote()...)
	lines = append(lines, "", a.roleHead())
	lines = append(lines, a.migrationPrivileges(from)...)
	if !from.Legacy {
		lines = append(lines, "", a.text("file.sql.root_location", "app", a.SQL(a.Streamlit)))
	}
	return strings.Join(append(lines, a.systemRoleNote()...), "\n")
}

// migrationPrivileges lists the privileges of the role that migrates the app. Altering an existing
// app requires OWNERSHIP, but none of the privileges that only creating one requires.
func (a *Parsed) migrationPrivileges(from parsedDeployed) []string {
	lines := a.privileges()
	if from.Legacy {
		return lines
	}
	unneeded := []string{", CREATE SCHEMA", "", ", CREATE STREAMLIT", "", ", CREATE STAGE", ""}
	if a.attached(from) {
		unneeded = append(unneeded, ", CREATE NETWORK RULE", "")
	}
	less := strings.NewReplacer(unneeded...)
	for i := range lines {
		lines[i] = less.Replace(lines[i])
	}
	if a.Owner.IsZero() {
		lines = append(lines, "  OWNERSHIP ON STREAMLIT "+a.SQL(a.Streamlit))
	}
	return lines
}

// migrationFoot returns what to do after the migration to a new app.
func (a *Parsed) migrationFoot(from parsedDeployed) []string {
	if !from.Legacy {
		return nil
	}
	return []string{a.text("file.sql.drop_old"), "  DROP STREAMLIT " + a.oldName(from)}
}

// oldName returns the name of the app that stays beside the new one.
func (a *Parsed) oldName(from parsedDeployed) string { return a.SQL(from.Name) }

// rollbackHead returns the comment at the top of the script: its purpose and who may run it.
func (a *Parsed) rollbackHead(from parsedDeployed) string {
	lines := []string{a.text("file.sql.rollback", "app", a.SQL(a.Streamlit))}
	if from.Legacy {
		lines = append(lines, a.text("file.sql.old_unchanged", "app", a.oldName(from)))
	}
	lines = append(lines, a.placeNote()...)
	if a.Owner.IsZero() {
		lines = append(lines, "", a.text("file.sql.rollback_role"))
	}
	return strings.Join(lines, "\n")
}
