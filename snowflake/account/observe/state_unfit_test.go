package observe_test

import (
	"strings"
	"testing"

	"sleet/snowflake"
	"sleet/snowflake/snowflaketest"
)

// TestUnsuitableObjects sets up accounts in which an object that an app names is not what the app expects. The plan must
// say so before anything is changed.
func TestUnsuitableObjects(t *testing.T) {
	t.Parallel()
	given := snowflake.PlanOptions{NewValues: map[string]bool{"api_key": true, "login": true, "k": true}}
	container := `
app.name = "demo"
network.hosts = ["api.example.com"]
roles.owner = "DEV"
[[secrets]]
key = "k"
`
	for name, c := range map[string]struct {
		answers string
		before  []string // role: statement
		kind    snowflake.Kind
		says    string
		goes    bool // a warning only: the plan continues
	}{
		"integration of another kind": {
			container,
			[]string{"ACCOUNTADMIN: CREATE SECURITY INTEGRATION APP_ACCESS TYPE = API_AUTHENTICATION AUTH_TYPE = OAUTH2 ENABLED = TRUE OAUTH_CLIENT_ID = 'x' OAUTH_CLIENT_SECRET = 'y'"},
			snowflake.KindIntegration, "a security integration already has this name", false,
		},
		"existing secret of another type": {
			container + "existing = true\nobject = 'THEIRS'\n",
			[]string{"DEV: CREATE SECRET APPS.PUBLIC.THEIRS TYPE = PASSWORD USERNAME = 'u' PASSWORD = 'p'"},
			snowflake.KindSecret, "TYPE is PASSWORD in the account", false,
		},
		"existing secret": {
			container + "existing = true\nobject = 'THEIRS'\n",
			[]string{"DEV: CREATE SECRET APPS.PUBLIC.THEIRS TYPE = GENERIC_STRING SECRET_STRING = 'p'"},
			snowflake.KindSecret, "", true,
		},
		"rule of others for ingress": {
			"network.rules = ['THEIRS']\n" + container,
			[]string{"DEV: CREATE NETWORK RULE APPS.PUBLIC.THEIRS TYPE = IPV4 VALUE_LIST = ('10.0.0.0/8') MODE = INGRESS"},
			snowflake.KindNetworkRule, "mode INGRESS and the type IPV4", false,
		},
		"rule of others": {
			"network.rules = ['THEIRS']\n" + container,
			[]string{"DEV: CREATE NETWORK RULE APPS.PUBLIC.THEIRS TYPE = HOST_PORT VALUE_LIST = ('a.example.com') MODE = EGRESS"},
			snowflake.KindNetworkRule, "", true,
		},
		"no such rule": {
			"network.rules = ['THEIRS']\n" + container, nil, snowflake.KindNetworkRule, "not found", true,
		},
		"no such security integration": {
			container + "type = 'oauth2'\nflow = 'client_credentials'\nintegration = 'OAUTH'\n", nil, snowflake.KindSecurity, "not found", true,
		},
		"integration for secrets that is none": {
			container + "type = 'oauth2'\nflow = 'client_credentials'\nintegration = 'OAUTH'\n",
			[]string{
				"DEV: CREATE NETWORK RULE APPS.PUBLIC.R TYPE = HOST_PORT VALUE_LIST = ('a.example.com') MODE = EGRESS",
				"ACCOUNTADMIN: CREATE EXTERNAL ACCESS INTEGRATION OAUTH ALLOWED_NETWORK_RULES = (SNOWFLAKE.EXTERNAL_ACCESS.PYPI_RULE) ENABLED = TRUE",
				"ACCOUNTADMIN: GRANT USAGE ON INTEGRATION OAUTH TO ROLE DEV",
			},
			snowflake.KindSecurity, "an external access integration already has this name", false,
		},
		"managed access": {
			container, []string{
				"DEV: CREATE SCHEMA APPS.MANAGED WITH MANAGED ACCESS",
				"DEV: CREATE SECRET APPS.MANAGED.APP_K TYPE = GENERIC_STRING SECRET_STRING = 'p'",
				"DEV: GRANT OWNERSHIP ON SCHEMA APPS.MANAGED TO ROLE SYSADMIN",
				"ACCOUNTADMIN: GRANT USAGE, CREATE STAGE, CREATE SECRET, CREATE NETWORK RULE, CREATE STREAMLIT, CREATE FUNCTION ON SCHEMA APPS.MANAGED TO ROLE DEV",
			}, snowflake.KindGrant, "managed access", true,
		},
		"no Streamlit on pools": {
			container, []string{"ACCOUNTADMIN: ALTER ACCOUNT SET ALLOWED_SPCS_WORKLOAD_TYPES = 'NOTEBOOK'"}, snowflake.KindStreamlit, "does not allow Streamlit", true,
		},
		"no default pool": {
			strings.Replace(container, "roles.owner", "app.compute_pool = ''\nroles.owner", 1),
			[]string{"ACCOUNTADMIN: ALTER ACCOUNT SET DEFAULT_STREAMLIT_COMPUTE_POOL = ''"},
			snowflake.KindStreamlit, "set app.compute_pool", true,
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			text := strings.Replace(c.answers, `app.name = "demo"`, `app.name = "APP"`, 1)
			if name == "managed access" {
				text = "app.database = 'APPS'\napp.schema = 'MANAGED'\n" + text
			}
			if name == "integration of another kind" {
				text = "network.integration = 'APP_ACCESS'\n" + text
			}
			app := parsed(t, text)
			a := snowflaketest.Serve(t)
			for _, st := range c.before {
				role, sql, _ := strings.Cut(st, ": ")
				if err := a.Exec(role, sql); err != nil {
					t.Fatal(err)
				}
			}
			// With the person's other roles as secondary roles, ACCOUNTADMIN can grant in any schema.
			said := name == "managed access" && snowflaketest.Real()
			for _, item := range surveyed(t, connected(t, a), app, given).Items {
				if item.Kind != c.kind {
					continue
				}
				stops := item.Action == snowflake.ActionCannot
				said = said || stops != c.goes && strings.Contains(item.Reason.String(), c.says)
				if c.goes && stops {
					t.Errorf("%s %s: %s", item.Ref.SQL(), item.Action, item.Reason)
				}
			}
			if !said {
				for _, item := range surveyed(t, connected(t, a), app, given).Items {
					t.Logf("%s %s %s: %s", item.Kind, item.Name, item.Action, item.Reason)
				}
				t.Error("it is not said")
			}
		})
	}
}
