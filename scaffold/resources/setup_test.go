package resources_test

import (
	"slices"
	"strings"
	"testing"

	"sleet/scaffold"
	"sleet/scaffold/resources"
	"sleet/scaffold/testapps"
	"sleet/snowflake"
)

// TestSetupScript checks that the scripts consist of statements and comments only, and that no
// comment confuses clients that split at semicolons and quotes.
func TestSetupScript(t *testing.T) {
	testapps.Each(t, func(t *testing.T, c testapps.Case) {
		for _, made := range []struct {
			name       string
			script     []byte
			statements []snowflake.Statement
		}{
			{"setup", resources.SetupSQL(c.App), resources.Setup(c.App)},
			{"teardown", resources.TeardownSQL(c.App), resources.Teardown(c.App)},
		} {
			got, err := splitSQL(string(made.script))
			if err != nil {
				t.Fatalf("%s: %v", made.name, err)
			}
			var want []string
			for _, st := range made.statements {
				if st.SQL != "" {
					want = append(want, st.SQL)
				}
			}
			if !slices.Equal(got, want) {
				t.Errorf("%s: script has\n%s\nwant statements\n%s",
					made.name, strings.Join(got, "\n;\n"), strings.Join(want, "\n;\n"))
			}
			checkComments(t, string(made.script))
		}
	})
}

func checkComments(t *testing.T, script string) {
	t.Helper()
	if strings.Contains(script, "\n\n\n\n") || strings.HasPrefix(script, "\n") || !strings.HasSuffix(script, "\n") {
		t.Error("script has stray empty lines")
	}
	for line := range strings.SplitSeq(script, "\n") {
		if strings.TrimRight(line, " ") != line {
			t.Errorf("trailing space in %q", line)
		}
		if strings.HasPrefix(line, "--") && strings.Contains(line, "<secret:") {
			t.Errorf("comment contains a placeholder: %s", line)
		}
	}
}

// TestSetupComments checks that comments contain no semicolon or lone quote, for clients that split
// there without recognizing comments.
func TestSetupComments(t *testing.T) {
	for _, language := range []scaffold.Language{scaffold.English, scaffold.Japanese} {
		app := testapps.CaseOf([]int{0, 0, 0, 2, 7, 0, 1, 6}).App
		app.App.Language = language
		for _, script := range [][]byte{resources.SetupSQL(app), resources.TeardownSQL(app)} {
			for line := range strings.SplitSeq(string(script), "\n") {
				words := strings.HasPrefix(line, "--") && !strings.HasPrefix(line, "--  ") // indented lines are names and commands
				if words && strings.ContainsAny(line, `;'"`) {
					t.Errorf("%s: comment contains a semicolon or quote: %s", language, line)
				}
			}
		}
	}
}

// TestSetupIsPure checks that answers and resolved answers return the same bytes every time.
func TestSetupIsPure(t *testing.T) {
	testapps.Each(t, func(t *testing.T, c testapps.Case) {
		before := c.App.Clone()
		once, again := resources.SetupSQL(c.App), resources.SetupSQL(c.App.Resolve())
		if string(once) != string(again) {
			t.Errorf("SetupSQL(app) =\n%s\nSetupSQL(app.Resolve()) =\n%s", once, again)
		}
		if !before.Equal(c.App) {
			t.Error("SetupSQL changed its argument")
		}
	})
}

// order returns the kinds in the order of setup.sql.
func order() []snowflake.Kind {
	return []snowflake.Kind{
		snowflake.KindSchema, snowflake.KindStage, snowflake.KindNetworkRule, snowflake.KindSecret,
		snowflake.KindIntegration, snowflake.KindFunction, snowflake.KindUpload, snowflake.KindStreamlit,
	}
}

func TestSetupOrder(t *testing.T) {
	testapps.Each(t, func(t *testing.T, c testapps.Case) {
		var kinds, undone []snowflake.Kind
		for _, st := range resources.Setup(c.App) {
			if slices.Contains(order(), st.Kind) {
				kinds = append(kinds, st.Kind)
			}
		}
		for _, st := range resources.Teardown(c.App) {
			if slices.Contains(order(), st.Kind) {
				undone = append(undone, st.Kind)
			}
		}
		rank := func(a, b snowflake.Kind) int { return slices.Index(order(), a) - slices.Index(order(), b) }
		if !slices.IsSortedFunc(kinds, rank) {
			t.Errorf("setup creates kinds in the order %v", kinds)
		}
		slices.Reverse(undone)
		if !slices.IsSortedFunc(undone, rank) {
			t.Errorf("teardown, reversed, drops kinds in the order %v", undone)
		}
	})
}

