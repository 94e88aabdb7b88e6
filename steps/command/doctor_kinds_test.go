package command

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"sleet/snowflake/snowflaketest"
	"sleet/steps/command/exit"
	"sleet/steps/command/reports"
)

// kind is an app that differs from a healthy one.
type kind struct {
	name string
	// base is the healthy app: container or warehouse.
	base string
	// edits are replacements in its script and its code, alternately old and new text. after is run after the script.
	edits []string
	after string
	// files are added or replaced; "" removes one.
	files map[string]string
	args  []string
	// as is a user who only has the named roles; the zero value is a user who is also an administrator.
	as snowflaketest.User
	// want are the causes, unknown are the links that cannot be checked.
	want, unknown []string
	// fixed are the files after a person followed the instructions. unfixed means that no statement fixes the app.
	fixed   map[string]string
	unfixed bool
	// secure means that the case is about a SECURE function of another role; current accounts show its body only to its
	// owner.
	secure bool
}

// archive returns the app as an archive.
func (k kind) archive(t *testing.T) *txtar.Archive {
	t.Helper()
	ar, err := txtar.ParseFile("testdata/doctor/00_healthy_" + k.base + ".txtar")
	if err != nil {
		t.Fatal(err)
	}
	used := make([]bool, len(k.edits))
	for i := range ar.Files {
		text := string(ar.Files[i].Data)
		for j := 0; j+1 < len(k.edits); j += 2 {
			if strings.Contains(text, k.edits[j]) {
				text, used[j] = strings.ReplaceAll(text, k.edits[j], k.edits[j+1]), true
			}
		}
		if ar.Files[i].Name == "account.sql" {
			text += k.after
		}
		ar.Files[i].Data = []byte(text)
	}
	for j := 0; j < len(k.edits); j += 2 {
		if !used[j] {
			t.Fatalf("nothing to replace: %s", k.edits[j])
		}
	}
	for name, text := range k.files {
		ar.Files = slices.DeleteFunc(ar.Files, func(f txtar.File) bool { return f.Name == "app/"+name })
		if text != "" {
			ar.Files = append(ar.Files, txtar.File{Name: "app/" + name, Data: []byte(text)})
		}
	}
	return ar
}

// unknowns returns the links of a diagnosis that could not be checked.
func unknowns(d reports.Diagnosis) []string {
	var list []string
	for _, c := range d.Chains {
		for _, l := range c.Links {
			if l.State == "unknown" {
				list = append(list, string(c.Kind)+" "+c.Subject+" "+l.Name)
			}
		}
	}
	return list
}

// TestDoctorKinds checks that each fault is found by its first cause, that what the role cannot see is unknown, and
// that the suggested statements fix the app when run by the roles that they name.
func TestDoctorKinds(t *testing.T) {
	t.Parallel()
	for _, k := range kinds() {
		t.Run(strings.ReplaceAll(k.name, " ", "_"), func(t *testing.T) {
			t.Parallel()
			var options []snowflaketest.Option
			if k.as.Name != "" {
				options = append(options, snowflaketest.WithUser(k.as))
			}
			p := patientOf(t, k.archive(t), options...)
			if k.as.Name != "" {
				p.as(k.as.Name, k.as.Password, k.as.Role)
			}
			args := k.args
			if args == nil {
				args = []string{"APPS.SALES.APP"}
			}
			current := os.Getenv("SLEET_TEST_REAL") != ""
			if current && k.secure {
				k.want, k.unknown = nil, []string{"secret api_key function"}
			}
			code := exit.Success
			if len(k.want) > 0 {
				code = exit.Failure
			}
			d := p.diagnose(code, append(args, "--fix")...)
			show := func() string {
				text, _ := json.MarshalIndent(d, "", "  ")
				script, _ := os.ReadFile(filepath.Join(p.dir, "sql/fix.sql"))
				return string(text) + "\n" + string(script)
			}
			if got := causes(d); !slices.Equal(got, k.want) {
				t.Fatalf("causes %q, want %q\n%s", got, k.want, show())
			}
			got := unknowns(d)
			if current {
				// Current accounts do not show that PUBLIC may use the PyPI repository.
				got = slices.DeleteFunc(got, func(link string) bool { return link == "package pyproject.toml role" })
			}
			if !slices.Equal(got, k.unknown) {
				t.Fatalf("unknown %q, want %q\n%s", got, k.unknown, show())
			}
			if len(k.want) == 0 || k.unfixed {
				return
			}
			if script, err := os.ReadFile(filepath.Join(p.dir, "sql/fix.sql")); err == nil {
				p.script(string(script))
			}
			for name, text := range k.fixed {
				if err := p.account.WriteFile("DEV", "snow://streamlit/APPS.SALES.APP/versions/live/"+name, []byte(text)); err != nil {
					t.Fatal(err)
				}
			}
			if left := p.diagnose(exit.Success, args...); left.Broken != 0 {
				t.Errorf("after the fix: %q\n%s", causes(left), show())
			}
		})
	}
}

