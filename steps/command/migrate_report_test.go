package command

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sleet/steps/command/exit"
	"sleet/steps/command/machine"
)

// TestMigrateSaysAFixOnce migrates an app with three caches and one on a page: those of one file are on one line, and
// the fix is printed once.
func TestMigrateSaysAFixOnce(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	app := "import streamlit as st\nfrom snowflake.snowpark.context import get_active_session\n\nsession = get_active_session()\n"
	names := []string{"regions", "sellers", "orders"}
	for _, name := range names {
		app += "\n\n@st.cache_data(ttl=600)\ndef " + name + "():\n    return session.table(\"" + name + "\").to_pandas()\n"
	}
	app += "\n\nst.dataframe(regions())\nst.dataframe(sellers())\nst.dataframe(orders())\n"
	if err := os.WriteFile(filepath.Join(dir, "streamlit_app.py"), []byte(app), 0o600); err != nil {
		t.Fatal(err)
	}
	files(t, dir, map[string]string{"pages/stock.py": "import streamlit as st\n\n\n@st.cache_data\ndef stock():\n    return 1\n\n\nst.write(stock())\n"})
	var out, said bytes.Buffer
	host := machine.Host{Dir: dir, Out: &out, Err: &said, Environ: []string{"HOME=" + t.TempDir()}}
	if code := Run(context.Background(), []string{"migrate", ".", "--yes", "--no-lock"}, host); code != exit.Success {
		t.Fatalf("exit code %d\n%s", code, &said)
	}
	report := out.String() + said.String()
	for _, name := range names {
		if strings.Count(report, name+"() (") != 1 {
			t.Errorf("%s is not in the report once:\n%s", name, report)
		}
	}
	if n := strings.Count(report, "shared-cache: "); n != 2 {
		t.Errorf("%d lines about caches:\n%s", n, report)
	}
	if n := strings.Count(report, "nothing to do if the result is the same for every viewer"); n != 1 {
		t.Errorf("the fix is printed %d times:\n%s", n, report)
	}
}
