package snowflaketest

import (
	"fmt"
	"strings"

	"sleet/snowflake/snowflaketest/engine"
)

// WithApps creates a number of apps, to test with many of them: in several databases, of both runtimes and with
// ROOT_LOCATION, with and without secrets, some easy to migrate and some hard.
func WithApps(count int) Option { return func(o *options) { o.apps = count } }

// perDatabase is the number of apps per database.
const perDatabase = 250

// makeApps creates the apps of WithApps.
func (a *Account) makeApps(count int) error {
	for i := range count {
		database := fmt.Sprintf("TEAM_%02d", i/perDatabase+1)
		if i%perDatabase == 0 {
			if err := a.makeTeam(database); err != nil {
				return err
			}
		}
		app := fmt.Sprintf("%s.APPS.APP_%04d", database, i+1)
		files := manyFiles(i)
		for name, text := range files {
			if err := a.WriteFile("DEV", fmt.Sprintf("@%s.APPS.FILES/app_%04d/%s", database, i+1, name), []byte(text)); err != nil {
				return err
			}
		}
		from := fmt.Sprintf("@%s.APPS.FILES/app_%04d", database, i+1)
		statements := []string{
			"CREATE STREAMLIT " + app + " FROM '" + from + "' MAIN_FILE = 'streamlit_app.py' QUERY_WAREHOUSE = COMPUTE_WH RUNTIME_NAME = '" + engine.WarehouseRuntime + "'" + manySecrets(i, database),
			"ALTER STREAMLIT " + app + " ADD LIVE VERSION FROM LAST",
		}
		switch i % 7 {
		case 2: // created with ROOT_LOCATION
			statements = []string{"CREATE STREAMLIT " + app + " ROOT_LOCATION = '" + from + "' MAIN_FILE = 'streamlit_app.py' QUERY_WAREHOUSE = COMPUTE_WH"}
		case 5:
			statements[0] = "CREATE STREAMLIT " + app + " FROM '" + from + "' MAIN_FILE = 'streamlit_app.py' QUERY_WAREHOUSE = COMPUTE_WH RUNTIME_NAME = '" + engine.ContainerRuntime + "' COMPUTE_POOL = SYSTEM_COMPUTE_POOL_CPU"
		}
		for _, st := range statements {
			if err := a.Exec("DEV", st); err != nil {
				return err
			}
		}
	}
	return nil
}

// makeTeam creates a database with the objects that its apps share.
func (a *Account) makeTeam(database string) error {
	for _, st := range [][2]string{
		{engine.AccountAdmin, "CREATE DATABASE " + database},
		{engine.AccountAdmin, "GRANT OWNERSHIP ON DATABASE " + database + " TO ROLE DEV COPY CURRENT GRANTS"},
		{"DEV", "CREATE SCHEMA " + database + ".APPS"},
		{"DEV", "CREATE STAGE " + database + ".APPS.FILES ENCRYPTION = (TYPE = 'SNOWFLAKE_SSE')"},
		{"DEV", "CREATE SECRET " + database + ".APPS.TOKEN TYPE = GENERIC_STRING SECRET_STRING = 'value'"},
		{"DEV", "GRANT USAGE ON SECRET " + database + ".APPS.TOKEN TO ROLE " + engine.AccountAdmin},
		{"DEV", "CREATE NETWORK RULE " + database + ".APPS.HOSTS TYPE = HOST_PORT MODE = EGRESS VALUE_LIST = ('api.example.com')"},
		{engine.AccountAdmin, "GRANT USAGE ON DATABASE " + database + " TO ROLE " + engine.AccountAdmin},
		{engine.AccountAdmin, "GRANT USAGE ON SCHEMA " + database + ".APPS TO ROLE " + engine.AccountAdmin},
		{engine.AccountAdmin, "CREATE EXTERNAL ACCESS INTEGRATION " + database + "_ACCESS ALLOWED_NETWORK_RULES = (" + database + ".APPS.HOSTS) ALLOWED_AUTHENTICATION_SECRETS = (" + database + ".APPS.TOKEN) ENABLED = TRUE"},
		{engine.AccountAdmin, "GRANT USAGE ON INTEGRATION " + database + "_ACCESS TO ROLE DEV"},
	} {
		if err := a.Exec(st[0], st[1]); err != nil {
			return err
		}
	}
	return nil
}

func manySecrets(i int, database string) string {
	if i%3 != 0 {
		return ""
	}
	return " EXTERNAL_ACCESS_INTEGRATIONS = (" + database + "_ACCESS) SECRETS = ('token' = " + database + ".APPS.TOKEN)"
}

// manyFiles returns the files of one of the apps.
func manyFiles(i int) map[string]string {
	code := "import streamlit as st\nfrom snowflake.snowpark.context import get_active_session\n\nsession = get_active_session()\nst.title(\"Report " + fmt.Sprint(i+1) + "\")\n" +
		"st.dataframe(session.sql(\"SELECT * FROM ORDERS\").to_pandas())\n"
	packages := []string{"streamlit=1.52.2", "pandas"}
	if i%3 == 0 {
		code = "import _snowflake\n" + code + "token = _snowflake.get_generic_secret_string(\"token\")\n"
	}
	if i%4 == 1 {
		code += "st.write(session.sql(\"SELECT CURRENT_USER()\").collect())\n"
	}
	if i%5 == 3 {
		code = "import threading\n" + code + "STATE = {}\n\n\ndef remember(key, value):\n    STATE[key] = value\n\n\nremember(\"last\", st.text_input(\"Name\"))\n" +
			strings.Repeat("session.sql(\"SELECT CURRENT_ROLE()\").collect()\n", 6)
	}
	if i%11 == 4 {
		packages = append(packages, "snowflake-ml-python", "graphviz", "libgdal")
	}
	files := map[string]string{
		"streamlit_app.py": code, "environment.yml": "name: app\nchannels:\n  - snowflake\ndependencies:\n  - " + strings.Join(packages, "\n  - ") + "\n",
	}
	if i%6 == 0 {
		files["pages/detail.py"] = "import streamlit as st\n\nst.title(\"Detail\")\n"
	}
	return files
}
