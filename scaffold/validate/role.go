package validate

import (
	"sleet/scaffold"
	"sleet/snowflake"
)

// everybody is the role that every user has.
const everybody = "PUBLIC"

func checkOwnerSystem(in *inspection) {
	if scaffold.SystemRole(in.answers.Roles.Owner) {
		in.found("roles.owner", "value", in.answers.Roles.Owner)
	}
}

// checkViewers returns a check that reports the viewers for which wrong returns true.
func checkViewers(wrong func(in *inspection, i int, viewer string) bool) func(*inspection) {
	return func(in *inspection) {
		for i, viewer := range in.answers.Roles.Viewers {
			if viewer != "" && wrong(in, i, viewer) {
				in.found(item("roles.viewers", i), "value", viewer)
			}
		}
	}
}

func duplicateViewer(in *inspection, i int, viewer string) bool {
	for _, earlier := range in.answers.Roles.Viewers[:i] {
		if earlier != "" && snowflake.SameName(earlier, viewer) {
			return true
		}
	}
	return false
}

func viewerOwns(in *inspection, _ int, viewer string) bool {
	return in.answers.Roles.Owner != "" && snowflake.SameName(in.answers.Roles.Owner, viewer)
}

// checkViewersPlace reports viewers in an app without a database or schema, where sleet cannot
// grant USAGE.
func checkViewersPlace(in *inspection) {
	if len(in.answers.Roles.Viewers) == 0 {
		return
	}
	switch {
	case in.answers.App.Database == "":
		in.found("roles.viewers", "missing", "app.database")
	case in.answers.App.Schema == "":
		in.found("roles.viewers", "missing", "app.schema")
	}
}

func roleRules() []Rule {
	const pagePrivileges = "https://docs.snowflake.com/en/developer-guide/streamlit/object-management/privileges"
	return []Rule{
		{
			ID: "owner-system", Severity: Warning, Page: "https://docs.snowflake.com/en/developer-guide/streamlit/object-management/owners-rights",
			check: checkOwnerSystem,
		},
		{
			ID: "viewer-public", Severity: Warning, Page: pageAccess,
			check: checkViewers(func(_ *inspection, _ int, viewer string) bool { return snowflake.SameName(viewer, everybody) }),
		},
		{
			ID: "viewer-system", Severity: Warning, Page: pageAccess,
			check: checkViewers(func(_ *inspection, _ int, viewer string) bool {
				return scaffold.SystemRole(viewer) && !snowflake.SameName(viewer, everybody)
			}),
		},
		{
			ID: "viewer-duplicate", Severity: Warning, Page: pagePrivileges, check: checkViewers(duplicateViewer),
		},
		{
			ID: "viewer-owner", Severity: Warning, Page: pagePrivileges, check: checkViewers(viewerOwns),
		},
		{
			ID: "viewer-place", Severity: Warning, Page: pagePrivileges, check: checkViewersPlace,
		},
	}
}
