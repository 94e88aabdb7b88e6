//go:build unix

package command

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sleet/steps/command/exit"
	"sleet/steps/command/machine"
	"sleet/ui/message"
)

// writeOldApp writes a typical warehouse app to a folder.
func writeOldApp(t *testing.T, dir string) {
	t.Helper()
	for name, text := range map[string]string{
		"streamlit_app.py": `import streamlit as st
import _snowflake
from snowflake.snowpark.context import get_active_session

st.set_page_config(page_title="Weather", layout="wide")
session = get_active_session()
key = _snowflake.get_generic_secret_string("api_key")
st.title("天気")
if st.button("again"):
    st.experimental_rerun()
st.dataframe(session.sql("SELECT CURRENT_USER()").to_pandas())
`,
		"environment.yml": "name: app\nchannels:\n  - snowflake\ndependencies:\n  - python=3.8\n  - streamlit=1.26\n  - pandas\n",
		"snowflake.yml":   "definition_version: 2\nentities:\n  weather:\n    type: streamlit\n    identifier:\n      name: WEATHER\n    main_file: streamlit_app.py\n    query_warehouse: WH\n    artifacts:\n      - streamlit_app.py\n      - environment.yml\n",
	} {
		if err := os.MkdirAll(dir, 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// moved returns the texts of a folder without the backups for undo.
func moved(t *testing.T, dir string) map[string]string {
	t.Helper()
	all := texts(t, dir)
	for path := range all {
		if strings.HasPrefix(path, ".sleet/") {
			delete(all, path)
		}
	}
	return all
}

// TestWalkMigrate migrates an app on a terminal, in both languages, from the command and from the start of the wizard.
// The files are those of a migration without a terminal.
func TestWalkMigrate(t *testing.T) {
	t.Parallel()
	alone := filepath.Join(t.TempDir(), "old")
	writeOldApp(t, alone)
	var said strings.Builder
	host := machine.Host{In: strings.NewReader(""), Out: &said, Err: &said, Dir: filepath.Dir(alone), Build: machine.Build{Version: "test"}}
	if code := Run(t.Context(), []string{"migrate", "old", "--yes", "--no-lock"}, host); code != exit.Failure {
		t.Fatalf("exit code %d: manual work is left\n%s", code, &said)
	}
	for _, lang := range []string{"en", "ja"} {
		for _, args := range [][]string{{"migrate", "old"}, {"new", "old"}} {
			t.Run(lang+" "+args[0], func(t *testing.T) {
				t.Parallel()
				dir := t.TempDir()
				writeOldApp(t, filepath.Join(dir, "old"))
				about := func(step string) string {
					line := []rune(message.For(lang).T(message.ID("step." + step + ".about")))
					return string(line[:min(len(line), 18)])
				}
				w := walk{
					{message.For(lang).T("migration.item.session"), enter},
					{about("compute"), enter},
					{about("secrets"), enter},
					{about("changes"), enter},
					{about("manual"), enter},
					{"sleet migrate --undo", enter},
				}
				if args[0] == "new" {
					w = append(walk{{message.For(lang).T("ask.start.move.label"), enter}}, w...)
				}
				s := onTerminalOf(t, size{100, 40}, []string{"LC_ALL=C.UTF-8", "XDG_STATE_HOME=" + t.TempDir()}, dir, append(args, "--no-lock", "--lang", lang)...)
				s.take(t, w)
				if code := s.ends(t); code != exit.Success {
					t.Fatalf("exit code %d:\n%s", code, s.screen())
				}
				if diff := cmp.Diff(moved(t, alone), moved(t, filepath.Join(dir, "old"))); diff != "" {
					t.Errorf("(-without a terminal +on one):\n%s", diff)
				}
			})
		}
	}
}

// TestWalkMigrateSeveral chooses one of two apps on a terminal: it is migrated as without a terminal, and the other one
// is not changed.
func TestWalkMigrateSeveral(t *testing.T) {
	t.Parallel()
	for _, lang := range []string{"en", "ja"} {
		t.Run(lang, func(t *testing.T) {
			t.Parallel()
			alone, dir := t.TempDir(), t.TempDir()
			for _, root := range []string{alone, dir} {
				writeOldApp(t, filepath.Join(root, "two", "a"))
				writeOldApp(t, filepath.Join(root, "two", "b"))
			}
			before := moved(t, filepath.Join(dir, "two", "a"))
			var said strings.Builder
			host := machine.Host{In: strings.NewReader(""), Out: &said, Err: &said, Dir: alone, Build: machine.Build{Version: "test"}}
			if code := Run(t.Context(), []string{"migrate", "two", "--yes", "--no-lock"}, host); code != exit.Failure {
				t.Fatalf("exit code %d: manual work is left\n%s", code, &said)
			}
			about := func(step string) string {
				line := []rune(message.For(lang).T(message.ID("step." + step + ".about")))
				return string(line[:min(len(line), 18)])
			}
			s := onTerminalOf(t, size{100, 40}, []string{"LC_ALL=C.UTF-8", "XDG_STATE_HOME=" + t.TempDir()}, dir, "migrate", "two", "--no-lock", "--lang", lang)
			s.take(t, walk{
				{"b/streamlit_app.py", "\x1b[B" + enter},
				{message.For(lang).T("migration.item.session"), enter},
				{about("compute"), enter},
				{about("secrets"), enter},
				{about("changes"), enter},
				{about("manual"), enter},
				{"sleet migrate --undo", enter},
			})
			if code := s.ends(t); code != exit.Success {
				t.Fatalf("exit code %d:\n%s", code, s.screen())
			}
			if diff := cmp.Diff(moved(t, filepath.Join(alone, "two", "b")), moved(t, filepath.Join(dir, "two", "b"))); diff != "" {
				t.Errorf("(-without a terminal +on one):\n%s", diff)
			}
			if diff := cmp.Diff(before, moved(t, filepath.Join(dir, "two", "a"))); diff != "" {
				t.Errorf("the other app (-before +after):\n%s", diff)
			}
		})
	}
}
