package resources

import (
	"slices"
	"strings"

	"sleet/snowflake"
)

// rollbackParts returns the parts of sql/rollback.sql.
func (a *Parsed) rollbackParts(from parsedDeployed) []part {
	made := a.migrationParts(from)
	if from.Legacy {
		return a.teardownParts(made)
	}
	files := a.text("file.sql.rollback_upload")
	if from.Conda {
		files = a.text("file.sql.rollback_upload_conda")
	}
	upload := step{Resource: a.upload(), altered: []snowflake.Statement{{Ref: a.upload().Ref, Why: files}}}
	all := nonEmpty([]part{
		{"file.sql.part.place", a.Owner, sessionOnly(a.place())},
		{"file.sql.part.upload", a.Owner, []step{upload}},
		{"file.sql.part.switch", a.Owner, a.switchBack(from)},
	})
	// The parts above already have USE DATABASE.
	undone := a.teardownParts(made)
	for i, p := range undone {
		undone[i].steps = slices.DeleteFunc(p.steps, func(s step) bool { return s.use != "" })
	}
	return append(all, nonEmpty(undone)...)
}

// switchBack restores the warehouse runtime and the lists.
func (a *Parsed) switchBack(from parsedDeployed) []step {
	var list []step
	if len(a.Repositories) > 0 {
		list = append(list, a.alter("UNSET ARTIFACT_REPOSITORIES", a.text("file.sql.unset_repositories")))
	}
	list = append(list, a.alterSet(a.text("file.sql.switch_back"), []snowflake.Property{
		{Name: "RUNTIME_NAME", Value: snowflake.TextValue(from.WarehouseRuntime)},
		{Name: "QUERY_WAREHOUSE", Value: snowflake.NameValue(from.Warehouse)},
		{Name: "EXTERNAL_ACCESS_INTEGRATIONS", Value: snowflake.NamesValue(from.Integrations...)},
		{Name: "SECRETS", Value: snowflake.ListValue(from.Secrets)},
	}))
	var unset []string
	if len(from.Secrets) == 0 && len(a.mergedBindings(from)) > 0 {
		unset = append(unset, "SECRETS")
	}
	if len(from.Integrations) == 0 && len(a.mergedIntegrations(from)) > 0 {
		unset = append(unset, "EXTERNAL_ACCESS_INTEGRATIONS")
	}
	if len(unset) > 0 {
		list = append(list, a.alter("UNSET "+strings.Join(unset, ", "), a.text("file.sql.unset_lists")))
	}
	return list
}
