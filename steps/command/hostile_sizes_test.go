//go:build unix

package command

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"sleet/snowflake/snowflaketest"
	"sleet/steps/command/exit"
)

// sizedApp is a small warehouse app to which each case adds files.
const sizedApp = "import _snowflake\nimport streamlit as st\n\nst.title(_snowflake.get_generic_secret_string('k'))\n"

// TestHostileSizes runs the commands that read a folder on extreme folders: each ends by itself, within a limit of
// processor time and memory, and is not killed by a signal.
func TestHostileSizes(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("writes 50,000 files")
	}
	for name, c := range map[string]struct {
		fill func(t *testing.T, dir string)
		// processor is the limit of each command, memory the limit beyond that of a command that reads nothing.
		processor time.Duration
		memory    int64 // MB
		// says is the expected output of check.
		says string
	}{
		"50,000 files": {manyFiles, 5 * time.Second, 200, "_snowflake"},
		"a long file": {func(t *testing.T, dir string) {
			line := "x = st.session_state.get('abc', [1, 2, 3])  # a line like many others\n"
			write(t, filepath.Join(dir, "long.py"), "import streamlit as st\n"+strings.Repeat(line, 50<<20/len(line)))
		}, 20 * time.Second, 400, "long.py"},
		"a long line": {func(t *testing.T, dir string) {
			write(t, filepath.Join(dir, "line.py"), "x = ["+strings.Repeat("1, ", 5<<20)+"]\n")
		}, 20 * time.Second, 600, "line.py"},
		"deep brackets": {func(t *testing.T, dir string) {
			write(t, filepath.Join(dir, "deep.py"), "x = "+strings.Repeat("(", 1<<20)+strings.Repeat(")", 1<<20)+"\n")
		}, 20 * time.Second, 400, "deep.py"},
		"loops of links": {linkLoops, 10 * time.Second, 100, "_snowflake"},
		"odd names":      {oddNames, 10 * time.Second, 100, "_snowflake"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := &hostile{box: emptyBox(t, snowflaketest.Serve(t))}
			write(t, filepath.Join(h.dir, "streamlit_app.py"), sizedApp)
			write(t, filepath.Join(h.dir, "environment.yml"), "name: a\nchannels: [snowflake]\ndependencies: [streamlit, pandas]\n")
			c.fill(t, h.dir)
			for _, args := range [][]string{
				{"check", "demo", "--runtime", "container"}, {"migrate", "demo", "--dry-run"}, {"new", "demo", "--yes", "--dry-run", "--no-lock"},
			} {
				cmd, out, said := h.command(nil, args...)
				late := time.AfterFunc(4*time.Minute, func() { _ = cmd.Process.Kill() }) // it hangs
				_ = cmd.Run()
				late.Stop()
				least := leastPeak(t, h) // measured afterwards, since other tests make this process larger meanwhile
				if !cmd.ProcessState.Exited() {
					t.Errorf("%s did not end by itself: %s", args[0], cmd.ProcessState)
				}
				if took := cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime(); took > c.processor {
					t.Errorf("%s took %s of processor time, more than %s", args[0], took, c.processor)
				}
				if took := (peak(cmd) - least) >> 10; took > c.memory {
					t.Errorf("%s took %d MB, more than %d", args[0], took, c.memory)
				}
				t.Logf("%s: %s, %d MB more than --version", args[0], cmd.ProcessState.UserTime()+cmd.ProcessState.SystemTime(), (peak(cmd)-least)>>10)
				text := fmt.Sprint(out, said)
				if strings.Contains(text, "panic") || strings.ContainsAny(text, "\x1b\x07\x00") {
					t.Errorf("%s prints %.500q", args[0], text)
				}
				if args[0] == "check" && (!strings.Contains(text, c.says) || cmd.ProcessState.ExitCode() != exit.Failure) {
					t.Errorf("check: exit code %d:\n%.2000s", cmd.ProcessState.ExitCode(), text)
				}
			}
		})
	}
}

// manyFiles creates a folder of 50,000 files that the app names, in its code and in snowflake.yml. They are links to one file, which is five times faster than writing
// them.
func manyFiles(t *testing.T, dir string) {
	t.Helper()
	write(t, filepath.Join(dir, "streamlit_app.py"), sizedApp+"st.image('data/1.png')\n")
	write(t, filepath.Join(dir, "snowflake.yml"), "definition_version: 2\nentities:\n  a:\n    type: streamlit\n    main_file: streamlit_app.py\n    artifacts: [streamlit_app.py, data/]\n")
	same := filepath.Join(t.TempDir(), "same")
	write(t, same, "a = 1\n")
	for i := range 50 {
		folder := filepath.Join(dir, "data", fmt.Sprint(i))
		if err := os.MkdirAll(folder, 0o700); err != nil {
			t.Fatal(err)
		}
		for j := range 1000 {
			name := fmt.Sprintf("%d.csv", j)
			if j%10 == 0 {
				name = fmt.Sprintf("m%d.py", j)
			}
			if err := os.Link(same, filepath.Join(folder, name)); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// linkLoops creates links to themselves, to each other, to the folders above and to nothing.
func linkLoops(t *testing.T, dir string) {
	t.Helper()
	for name, to := range map[string]string{
		"self": "self", "a": "b", "b": "a", "up": "..", "here": ".", "nowhere": "/nonexistent", "pages/up": "../..", "pages/again": "../pages",
		"root": "/", "pages/x.py": "x.py", "mod.py": "streamlit_app.py", "deep.py": "self/self/self.py", "snowflake.yml": "snowflake.yml",
	} {
		path := filepath.Join(dir, name)
		if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o700), os.Symlink(to, path)); err != nil {
			t.Fatal(err)
		}
	}
}

// oddNames creates files whose names have control characters, or syntax of a shell or SQL.
func oddNames(t *testing.T, dir string) {
	t.Helper()
	for _, name := range slices.Concat([]string{
		"\x1b]0;title\x07.py", "a\nb.py", "a\tb.py", "\xff\xfe.py", " .py", "-rf.py", "$(id).py", "';DROP TABLE x;--.py", "“q”.py", "日本語 アプリ.py",
		"\u202egnp.py", "e\u0301.py", "CON.py", "a:b.py", "*.py", "%s%n.py", "__init__.py", "..py", "a'b\"c.py", "\\.py",
	}, []string{strings.Repeat("x", 250) + ".py"}) {
		if err := os.WriteFile(filepath.Join(dir, name), []byte("import _snowflake\n"), 0o600); err != nil {
			t.Skipf("this file system does not support %q: %v", name, err)
		}
	}
	deep := filepath.Join(dir, strings.Repeat("d/", 200))
	if err := os.MkdirAll(deep, 0o700); err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(deep, "x.py"), "import _snowflake\n")
}

// TestUploadSharesConnections checks that many files are uploaded over a few connections.
func TestUploadSharesConnections(t *testing.T) {
	t.Parallel()
	account := snowflaketest.Serve(t)
	b := newBox(t, account, "container")
	const files, most = 400, 32
	for i := range files {
		write(t, filepath.Join(b.dir, "static", fmt.Sprintf("%d.txt", i)), fmt.Sprint(i))
	}
	before := account.Connections()
	if r := b.apply("container"); r.code != exit.Success {
		t.Fatalf("exit code %d\n%s", r.code, r.err)
	}
	if opened := account.Connections() - before; opened > most || opened == 0 {
		t.Errorf("%d files took %d connections, more than %d", files, opened, most)
	} else {
		t.Logf("%d files: %d connections", files, opened)
	}
}
