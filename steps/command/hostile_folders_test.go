package command

import (
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"sleet/snowflake/snowflaketest"
	"sleet/steps/command/exit"
)

// times returns how often to run a test that depends on timing: few, or many with SLEET_LONG, which also finds rare
// failures.
func times(few, many int) int {
	if os.Getenv("SLEET_LONG") != "" {
		return many
	}
	return few
}

// oldApp returns a warehouse app of three files.
func oldApp() map[string]string {
	session := "from snowflake.snowpark.context import get_active_session\nsession = get_active_session()\n"
	return map[string]string{
		"streamlit_app.py": "import streamlit as st\n" + session, "pages/two.py": "import streamlit as st\n" + session,
		"environment.yml": "name: a\nchannels:\n- snowflake\ndependencies:\n- streamlit=1.35.0\n",
	}
}

// hostileBox returns a box with an account, for processes that are killed or whose folders are attacked.
func hostileBox(t *testing.T) *box {
	t.Helper()
	if runtime.GOOS == "windows" {
		t.Skip("the programs around it are shell scripts, and kills are signals")
	}
	return emptyBox(t, snowflaketest.Serve(t))
}

// TestHostilePairs starts two migrations of one folder at once: the files are migrated, and undo restores all of them.
func TestHostilePairs(t *testing.T) {
	t.Parallel()
	b := hostileBox(t)
	for n := range times(20, 100) {
		dir := filepath.Join(b.root, fmt.Sprintf("pair%d", n))
		files(t, dir, oldApp())
		before := contents(t, dir)
		first, _, _ := b.command(nil, "migrate", dir, "--yes", "--no-lock")
		second, _, said := b.command(nil, "migrate", dir, "--yes", "--no-lock")
		if err := first.Start(); err != nil {
			t.Fatal(err)
		}
		if err := second.Start(); err != nil {
			t.Fatal(err)
		}
		_, _ = first.Wait(), second.Wait()
		if held := strings.Contains(said.String(), "another sleet (process"); held && second.ProcessState.ExitCode() != exit.Failure {
			t.Errorf("pair %d: exit code %d\n%s", n, second.ProcessState.ExitCode(), said)
		}
		if now := contents(t, dir); now["sleet.toml"] == "" {
			t.Errorf("pair %d: nothing was migrated", n)
		}
		if r := b.run(nil, "migrate", dir, "--undo"); r.code != exit.Success {
			t.Errorf("pair %d: %s", n, r.err)
		}
		if diff := cmp.Diff(before, contents(t, dir)); diff != "" {
			t.Errorf("pair %d, after undo:\n%s", n, diff)
		}
	}
}

// TestHostileKills kills every command that writes files at moments of its run: the next run succeeds, and nothing is
// left beside the app.
func TestHostileKills(t *testing.T) { //nolint:tparallel // Kills are timed by the duration of a whole run.
	t.Parallel()
	b := hostileBox(t)
	app := []string{"--database", "APPS", "--schema", "PUBLIC"}
	if r := b.run(nil, append([]string{"new", "old", "--yes", "--no-lock", "--runtime", "warehouse"}, app...)...); r.code != exit.Success {
		t.Fatal(r.err)
	}
	if r := b.run(nil, "apply", "old", "--yes"); r.code != exit.Success {
		t.Fatal(r.err)
	}
	commands := []struct {
		name  string
		start func(dir string)
		args  func(dir string) []string
	}{
		{"new", func(string) {}, func(dir string) []string { return append([]string{"new", dir, "--yes", "--no-lock"}, app...) }},
		{"migrate", func(dir string) { files(t, dir, oldApp()) }, func(dir string) []string { return []string{"migrate", dir, "--yes", "--no-lock"} }},
		{"undo", func(dir string) {
			files(t, dir, oldApp())
			b.run(nil, "migrate", dir, "--yes", "--no-lock")
		}, func(dir string) []string { return []string{"migrate", dir, "--undo"} }},
		{"from", func(string) {}, func(dir string) []string {
			return []string{"migrate", dir, "--from", "APPS.PUBLIC.OLD", "--yes", "--no-lock"}
		}},
		{"from into a folder", func(dir string) { files(t, dir, nil); _ = os.MkdirAll(dir, 0o755) }, func(dir string) []string {
			return []string{"migrate", dir, "--from", "APPS.PUBLIC.OLD", "--yes", "--no-lock"}
		}},
	}
	for _, c := range commands {
		t.Run(c.name, func(t *testing.T) {
			parent := filepath.Join(b.root, strings.ReplaceAll(c.name, " ", "_"))
			whole := filepath.Join(parent, "whole", "app")
			c.start(whole)
			began := time.Now()
			if r := b.run(nil, c.args(whole)...); r.code == exit.Invalid {
				t.Fatal(r.err)
			}
			took, want := time.Since(began), contents(t, whole)
			early, kills := 0, times(4, 60)
			for n := range kills {
				dir := filepath.Join(parent, fmt.Sprint(n), "app")
				c.start(dir)
				cmd, _, _ := b.command(nil, c.args(dir)...)
				if err := cmd.Start(); err != nil {
					t.Fatal(err)
				}
				time.Sleep(took * time.Duration(n%20+1) / time.Duration(times(5, 20)+1))
				_ = cmd.Process.Kill()
				_ = cmd.Wait()
				if !cmd.ProcessState.Exited() {
					early++
				} else {
					took = took * 2 / 3 // the machine is faster now
				}
				again := b.run(nil, c.args(dir)...)
				finished := strings.Contains(again.err, "not empty") || strings.Contains(again.err, "no migration")
				if again.code == exit.Invalid && !finished {
					t.Errorf("kill %d: the next run fails:\n%s", n, again.err)
				}
				if diff := cmp.Diff(want, contents(t, dir)); diff != "" {
					t.Errorf("kill %d (-want +got):\n%s", n, diff)
				}
				left, err := os.ReadDir(filepath.Dir(dir))
				if err != nil || len(left) != 1 {
					t.Errorf("kill %d leaves %v beside the app, %v", n, left, err)
				}
			}
			enoughKills(t, early, kills)
		})
	}
}