// TestSetupReplacesNothing checks that only our own UDFs are ever replaced or altered.
func TestSetupReplacesNothing(t *testing.T) {
	testapps.Each(t, func(t *testing.T, c testapps.Case) {
		for _, st := range resources.Setup(c.App) {
			head, _, _ := strings.Cut(st.SQL, "\n")
			switch {
			case strings.HasPrefix(head, "CREATE OR REPLACE SECURE FUNCTION "):
				if st.Kind != snowflake.KindFunction || !strings.Contains(st.SQL, "\n  COPY GRANTS\n") {
					t.Errorf("statement replaces without keeping grants: %s", st.SQL)
				}
			case strings.HasPrefix(head, "CREATE "):
				if !strings.Contains(head, " IF NOT EXISTS ") {
					t.Errorf("statement cannot run twice: %s", head)
				}
			}
			if st.Kind == snowflake.KindGrant && strings.Contains(st.SQL, "FUNCTION") {
				t.Errorf("grant on a UDF that holds a secret: %s", st.SQL)
			}
		}
		for _, st := range resources.Teardown(c.App) {
			if strings.HasPrefix(st.SQL, "DROP ") && !strings.Contains(st.SQL, " IF EXISTS ") {
				t.Errorf("statement cannot run twice: %s", st.SQL)
			}
		}
	})
}

// TestSetupStreamlit checks the properties of the STREAMLIT in every case.
func TestSetupStreamlit(t *testing.T) {
	testapps.Each(t, func(t *testing.T, c testapps.Case) {
		sql := statementOf(t, c.App, snowflake.KindStreamlit)
		app := c.App.Resolve()
		var bound []string
		for _, s := range app.Secrets {
			if s.Access != scaffold.AccessFunction {
				bound = append(bound, "'"+s.Key+"' = ")
			}
		}
		for _, b := range bound {
			if !strings.Contains(sql, b) {
				t.Errorf("secret %s is not bound:\n%s", b, sql)
			}
		}
		has := func(clause string, want bool) {
			t.Helper()
			if strings.Contains(sql, "\n  "+clause) != want {
				t.Errorf("has clause %s: want %t:\n%s", clause, want, sql)
			}
		}
		container := app.App.Runtime == scaffold.Container
		integration := len(app.Secrets)+len(app.Network.Hosts)+len(app.Network.Rules) > 0 ||
			container && app.Python.Source == scaffold.PyPIIntegration
		has("RUNTIME_NAME = '"+scaffold.Facts(app.App.Runtime).SQLName+"'", true)
		has("COMPUTE_POOL = ", container && *app.App.ComputePool != "")
		has("EXTERNAL_ACCESS_INTEGRATIONS = ", integration)
		has("SECRETS = ", len(bound) > 0)
		has("ARTIFACT_REPOSITORIES = ", container && app.Python.Source == scaffold.ArtifactRepository)
		has("COMMENT = ", app.App.Comment != "")
	})
}

// statementOf returns the first statement of a kind and fails the test if there is none.
func statementOf(t *testing.T, a scaffold.App, kind snowflake.Kind) string {
	t.Helper()
	for _, st := range resources.Setup(a) {
		if st.Kind == kind {
			return st.SQL
		}
	}
	t.Fatalf("no statement creates a %s", kind)
	return ""
}

