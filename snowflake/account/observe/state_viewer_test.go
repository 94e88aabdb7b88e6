package observe_test

import (
	"testing"

	"sleet/snowflake"
	"sleet/snowflake/account/session"
	"sleet/snowflake/snowflaketest"
)

// TestGrantsOfHiddenRoles uses a viewer role whose grants the session's role may not see. The plan must know them
// anyway, so that a deployed app needs no changes.
func TestGrantsOfHiddenRoles(t *testing.T) {
	t.Parallel()
	app := parsed(t, "app.name = 'seen'\nroles.owner = 'DEV'\nroles.viewers = ['ANALYST']\n")
	a := snowflaketest.Serve(t, snowflaketest.WithSetup("CREATE ROLE ANALYST"))
	c := connected(t, a)
	perform(t, a, c, surveyed(t, c, app, snowflake.PlanOptions{}))
	for _, item := range surveyed(t, c, app, snowflake.PlanOptions{}).Items {
		if item.Kind != snowflake.KindUpload && item.Action != snowflake.ActionSame {
			t.Errorf("%s %s: %s %s", item.Kind, item.Name, item.Action, item.Reason)
		}
	}
}

// TestGrantsSeenOnTheObject is the same for a person without an administrator role: the app's owner sees the grants on
// the app.
func TestGrantsSeenOnTheObject(t *testing.T) {
	t.Parallel()
	app := parsed(t, "app.name = 'seen'\nroles.owner = 'DEV'\nroles.viewers = ['ANALYST']\n")
	a := snowflaketest.Serve(t, snowflaketest.WithSetup("CREATE ROLE ANALYST"), snowflaketest.WithUser(snowflaketest.User{
		Name: "MODEST", Password: snowflaketest.Password, Role: "DEV", Roles: []string{"DEV"},
		Database: "APPS", Schema: "PUBLIC", Warehouse: "COMPUTE_WH",
	}))
	perform(t, a, connected(t, a), surveyed(t, connected(t, a), app, snowflake.PlanOptions{}))
	p := profileAt(a.Addr())
	p.User = "MODEST"
	c, err := session.Open(t.Context(), p, nil, session.Options{Application: "sleet"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Close() })
	for _, item := range surveyed(t, c, app, snowflake.PlanOptions{}).Items {
		if item.Kind != snowflake.KindUpload && item.Action != snowflake.ActionSame {
			t.Errorf("%s %s: %s %s", item.Kind, item.Name, item.Action, item.Reason)
		}
	}
}

// TestIntegrationSeenAsTheOwner is the same for an integration that an administrator created: the role of the session does
// not see it, and the owner of the app has USAGE on it.
func TestIntegrationSeenAsTheOwner(t *testing.T) {
	t.Parallel()
	app := parsed(t, "app.name = 'seen'\napp.database = 'KEPT'\napp.schema = 'APPS'\nroles.owner = 'KEEPER'\nnetwork.hosts = ['api.example.com']\n")
	a := snowflaketest.Serve(t, snowflaketest.WithSetup(
		"GRANT ROLE KEEPER TO USER SLEET", "CREATE DATABASE KEPT", "GRANT USAGE, CREATE SCHEMA ON DATABASE KEPT TO ROLE KEEPER",
		"GRANT USAGE ON WAREHOUSE COMPUTE_WH TO ROLE KEEPER",
	), snowflaketest.WithUser(snowflaketest.User{
		Name: "MODEST", Password: snowflaketest.Password, Role: "DEV", Roles: []string{"DEV", "KEEPER"},
		Database: "APPS", Schema: "PUBLIC", Warehouse: "COMPUTE_WH",
	}))
	as := func(user, role string) *session.Client {
		p := profileAt(a.Addr())
		p.User, p.Role = user, role
		c, err := session.Open(t.Context(), p, nil, session.Options{Application: "sleet"})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = c.Close() })
		return c
	}
	keeper := as("SLEET", "KEEPER")
	perform(t, a, keeper, surveyed(t, keeper, app, snowflake.PlanOptions{}))
	for _, item := range surveyed(t, as("MODEST", "DEV"), app, snowflake.PlanOptions{}).Items {
		if item.Kind != snowflake.KindUpload && item.Action != snowflake.ActionSame {
			t.Errorf("%s %s: %s %s", item.Kind, item.Name, item.Action, item.Reason)
		}
	}
}