const (
	kindsAlter  = "ALTER STREAMLIT APPS.SALES.APP SET "
	kindsSecret = `st.secrets["api_key"]`
)

// kinds returns the apps.
func kinds() []kind {
	guest := snowflaketest.User{Name: "GUEST", Password: "guest", Role: "GUEST", Roles: []string{"GUEST"}}
	dev := snowflaketest.User{Name: "ALONE", Password: "alone", Role: "DEV", Roles: []string{"DEV"}}
	return []kind{
		{
			name: "one of two secrets is not bound", base: "container", edits: []string{kindsSecret, kindsSecret + ` + st.secrets["other_token"]`},
			want: []string{"secret other_token binding"},
		},
		{
			name: "bound under another key", base: "container", edits: []string{"SECRETS = ('api_key' = APPS.SALES.KEY)", "SECRETS = ('key' = APPS.SALES.KEY)"},
			want: []string{"secret api_key binding"},
		},
		{
			name: "bound under a key in capitals", base: "container", edits: []string{"SECRETS = ('api_key' = APPS.SALES.KEY)", "SECRETS = ('API_KEY' = APPS.SALES.KEY)"},
			want: []string{"secret api_key binding"},
		},
		{
			name: "quoted names", base: "container",
			edits: []string{"APPS.SALES.KEY", `APPS.SALES."the key"`, "SALES_ACCESS", `"Sales, access"`, "APPS.SALES.HOSTS", `APPS.SALES."hosts ""of"" sales"`, "SECRETS = ('api_key'", "SECRETS = ('key'"},
			want:  []string{"secret api_key binding"},
		},
		{
			name: "a secret of OAuth in a container", base: "container",
			edits: []string{
				"CREATE SECRET APPS.SALES.KEY TYPE = GENERIC_STRING SECRET_STRING = 'p1geon-h0le'",
				"USE ROLE ACCOUNTADMIN;\nCREATE SECURITY INTEGRATION SIGN_IN TYPE = API_AUTHENTICATION AUTH_TYPE = OAUTH2 OAUTH_CLIENT_ID = 'x' OAUTH_CLIENT_SECRET = 'y' OAUTH_TOKEN_ENDPOINT = 'https://example.com' ENABLED = TRUE;\nGRANT USAGE ON INTEGRATION SIGN_IN TO ROLE DEV;\nUSE ROLE DEV;\nCREATE SECRET APPS.SALES.KEY TYPE = OAUTH2 API_AUTHENTICATION = SIGN_IN",
			},
			want: []string{"secret api_key type"}, unfixed: true,
		},
		{
			name: "a password read as a string in a warehouse", base: "warehouse",
			edits: []string{"TYPE = GENERIC_STRING SECRET_STRING = 'p1geon-h0le'", "TYPE = PASSWORD USERNAME = 'x' PASSWORD = 'p1geon-h0le'"},
			want:  []string{"secret api_key type"},
			fixed: map[string]string{"streamlit_app.py": "import _snowflake\nimport requests\nimport streamlit as st\n\nkey = _snowflake.get_username_password(\"api_key\")\nst.write(requests.get(\"https://api.example.com/v1\", headers={\"key\": key.password}, timeout=10).json())\n"},
		},
		{name: "a wildcard", base: "container", edits: []string{"VALUE_LIST = ('api.example.com')", "VALUE_LIST = ('*.example.com')"}},
		{
			name: "a wildcard of one label", base: "container", edits: []string{"VALUE_LIST = ('api.example.com')", "VALUE_LIST = ('*.example.com')", "https://api.example.com/v1", "https://a.b.example.com/v1"},
			want: []string{"host a.b.example.com rule"},
		},
		{
			name: "a port", base: "container", edits: []string{"https://api.example.com/v1", "https://api.example.com:8443/v1"},
			want: []string{"host api.example.com:8443 rule"},
		},
		{name: "a port that is allowed", base: "container", edits: []string{"https://api.example.com/v1", "https://api.example.com:8443/v1", "VALUE_LIST = ('api.example.com')", "VALUE_LIST = ('api.example.com:8000-9000')"}},
		{name: "every port", base: "container", edits: []string{"https://api.example.com/v1", "https://api.example.com:8443/v1", "VALUE_LIST = ('api.example.com')", "VALUE_LIST = ('api.example.com:0')"}},
		{name: "plain http", base: "container", edits: []string{"https://api.example.com/v1", "http://api.example.com/v1"}, want: []string{"host api.example.com:80 rule"}},
		{name: "every host", base: "container", edits: []string{"VALUE_LIST = ('api.example.com')", "VALUE_LIST = ('0.0.0.0:443', '0.0.0.0:80')"}},
		{name: "a private link", base: "container", edits: []string{"TYPE = HOST_PORT", "TYPE = PRIVATE_HOST_PORT"}},
		{
			name: "a private link to another host", base: "container", edits: []string{"TYPE = HOST_PORT", "TYPE = PRIVATE_HOST_PORT", "https://api.example.com/v1", "https://other.example.com/v1"},
			want: []string{"host other.example.com rule"},
		},
		{
			name: "one of two integrations is disabled", base: "container",
			edits: []string{
				"GRANT USAGE ON INTEGRATION SALES_ACCESS TO ROLE DEV;",
				"GRANT USAGE ON INTEGRATION SALES_ACCESS TO ROLE DEV;\nCREATE EXTERNAL ACCESS INTEGRATION OLD_ACCESS ALLOWED_NETWORK_RULES = (APPS.SALES.HOSTS) ALLOWED_AUTHENTICATION_SECRETS = (APPS.SALES.KEY) ENABLED = TRUE;\nGRANT USAGE ON INTEGRATION OLD_ACCESS TO ROLE DEV;",
				"EXTERNAL_ACCESS_INTEGRATIONS = (SALES_ACCESS)", "EXTERNAL_ACCESS_INTEGRATIONS = (OLD_ACCESS, SALES_ACCESS)",
			},
			after: "USE ROLE ACCOUNTADMIN;\nALTER EXTERNAL ACCESS INTEGRATION OLD_ACCESS SET ENABLED = FALSE;\n",
		},
		{
			name: "the integration is not granted", base: "container", after: "USE ROLE ACCOUNTADMIN;\nREVOKE USAGE ON INTEGRATION SALES_ACCESS FROM ROLE DEV;\n",
			want: []string{"secret api_key usage", "host api.example.com usage"},
		},
		{
			name: "the integration is gone", base: "container", after: "USE ROLE ACCOUNTADMIN;\nDROP INTEGRATION SALES_ACCESS;\n",
			want: []string{"secret api_key allowed", "host api.example.com rule"},
		},
		{
			name: "the pool is gone", base: "container",
			edits: []string{"USE ROLE ACCOUNTADMIN;\nGRANT USAGE ON DATABASE APPS", "USE ROLE ACCOUNTADMIN;\nCREATE COMPUTE POOL SMALL MIN_NODES = 1 MAX_NODES = 1 INSTANCE_FAMILY = CPU_X64_XS AUTO_RESUME = TRUE;\nGRANT USAGE ON COMPUTE POOL SMALL TO ROLE DEV;\nGRANT USAGE ON DATABASE APPS", "COMPUTE_POOL = SYSTEM_COMPUTE_POOL_CPU", "COMPUTE_POOL = SMALL"},
			after: "USE ROLE ACCOUNTADMIN;\nDROP COMPUTE POOL SMALL;\n", unknown: []string{"start APPS.SALES.APP pool"},
		},
		{
			name: "the pool is not granted", base: "container",
			edits: []string{"USE ROLE ACCOUNTADMIN;\nGRANT USAGE ON DATABASE APPS", "USE ROLE ACCOUNTADMIN;\nCREATE COMPUTE POOL SMALL MIN_NODES = 1 MAX_NODES = 1 INSTANCE_FAMILY = CPU_X64_XS AUTO_RESUME = TRUE;\nGRANT USAGE ON COMPUTE POOL SMALL TO ROLE DEV;\nGRANT USAGE ON DATABASE APPS", "COMPUTE_POOL = SYSTEM_COMPUTE_POOL_CPU", "COMPUTE_POOL = SMALL"},
			after: "USE ROLE ACCOUNTADMIN;\nREVOKE USAGE ON COMPUTE POOL SMALL FROM ROLE DEV;\n", want: []string{"start APPS.SALES.APP pool_usage"},
		},
		{
			name: "the pool is suspended but resumes", base: "container",
			edits: []string{"USE ROLE ACCOUNTADMIN;\nGRANT USAGE ON DATABASE APPS", "USE ROLE ACCOUNTADMIN;\nCREATE COMPUTE POOL SMALL MIN_NODES = 1 MAX_NODES = 1 INSTANCE_FAMILY = CPU_X64_XS AUTO_RESUME = TRUE;\nGRANT USAGE ON COMPUTE POOL SMALL TO ROLE DEV;\nGRANT USAGE ON DATABASE APPS", "COMPUTE_POOL = SYSTEM_COMPUTE_POOL_CPU", "COMPUTE_POOL = SMALL"},
			after: "USE ROLE ACCOUNTADMIN;\nALTER COMPUTE POOL SMALL SUSPEND;\n",
		},
		{
			name: "the warehouse is gone", base: "warehouse",
			edits: []string{"USE ROLE ACCOUNTADMIN;\nGRANT USAGE ON DATABASE APPS", "USE ROLE ACCOUNTADMIN;\nCREATE WAREHOUSE SALES_WH;\nGRANT USAGE ON WAREHOUSE SALES_WH TO ROLE DEV;\nGRANT USAGE ON DATABASE APPS", "QUERY_WAREHOUSE = COMPUTE_WH", "QUERY_WAREHOUSE = SALES_WH"},
			after: "USE ROLE ACCOUNTADMIN;\nDROP WAREHOUSE SALES_WH;\n", want: []string{"start APPS.SALES.APP warehouse"}, unfixed: true,
		},
		{
			name: "the warehouse is not granted", base: "warehouse",
			edits: []string{"USE ROLE ACCOUNTADMIN;\nGRANT USAGE ON DATABASE APPS", "USE ROLE ACCOUNTADMIN;\nCREATE WAREHOUSE SALES_WH;\nGRANT USAGE ON WAREHOUSE SALES_WH TO ROLE DEV;\nGRANT USAGE ON DATABASE APPS", "QUERY_WAREHOUSE = COMPUTE_WH", "QUERY_WAREHOUSE = SALES_WH"},
			after: "USE ROLE ACCOUNTADMIN;\nREVOKE USAGE ON WAREHOUSE SALES_WH FROM ROLE DEV;\n", want: []string{"start APPS.SALES.APP warehouse"},
		},
		{
			name: "no warehouse", base: "container", edits: []string{" QUERY_WAREHOUSE = COMPUTE_WH", ""},
			want: []string{"start APPS.SALES.APP warehouse"}, unfixed: true,
		},
		{
			name: "no warehouse in the warehouse runtime", base: "warehouse", edits: []string{" QUERY_WAREHOUSE = COMPUTE_WH", ""},
			want: []string{"start APPS.SALES.APP warehouse"}, unfixed: true,
		},
		{
			name: "no live version in a warehouse", base: "warehouse", edits: []string{"ALTER STREAMLIT APPS.SALES.APP ADD LIVE VERSION FROM LAST;\n", ""},
			want: []string{"start APPS.SALES.APP live"},
		},
		{
			name: "the old way", base: "warehouse",
			edits: []string{
				"FROM '@APPS.SALES.FILES/app' MAIN_FILE = 'streamlit_app.py' RUNTIME_NAME = 'SYSTEM$WAREHOUSE_RUNTIME'", "ROOT_LOCATION = '@APPS.SALES.FILES/app' MAIN_FILE = '/streamlit_app.py'", " SECRETS = ('api_key' = APPS.SALES.KEY)", "", "ALTER STREAMLIT APPS.SALES.APP ADD LIVE VERSION FROM LAST;\n", "",
				"key = _snowflake.get_generic_secret_string(\"api_key\")\n", "key = 1\n", "import _snowflake\n", "",
			},
		},
		{
			name: "the old way with a secret", base: "warehouse",
			edits: []string{"FROM '@APPS.SALES.FILES/app' MAIN_FILE = 'streamlit_app.py' RUNTIME_NAME = 'SYSTEM$WAREHOUSE_RUNTIME'", "ROOT_LOCATION = '@APPS.SALES.FILES/app' MAIN_FILE = '/streamlit_app.py'", " SECRETS = ('api_key' = APPS.SALES.KEY)", "", "ALTER STREAMLIT APPS.SALES.APP ADD LIVE VERSION FROM LAST;\n", ""},
			want:  []string{"secret api_key binding"}, unfixed: true,
		},
		{
			name: "the old way in a subfolder", base: "warehouse",
			edits: []string{"FROM '@APPS.SALES.FILES/app' MAIN_FILE = 'streamlit_app.py' RUNTIME_NAME = 'SYSTEM$WAREHOUSE_RUNTIME'", "ROOT_LOCATION = '@APPS.SALES.FILES/app' MAIN_FILE = 'src/main.py'", " SECRETS = ('api_key' = APPS.SALES.KEY)", "", "ALTER STREAMLIT APPS.SALES.APP ADD LIVE VERSION FROM LAST;\n", ""},
			files: map[string]string{"streamlit_app.py": "", "src/main.py": "import streamlit as st\n\nst.title('x')\n"},
		},
		{
			name: "a package that conda does not list", base: "warehouse", edits: []string{"import requests\n", "import plotly\nimport requests\n"},
			want:  []string{"package plotly package"},
			fixed: map[string]string{"environment.yml": "name: sales\nchannels:\n  - snowflake\ndependencies:\n  - streamlit=1.52.2\n  - requests\n  - plotly\n"},
		},
		{
			name: "a module that was not uploaded", base: "container", edits: []string{"import requests\n", "import requests\n\nimport charts\n"},
			want:  []string{"package charts package"},
			fixed: map[string]string{"charts.py": "A = 1\n"},
		},
		{
			name: "the old session", base: "container", edits: []string{`conn = st.connection("snowflake")`, "from snowflake.snowpark.context import get_active_session\n\nconn = get_active_session()", `conn.query("SELECT 1")`, `conn.sql("SELECT 1")`},
			want: []string{"start APPS.SALES.APP code"}, unfixed: true,
		},
		{
			name: "code that does not parse", base: "container", edits: []string{"st.write(answer.json())", "st.write(answer.json()"},
			want: []string{"start APPS.SALES.APP code"}, unfixed: true,
		},
		{
			name: "a Streamlit that is too old", base: "container", edits: []string{"streamlit[snowflake]>=1.50", "streamlit[snowflake]==1.40.0"},
			want: []string{"package pyproject.toml list"}, unfixed: true,
		},
		{
			name: "a Python that is too new", base: "container", edits: []string{">=3.11,<3.12", ">=3.12"},
			want: []string{"package pyproject.toml list"}, unfixed: true,
		},
		{
			name: "a deprecated option", base: "container", files: map[string]string{".streamlit/config.toml": "[mapbox]\ntoken = \"pk.x\"\n"},
		},
		{
			name: "an environment variable", base: "container", edits: []string{kindsSecret, `os.environ["api_key"]`, "import requests\n", "import os\n\nimport requests\n"},
		},
		{
			name: "an environment variable in capitals", base: "container", edits: []string{kindsSecret, `os.environ["API_KEY"]`, "import requests\n", "import os\n\nimport requests\n"},
			want: []string{"secret API_KEY binding"},
		},
		{
			name: "a viewer through another role", base: "container", args: []string{"APPS.SALES.APP", "--viewer", "TEAM"},
			after: "USE ROLE ACCOUNTADMIN;\nCREATE ROLE TEAM;\nGRANT ROLE ANALYST TO ROLE TEAM;\n",
		},
		{
			name: "a viewer through everybody", base: "container", args: []string{"APPS.SALES.APP", "--viewer", "TEAM"},
			after: "USE ROLE ACCOUNTADMIN;\nCREATE ROLE TEAM;\nGRANT USAGE ON DATABASE APPS TO ROLE PUBLIC;\nUSE ROLE DEV;\nGRANT USAGE ON SCHEMA APPS.SALES TO ROLE PUBLIC;\nGRANT USAGE ON STREAMLIT APPS.SALES.APP TO ROLE PUBLIC;\n",
		},
		{
			name: "a viewer without the schema", base: "container", args: []string{"APPS.SALES.APP", "--viewer", "TEAM"},
			after: "USE ROLE ACCOUNTADMIN;\nCREATE ROLE TEAM;\nGRANT USAGE ON DATABASE APPS TO ROLE TEAM;\nUSE ROLE DEV;\nGRANT USAGE ON STREAMLIT APPS.SALES.APP TO ROLE TEAM;\n",
			want:  []string{"viewer TEAM schema"},
		},
		{
			name: "a schema of another role", base: "container", args: []string{"APPS.SALES.APP", "--viewer", "TEAM"},
			after: "USE ROLE ACCOUNTADMIN;\nCREATE ROLE TEAM;\nCREATE ROLE KEEPER;\nGRANT ROLE KEEPER TO USER SLEET;\nGRANT USAGE ON DATABASE APPS TO ROLE KEEPER;\nUSE ROLE DEV;\nGRANT OWNERSHIP ON SCHEMA APPS.SALES TO ROLE KEEPER COPY CURRENT GRANTS;\nUSE ROLE KEEPER;\nGRANT USAGE ON SCHEMA APPS.SALES TO ROLE DEV;\n",
			want:  []string{"viewer TEAM database"},
		},
		{
			name: "a viewer who is not there", base: "container", args: []string{"APPS.SALES.APP", "--viewer", "NOBODY"},
			unknown: []string{"viewer NOBODY database", "viewer NOBODY schema"}, want: []string{"viewer NOBODY app"}, unfixed: true,
		},
		{
			name: "the app is gone", base: "container", after: "USE ROLE DEV;\nDROP STREAMLIT APPS.SALES.APP;\n", want: []string{"start APPS.SALES.APP app"}, unfixed: true,
		},
		{
			name: "data cached for all under the rights of the caller", base: "container",
			edits: []string{`conn = st.connection("snowflake")`, `conn = st.connection("snowflake-callers-rights")`, "st.dataframe(conn.query(\"SELECT 1\"))", "\n\n@st.cache_data\ndef rows():\n    return conn.query(\"SELECT 1\")\n\n\nst.dataframe(rows())", ">=1.50", ">=1.53.1"},
			want:  []string{"viewer ANALYST cache"}, unfixed: true,
		},
		{
			name: "pools are not for apps", base: "container", after: "USE ROLE ACCOUNTADMIN;\nALTER ACCOUNT SET ALLOWED_SPCS_WORKLOAD_TYPES = 'NOTEBOOK';\n",
			want: []string{"start APPS.SALES.APP workload"},
		},
		{
			name: "a library's host", base: "container", files: map[string]string{"streamlit_app.py": "import streamlit as st\nfrom openai import OpenAI\n\nst.write(OpenAI(api_key=st.secrets[\"api_key\"]).models.list())\n"}, edits: []string{"\"requests\"]", "\"openai\"]"},
			want: []string{"host api.openai.com rule"},
		},
		{
			name: "packages from PyPI through an integration", base: "container",
			edits: []string{" ARTIFACT_REPOSITORIES = (snowflake.snowpark.pypi_shared_repository)", "", "ALLOWED_NETWORK_RULES = (APPS.SALES.HOSTS)", "ALLOWED_NETWORK_RULES = (APPS.SALES.HOSTS, SNOWFLAKE.EXTERNAL_ACCESS.PYPI_RULE)"},
		},
		{
			name: "two main files", base: "container", after: kindsAlter + "MAIN_FILE = 'main.py';\n", files: map[string]string{"other.py": "import streamlit as st\n"},
			want: []string{"start APPS.SALES.APP main"}, unfixed: true,
		},
		{name: "a function", base: "container", edits: append(toFunction(), function("DEV")...)},
		{
			name: "a function of another role", base: "container", secure: true,
			edits: append(toFunction(), function("KEEPER")...),
		},
		{
			name: "a function of another role that is not granted", base: "container", secure: true,
			edits: append(toFunction(), function("KEEPER")...), after: "USE ROLE KEEPER;\nREVOKE USAGE ON FUNCTION APPS.SALES.GET_API_KEY() FROM ROLE DEV;\n",
			want: []string{"secret api_key call"},
		},
		{
			name: "a function whose integration does not allow the secret", base: "container",
			edits: append(toFunction(), function("DEV")...), after: "USE ROLE ACCOUNTADMIN;\nALTER EXTERNAL ACCESS INTEGRATION SALES_ACCESS UNSET ALLOWED_AUTHENTICATION_SECRETS;\n",
			want: []string{"secret api_key allowed"},
		},
		{name: "an owner alone", base: "container", as: dev},
		{name: "an owner alone in a warehouse", base: "warehouse", as: dev},
		{
			name: "an integration that the owner alone does not see", base: "container", as: dev,
			after: "USE ROLE ACCOUNTADMIN;\nREVOKE USAGE ON INTEGRATION SALES_ACCESS FROM ROLE DEV;\n",
			want:  []string{"secret api_key usage", "host api.example.com usage"},
		},
		{
			name: "a secret elsewhere that the owner alone does not see", base: "container", as: dev,
			edits: []string{
				"USE ROLE DEV;\nCREATE STREAMLIT", "USE ROLE ACCOUNTADMIN;\nCREATE ROLE KEEPER;\nGRANT ROLE KEEPER TO USER SLEET;\nGRANT USAGE ON DATABASE APPS TO ROLE KEEPER;\nGRANT CREATE SCHEMA ON DATABASE APPS TO ROLE KEEPER;\nUSE ROLE KEEPER;\nCREATE SCHEMA APPS.KEYS;\nCREATE SECRET APPS.KEYS.KEY TYPE = GENERIC_STRING SECRET_STRING = 'p1geon-h0le';\n" +
					"GRANT USAGE ON SCHEMA APPS.KEYS TO ROLE DEV;\nGRANT USAGE, READ ON SECRET APPS.KEYS.KEY TO ROLE DEV;\nGRANT USAGE ON SCHEMA APPS.KEYS TO ROLE ACCOUNTADMIN;\nGRANT USAGE ON SECRET APPS.KEYS.KEY TO ROLE ACCOUNTADMIN;\nUSE ROLE ACCOUNTADMIN;\nALTER EXTERNAL ACCESS INTEGRATION SALES_ACCESS SET ALLOWED_AUTHENTICATION_SECRETS = (APPS.KEYS.KEY);\nUSE ROLE DEV;\nCREATE STREAMLIT",
				"'api_key' = APPS.SALES.KEY", "'api_key' = APPS.KEYS.KEY",
			},
			after: "USE ROLE KEEPER;\nREVOKE USAGE, READ ON SECRET APPS.KEYS.KEY FROM ROLE DEV;\n",
			want:  []string{"secret api_key secret"},
		},
		{
			name: "a pool that the owner alone does not see", base: "container", as: dev,
			edits: []string{"USE ROLE ACCOUNTADMIN;\nGRANT USAGE ON DATABASE APPS", "USE ROLE ACCOUNTADMIN;\nCREATE COMPUTE POOL SMALL MIN_NODES = 1 MAX_NODES = 1 INSTANCE_FAMILY = CPU_X64_XS AUTO_RESUME = TRUE;\nGRANT USAGE ON COMPUTE POOL SMALL TO ROLE DEV;\nGRANT USAGE ON DATABASE APPS", "COMPUTE_POOL = SYSTEM_COMPUTE_POOL_CPU", "COMPUTE_POOL = SMALL"},
			after: "USE ROLE ACCOUNTADMIN;\nREVOKE USAGE ON COMPUTE POOL SMALL FROM ROLE DEV;\n",
			want:  []string{"start APPS.SALES.APP pool_usage"},
		},
		{
			name: "a warehouse that the owner alone does not see", base: "warehouse", as: dev,
			edits: []string{"USE ROLE ACCOUNTADMIN;\nGRANT USAGE ON DATABASE APPS", "USE ROLE ACCOUNTADMIN;\nCREATE WAREHOUSE SALES_WH;\nGRANT USAGE ON WAREHOUSE SALES_WH TO ROLE DEV;\nGRANT USAGE ON DATABASE APPS", "QUERY_WAREHOUSE = COMPUTE_WH", "QUERY_WAREHOUSE = SALES_WH"},
			after: "USE ROLE ACCOUNTADMIN;\nREVOKE USAGE ON WAREHOUSE SALES_WH FROM ROLE DEV;\n",
			want:  []string{"start APPS.SALES.APP warehouse"},
		},
		{
			name: "a host that the owner alone needs", base: "container", as: dev, edits: []string{"https://api.example.com/v1", "https://other.example.com/v1"},
			want: []string{"host other.example.com rule"},
		},
		{
			name: "a rule of another schema", base: "container", as: dev,
			edits: []string{
				"USE ROLE DEV;\nCREATE STREAMLIT", "USE ROLE ACCOUNTADMIN;\nCREATE DATABASE NET;\nCREATE SCHEMA NET.RULES;\nCREATE NETWORK RULE NET.RULES.API TYPE = HOST_PORT MODE = EGRESS VALUE_LIST = ('api.example.com');\nALTER EXTERNAL ACCESS INTEGRATION SALES_ACCESS SET ALLOWED_NETWORK_RULES = (NET.RULES.API);\nUSE ROLE DEV;\nCREATE STREAMLIT",
			},
			unknown: []string{"host api.example.com rule"},
		},
		{
			name: "a guest who sees nothing", base: "container", as: guest,
			unknown: []string{"start APPS.SALES.APP app"},
		},
	}
}

