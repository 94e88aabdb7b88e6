package engine

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"sleet/snowflake/snowflaketest/grammar"
)

// setupAccount returns an account in which the scripts of sleet's golden files can run: with the databases that they
// name, integrations and secrets of other apps, and the roles.
func setupAccount(t *testing.T, withSchemas bool) *Engine {
	t.Helper()
	e := testEngine(t, Options{})
	team := e.add(&object{kind: grammar.KindRole, parts: grammar.Name{"SECURITY_TEAM"}}).key()
	for _, db := range []string{"OPS", "SHARED", "OTHER", "my db's"} {
		e.add(&object{kind: grammar.KindDatabase, parts: grammar.Name{db}, owner: team})
	}
	schemas := []grammar.Name{{"OPS", "VAULT"}, {"OPS", "NET"}, {"SHARED", "FILES"}, {"OTHER", "VAULT"}, {"APPS", "NET"}, {"APPS", "VAULT"}}
	if withSchemas {
		schemas = append(schemas, grammar.Name{"APPS", "SALES"}, grammar.Name{"my db's", "table"})
	}
	for _, n := range schemas {
		e.add(&object{kind: grammar.KindSchema, parts: n, owner: team})
	}
	secret := func(n grammar.Name, props map[string]value) {
		e.add(&object{kind: grammar.KindSecret, parts: n, owner: team, props: props})
	}
	secret(grammar.Name{"OPS", "VAULT", "SHARED"}, map[string]value{"TYPE": {text: "GENERIC_STRING"}, "SECRET_STRING": {text: "s3cr3t"}})
	secret(grammar.Name{"OPS", "VAULT", "login"}, map[string]value{"TYPE": {text: "PASSWORD"}, "USERNAME": {text: "u"}, "PASSWORD": {text: "s3cr3t"}})
	secret(grammar.Name{"APPS", "VAULT", "OPS_AWS"}, map[string]value{"TYPE": {text: "CLOUD_PROVIDER_TOKEN"}})
	if withSchemas {
		secret(grammar.Name{"APPS", "SALES", "OPS_OAUTH"}, map[string]value{"TYPE": {text: "OAUTH2"}})
	}
	e.add(&object{kind: grammar.KindRule, parts: grammar.Name{"OPS", "NET", "EGRESS"}, owner: team, props: map[string]value{"MODE": {text: "EGRESS"}, "TYPE": {text: "HOST_PORT"}}})
	for _, n := range []string{"CRM_OAUTH", "my oauth", "AWS_IAM"} {
		e.add(&object{kind: grammar.KindIntegration, parts: grammar.Name{n}, owner: team, props: map[string]value{"TYPE": {text: "API_AUTHENTICATION"}, "CATEGORY": {text: "SECURITY"}}})
	}
	e.add(&object{kind: grammar.KindWarehouse, parts: grammar.Name{"my warehouse"}, owner: team})
	return e
}

