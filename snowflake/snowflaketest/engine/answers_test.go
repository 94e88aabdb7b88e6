package engine

import (
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
)

// recorded is a statement with the answer that accounts gave, or that is documented. testdata/account_answers.json
// contains facts only: columns, numbers, sentences and the form of values.
type recorded struct {
	SQL, Role string
	// Before are statements that DEV runs first.
	Before []string
	// With and Without add and remove traits of WithReal.
	With, Without []Trait
	// Trial uses a trial account. Bound uses a session whose token is bound to its role.
	Trial, Bound bool
	Columns      []string
	// Properties are the values of the column with that name, row by row.
	Properties []string
	// Has are rows that the answer must contain, each with at least these values. Rows is the number of rows.
	Has  []map[string]*string
	Rows *int
	// Code and State are zero if no number was published. Message is the beginning of the text.
	Code           int
	State, Message string
	Status         string
}

// warehouseBefore is not a trait but an account as before the 2026_06 bundle.
const warehouseBefore Trait = "warehouse-default"

// TestRecordedAnswers checks that an account with WithReal answers as recordings of accounts do.
func TestRecordedAnswers(t *testing.T) {
	data, err := os.ReadFile("testdata/account_answers.json")
	if err != nil {
		t.Fatal(err)
	}
	var list []recorded
	if err := json.Unmarshal(data, &list); err != nil {
		t.Fatal(err)
	}
	for _, r := range list {
		t.Run(r.Role+" "+r.SQL, func(t *testing.T) { r.check(t) })
	}
}

// notReproduced returns recordings that this account does not reproduce.
func notReproduced() []struct{ sql, why string } {
	return []struct{ sql, why string }{
		{"SHOW NOTEBOOKS IN SCHEMA NOPE.SCH", "sleet asks for no notebooks; the other kinds that were recorded with it, stages, apps and network rules, are refused as in the recording"},
		{"SHOW GRANTS TO ROLE ACCOUNTADMIN", "its columns are; that it takes tens of seconds and has over a hundred rows is not: a test lets a SHOW be slow where it matters"},
	}
}

// TestNotReproduced checks that the list is up to date: each answer differs from the recording.
func TestNotReproduced(t *testing.T) {
	for _, r := range notReproduced() {
		s := recordedAccount(t, Options{Traits: RealTraits()})
		s = s.e.Session("SLEET", "ACCOUNTADMIN", "APPS", "PUBLIC", "COMPUTE_WH")
		got, refusal := s.Run(t.Context(), r.sql, nil)
		if refusal != nil && refusal.Code == 2043 || refusal == nil && len(got.Rows) > 116 {
			t.Errorf("%s is as it was recorded, and the list says: %s", r.sql, r.why)
		}
	}
}

func (r recorded) check(t *testing.T) {
	s := recordedAccount(t, Options{
		Trial: r.Trial, warehouseDefault: slices.Contains(r.With, warehouseBefore),
		Traits: slices.DeleteFunc(append(RealTraits(), r.With...), func(trait Trait) bool { return slices.Contains(r.Without, trait) }),
	})
	for _, sql := range r.Before {
		must(t, s, sql)
	}
	s = s.e.Session("SLEET", r.Role, "APPS", "PUBLIC", "COMPUTE_WH")
	s.Secondary, s.bound = false, r.Bound
	got, refusal := s.Run(t.Context(), r.SQL, nil)
	if r.Code != 0 || r.Message != "" {
		switch {
		case refusal == nil:
			t.Fatalf("passed: %v", got.Rows)
		case r.Code != 0 && refusal.Code != r.Code, r.State != "" && refusal.State != r.State, !strings.HasPrefix(refusal.Message, r.Message):
			t.Errorf("refused with %06d (%s) %q; want %06d (%s) %q", refusal.Code, refusal.State, refusal.Message, r.Code, r.State, r.Message)
		}
		return
	}
	if refusal != nil {
		t.Fatal(refusal)
	}
	names := make([]string, len(got.Columns))
	for i, c := range got.Columns {
		names[i] = c.Name
	}
	if r.Columns != nil && !slices.Equal(names, r.Columns) {
		t.Errorf("the columns are\n%v; want\n%v", names, r.Columns)
	}
	if r.Status != "" && got.Rows[0][0] != any(r.Status) {
		t.Errorf("the status is %q; want %q", got.Rows[0][0], r.Status)
	}
	if r.Rows != nil && len(got.Rows) != *r.Rows {
		t.Errorf("%d rows; want %d", len(got.Rows), *r.Rows)
	}
	if r.Properties != nil {
		var list []string
		for _, row := range got.Rows {
			list = append(list, fmt.Sprint(row[0]))
		}
		if !slices.Equal(list, r.Properties) {
			t.Errorf("the properties are %v; want %v", list, r.Properties)
		}
	}
	for _, want := range r.Has {
		if !slices.ContainsFunc(got.Rows, func(row []any) bool { return rowHas(names, row, want) }) {
			t.Errorf("no row is as %s; there are\n%v\n%v", asJSON(want), names, got.Rows)
		}
	}
}

// rowHas reports whether a row has all of some values; nil is NULL.
func rowHas(names []string, row []any, want map[string]*string) bool {
	for name, value := range want {
		at := slices.Index(names, name)
		if at < 0 || (value == nil) != (row[at] == nil) || value != nil && fmt.Sprint(row[at]) != *value {
			return false
		}
	}
	return true
}

