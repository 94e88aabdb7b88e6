package ddl

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sleet/snowflake/snowflaketest/grammar"
)

// read reads a whole statement.
func read(t *testing.T, sql string) (st Statement, refused *grammar.Error) {
	t.Helper()
	r, err := grammar.NewReader(sql, nil)
	if err != nil {
		t.Fatalf("%s: %v", sql, err)
	}
	refused = grammar.Try(func() {
		if st = Read(r); st != nil && !r.End() {
			r.Fail()
		}
	})
	return st, refused
}

// TestRead checks statements of each kind.
func TestRead(t *testing.T) {
	t.Parallel()
	dev := Grantee{grammar.KindRole, grammar.Name{"DEV"}}
	for sql, want := range map[string]Statement{
		`GRANT USAGE, READ ON SECRET D.S.X TO ROLE DEV WITH GRANT OPTION`: &Grant{
			Target: &grammar.Target{Privileges: []string{"USAGE", "READ"}, Kind: grammar.KindSecret, Name: grammar.Name{"D", "S", "X"}}, To: dev, Option: true,
		},
		`REVOKE GRANT OPTION FOR USAGE ON FUTURE STREAMLITS IN SCHEMA D.S FROM DEV CASCADE`: &Grant{
			Target: &grammar.Target{Privileges: []string{"USAGE"}, Kind: grammar.KindStreamlit, Future: true, In: grammar.KindSchema, Name: grammar.Name{"D", "S"}}, To: dev, Revoke: true,
		},
		`GRANT OWNERSHIP ON FUNCTION "f"(VARCHAR) TO ROLE DEV COPY CURRENT GRANTS`: &GrantOwnership{
			Kind: grammar.KindFunction, Name: grammar.Name{"f(VARCHAR)"}, To: dev, Current: "COPY",
		},
		`GRANT OWNERSHIP ON ALL STAGES IN DATABASE D TO ROLE DEV`: &GrantOwnership{
			Many: &grammar.Target{Privileges: []string{"OWNERSHIP"}, Every: true, Kind: grammar.KindStage, In: grammar.KindDatabase, Name: grammar.Name{"D"}}, To: dev,
		},
		`REVOKE ROLE DEV FROM USER ME`: &GrantRole{Kind: grammar.KindRole, Role: grammar.Name{"DEV"}, To: Grantee{"USER", grammar.Name{"ME"}}, Revoke: true},
		`GRANT DATABASE ROLE D.R TO ROLE DEV`: &GrantRole{
			Kind: grammar.KindDatabaseRole, Role: grammar.Name{"D", "R"}, To: dev,
		},
		`GRANT APPLICATION ROLE SNOWFLAKE.EVENTS_VIEWER TO ROLE DEV`: &GrantApplicationRole{Role: grammar.Name{"SNOWFLAKE", "EVENTS_VIEWER"}, To: grammar.Name{"DEV"}},
		`REVOKE INHERITED USAGE ON ALL SECRETS IN ACCOUNT FROM ROLE DEV`: &GrantInherited{
			Privileges: []string{"USAGE"}, Kind: grammar.KindSecret, In: grammar.KindAccount, To: dev, Revoke: true,
		},
		`GRANT ALL INHERITED CALLER PRIVILEGES ON ALL TABLES IN SCHEMA D.S TO ROLE DEV`: &GrantCaller{
			Privileges: []string{"ALL"}, Kind: "TABLE", On: grammar.Name{"D", "S"}, Inherited: true, To: dev,
		},
		`ALTER STREAMLIT IF EXISTS D.S.APP ADD LIVE VERSION FROM LAST`: &Alter{
			Kind: grammar.KindStreamlit, IfExists: true, Name: grammar.Name{"D", "S", "APP"}, Change: AddLiveVersion{},
		},
		`ALTER EXTERNAL ACCESS INTEGRATION I UNSET COMMENT, ENABLED`: &Alter{
			Kind: grammar.KindIntegration, Name: grammar.Name{"I"}, Change: Unset{[]string{"COMMENT", "ENABLED"}},
		},
		`ALTER SCHEMA D.S RENAME TO T`:                &Alter{Kind: grammar.KindSchema, Name: grammar.Name{"D", "S"}, Change: Rename{grammar.Name{"T"}}},
		`ALTER COMPUTE POOL P STOP ALL`:               &Alter{Kind: grammar.KindPool, Name: grammar.Name{"P"}, Change: Operate{}},
		`COMMENT IF EXISTS ON STAGE D.S.F IS 'files'`: &Alter{Kind: grammar.KindStage, IfExists: true, Name: grammar.Name{"D", "S", "F"}, Change: Comment{"files"}},
		`DROP API INTEGRATION IF EXISTS I`:            &Drop{Kind: grammar.KindIntegration, IfExists: true, Name: grammar.Name{"I"}},
		`DROP SCHEMA D.S RESTRICT`:                    &Drop{Kind: grammar.KindSchema, Name: grammar.Name{"D", "S"}},
		`SELECT 1`:                                    nil,
		`ALTER SESSION SET A = 1`:                     nil,
	} {
		got, err := read(t, sql)
		if diff := cmp.Diff(want, got); diff != "" || err != nil {
			t.Errorf("%s: %v (-want +got):\n%s", sql, err, diff)
		}
	}
}

