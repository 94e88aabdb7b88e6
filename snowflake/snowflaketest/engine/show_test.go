package engine

import (
	"strings"
	"testing"
)

// TestShowFilters checks that each clause returns what its page documents.
func TestShowFilters(t *testing.T) {
	e := testEngine(t, Options{})
	s := runs(t, e, "DEV", "CREATE SCHEMA APPS.OTHER", "USE SCHEMA APPS.PUBLIC")
	for _, n := range []string{"APPS.PUBLIC.ALPHA", "APPS.PUBLIC.BETA", `APPS.PUBLIC."b_x"`, "APPS.OTHER.ALPHA", "APPS.OTHER.GAMMA"} {
		must(t, s, "CREATE SECRET "+n+" TYPE = GENERIC_STRING SECRET_STRING = 'x'")
	}
	for clauses, want := range map[string]string{
		"":                                     "ALPHA ALPHA BETA GAMMA b_x",
		"IN SCHEMA":                            "ALPHA BETA b_x",
		"IN SCHEMA APPS.OTHER":                 "ALPHA GAMMA",
		"IN OTHER":                             "ALPHA GAMMA",
		"IN DATABASE APPS":                     "ALPHA ALPHA BETA GAMMA b_x",
		"LIKE 'al%'":                           "ALPHA ALPHA",
		`LIKE 'b\\_x' IN ACCOUNT`:              "b_x",
		"LIKE '%a_' IN SCHEMA":                 "",
		"IN SCHEMA STARTS WITH 'b'":            "b_x",
		"IN ACCOUNT LIMIT 2":                   "ALPHA ALPHA",
		"IN ACCOUNT LIMIT 5 FROM 'ALPHA'":      "BETA GAMMA b_x",
		"IN ACCOUNT STARTS WITH 'G' LIMIT 100": "GAMMA",
	} {
		var got []string
		for _, row := range must(t, s, "SHOW SECRETS "+clauses).Rows {
			got = append(got, row[1].(string))
		}
		if text := strings.Join(got, " "); text != want {
			t.Errorf("SHOW SECRETS %s gives %q; want %q", clauses, text, want)
		}
	}
	if r := must(t, e.Session("SLEET", "VIEWER", "", "", ""), "SHOW SECRETS IN ACCOUNT"); len(r.Rows) != 0 {
		t.Errorf("VIEWER sees %v", r.Rows)
	}
	if r := must(t, e.Session("SLEET", AccountAdmin, "", "", ""), "SHOW SECRETS"); len(r.Rows) != 5 {
		t.Errorf("with MANAGE GRANTS %d are seen", len(r.Rows))
	}
}

// TestBlock checks that a block can ignore one error and raises all others with their code.
func TestBlock(t *testing.T) {
	e := testEngine(t, Options{})
	s := objects(t, e)
	must(t, s, "CREATE STREAMLIT APP FROM @ST/app")
	block := func(app string) string {
		return "EXECUTE IMMEDIATE $$\nBEGIN\n  ALTER STREAMLIT " + app + " ADD LIVE VERSION FROM LAST;\nEXCEPTION\n  WHEN OTHER THEN\n    IF (SQLCODE <> 99106) THEN\n      RAISE;\n    END IF;\nEND;\n$$"
	}
	must(t, s, block("APP"))
	must(t, s, block("APP"))
	_, err := s.Run(t.Context(), block("NOPE"), nil)
	if codeOf(err) != 2003 || !strings.Contains(err.Message, "on line 3 at position 2") {
		t.Errorf("got %v", err)
	}
	refused(t, s, 1003, "EXECUTE IMMEDIATE $$ BEGIN ALTER STREAMLIT APP ADD LIVE; END; $$")
	if got := must(t, s, "EXECUTE IMMEDIATE $$ BEGIN IF (1 = 2) THEN RETURN 'a'; ELSE RETURN 'b'; END IF; END $$").Rows[0][0]; got != "b" {
		t.Errorf("gave %v", got)
	}
}
