package command_test

import (
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"sleet/scaffold/testtools"
)

// cliProject returns an app that somebody wrote for the Snowflake CLI, without sleet. Its code calls a host with a
// secret and imports a module of its own. The secret is not bound, and one package is not listed.
func cliProject() map[string]string {
	return map[string]string{
		"snowflake.yml": `definition_version: 2
entities:
  sales:
    type: streamlit
    identifier:
      name: SALES
      database: APPS
      schema: PUBLIC
    title: Sales
    query_warehouse: COMPUTE_WH
    main_file: streamlit_app.py
    runtime_name: SYSTEM$ST_CONTAINER_RUNTIME_PY3_11
    compute_pool: SYSTEM_COMPUTE_POOL_CPU
    external_access_integrations: [SALES_ACCESS]
    artifacts:
      - streamlit_app.py
      - pyproject.toml
      - common/hello.py
      - pages/more.py
`,
		"streamlit_app.py": `import pandas as pd
import requests
import streamlit as st

from common.hello import hello

st.title(hello())
answer = requests.get("https://api.example.com/v1", headers={"Authorization": st.secrets["api_key"]}, timeout=10)
st.dataframe(pd.DataFrame(answer.json()))
`,
		"common/hello.py": "def hello():\n    return \"Sales\"\n",
		"pages/more.py":   "import openpyxl\nimport streamlit as st\n\nst.write(openpyxl.__version__)\n",
		"pyproject.toml":  "[project]\nname = \"sales\"\nversion = \"0.1.0\"\nrequires-python = \">=3.11,<3.12\"\ndependencies = [\"streamlit[snowflake]>=1.50\", \"pandas\"]\n",
	}
}

// cliObjects are the statements with which its owner and an administrator created its objects, by role.
var cliObjects = [][2]string{ //nolint:gochecknoglobals // A table of the test.
	{"DEV", "CREATE SECRET APPS.PUBLIC.KEY TYPE = GENERIC_STRING SECRET_STRING = 'p1geon-h0le'"},
	{"DEV", "CREATE NETWORK RULE APPS.PUBLIC.HOSTS TYPE = HOST_PORT MODE = EGRESS VALUE_LIST = ('api.example.com')"},
	{"DEV", "GRANT USAGE ON DATABASE APPS TO ROLE ACCOUNTADMIN"},
	{"DEV", "GRANT USAGE ON SCHEMA APPS.PUBLIC TO ROLE ACCOUNTADMIN"},
	{"DEV", "GRANT USAGE ON SECRET APPS.PUBLIC.KEY TO ROLE ACCOUNTADMIN"},
	{"ACCOUNTADMIN", "CREATE EXTERNAL ACCESS INTEGRATION SALES_ACCESS ALLOWED_NETWORK_RULES = (APPS.PUBLIC.HOSTS) ALLOWED_AUTHENTICATION_SECRETS = (APPS.PUBLIC.KEY) ENABLED = TRUE"},
	{"ACCOUNTADMIN", "GRANT USAGE ON INTEGRATION SALES_ACCESS TO ROLE DEV"},
}

// TestDoctorOfTheCLIsApp deploys an app with the Snowflake CLI alone. sleet doctor finds the problems, by folder and by
// name in the account. After its fixes and another deployment with the CLI, it finds none.
func TestDoctorOfTheCLIsApp(t *testing.T) {
	t.Parallel()
	snow := testtools.Tool(t, "cli/bin/snow")
	testtools.CountConformance(t)
	a, home := serveAccount(t)
	for _, o := range cliObjects {
		if err := a.Exec(o[0], o[1]); err != nil {
			t.Fatal(err)
		}
	}
	dir := filepath.Join(t.TempDir(), "sales")
	put := func(files map[string]string) {
		t.Helper()
		for name, text := range files {
			path := filepath.Join(dir, filepath.FromSlash(name))
			if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
	files := cliProject()
	put(files)
	client(t, home, dir, snow, "streamlit", "deploy")
	want := []string{"package openpyxl", "secret api_key"}
	current := os.Getenv("SLEET_TEST_REAL") != ""
	if current { // such an account does not attach the repository itself, and the CLI has no option for it
		want = []string{"package openpyxl", "package pyproject.toml", "secret api_key"}
	}
	for _, target := range []string{dir, "APPS.PUBLIC.SALES"} {
		if got, text := brokenChains(t, home, dir, target); !slices.Equal(got, want) {
			t.Errorf("%s: %q is broken, want %q\n%s", filepath.Base(target), got, want, text)
		}
	}
	files["pyproject.toml"] = strings.Replace(files["pyproject.toml"], `"pandas"`, `"pandas", "openpyxl"`, 1)
	files["snowflake.yml"] = strings.Replace(files["snowflake.yml"], "    artifacts:\n", "    secrets:\n      api_key: APPS.PUBLIC.KEY\n    artifacts:\n", 1)
	put(files)
	client(t, home, dir, snow, "streamlit", "deploy", "--replace")
	if current {
		if err := a.Exec("DEV", "ALTER STREAMLIT APPS.PUBLIC.SALES SET ARTIFACT_REPOSITORIES = (snowflake.snowpark.pypi_shared_repository)"); err != nil {
			t.Fatal(err)
		}
	}
	for _, target := range []string{dir, "APPS.PUBLIC.SALES"} {
		if got, text := brokenChains(t, home, dir, target); len(got) > 0 {
			t.Errorf("%s, after the fix: %q is broken\n%s\n%s", filepath.Base(target), got, text, a.Snapshot())
		}
	}
}

// brokenChains runs sleet doctor and returns the broken chains.
func brokenChains(t *testing.T, home, dir, target string) ([]string, string) {
	t.Helper()
	var out, said strings.Builder
	cmd := exec.CommandContext(t.Context(), "sleet", "doctor", target, "--json")
	cmd.Dir, cmd.Stdout, cmd.Stderr = dir, &out, &said
	cmd.Env = []string{"HOME=" + home, "SNOWFLAKE_HOME=" + home, "XDG_STATE_HOME=" + t.TempDir(), "PATH=" + os.Getenv("PATH")}
	code := 0
	var exit *exec.ExitError
	if err := cmd.Run(); errors.As(err, &exit) {
		code = exit.ExitCode()
	} else if err != nil {
		t.Fatal(err)
	}
	var d struct {
		Chains []struct {
			Kind, Subject string
			Links         []struct{ State string }
		}
	}
	if err := json.Unmarshal([]byte(out.String()), &d); err != nil {
		t.Fatalf("exit code %d: %v\n%s%s", code, err, &out, &said)
	}
	var broken []string
	for _, c := range d.Chains {
		for _, l := range c.Links {
			if l.State == "broken" && !slices.Contains(broken, c.Kind+" "+c.Subject) {
				broken = append(broken, c.Kind+" "+c.Subject)
			}
		}
	}
	slices.Sort(broken)
	if want := min(len(broken), 1); code != want {
		t.Errorf("exit code %d with %q broken", code, broken)
	}
	return broken, out.String()
}