// recordedAccount returns an account with the objects in the recorded statements.
func recordedAccount(t *testing.T, options Options) *Session {
	t.Helper()
	trial, hierarchy := options.Trial, options.warehouseDefault
	options.Trial, options.warehouseDefault = false, false
	e := testEngine(t, options)
	e.AddUser("SLEET", "DEV", "READER", "PARENT", "PARTLY", "MAKER")
	e.AddUser("OTHER", "STRANGER", "STRANGER")
	s := runs(t, e, "DEV",
		"CREATE STAGE ST ENCRYPTION = (TYPE = 'SNOWFLAKE_SSE')",
		"CREATE NETWORK RULE RULE1 TYPE = HOST_PORT MODE = EGRESS VALUE_LIST = ('api.example.com:443', 'www.example.com')",
		`CREATE NETWORK RULE "my rule" TYPE = HOST_PORT MODE = EGRESS VALUE_LIST = ('api.example.com')`,
		"CREATE SECRET SEC TYPE = GENERIC_STRING SECRET_STRING = 'hush'", "CREATE SECRET OTHER TYPE = GENERIC_STRING SECRET_STRING = 'hush'",
		"GRANT USAGE ON SECRET SEC TO ROLE ACCOUNTADMIN", "GRANT USAGE ON DATABASE APPS TO ROLE ACCOUNTADMIN",
		"GRANT USAGE ON SCHEMA APPS.PUBLIC TO ROLE ACCOUNTADMIN", "USE ROLE ACCOUNTADMIN",
		`CREATE EXTERNAL ACCESS INTEGRATION EAI ALLOWED_NETWORK_RULES = (RULE1, "my rule") ALLOWED_AUTHENTICATION_SECRETS = (SEC) ENABLED = TRUE`,
		"CREATE EXTERNAL ACCESS INTEGRATION EAI_ALL ALLOWED_NETWORK_RULES = (RULE1) ALLOWED_AUTHENTICATION_SECRETS = ALL ENABLED = TRUE",
		"CREATE EXTERNAL ACCESS INTEGRATION EAI_NONE ALLOWED_NETWORK_RULES = (RULE1) ENABLED = TRUE",
		"CREATE SECURITY INTEGRATION OAUTH TYPE = API_AUTHENTICATION AUTH_TYPE = OAUTH2 ENABLED = TRUE OAUTH_CLIENT_ID = 'x' OAUTH_CLIENT_SECRET = 'y'",
		"GRANT USAGE ON INTEGRATION EAI TO ROLE DEV", "GRANT USAGE ON INTEGRATION OAUTH TO ROLE DEV",
		`CREATE WAREHOUSE "my_wh"`, `GRANT USAGE ON WAREHOUSE "my_wh" TO ROLE DEV`,
		"GRANT ROLE READER TO ROLE PARENT", "GRANT USAGE ON WAREHOUSE COMPUTE_WH TO ROLE PARTLY WITH GRANT OPTION",
		"USE ROLE DEV", "USE SCHEMA APPS.PUBLIC",
		"CREATE SECRET SCOPED TYPE = OAUTH2 API_AUTHENTICATION = OAUTH OAUTH_SCOPES = ('scope1', 'scope2') COMMENT = 'note'",
		"CREATE SECURE FUNCTION FN() RETURNS VARCHAR LANGUAGE PYTHON RUNTIME_VERSION = '3.11' HANDLER = 'main' PACKAGES = ('requests') "+
			"EXTERNAL_ACCESS_INTEGRATIONS = (EAI) SECRETS = ('api_key' = SEC) AS $$\nimport _snowflake\ndef main():\n    return 'x'\n$$",
	)
	put(t, s, "@ST/app", "streamlit_app.py", "import streamlit")
	for _, sql := range []string{
		"CREATE STREAMLIT APP FROM @ST/app TITLE = 'My app' COMMENT = 'note' QUERY_WAREHOUSE = COMPUTE_WH EXTERNAL_ACCESS_INTEGRATIONS = (EAI) " +
			"SECRETS = ('api_key' = SEC) ARTIFACT_REPOSITORIES = (SNOWFLAKE.SNOWPARK.PYPI_SHARED_REPOSITORY)",
		"ALTER STREAMLIT APP ADD LIVE VERSION FROM LAST",
		"CREATE STREAMLIT BARE FROM @ST/app",
		"CREATE STREAMLIT WH FROM @ST/app RUNTIME_NAME = 'SYSTEM$WAREHOUSE_RUNTIME'",
		"CREATE STREAMLIT LEGACY ROOT_LOCATION = '@ST/app' MAIN_FILE = 'streamlit_app.py'",
		"GRANT USAGE ON DATABASE APPS TO ROLE READER", "GRANT USAGE ON SCHEMA APPS.PUBLIC TO ROLE READER",
		"GRANT USAGE ON NETWORK RULE RULE1 TO ROLE READER", "GRANT USAGE ON FUNCTION FN() TO ROLE READER",
		"GRANT USAGE ON DATABASE APPS TO ROLE MAKER", "GRANT USAGE, CREATE STREAMLIT, CREATE STAGE ON SCHEMA APPS.PUBLIC TO ROLE MAKER",
		"GRANT READ ON STAGE ST TO ROLE MAKER", "GRANT USAGE ON SCHEMA APPS.PUBLIC TO ROLE VIEWER", "GRANT USAGE ON DATABASE APPS TO ROLE VIEWER",
		"USE ROLE ACCOUNTADMIN", "GRANT MANAGE GRANTS ON SCHEMA APPS.PUBLIC TO ROLE READER",
	} {
		must(t, s, sql)
	}
	if e.is(InheritedGrants) {
		must(t, s, "GRANT INHERITED USAGE ON ALL WAREHOUSES IN ACCOUNT TO ROLE READER")
		must(t, s, "GRANT INHERITED USAGE ON ALL STAGES IN DATABASE APPS TO ROLE READER")
	}
	must(t, s, "USE ROLE DEV")
	e.Options.Trial, e.Options.warehouseDefault = trial, hierarchy
	return s
}