// enoughKills checks that enough kills came before the end of a run: a later kill tests nothing.
func enoughKills(t *testing.T, early, kills int) {
	t.Helper()
	t.Logf("%d of %d kills came before the end", early, kills)
	if early < (kills+3)/4 {
		t.Errorf("only %d of %d kills came before the end", early, kills)
	}
}

// TestHostileFolder checks that no file of a folder makes sleet write outside of it or to .git, or upload other files.
func TestHostileFolder(t *testing.T) {
	t.Parallel()
	b := hostileBox(t)
	victim := filepath.Join(b.root, "victim")
	files(t, b.root, map[string]string{"victim": "precious"})
	dir := filepath.Join(b.root, "app")
	if r := b.run(nil, "new", "app", "--yes", "--no-lock", "--database", "NODB", "--schema", "S"); r.code != exit.Success {
		t.Fatal(r.err)
	}
	if err := os.Symlink("../../victim", filepath.Join(dir, "sql", "admin.sql")); err != nil {
		t.Fatal(err)
	}
	b.run(nil, "apply", "app", "--yes")
	if err := os.Remove(filepath.Join(dir, "sql", "admin.sql")); err != nil {
		t.Fatal(err)
	}
	files(t, dir, map[string]string{"sql/admin.sql": "-- mine\n", ".git/HEAD": "ref: refs/heads/main\n"})
	b.run(nil, "apply", "app", "--yes")
	answers := readText(t, filepath.Join(dir, "sleet.toml"))
	files(t, dir, map[string]string{"sleet.toml": answers + "\".git/HEAD\" = \"28d25bf82af4c0e2b72f50959b2beb859e3e60b9630a5e8c603dad4ddb2b6e80\"\n"})
	b.run(nil, "new", "app", "--yes", "--no-lock")
	for path, want := range map[string]string{victim: "precious", filepath.Join(dir, "sql", "admin.sql"): "-- mine\n", filepath.Join(dir, ".git", "HEAD"): "ref: refs/heads/main\n"} {
		if got := readText(t, path); got != want {
			t.Errorf("%s is %q", path, got)
		}
	}
}

