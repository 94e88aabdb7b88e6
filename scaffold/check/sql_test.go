package check_test

import "testing"

func TestOldSQL(t *testing.T) {
	const head = app + "## sql/app.sql\n"
	const live = "ALTER STREAMLIT x ADD LIVE VERSION FROM LAST;\n"
	const named = "CREATE STREAMLIT x FROM '@s' MAIN_FILE='streamlit_app.py' RUNTIME_NAME='SYSTEM$ST_CONTAINER_RUNTIME_PY3_11'"
	try(t, "SL401", []snippet{
		{name: "right", code: head + named + ";\n" + live},
		{name: "live in another file", code: head + named + ";\n## sql/more.sql\n" + live},
		{name: "live in a block", code: head + named + ";\nEXECUTE IMMEDIATE $$\nBEGIN\n  " + live + "EXCEPTION WHEN OTHER THEN NULL;\nEND;\n$$;\n"},
		{name: "not live", code: head + named + ";\n", want: []string{"sql/app.sql 1:18"}},
		{name: "another one live", code: head + named + ";\nALTER STREAMLIT y ADD LIVE VERSION FROM LAST;\n", want: []string{"sql/app.sql 1:18"}},
		{name: "the same in other letters", code: head + named + ";\nALTER STREAMLIT db.sc.\"X\" ADD LIVE VERSION FROM LAST;\n"},
		{name: "another in quotes", code: head + named + ";\nALTER STREAMLIT \"x\" ADD LIVE VERSION FROM LAST;\n", want: []string{"sql/app.sql 1:18"}},
		{name: "any name", code: head + named + ";\nALTER STREAMLIT IDENTIFIER($name) ADD LIVE VERSION FROM LAST;\n"},
		{
			name: "no runtime", code: head + "-- the app\nCREATE OR REPLACE STREAMLIT IF NOT EXISTS db.x\n  FROM '@s' MAIN_FILE = 'streamlit_app.py';\n" + live,
			want: []string{"sql/app.sql 2:1"},
		},
		{
			name: "the old way", code: head + "CREATE STREAMLIT x\n  root_location = '@s' -- old\n  MAIN_FILE = '/streamlit_app.py';\n",
			want: []string{"sql/app.sql 2:3"},
		},
		{name: "the old way in a warehouse", code: head + "CREATE STREAMLIT x ROOT_LOCATION='@s';", options: inWarehouse(), want: []string{"sql/app.sql 1:20"}},
		{name: "altered the old way", code: head + "ALTER STREAMLIT x SET ROOT_LOCATION='@s';", want: []string{"sql/app.sql 1:23"}},
		{name: "of a native app", code: head + "CREATE OR REPLACE STREAMLIT core.ui FROM '/streamlit' MAIN_FILE='/streamlit_app.py';\n"},
		{name: "in a comment", code: head + "-- CREATE STREAMLIT x ROOT_LOCATION='@s';\n/* CREATE STREAMLIT x */ // CREATE STREAMLIT x\n"},
		{name: "in a string", code: head + "SELECT 'CREATE STREAMLIT x ROOT_LOCATION';"},
		{name: "a grant", code: head + "GRANT CREATE STREAMLIT ON SCHEMA a TO ROLE b;"},
		{name: "another object", code: head + "CREATE TABLE streamlit (root_location text);"},
		{
			name: "in a procedure", code: head + "CREATE PROCEDURE p() LANGUAGE SQL AS $$\nBEGIN\n  CREATE STREAMLIT x ROOT_LOCATION = '@s';\nEND\n$$;",
			want: []string{"sql/app.sql 3:22"},
		},
		{name: "a template", code: head + "CREATE STREAMLIT {{ x }} FROM '@s' RUNTIME_NAME = 'SYSTEM$WAREHOUSE_RUNTIME';\n" + live},
		{name: "wide characters before", code: head + "SELECT '日本'; CREATE STREAMLIT \"日本\" ROOT_LOCATION='@s';", want: []string{"sql/app.sql 1:36"}},
		{name: "secrets alone", code: head + named + "\n  SECRETS = ('k' = db.s.k);\n" + live, want: []string{"sql/app.sql 2:3"}},
		{name: "secrets with an integration", code: head + named + "\n  EXTERNAL_ACCESS_INTEGRATIONS = (i) SECRETS = ('k' = k);\n" + live},
		{name: "secrets altered alone", code: head + "ALTER STREAMLIT x SET SECRETS = ('k' = k);", want: []string{"sql/app.sql 1:23"}},
		{name: "secrets altered later", code: head + "ALTER STREAMLIT x SET SECRETS = ('k' = k);\nALTER STREAMLIT x SET EXTERNAL_ACCESS_INTEGRATIONS = (i);"},
		{name: "secrets taken away", code: head + "ALTER STREAMLIT x UNSET SECRETS;"},
		{
			name: "a function's secrets alone", code: head + "CREATE OR REPLACE SECURE FUNCTION f() RETURNS STRING LANGUAGE PYTHON HANDLER = 'f'\n SECRETS = ('k' = k) AS $$\ndef f(): pass\n$$;",
			want: []string{"sql/app.sql 2:2"},
		},
		{name: "imports", code: head + named + "\n  IMPORTS = ('@s/lib.zip');\n" + live, want: []string{"sql/app.sql 2:3 IMPORTS"}},
		{name: "imports altered", code: head + "ALTER STREAMLIT x SET IMPORTS = ('@s/lib.zip');", want: []string{"sql/app.sql 1:23 IMPORTS"}},
		{name: "imports in a warehouse", code: head + "CREATE STREAMLIT x FROM '@s' RUNTIME_NAME = 'SYSTEM$WAREHOUSE_RUNTIME' IMPORTS = ('@s/lib.zip');\n" + live, options: inWarehouse()},
		{name: "imports of a native app", code: head + "CREATE STREAMLIT core.ui FROM '/streamlit' IMPORTS = ('/lib.zip');\n"},
		{name: "imports of a function", code: head + "CREATE FUNCTION f() RETURNS STRING LANGUAGE PYTHON HANDLER = 'm.f' IMPORTS = ('@s/m.py');"},
		{name: "an execution mode", code: head + named + "\n  execute as caller;\n" + live, want: []string{"sql/app.sql 2:3 EXECUTE AS"}},
		{name: "an execution mode in a warehouse", code: head + "CREATE STREAMLIT x FROM '@s' RUNTIME_NAME = 'SYSTEM$WAREHOUSE_RUNTIME' EXECUTE AS OWNER;\n" + live, options: inWarehouse()},
		{name: "that of a procedure", code: head + "CREATE PROCEDURE p() RETURNS STRING LANGUAGE SQL EXECUTE AS CALLER AS $$\nBEGIN\n  RETURN 'x';\nEND\n$$;"},
		{name: "a switch without a pool", code: head + "ALTER STREAMLIT x SET RUNTIME_NAME = 'SYSTEM$ST_CONTAINER_RUNTIME_PY3_11';", want: []string{"sql/app.sql 1:23 RUNTIME_NAME"}},
		{name: "a switch with a pool", code: head + "ALTER STREAMLIT x SET RUNTIME_NAME = 'SYSTEM$ST_CONTAINER_RUNTIME_PY3_11' COMPUTE_POOL = p;"},
		{name: "a switch after the pool", code: head + "ALTER STREAMLIT x SET COMPUTE_POOL = p;\nALTER STREAMLIT x SET RUNTIME_NAME = 'SYSTEM$ST_CONTAINER_RUNTIME_PY3_11';"},
		{name: "a switch to a warehouse", code: head + "ALTER STREAMLIT x SET RUNTIME_NAME = 'SYSTEM$WAREHOUSE_RUNTIME';"},
		{name: "a switch to a variable", code: head + "ALTER STREAMLIT x SET RUNTIME_NAME = $runtime;"},
		{name: "a new app in the account's pool", code: head + named + ";\n" + live},
		{
			name: "a main file in a subfolder", code: head + "CREATE STREAMLIT x FROM '@s' MAIN_FILE = 'src/app.py' RUNTIME_NAME = 'SYSTEM$WAREHOUSE_RUNTIME';\n" + live,
			options: inWarehouse(), want: []string{"sql/app.sql 1:30 MAIN_FILE"},
		},
		{name: "a main file at the root", code: head + "CREATE STREAMLIT x FROM '@s' MAIN_FILE = '/app.py' RUNTIME_NAME = 'SYSTEM$WAREHOUSE_RUNTIME';\n" + live, options: inWarehouse()},
		{name: "a main file in a subfolder of a container", code: head + "CREATE STREAMLIT x FROM '@s' MAIN_FILE = 'src/app.py' RUNTIME_NAME = 'SYSTEM$ST_CONTAINER_RUNTIME_PY3_11';\n" + live},
		{
			name: "a main file below the old root", code: head + "CREATE STREAMLIT x ROOT_LOCATION = '@s' MAIN_FILE = 'src/app.py';", options: inWarehouse(),
			want: []string{"sql/app.sql 1:20"},
		},
		{name: "a secret's object", code: head + "CREATE SECRET k TYPE = GENERIC_STRING SECRET_STRING = <secret:k>;"},
		{name: "broken", code: head + "CREATE STREAMLIT"},
		{name: "silenced", code: head + "CREATE STREAMLIT x ROOT_LOCATION='@s'; -- sleet: ignore[SL401]\n"},
	})
}
