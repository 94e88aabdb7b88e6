package migrate

import (
	"strings"
	"testing"

	"sleet/scaffold/testtools"
)

// TestPlanListsNoCredentials holds that snowflake.yml lists what the app needs, and nothing that is a credential or that
// nothing names: the Snowflake CLI uploads what is listed.
func TestPlanListsNoCredentials(t *testing.T) {
	const key = "-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG9w0BAQEFAASC\n-----END PRIVATE KEY-----\n"
	dir := testtools.Folder(t, map[string]string{
		"snowflake.yml": "definition_version: 2\nentities:\n  a:\n    type: streamlit\n    identifier: a\n    main_file: streamlit_app.py\n" +
			"    query_warehouse: W\n    artifacts:\n      - streamlit_app.py\n      - environment.yml\n",
		"environment.yml":  "name: a\nchannels:\n  - snowflake\ndependencies:\n  - streamlit=1.35.0\n",
		"streamlit_app.py": "import streamlit as st\nst.write(open('settings.yaml').read(), open('rsa.p8').read(), open('google.json').read())\n",
		"settings.yaml":    "a: 1\n", "logo.png": "x", "notes.docx": "x", "plan.drawio": "x", "rsa.p8": key, "connections.toml": "[a]\npassword = 'x'\n",
		"service_account.json": "{}", "google.json": `{"private_key": "MII"}`, "prod.env": "A=1",
	})
	got := string(changeOf(t, planned(t, dir), "snowflake.yml"))
	for _, name := range []string{"settings.yaml", "logo.png", "streamlit_app.py"} {
		if !strings.Contains(got, "- "+name) {
			t.Errorf("%s is not listed:\n%s", name, got)
		}
	}
	for _, name := range []string{"notes.docx", "plan.drawio", "rsa.p8", "connections.toml", "service_account.json", "google.json", "prod.env"} {
		if strings.Contains(got, name) {
			t.Errorf("%s is listed:\n%s", name, got)
		}
	}
}

// changeOf is what a file holds after a migration.
func changeOf(t *testing.T, m Migration, name string) []byte {
	t.Helper()
	for _, c := range m.Changes {
		if c.Path == name {
			return c.New
		}
	}
	t.Fatalf("%s does not change", name)
	return nil
}
