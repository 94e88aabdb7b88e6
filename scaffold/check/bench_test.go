package check_test

import (
	"fmt"
	"strings"
	"testing"

	"sleet/scaffold/check"
	"sleet/scaffold/existing"
)

// BenchmarkCheck reads and judges a folder of 200 files, of which a quarter is code of the app.
func BenchmarkCheck(b *testing.B) {
	files := map[string]string{
		"streamlit_app.py": "import streamlit as st\n", "environment.yml": "dependencies:\n  - pandas=2\n  - streamlit=1.35.0\n",
		".streamlit/config.toml": "[server]\nport = 1\n", "snowflake.yml": "definition_version: 1\nstreamlit:\n  name: x\n",
		"sql/app.sql": strings.Repeat("CREATE TABLE t (a INT); -- x\n", 200) + "CREATE STREAMLIT x ROOT_LOCATION = '@s';\n",
	}
	page := "import streamlit as st\nfrom snowflake.snowpark.context import get_active_session\n\nsession = get_active_session()\n\n"
	helper := "import json\n\n"
	for i := range 40 {
		function := fmt.Sprintf("def f%d(a, b=%d):\n    if a:\n        return [x * b for x in range(a) if x %% 2]\n    return {\"a\": a, \"b\": b}\n\n\n", i, i)
		page += function + fmt.Sprintf("st.write(f%d(st.session_state.n))\n", i)
		helper += function
	}
	for i := range 50 {
		files[fmt.Sprintf("pages/p%d.py", i)] = page
	}
	for len(files) < 200 {
		files[fmt.Sprintf("lib/m%d.py", len(files))] = helper
	}
	dir := tree(b, files)
	bytes := 0
	for _, text := range files {
		bytes += len(text)
	}
	b.SetBytes(int64(bytes))
	found := 0
	for b.Loop() {
		folder, err := existing.Read(dir)
		if err != nil {
			b.Fatal(err)
		}
		found = len(check.Folder(folder, check.Options{}).Findings)
	}
	if found < 100 {
		b.Errorf("%d findings", found)
	}
}
