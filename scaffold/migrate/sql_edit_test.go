package migrate

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"sleet/scaffold"
	"sleet/scaffold/migrate/change"
)

// TestSQLEdits edits statements that create warehouse apps. Comments must stay next to what they describe, and a second
// run must change nothing.
func TestSQLEdits(t *testing.T) {
	for _, test := range []struct{ name, sql, want string }{
		{
			"old, in lines",
			"USE SCHEMA a.b;\nCREATE OR REPLACE STREAMLIT x\n  ROOT_LOCATION = '@a.b.st/dir' -- the files\n  MAIN_FILE = '/app.py'\n  QUERY_WAREHOUSE = wh -- small\n  TITLE = 'X';\nGRANT USAGE ON STREAMLIT x TO ROLE r;\n",
			"USE SCHEMA a.b;\nCREATE OR REPLACE STREAMLIT x\n  FROM '@a.b.st/dir' -- the files\n  MAIN_FILE = 'app.py'\n  RUNTIME_NAME = 'SYSTEM$ST_CONTAINER_RUNTIME_PY3_11'\n  COMPUTE_POOL = P\n" +
				"  ARTIFACT_REPOSITORIES = (snowflake.snowpark.pypi_shared_repository)\n  QUERY_WAREHOUSE = wh -- small\n  TITLE = 'X';\nALTER STREAMLIT x ADD LIVE VERSION FROM LAST;\nGRANT USAGE ON STREAMLIT x TO ROLE r;\n",
		},
		{
			"old, in one line, without an end",
			"create streamlit if not exists \"X\" main_file = 'app.py' root_location = @st",
			"create streamlit if not exists \"X\" FROM '@st' main_file = 'app.py' RUNTIME_NAME = 'SYSTEM$ST_CONTAINER_RUNTIME_PY3_11' COMPUTE_POOL = P ARTIFACT_REPOSITORIES = (snowflake.snowpark.pypi_shared_repository);\n" +
				"EXECUTE IMMEDIATE $$\nBEGIN\n  ALTER STREAMLIT \"X\" ADD LIVE VERSION FROM LAST;\nEXCEPTION\n  WHEN OTHER THEN\n    IF (SQLCODE <> 99106) THEN -- it has one\n      RAISE;\n    END IF;\nEND;\n$$",
		},
		{
			"new, with a runtime and a live version",
			"CREATE STREAMLIT x FROM @st MAIN_FILE = 'app.py'\r\n\tRUNTIME_NAME = 'SYSTEM$WAREHOUSE_RUNTIME'\r\n\tIMPORTS = ('@st/a.zip', '@st/b.py')\r\n\tCOMPUTE_POOL = mine;\r\nALTER STREAMLIT x ADD LIVE VERSION FROM LAST;\r\n",
			"CREATE STREAMLIT x FROM @st MAIN_FILE = 'app.py'\r\n\tRUNTIME_NAME = 'SYSTEM$ST_CONTAINER_RUNTIME_PY3_11'\r\n\tCOMPUTE_POOL = mine\r\n\tARTIFACT_REPOSITORIES = (snowflake.snowpark.pypi_shared_repository);\r\nALTER STREAMLIT x ADD LIVE VERSION FROM LAST;\r\n",
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			pool := "P"
			moved := movedApp{app: scaffold.App{App: scaffold.Identity{ComputePool: &pool}, Python: scaffold.Python{Packages: []string{"pandas"}}}}
			rewrite := func(text string) string {
				made := readSQL(map[string][]byte{"a.sql": []byte(text)}, "app.py", "", nil).created[0]
				w := sqlWriter{creation: made, data: []byte(text), moved: moved}
				out, err := change.ApplyEdits([]byte(text), w.edits())
				if err != nil {
					t.Fatal(err)
				}
				return string(out)
			}
			got := rewrite(test.sql)
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Error(diff)
			}
			if test.name == "old, in one line, without an end" {
				return // the block is a text to the reader
			}
			if diff := cmp.Diff(got, rewrite(got)); diff != "" {
				t.Errorf("the second time:\n%s", diff)
			}
		})
	}
}
