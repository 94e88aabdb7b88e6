package validate

import (
	"sleet/scaffold"
	"sleet/snowflake"
)

// everybody is the role that every user has.
const everybody = "PUBLIC"

func checkOwnerSystem(in *inspection) {
	if scaffold.SystemRole(in.given.Roles.Owner) {
		in.found("roles.owner", "value", in.given.Roles.Owner)
	}
}

// checkViewers makes the check that reports the viewers for which wrong gives true.
func checkViewers(wrong func(in *inspection, i int, viewer string) bool) func(*inspection) {
	return func(in *inspection) {
		for i, viewer := range in.given.Roles.Viewers {
			if viewer != "" && wrong(in, i, viewer) {
				in.found(item("roles.viewers", i), "value", viewer)
			}
		}
	}
}

func viewerAgain(in *inspection, i int, viewer string) bool {
	for _, earlier := range in.given.Roles.Viewers[:i] {
		if earlier != "" && snowflake.Same(earlier, viewer) {
			return true
		}
	}
	return false
}

func viewerOwns(in *inspection, _ int, viewer string) bool {
	return in.given.Roles.Owner != "" && snowflake.Same(in.given.Roles.Owner, viewer)
}

// checkViewersPlace finds viewers who cannot be given USAGE on a database or schema without a name.
func checkViewersPlace(in *inspection) {
	if len(in.given.Roles.Viewers) == 0 {
		return
	}
	switch {
	case in.given.App.Database == "":
		in.found("roles.viewers", "missing", "app.database")
	case in.given.App.Schema == "":
		in.found("roles.viewers", "missing", "app.schema")
	}
}

func roleRules() []Rule {
	const pagePrivileges = "https://docs.snowflake.com/en/developer-guide/streamlit/object-management/privileges"
	return []Rule{
		{
			ID: "owner-system", Severity: Warning, Page: "https://docs.snowflake.com/en/developer-guide/streamlit/object-management/owners-rights",
			check: checkOwnerSystem,
			Message: "{value} would own the app permanently: ownership of a STREAMLIT cannot be moved, and every viewer acts through the app with all that " +
				"{value} may do",
			Fix: "name a role made for this app, with no more than the app needs",
		},
		{
			ID: "viewer-public", Severity: Warning, Page: pageAccess,
			check:   checkViewers(func(_ *inspection, _ int, viewer string) bool { return snowflake.Same(viewer, everybody) }),
			Message: "{value} is every user of the account: all of them could open the app",
			Fix:     "name the roles that may see it, unless that is what you want",
		},
		{
			ID: "viewer-system", Severity: Warning, Page: pageAccess,
			check: checkViewers(func(_ *inspection, _ int, viewer string) bool {
				return scaffold.SystemRole(viewer) && !snowflake.Same(viewer, everybody)
			}),
			Message: "{value} is an administrators' role of Snowflake's, not one to look at apps with",
			Fix:     "name a role that those people have for their daily work",
		},
		{
			ID: "viewer-duplicate", Severity: Warning, Page: pagePrivileges, check: checkViewers(viewerAgain),
			Message: "the viewer {value} stands in the list already",
			Fix:     "take one of the two out",
		},
		{
			ID: "viewer-owner", Severity: Warning, Page: pagePrivileges, check: checkViewers(viewerOwns),
			Message: "the viewer {value} owns the app and needs no grant to see it",
			Fix:     "take it out of roles.viewers",
		},
		{
			ID: "viewer-place", Severity: Warning, Page: pagePrivileges, check: checkViewersPlace,
			Message: "the viewers need USAGE on the app's database and schema, but {missing} is not named, so setup.sql cannot grant it",
			Fix:     "fill in {missing}, or grant USAGE on both by hand",
		},
	}
}