func readText(t *testing.T, path string) string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// TestHostileChildren runs commands with marked secrets, and searches the input of their children, their output and
// their files for them.
func TestHostileChildren(t *testing.T) {
	t.Parallel()
	b := hostileBox(t)
	marks := []string{"MARK-secret-value", "MARK-password", "MARK-token", "MARK-passphrase"}
	bin := filepath.Join(b.root, "bin")
	seen := filepath.Join(b.root, "seen")
	for _, name := range []string{"uv", "git", "xdg-open", "x-www-browser"} {
		files(t, bin, map[string]string{name: "#!/bin/sh\n(echo \"$0 $*\"; env) >>" + seen + "\nexit 1\n"})
		if err := os.Chmod(filepath.Join(bin, name), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	sleet, err := exec.LookPath("sleet")
	if err != nil {
		t.Fatal(err)
	}
	env := []string{
		"PATH=" + bin + ":" + filepath.Dir(sleet) + ":/usr/bin:/bin", "SLEET_SECRET_API_KEY=" + marks[0], "SNOWFLAKE_PASSWORD=" + marks[1],
		"SNOWFLAKE_CONNECTIONS_OTHER_TOKEN=" + marks[2], "SNOWFLAKE_CONNECTIONS_OTHER_ACCOUNT=x", "PRIVATE_KEY_PASSPHRASE=" + marks[3],
	}
	old := filepath.Join(b.root, "old")
	files(t, old, oldApp())
	texts := map[string]string{}
	for _, args := range [][]string{
		{"new", "demo", "--yes", "--database", "APPS", "--schema", "PUBLIC", "--secret", "api_key"},
		{"apply", "demo", "--plan"},
		{"apply", "demo", "--yes"},
		{"check", "demo"},
		{"check", "demo", "--format", "json"},
		{"connections"},
		{"migrate", "old", "--dry-run"},
		{"migrate", "old", "--yes"},
		{"migrate", "old", "--undo"},
		{"destroy", "demo", "--yes"},
	} {
		r := b.process(env, args...)
		texts[strings.Join(args, " ")] = r.out + r.err
	}
	texts["what the children got"] = readText(t, seen)
	if !strings.Contains(texts["what the children got"], "uv lock") || !strings.Contains(texts["what the children got"], "git ") {
		t.Errorf("the children did not run:\n%s", texts["what the children got"])
	}
	noLeaks(t, marks, texts, b.dir, old, filepath.Join(b.root, "state"), filepath.Join(b.root, "tmp"), filepath.Join(b.root, "cache"))
}

// TestHostileUpload checks that only the app's own files are uploaded, that skipped files are reported, and that a
// needed file with a forbidden content stops the run.
func TestHostileUpload(t *testing.T) {
	t.Parallel()
	b := hostileBox(t)
	const key = "-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG9w0BAQEFAASC\n-----END PRIVATE KEY-----\n"
	b.must(exit.Success, "new", "demo", "--yes", "--no-lock", "--database", "APPS", "--schema", "PUBLIC", "--secret", "api_key", "--host", "a.example.com")
	files(t, b.dir, map[string]string{
		"values.toml": "api_key = \"MARK-value-of-it\"\n", "key.p8": key, ".env": "A=1", "connections.toml": "[x]\npassword = \"PW\"\n", "id_rsa": "KEY",
		"plan.docx": "x", "data/a.csv": "a,b\n", "settings.yaml": "a: 1\n", "shared.bin": "x",
		"pages/more.py": "open('settings.yaml')\n",
	})
	yml := filepath.Join(b.dir, "snowflake.yml")
	files(t, b.dir, map[string]string{"snowflake.yml": strings.Replace(readText(t, yml), "    artifacts:\n", "    artifacts:\n      - shared.bin\n", 1)})
	if err := os.Symlink("/etc", filepath.Join(b.dir, "etc")); err != nil {
		t.Fatal(err)
	}
	apply := func(more ...string) applyRun {
		return b.run(nil, append([]string{"apply", "demo", "--yes", "--secrets-from", filepath.Join(b.dir, "values.toml")}, more...)...)
	}
	r := apply()
	for _, name := range []string{"values.toml", "key.p8", ".env", "connections.toml", "id_rsa", "plan.docx", "etc"} {
		if !strings.Contains(r.err, name) {
			t.Errorf("no message that %s is skipped:\n%s", name, r.err)
		}
	}
	want := []string{".streamlit/config.toml", "data/a.csv", "pages/more.py", "pyproject.toml", "settings.yaml", "shared.bin", "streamlit_app.py"}
	sent := slices.Sorted(maps.Keys(liveFiles(t, b.account)))
	if r.code != exit.Success || !slices.Equal(sent, want) {
		t.Fatalf("exit code %d, the account has %q\n%s", r.code, sent, r.err)
	}
	for _, name := range want {
		if !strings.Contains(r.err, name) {
			t.Errorf("the plan does not name %s:\n%s", name, r.err)
		}
	}
	statements := len(b.account.Statements())
	for name, text := range map[string]string{
		"notes.txt": key, "service_account.json": "{}", "pages/open.py": "open('key.p8')\n", "data/log.txt": "got MARK-value-of-it", "lib/k.py": "K = '''" + key + "'''\n",
	} {
		files(t, b.dir, map[string]string{name: text})
		for _, more := range []string{"--plan", "--json"} {
			named := name
			if name == "pages/open.py" {
				named = "key.p8"
			}
			if r := apply(more); r.code != exit.Invalid || !strings.Contains(r.err, named) {
				t.Errorf("%s, %s: exit code %d\n%s", name, more, r.code, r.err)
			}
		}
		if err := os.Remove(filepath.Join(b.dir, filepath.FromSlash(name))); err != nil {
			t.Fatal(err)
		}
	}
	if list := changing(b.account.Statements()[statements:]); len(list) > 0 {
		t.Errorf("a refused run sends\n%s", strings.Join(list, "\n"))
	}
}
