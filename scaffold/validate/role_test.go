package validate

import (
	"sleet/scaffold"
)

func roleCases() []ruleCase {
	viewers := func(list ...string) func(*scaffold.App) { return func(a *scaffold.App) { a.Roles.Viewers = list } }
	return []ruleCase{
		{"owner-system", "roles.owner", func(a *scaffold.App) { a.Roles.Owner = "accountadmin" }},
		{"owner-system", "roles.owner", func(a *scaffold.App) { a.Roles.Owner = "PUBLIC" }},
		{"owner-system", "", func(a *scaffold.App) { a.Roles.Owner = "APP_OWNER" }},
		{"owner-system", "", func(a *scaffold.App) { a.Roles.Owner = `"public"` }},
		{"viewer-public", "roles.viewers[0]", viewers("public")},
		{"viewer-public", "", viewers("ANALYST")},
		{"viewer-system", "roles.viewers[1]", viewers("A", "SYSADMIN")},
		{"viewer-system", "", viewers("PUBLIC")},
		{"viewer-duplicate", "roles.viewers[1]", viewers("a", "A")},
		{"viewer-duplicate", "", viewers(`"a"`, "A")},
		{"viewer-owner", "roles.viewers[0]", func(a *scaffold.App) { a.Roles.Owner, a.Roles.Viewers = "O", []string{"o"} }},
		{"viewer-owner", "", func(a *scaffold.App) { a.Roles.Owner, a.Roles.Viewers = "O", []string{"V"} }},
		{"viewer-place", "roles.viewers", viewers("A")},
		{"viewer-place", "roles.viewers", func(a *scaffold.App) { a.App.Database, a.Roles.Viewers = "D", []string{"A"} }},
		{"viewer-place", "", func(a *scaffold.App) { a.App.Database, a.App.Schema, a.Roles.Viewers = "D", "S", []string{"A"} }},
		{"viewer-place", "", viewers()},
	}
}