// TestReadCreate checks the clauses of some kinds.
func TestReadCreate(t *testing.T) {
	t.Parallel()
	for sql, holds := range map[string]func(*Create) bool{
		`CREATE OR REPLACE SCHEMA D.S WITH MANAGED ACCESS`: func(c *Create) bool { return c.Replace && c.Managed && c.Kind == grammar.KindSchema },
		`CREATE OR ALTER STAGE D.S.F COMMENT = 'x'`:        func(c *Create) bool { return c.OrAlter && c.Got["COMMENT"].Text == "x" },
		`CREATE SECURITY INTEGRATION IF NOT EXISTS I TYPE = API_AUTHENTICATION ENABLED = TRUE AUTH_TYPE = OAUTH2`: func(c *Create) bool {
			return c.Category == "SECURITY" && c.IfNotExists
		},
		`CREATE NETWORK RULE D.S.R TYPE = IPV4 VALUE_LIST = ('1.2.3.4')`:        func(c *Create) bool { return c.Got["MODE"].Text == "INGRESS" },
		`CREATE STREAMLIT D.S.A FROM '@F/app' MAIN_FILE = 'app.py'`:             func(c *Create) bool { return c.From == "@F/app" },
		`CREATE STREAMLIT D.S.A ROOT_LOCATION = '@F/app' MAIN_FILE = '/app.py'`: func(c *Create) bool { return c.From == "" && c.Got["ROOT_LOCATION"].Text == "@F/app" },
		`CREATE SECURE FUNCTION D.S.G(a VARCHAR) COPY GRANTS RETURNS VARCHAR AS 'a'`: func(c *Create) bool {
			return c.CopyGrants && c.Function.Secure && c.Function.Body == "a" && c.Name[2] == "G(VARCHAR)"
		},
	} {
		got, err := read(t, sql)
		if c, is := got.(*Create); err != nil || !is || !holds(c) {
			t.Errorf("%s is read as %+v, %v", sql, got, err)
		}
	}
}

// TestRefused checks errors that the parser finds.
func TestRefused(t *testing.T) {
	t.Parallel()
	for sql, want := range map[string]string{
		`CREATE SECURE STAGE F`:                                  "unexpected 'STAGE'",
		`CREATE OR ALTER STREAMLIT A`:                            "unexpected 'STREAMLIT'",
		`CREATE SECRET X SECRET_STRING = 'x'`:                    "TYPE",
		`CREATE STREAMLIT A ROOT_LOCATION = '@F'`:                "MAIN_FILE",
		`ALTER SECRET X RENAME TO Y`:                             "unexpected 'RENAME'",
		`ALTER SECRET X UNSET COMMENT`:                           "unexpected 'COMMENT'",
		`ALTER STREAMLIT A PULL`:                                 "PULL",
		`GRANT WRITE ON SECRET X TO ROLE DEV`:                    "Invalid privilege 'WRITE'",
		`GRANT USAGE ON EXTERNAL ACCESS INTEGRATION I TO ROLE R`: "unexpected 'EXTERNAL'",
		`REVOKE OWNERSHIP ON STAGE F FROM ROLE DEV`:              "OWNERSHIP",
		`DROP SECRET X CASCADE`:                                  "unexpected 'CASCADE'",
	} {
		if _, err := read(t, sql); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", sql, err, want)
		}
	}
}