// toFunction returns the edits that make the code call a function instead of binding the secret.
func toFunction() []string {
	return []string{kindsSecret, `conn.session().sql("SELECT APPS.SALES.GET_API_KEY()").collect()[0][0]`, " SECRETS = ('api_key' = APPS.SALES.KEY)", ""}
}

// function returns the edits that create a function with the secret, owned by a role.
func function(role string) []string {
	const before = "USE ROLE DEV;\nCREATE STREAMLIT"
	roles := ""
	if role != "DEV" {
		roles = "USE ROLE ACCOUNTADMIN;\nCREATE ROLE " + role + ";\nGRANT ROLE " + role + " TO USER SLEET;\nGRANT USAGE ON DATABASE APPS TO ROLE " + role + ";\nGRANT USAGE ON INTEGRATION SALES_ACCESS TO ROLE " + role + ";\n" +
			"USE ROLE DEV;\nGRANT USAGE, CREATE FUNCTION ON SCHEMA APPS.SALES TO ROLE " + role + ";\nGRANT READ ON SECRET APPS.SALES.KEY TO ROLE " + role + ";\n"
	}
	made := "USE ROLE " + role + ";\nCREATE SECURE FUNCTION APPS.SALES.GET_API_KEY() RETURNS STRING LANGUAGE PYTHON RUNTIME_VERSION = '3.12' HANDLER = 'get' EXTERNAL_ACCESS_INTEGRATIONS = (SALES_ACCESS) SECRETS = ('api_key' = APPS.SALES.KEY) AS $$\nimport _snowflake\n\ndef get():\n    return _snowflake.get_generic_secret_string('api_key')\n$$;\n"
	if role != "DEV" {
		made += "GRANT USAGE ON FUNCTION APPS.SALES.GET_API_KEY() TO ROLE DEV;\n"
	}
	return []string{before, roles + made + before}
}
