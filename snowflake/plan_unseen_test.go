package snowflake_test

import (
	"strings"
	"testing"

	"sleet/snowflake"
)

// TestNewPlanHiddenList checks the plan for a list that DESCRIBE may omit: it is compared if shown, and
// otherwise set together with the files that it belongs to.
func TestNewPlanHiddenList(t *testing.T) {
	app := ref(snowflake.KindStreamlit, "D.S.APP")
	upload := snowflake.Ref{Kind: snowflake.KindUpload, Name: snowflake.ShownName("D.S.ST"), Folder: "APP"}
	desired := snowflake.DesiredResources{List: []snowflake.Resource{
		{Ref: upload, Owner: role("DEV"), Managed: true},
		{Ref: app, Owner: role("DEV"), Managed: true, Properties: []snowflake.Property{{
			Name: "ARTIFACT_REPOSITORIES", Value: snowflake.NamesValue(snowflake.ShownName("A.B.C")), With: []string{"pyproject.toml"},
		}}},
	}}
	for name, c := range map[string]struct {
		shown string
		known bool
		sent  []string
		want  string
	}{
		"not shown, nothing sent":    {"", false, nil, ""},
		"not shown, other file sent": {"", false, []string{"app.py"}, ""},
		"not shown, packages sent":   {"", false, []string{"app.py", "pyproject.toml"}, "ARTIFACT_REPOSITORIES = (A.B.C)"},
		"shown, there":               {"[A.B.C]", true, []string{"pyproject.toml"}, ""},
		"shown, another":             {"[X.Y.Z]", true, nil, "ARTIFACT_REPOSITORIES = (X.Y.Z, A.B.C)"},
		"shown, none":                {"[]", true, nil, "ARTIFACT_REPOSITORIES = (A.B.C)"},
	} {
		t.Run(name, func(t *testing.T) {
			found := snowflake.Observed{Presence: snowflake.Present, Owner: role("DEV"), Values: map[string]string{"LIVE_VERSION": "x"}, Lists: map[string][]snowflake.Entry{}}
			if c.known {
				found.Lists["ARTIFACT_REPOSITORIES"] = snowflake.ShownList(c.shown)
			}
			plan := snowflake.NewPlan(desired, snowflake.Account{
				Roles: snowflake.Roles{Current: role("DEV")},
				Found: map[snowflake.Ref]snowflake.Observed{
					app: found, upload: {Presence: snowflake.Present, Files: &snowflake.FileChanges{Changed: c.sent}},
				},
			}, snowflake.PlanOptions{})
			var shownText []string
			for _, st := range plan.Items[1].Statements {
				shownText = append(shownText, st.SQL)
			}
			if got := strings.Join(shownText, ";"); c.want == "" && got != "" || !strings.Contains(got, c.want) {
				t.Errorf("statements %q, want %q", got, c.want)
			}
		})
	}
}