// prepareRoles creates the roles of a script and grants them what its header lists.
func prepareRoles(t *testing.T, e *Engine, script string) {
	t.Helper()
	e.AddUser("SLEET", "RUNNER", "RUNNER")
	role := regexp.MustCompile(`(?:USE ROLE|(?:TO|FROM) ROLE) ("[^"]+"|\w+)`)
	for _, m := range role.FindAllStringSubmatch(script, -1) {
		stored := StoredName(m[1])
		e.AddUser("SLEET", "RUNNER", stored)
		if stored == "PLATFORM_ADMIN" {
			e.give(grant{privilege: "CREATE INTEGRATION", to: roleKey(stored)})
			e.give(grant{privilege: "MANAGE GRANTS", to: roleKey(stored)})
		}
	}
	s := e.Session("SLEET", AccountAdmin, "APPS", "PUBLIC", "")
	// Grants that the header does not list: access to the session's own database, which the script does not name.
	for _, sql := range []string{"GRANT USAGE ON DATABASE APPS TO ROLE RUNNER", "GRANT USAGE, CREATE SCHEMA ON DATABASE APPS TO ROLE ACCOUNTADMIN"} {
		must(t, s, sql)
	}
	for line := range strings.SplitSeq(script, "\n") {
		need, ok := strings.CutPrefix(line, "--   ")
		if !ok || !strings.Contains(need, " ON ") || strings.HasPrefix(need, "Snowsight") || strings.Contains(need, "…") { // "…" is a placeholder for the reader
			continue
		}
		need = strings.ReplaceAll(strings.TrimPrefix(need, "GRANT "), "<the schema in use>", "APPS.PUBLIC")
		need, _, _ = strings.Cut(need, " (or own")
		if !strings.Contains(need, " TO ROLE ") {
			need += " TO ROLE RUNNER"
		}
		if _, err := s.Run(t.Context(), "GRANT "+need, nil); err != nil && err.Code != 2003 {
			t.Fatalf("GRANT %s: %v", need, err)
		}
	}
}

// runScript runs a script statement by statement. It fills in the placeholders and uploads the app's files at the
// upload step.
func runScript(t *testing.T, s *Session, script string) {
	t.Helper()
	script = regexp.MustCompile(`<secret:[^>]*>`).ReplaceAllString(script, "'a secret''s value'")
	for _, sql := range cut(t, script) {
		if m := regexp.MustCompile(`CREATE STREAMLIT .*\n  FROM '((?:[^']|'')*)'`).FindStringSubmatch(sql); m != nil {
			put(t, s, strings.ReplaceAll(m[1], "''", "'"), mainOf(sql), "import streamlit")
		}
		must(t, s, sql)
	}
}

func mainOf(sql string) string {
	return regexp.MustCompile(`MAIN_FILE = '([^']*)'`).FindStringSubmatch(sql)[1]
}

// cut splits a script into statements.
func cut(t *testing.T, script string) []string {
	t.Helper()
	list, err := grammar.Statements(script)
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// TestSetupScripts runs each golden setup script twice, with the same result in the account, and then its teardown
// twice, which must restore the previous state.
func TestSetupScripts(t *testing.T) {
	scripts, err := filepath.Glob("../../../scaffold/resources/testdata/setup/*.setup.sql")
	if err != nil || len(scripts) < 10 {
		t.Fatalf("%d scripts, %v", len(scripts), err)
	}
	for _, path := range scripts {
		for _, withSchemas := range []bool{false, true} {
			if !withSchemas && strings.Contains(path, "existing_secrets") {
				continue // one of the secrets is in the app's schema
			}
			t.Run(strings.TrimSuffix(filepath.Base(path), ".setup.sql"), func(t *testing.T) {
				setup, teardown := read(t, path), read(t, strings.Replace(path, ".setup.", ".teardown.", 1))
				e := setupAccount(t, withSchemas)
				prepareRoles(t, e, setup)
				before := objectKeys(e)
				runScript(t, e.Session("SLEET", "RUNNER", "APPS", "PUBLIC", ""), setup)
				first := e.Snapshot()
				runScript(t, e.Session("SLEET", "RUNNER", "APPS", "PUBLIC", ""), setup)
				if again := e.Snapshot(); again != first {
					t.Errorf("a second run changes the account:\n%s\n---\n%s", first, again)
				}
				for range 2 {
					runScript(t, e.Session("SLEET", "RUNNER", "APPS", "PUBLIC", ""), teardown)
				}
				for _, k := range objectKeys(e) {
					if kind := kindOf(k); !slices.Contains(before, k) && kind != grammar.KindSchema && kind != grammar.KindStage {
						t.Errorf("teardown leaves %q", k)
					}
				}
			})
		}
	}
}

func read(t *testing.T, path string) string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func objectKeys(e *Engine) []string { return sorted(e.objects) }