// TestSetupSlots checks that each statement lists each of its placeholders once.
func TestSetupSlots(t *testing.T) {
	testapps.Each(t, func(t *testing.T, c testapps.Case) {
		for _, st := range resources.Setup(c.App) {
			if n := strings.Count(st.SQL, "<secret:"); n != len(st.Slots) {
				t.Errorf("%d placeholders but %d slots:\n%s", n, len(st.Slots), st.SQL)
			}
			for _, slot := range st.Slots {
				name := strings.TrimSuffix(slot.Key+"."+slot.Field, ".")
				if slot.Placeholder != "<secret:"+name+">" || strings.Count(st.SQL, " = "+slot.Placeholder) != 1 {
					t.Errorf("slot %+v not found in\n%s", slot, st.SQL)
				}
			}
		}
	})
	app := scaffold.App{Secrets: []scaffold.SecretDecl{
		{Key: "a"},
		{Key: "b", Type: scaffold.Password},
		{Key: "c", Type: scaffold.OAuth2, Flow: scaffold.AuthorizationCode, Integration: "i"},
		{Key: "d", Type: scaffold.OAuth2, Flow: scaffold.ClientCredentials, Integration: "i"},
		{Key: "e", Type: scaffold.CloudProviderToken, Integration: "i"},
		{Key: "f", Existing: true},
	}}
	var got []string
	for _, st := range resources.Setup(app) {
		for _, slot := range st.Slots {
			got = append(got, slot.Placeholder)
		}
	}
	want := "<secret:a> <secret:b.username> <secret:b.password> <secret:c.refresh_token> <secret:c.refresh_token_expiry>"
	if strings.Join(got, " ") != want {
		t.Errorf("placeholders = %v, want %s", got, want)
	}
}

// TestSetupWithInvalidAnswers checks that invalid answers, still being typed, also return a complete
// script without control characters.
func TestSetupWithInvalidAnswers(t *testing.T) {
	for _, raw := range []string{"", "\x00", "\x1b[31m\n", `"`, `"a"b"`, "a..b", "$$", "';--", "\xff", "<secret:x>", strings.Repeat("雪", 400)} {
		app := scaffold.App{
			App: scaffold.Identity{
				Name: raw, Title: raw, Database: raw, Schema: raw, Runtime: scaffold.Runtime(raw), MainFile: raw,
				QueryWarehouse: raw, ComputePool: &raw, Stage: raw, Comment: raw, Language: scaffold.Language(raw), Cortex: scaffold.CortexAnalyst,
			},
			Python:  scaffold.Python{Source: scaffold.Source(raw)},
			Roles:   scaffold.Roles{Owner: raw, Admin: raw, Viewers: []string{raw}},
			Network: scaffold.Network{Hosts: []string{raw}, Rule: raw, Integration: raw, Rules: []string{raw}},
		}
		for _, t := range []scaffold.SecretType{scaffold.GenericString, scaffold.Password, scaffold.OAuth2, scaffold.CloudProviderToken} {
			app.Secrets = append(app.Secrets, scaffold.SecretDecl{
				Key: "key", Type: t, Object: raw, Integration: raw, Scopes: []string{raw}, Comment: raw, Access: scaffold.AccessFunction,
			}, scaffold.SecretDecl{Key: "key", Type: t, Object: raw, Existing: true})
		}
		for _, script := range [][]byte{resources.SetupSQL(app), resources.TeardownSQL(app)} {
			if _, err := splitSQL(string(script)); err != nil {
				t.Errorf("%q: %v", raw, err)
			}
			for line := range strings.SplitSeq(string(script), "\n") {
				if strings.ContainsAny(line, "\x00\x1b\r") {
					t.Errorf("name %q: control characters in %q", raw, line)
				}
			}
		}
	}
}

func TestSetupWarnsOfSystemRoles(t *testing.T) {
	for owner, want := range map[string]bool{
		"ACCOUNTADMIN": true, "sysadmin": true, `"SYSADMIN"`: true, "public": true,
		"app_owner": false, `"sysadmin"`: false, "": false,
	} {
		script := string(resources.SetupSQL(scaffold.App{Roles: scaffold.Roles{Owner: owner}}))
		if got := strings.Contains(script, "WARNING"); got != want {
			t.Errorf("owner %q: warned = %t, want %t", owner, got, want)
		}
	}
}

func BenchmarkSetupSQL(b *testing.B) {
	app := testapps.CaseOf([]int{0, 1, 0, 3, 7, 0, 1, 4}).App
	for b.Loop() {
		resources.SetupSQL(app)
		resources.TeardownSQL(app)
	}
}