// TestGrantToAnotherRoleIsUnknown checks the plan for a grant to a role whose grants are not shown: it is requested
// from an administrator once, and counts as unknown afterwards. If the person can grant it, or the role's grants are
// shown, it is planned.
func TestGrantToAnotherRoleIsUnknown(t *testing.T) {
	t.Parallel()
	owner, viewer := snowflake.StoredObject("OWNER"), snowflake.StoredObject("VIEWER")
	database := snowflake.Ref{Kind: snowflake.KindDatabase, Name: snowflake.Name{Database: "D"}}
	grant := snowflake.Privilege{Name: "USAGE", On: snowflake.OnDatabase, Object: database.Name, Role: viewer}
	ref := snowflake.Ref{Kind: snowflake.KindGrant, Grant: grant}
	known := func(more ...snowflake.Name) snowflake.Roles {
		roles := snowflake.Roles{
			Current: owner, Available: []snowflake.Name{owner}, Secondary: true, Known: map[snowflake.Name]bool{owner: true},
			Privileges: map[snowflake.Name][]snowflake.Privilege{owner: {{Name: "USAGE", On: snowflake.OnDatabase, Object: database.Name, Role: owner}}},
		}
		for _, role := range more {
			roles.Known[role] = true
		}
		return roles
	}
	for name, c := range map[string]struct {
		roles  snowflake.Roles
		by     snowflake.Name
		asked  bool
		action snowflake.Action
		unseen bool
	}{
		"the first time":      {known(), snowflake.StoredObject("ADMIN"), false, snowflake.ActionCannot, false},
		"asked for":           {known(), snowflake.StoredObject("ADMIN"), true, snowflake.ActionSame, true},
		"shown to be missing": {known(viewer), snowflake.StoredObject("ADMIN"), true, snowflake.ActionCannot, false},
		"may be refused":      {known(), owner, false, snowflake.ActionCreate, false},
		"was refused":         {known(), owner, true, snowflake.ActionSame, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			desired := snowflake.DesiredResources{List: []snowflake.Resource{
				{Ref: database, Owner: owner},
				{Ref: ref, Owner: c.by, Managed: true, Uses: []snowflake.Ref{database}},
			}}
			account := snowflake.Account{Roles: c.roles, Found: map[snowflake.Ref]snowflake.Observed{database: {Presence: snowflake.Present}}}
			plan := snowflake.NewPlan(desired, account, snowflake.PlanOptions{HandedOver: map[snowflake.Ref]bool{ref: c.asked}})
			item := plan.Items[1]
			if item.Action != c.action || item.NotVisible != c.unseen {
				t.Errorf("action %s, unseen %t (%s), want %s, %t", item.Action, item.NotVisible, item.Reason, c.action, c.unseen)
			}
			if c.action != snowflake.ActionCreate && len(item.Handover) != 1 {
				t.Errorf("hand-over %v, want one statement", item.Handover)
			}
		})
	}
}

// TestManageGrantsInside checks that MANAGE GRANTS on the account, a database or a schema allows granting on objects of
// other owners there, and not elsewhere.
// https://docs.snowflake.com/en/sql-reference/sql/grant-privilege
func TestManageGrantsInside(t *testing.T) {
	t.Parallel()
	owner, viewer := snowflake.StoredObject("OWNER"), snowflake.StoredObject("VIEWER")
	app := snowflake.Name{Database: "D", Schema: "S", Object: "A"}
	ref := snowflake.Ref{Kind: snowflake.KindGrant, Grant: snowflake.Privilege{Name: "USAGE", On: "STREAMLIT", Object: app, Role: viewer}}
	made := snowflake.Ref{Kind: snowflake.KindStreamlit, Name: app}
	for name, c := range map[string]struct {
		on     string
		object snowflake.Name
		enough bool
	}{
		"on the account":         {snowflake.OnAccount, snowflake.Name{}, true},
		"on its database":        {snowflake.OnDatabase, snowflake.Name{Database: "D"}, true},
		"on its schema":          {snowflake.OnSchema, snowflake.Name{Database: "D", Schema: "S"}, true},
		"on another database":    {snowflake.OnDatabase, snowflake.Name{Database: "E"}, false},
		"on a schema beside its": {snowflake.OnSchema, snowflake.Name{Database: "D", Schema: "T"}, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			desired := snowflake.DesiredResources{List: []snowflake.Resource{{Ref: ref, Owner: owner, Managed: true, Uses: []snowflake.Ref{made}}}}
			account := snowflake.Account{
				Roles: snowflake.Roles{
					Current: owner, Available: []snowflake.Name{owner}, Known: map[snowflake.Name]bool{owner: true, viewer: true},
					Privileges: map[snowflake.Name][]snowflake.Privilege{owner: {{Name: "MANAGE GRANTS", On: c.on, Object: c.object, Role: owner}}},
				},
				Found: map[snowflake.Ref]snowflake.Observed{made: {Presence: snowflake.Present, Owner: snowflake.StoredObject("OTHERS")}},
			}
			item := snowflake.NewPlan(desired, account, snowflake.PlanOptions{}).Items[0]
			if item.Action != snowflake.ActionCreate || item.Reason.IsZero() != c.enough {
				t.Errorf("action %s (%s), want create, without a reason: %t", item.Action, item.Reason, c.enough)
			}
		})
	}
}
