package observe_test

import (
	"strings"
	"testing"

	"sleet/scaffold"
	"sleet/scaffold/answers"
	"sleet/scaffold/resources"
	"sleet/snowflake"
	"sleet/snowflake/account/observe"
	"sleet/snowflake/account/query"
	"sleet/snowflake/account/session"
	"sleet/snowflake/snowflaketest"
)

// lookedAt returns apps with a secret of each kind that needs no security integration.
func lookedAt() map[string]string {
	return map[string]string{
		"container": `
app.name = "looked at"
app.comment = "it's \\ one"
network.hosts = ["api.example.com", "*.files.example.com:8443"]
roles.viewers = ["PUBLIC"]
[[secrets]]
key = "api_key"
[[secrets]]
key = "login"
type = "password"
access = "st.secrets"
comment = "for the API"
`,
		"warehouse": `
app.name = "looked_at"
app.runtime = "warehouse"
app.schema = "Made Here"
app.database = "APPS"
network.hosts = ["api.example.com"]
[[secrets]]
key = "api_key"
object = '"my key"'
`,
		"bare": `app.name = "looked_at"`,
	}
}

// surveyed reads the account's state for an app and returns the plan.
func surveyed(t *testing.T, c *session.Client, app scaffold.App, o snowflake.PlanOptions) snowflake.Plan {
	t.Helper()
	session, roles, err := observe.ReadIdentity(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	desired := resources.For(app, session, resources.CodeFacts{})
	account, err := observe.ReadState(t.Context(), c, session, roles, desired, observe.ReadOptions{})
	if err != nil {
		t.Fatal(err)
	}
	return snowflake.NewPlan(desired, account, o)
}

// perform runs the statements of a plan, each as its role.
func perform(t *testing.T, a *snowflaketest.Account, c *session.Client, plan snowflake.Plan) {
	t.Helper()
	for _, item := range plan.Items {
		if item.Kind == snowflake.KindUpload {
			if _, err := query.Put(t.Context(), c, query.File{Name: "streamlit_app.py", Folder: item.SQL(), Content: strings.NewReader("import streamlit\n")}); err != nil {
				t.Fatal(err)
			}
			continue
		}
		for _, st := range item.Statements {
			sql := st.SQL
			for _, slot := range st.Slots {
				sql = strings.ReplaceAll(sql, slot.Placeholder, "'v'")
			}
			role := item.Owner.Object
			if err := a.Exec(role, sql); err != nil {
				t.Fatalf("as %s, %s: %v", role, sql, err)
			}
		}
	}
}

// parsed reads the answers of an app.
func parsed(t *testing.T, text string) scaffold.App {
	t.Helper()
	app, err := answers.Parse("sleet.toml", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return app
}

// deployed returns an account that has an app, and a session of it.
func deployed(t *testing.T, app scaffold.App) (*snowflaketest.Account, *session.Client) {
	t.Helper()
	a := snowflaketest.Serve(t)
	c := connected(t, a)
	perform(t, a, c, surveyed(t, c, app, snowflake.PlanOptions{}))
	return a, c
}

// TestReadStateThenPlan checks that an account without the app needs all of it, that the plan's statements create it,
// and that the same app then needs no changes.
func TestReadStateThenPlan(t *testing.T) {
	t.Parallel()
	for name, text := range lookedAt() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			app := parsed(t, text)
			a := snowflaketest.Serve(t)
			c := connected(t, a)
			given := snowflake.PlanOptions{NewValues: map[string]bool{"api_key": true, "login": true}}
			plan := surveyed(t, c, app, given)
			for _, item := range plan.Items {
				made := item.Managed && item.Kind != snowflake.KindGrant && item.SQL() != "APPS.PUBLIC"
				if item.Action == snowflake.ActionCannot || made && item.Action != snowflake.ActionCreate {
					t.Errorf("%s %s: %s %s", item.Kind, item.Name, item.Action, item.Reason)
				}
			}
			perform(t, a, c, plan)
			for _, item := range surveyed(t, c, app, snowflake.PlanOptions{}).Items {
				if item.Kind != snowflake.KindUpload && item.Action != snowflake.ActionSame {
					t.Errorf("%s %s is there, and yet: %s %v %s %v", item.Kind, item.Name, item.Action, item.Changes, item.Reason, item.Statements)
				}
			}
		})
	}
}
