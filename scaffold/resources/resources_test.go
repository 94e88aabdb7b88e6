package resources_test

import (
	"slices"
	"strings"
	"testing"

	"sleet/scaffold"
	"sleet/scaffold/resources"
	"sleet/snowflake"
)

// TestRoleNamesLikeSQL checks that a role whose name looks like SQL is treated as a name.
func TestRoleNamesLikeSQL(t *testing.T) {
	t.Parallel()
	owner := `"X TO ROLE Y"`
	app := scaffold.App{
		App: scaffold.Identity{Name: "demo", Database: "APPS", Schema: "PUBLIC"}, Roles: scaffold.Roles{Owner: owner, Viewers: []string{"V"}},
		Secrets: []scaffold.SecretDecl{{Key: "k", Existing: true, Object: `"a ON b".c."d TO ROLE e"`}},
	}
	want := snowflake.StoredObject("X TO ROLE Y")
	var grants []string
	for _, x := range resources.For(app, snowflake.Context{}, resources.CodeFacts{}).List {
		for _, need := range x.Needs {
			if need.Role != want && need.Role != snowflake.StoredObject("ACCOUNTADMIN") {
				t.Errorf("%s needs %s for role %s", x.SQL(), need.Name, need.Role.SQL())
			}
		}
		if x.Kind == snowflake.KindGrant {
			grants = append(grants, snowflake.Spelling(nil).Grant(x.Grant))
		}
	}
	for _, sql := range []string{
		`GRANT READ ON SECRET "a ON b".C."d TO ROLE e" TO ROLE "X TO ROLE Y"`, `GRANT USAGE ON SCHEMA "a ON b".C TO ROLE ACCOUNTADMIN`,
	} {
		if !slices.Contains(grants, sql) {
			t.Errorf("%s not found in\n%s", sql, strings.Join(grants, "\n"))
		}
	}
}

// TestDefaultProperties checks which properties of an app are defaults, so that an existing app
// keeps its own.
func TestDefaultProperties(t *testing.T) {
	t.Parallel()
	pool := "POOL"
	for name, c := range map[string]struct {
		app  scaffold.Identity
		open string
	}{
		"nothing answered":    {scaffold.Identity{}, "MAIN_FILE QUERY_WAREHOUSE COMPUTE_POOL COMMENT TITLE"},
		"title and warehouse": {scaffold.Identity{Title: "T", QueryWarehouse: "W"}, "MAIN_FILE COMPUTE_POOL COMMENT"},
		"all answered":        {scaffold.Identity{Title: "T", QueryWarehouse: "W", MainFile: "a.py", Comment: "c", ComputePool: &pool}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var open []string
			for _, x := range resources.For(scaffold.App{App: c.app}, snowflake.Context{Role: "DEV"}, resources.CodeFacts{}).List {
				for _, p := range x.Properties {
					if p.Default {
						open = append(open, p.Name)
					}
				}
			}
			if got := strings.Join(open, " "); got != c.open {
				t.Errorf("open properties = %q, want %q", got, c.open)
			}
		})
	}
}

// TestDependencies checks what the app depends on: its files, its integration and the UDFs that
// hold its secrets.
func TestDependencies(t *testing.T) {
	t.Parallel()
	app := scaffold.App{
		App: scaffold.Identity{Name: "demo", Database: "APPS", Schema: "PUBLIC"}, Network: scaffold.Network{Hosts: []string{"a.example.com"}},
		Secrets: []scaffold.SecretDecl{{Key: "k"}},
	}
	for _, x := range resources.For(app, snowflake.Context{Role: "DEV"}, resources.CodeFacts{ContextFunctions: true}).List {
		if x.Kind != snowflake.KindStreamlit {
			continue
		}
		var kinds []snowflake.Kind
		for _, ref := range x.Uses {
			kinds = append(kinds, ref.Kind)
		}
		for _, want := range []snowflake.Kind{snowflake.KindUpload, snowflake.KindIntegration, snowflake.KindFunction, snowflake.KindSchema} {
			if !slices.Contains(kinds, want) {
				t.Errorf("the app does not depend on a %s: %v", want, kinds)
			}
		}
		reads := func(p snowflake.Privilege) bool { return p.Name == "READ SESSION" && p.On == snowflake.OnAccount }
		if !slices.ContainsFunc(x.Needs, reads) {
			t.Errorf("code with context functions does not need READ SESSION: %v", x.Needs)
		}
	}
}
