package deploy_test

import (
	"bufio"
	"bytes"
	"context"
	"strings"
	"testing"

	"sleet/scaffold"
	"sleet/snowflake"
	"sleet/snowflake/account/profile"
	"sleet/snowflake/account/session"
	"sleet/snowflake/snowflaketest"
	"sleet/steps/deploy"
)

// ownerGrants returns all grants that the owner of an app needs from others, by name.
func ownerGrants() map[string]string {
	return map[string]string{
		"database": "USAGE ON DATABASE APPS", "schema": "USAGE ON SCHEMA APPS.TEAM", "stage": "CREATE STAGE ON SCHEMA APPS.TEAM",
		"rule": "CREATE NETWORK RULE ON SCHEMA APPS.TEAM", "secret": "CREATE SECRET ON SCHEMA APPS.TEAM",
		"function": "CREATE FUNCTION ON SCHEMA APPS.TEAM", "app": "CREATE STREAMLIT ON SCHEMA APPS.TEAM",
		"warehouse": "USAGE ON WAREHOUSE COMPUTE_WH",
	}
}

// TestAdminScripts simulates a person who lacks one privilege or all of them, and has no administrator's role. In each
// round it runs the whole admin.sql as its roles and applies again, until the app is complete.
func TestAdminScripts(t *testing.T) {
	t.Parallel()
	lacks := map[string][]string{"nothing": nil}
	for name := range ownerGrants() {
		lacks[name] = []string{name}
		lacks["everything"] = append(lacks["everything"], name)
	}
	for name, missing := range lacks {
		for _, admin := range []string{"", "INTEGRATORS"} {
			t.Run(name+" "+admin, func(t *testing.T) {
				t.Parallel()
				handsOver(t, missing, admin)
			})
		}
	}
}

func handsOver(t *testing.T, missing []string, admin string) {
	t.Helper()
	r := newRig(t, scaffold.Container)
	r.account = snowflaketest.Serve(t, snowflaketest.WithUser(snowflaketest.User{
		Name: "MODEST", Password: snowflaketest.Password, Role: "APP_OWNER", Roles: []string{"APP_OWNER"}, Warehouse: "COMPUTE_WH",
	}))
	exec := func(role, sql string) {
		if err := r.account.Exec(role, sql); err != nil {
			t.Fatalf("%s: %v", sql, err)
		}
	}
	exec("DEV", "CREATE SCHEMA APPS.TEAM")
	for _, sql := range []string{"CREATE ROLE VIEWER", "CREATE ROLE INTEGRATORS", "GRANT ROLE INTEGRATORS TO ROLE ACCOUNTADMIN"} {
		exec("ACCOUNTADMIN", sql)
	}
	for name, grant := range ownerGrants() {
		if !contains(missing, name) {
			exec("ACCOUNTADMIN", "GRANT "+grant+" TO ROLE APP_OWNER")
		}
	}
	r.d.App.App.Schema = "TEAM"
	r.d.App.Roles = scaffold.Roles{Owner: "APP_OWNER", Admin: admin, Viewers: []string{"VIEWER"}}
	const most = 4
	for round := 1; ; round++ {
		done := r.applyAsDeveloper(t)
		if done.Complete() {
			r.checkNothingLeft(t)
			return
		}
		if round == most || done.Failed > 0 || len(done.AdminSQL) == 0 {
			t.Fatalf("round %d: %+v\n%s\n%s", round, done, done.AdminSQL, r.output.String())
		}
		r.administer(t, done.AdminSQL)
	}
}

// checkNothingLeft checks that another run has nothing to do and nothing to hand over.
func (r *rig) checkNothingLeft(t *testing.T) {
	t.Helper()
	before := len(r.changes())
	done := r.applyAsDeveloper(t)
	if sent := r.changes()[before:]; !done.Complete() || len(done.AdminSQL) > 0 || len(sent) > 0 {
		t.Errorf("another run = %+v\n%s\nit sent %q", done, done.AdminSQL, sent)
	}
}

func contains(list []string, one string) bool {
	for _, each := range list {
		if each == one {
			return true
		}
	}
	return false
}

// applyAsDeveloper applies as the person without an administrator's role.
func (r *rig) applyAsDeveloper(t *testing.T) deploy.Applied {
	t.Helper()
	profile, err := profile.Read(profile.Env{Environ: []string{
		"SNOWFLAKE_CONNECTIONS=" + strings.NewReplacer("SLEET", "MODEST", `"DEV"`, `"APP_OWNER"`).Replace(r.account.Profile()),
		"SNOWFLAKE_HOME=/sleet-no-such-folder",
	}}).Pick("demo")
	if err != nil {
		t.Fatal(err)
	}
	client, err := session.Open(t.Context(), profile, nil, session.Options{Application: "sleet"})
	if err != nil {
		t.Fatal(err)
	}
	cloud := deploy.New(client, func(dir, name string) (deploy.Journal, error) { return r.store.OpenJournal(dir, name) })
	defer cloud.Close() //nolint:errcheck // The account ends soon.
	s, err := cloud.Assess(context.Background(), r.d)
	if err != nil {
		t.Fatal(err)
	}
	done, err := cloud.Apply(t.Context(), r.d, s, deploy.ApplyHooks{Event: func(e deploy.Event) { r.print(e.Ref.SQL() + " " + string(e.Event) + " " + e.Message.String()) }})
	if err != nil {
		t.Fatal(err)
	}
	for _, left := range done.Unverified {
		t.Errorf("unverified: %s", left)
	}
	return done
}

// administer runs a script as an administrator, statement by statement.
func (r *rig) administer(t *testing.T, script []byte) {
	t.Helper()
	role := "ACCOUNTADMIN"
	var statement strings.Builder
	for lines := bufio.NewScanner(bytes.NewReader(script)); lines.Scan(); {
		line := lines.Text()
		if strings.HasPrefix(line, "--") || line == "" {
			continue
		}
		statement.WriteString(line + "\n")
		if !strings.HasSuffix(line, ";") {
			continue
		}
		sql := strings.TrimSuffix(strings.TrimSpace(statement.String()), ";")
		statement.Reset()
		if name, ok := strings.CutPrefix(sql, "USE ROLE "); ok {
			role = snowflake.AccountObject(name).Object
			continue
		}
		if err := r.account.Exec(role, sql); err != nil {
			t.Fatalf("as %s, %s: %v\n%s", role, sql, err, script)
		}
	}
}
