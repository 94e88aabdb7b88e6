package snowflaketest

import (
	"strings"
	"testing"
)

// TestDocumentedColumns: what SHOW and DESCRIBE give has the columns of the reference pages.
func TestDocumentedColumns(t *testing.T) {
	e := testEngine(t, engineOptions{})
	s := objects(t, e)
	must(t, s, "CREATE STREAMLIT APP FROM @ST/app")
	must(t, s, "CREATE STREAMLIT OLD ROOT_LOCATION = '@ST/app' MAIN_FILE = 'streamlit_app.py'")
	versions := func(which string) string {
		return strings.ReplaceAll("X_version_name X_version_alias X_version_location_uri X_version_source_location_uri X_version_git_commit_hash ", "X", which)
	}
	for sql, want := range map[string]string{
		"SHOW STREAMLITS":       "created_on name database_name schema_name title comment owner query_warehouse url_id owner_role_type",
		"SHOW TERSE STREAMLITS": "created_on name kind database_name schema_name title url_id",
		"SHOW SECRETS":          "created_on name schema_name database_name owner comment secret_type oauth_scopes owner_role_type",
		"SHOW NETWORK RULES":    "created_on name database_name schema_name owner comment type mode entries_in_valuelist owner_role_type",
		"SHOW COMPUTE POOLS": "name state min_nodes max_nodes instance_family num_services num_jobs auto_suspend_secs auto_resume active_nodes idle_nodes target_nodes " +
			"created_on resumed_on updated_on owner comment is_exclusive application placement_group backup_instance_families",
		"SHOW INTEGRATIONS": "name type category enabled comment created_on",
		"SHOW USER FUNCTIONS": "created_on name schema_name is_builtin is_aggregate is_ansi min_num_arguments max_num_arguments arguments description catalog_name " +
			"is_table_function valid_for_clustering is_secure secrets external_access_integrations is_external_function language is_memoizable is_data_metric",
		"SHOW GRANTS ON SCHEMA APPS.PUBLIC": "created_on privilege granted_on name granted_to grantee_name grant_option granted_by_role_type granted_by",
		"SHOW GRANTS TO ROLE DEV":           "created_on privilege granted_on name granted_to grantee_name grant_option granted_by",
		"SHOW GRANTS TO USER SLEET":         "created_on role granted_to grantee_name granted_by",
		"DESCRIBE SECRET SEC": "created_on name schema_name database_name owner comment secret_type username oauth_access_token_expiry_time oauth_refresh_token_expiry_time " +
			"oauth_scopes integration_name algorithm key_length workload_identity_federation_issuer workload_identity_federation_subject",
		"DESCRIBE NETWORK RULE RULE1": "created_on name database_name schema_name owner comment type mode value_list",
		"DESCRIBE STREAMLIT APP": "title main_file query_warehouse runtime_name compute_pool url_id default_packages user_packages import_urls external_access_integrations " +
			"external_access_secrets name comment default_version " + versions("default") + versions("last") + "live_version_location_uri",
		"DESCRIBE STREAMLIT OLD": "name title root_location main_file query_warehouse url_id default_packages user_packages import_urls external_access_integrations external_access_secrets",
	} {
		var got []string
		for _, c := range must(t, s, sql).columns {
			got = append(got, c.name)
		}
		if text := strings.Join(got, " "); text != want {
			t.Errorf("%s has the columns\n%s\nwant\n%s", sql, text, want)
		}
	}
}

// TestShowFilters: each clause lets through what its page says.
func TestShowFilters(t *testing.T) {
	e := testEngine(t, engineOptions{})
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
		for _, row := range must(t, s, "SHOW SECRETS "+clauses).rows {
			got = append(got, row[1].(string))
		}
		if text := strings.Join(got, " "); text != want {
			t.Errorf("SHOW SECRETS %s gives %q; want %q", clauses, text, want)
		}
	}
	if r := must(t, e.session("SLEET", "VIEWER", "", "", ""), "SHOW SECRETS IN ACCOUNT"); len(r.rows) != 0 {
		t.Errorf("VIEWER sees %v", r.rows)
	}
	if r := must(t, e.session("SLEET", accountAdmin, "", "", ""), "SHOW SECRETS"); len(r.rows) != 5 {
		t.Errorf("with MANAGE GRANTS %d are seen", len(r.rows))
	}
}

// TestBlock: a block lets one error pass, and throws every other one with its code.
func TestBlock(t *testing.T) {
	e := testEngine(t, engineOptions{})
	s := objects(t, e)
	must(t, s, "CREATE STREAMLIT APP FROM @ST/app")
	block := func(app string) string {
		return "EXECUTE IMMEDIATE $$\nBEGIN\n  ALTER STREAMLIT " + app + " ADD LIVE VERSION FROM LAST;\nEXCEPTION\n  WHEN OTHER THEN\n    IF (SQLCODE <> 99106) THEN\n      RAISE;\n    END IF;\nEND;\n$$"
	}
	must(t, s, block("APP"))
	must(t, s, block("APP"))
	_, err := s.run(t.Context(), block("NOPE"), nil)
	if codeOf(err) != 2003 || !strings.Contains(err.message, "on line 3 at position 2") {
		t.Errorf("got %v", err)
	}
	refused(t, s, 1003, "EXECUTE IMMEDIATE $$ BEGIN ALTER STREAMLIT APP ADD LIVE; END; $$")
	if got := must(t, s, "EXECUTE IMMEDIATE $$ BEGIN IF (1 = 2) THEN RETURN 'a'; ELSE RETURN 'b'; END IF; END $$").rows[0][0]; got != "b" {
		t.Errorf("gave %v", got)
	}
}
