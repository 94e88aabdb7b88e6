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

// TestMigrateInJapanese runs migrate without a screen: the report for a person is in Japanese with --lang ja, and in
// English by default.
func TestMigrateInJapanese(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{
		"app/streamlit_app.py": "import _snowflake\nimport streamlit as st\n\nst.write(_snowflake.call_unknown(1))\n",
		"file":                 "x",
		"empty/README.md":      "nothing",
	} {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for _, c := range []struct {
		args              []string
		code              int
		japanese, english string
	}{
		{[]string{"app"}, exit.Invalid, "ターミナルがありません", "no terminal: pass --yes to change the files, or --dry-run to see what would change"},
		{[]string{"app", "--dry-run"}, exit.Failure, "手動の作業が 2 件残っています: streamlit_app.py:1 (SL103), streamlit_app.py:4 (SL104)", "2 manual steps left: streamlit_app.py:1 (SL103), streamlit_app.py:4 (SL104)"},
		{[]string{"file", "--yes"}, exit.Invalid, "file はファイルです", "file is a file, not a folder; pass the app's folder"},
		{[]string{"empty", "--yes"}, exit.Invalid, "Streamlit アプリが見つかりません", "/empty: no streamlit_app.py, no file that imports and uses streamlit, no snowflake.yml or SQL that names a main file"},
		{[]string{"app", "--undo"}, exit.Failure, "元に戻せる移行はありません", "sleet: no migration to undo in "},
		{[]string{"app", "--yes", "--streamlit", "x"}, exit.Invalid, `"x" はバージョンではありません`, `sleet: --streamlit: "x" is not a version; write one such as 1.52.2`},
		{[]string{"app", "--from", "A.B", "--yes"}, exit.Invalid, "DATABASE.SCHEMA.NAME の形式で", "sleet: --from: A.B is not a full name; write DATABASE.SCHEMA.NAME"},
	} {
		for lang, want := range map[string]string{"ja": c.japanese, "en": c.english} {
			var out, prose bytes.Buffer
			host := machine.Host{In: strings.NewReader(""), Out: &out, Err: &prose, Dir: dir, Environ: append(os.Environ(), "LC_ALL=C")}
			code := Run(context.Background(), append([]string{"migrate", "--lang", lang}, c.args...), host)
			if code != c.code || !strings.Contains(prose.String(), want) {
				t.Errorf("%v in %s: %d\n%s\nwant %d and %q", c.args, lang, code, prose.String(), c.code, want)
			}
		}
	}
}
