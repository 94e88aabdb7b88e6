package command

import (
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/testscript"

	"sleet/snowflake/snowflaketest"
	"sleet/steps/command/exit"
)

// TestMigrate runs the scripts of sleet migrate, each in its own folder.
func TestMigrate(t *testing.T) {
	testscript.Run(t, testscript.Params{Dir: "testdata/migrate", RequireExplicitExec: true})
}

// TestMigrateThenApply migrates a warehouse app that is in an account: its folder with sleet migrate, then the account
// with sleet apply. Name, URL and grants stay.
func TestMigrateThenApply(t *testing.T) {
	t.Parallel()
	account := snowflaketest.Serve(t)
	b := newBox(t, account, "warehouse")
	if r := b.apply("warehouse"); r.code != exit.Success {
		t.Fatalf("apply: exit code %d\n%s\n%s", r.code, r.out, r.err)
	}
	before := account.Snapshot()
	r := b.run(nil, "migrate", "demo", "--yes", "--no-lock")
	if r.code != exit.Success || !strings.Contains(r.out, "new      pyproject.toml") {
		t.Fatalf("migrate: exit code %d\n%s\n%s", r.code, r.out, r.err)
	}
	if r = b.run(nil, "apply", "demo", "--yes"); r.code != exit.Success {
		t.Fatalf("apply after it: exit code %d\n%s\n%s", r.code, r.out, r.err)
	}
	after := account.Snapshot()
	if !strings.Contains(after, `RUNTIME_NAME "SYSTEM$ST_CONTAINER_RUNTIME_PY3_11"`) || !strings.Contains(after, "pyproject.toml") {
		t.Errorf("the app does not run in a container:\n%s", after)
	}
	for line := range strings.Lines(before) {
		if strings.HasPrefix(line, "GRANT USAGE ON STREAMLIT") && !strings.Contains(after, line) {
			t.Errorf("missing: %s", line)
		}
	}
	if r := b.run(nil, "apply", "demo", "--plan"); r.code != exit.Success {
		t.Errorf("changes are left: exit code %d\n%s", r.code, r.out)
	}
}

// TestMigrateKilled kills sleet migrate at many moments: each file is old or new, the next run completes the migration,
// and undo restores every byte.
func TestMigrateKilled(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("the program is killed by a signal")
	}
	folder := func() string {
		dir := t.TempDir()
		write := func(name, text string) {
			if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		code := "import streamlit as st\nfrom snowflake.snowpark.context import get_active_session\nst.write(get_active_session().sql('SELECT 1'))\n"
		for i := range 40 {
			write(fmt.Sprintf("page_%d.py", i), code)
		}
		write("streamlit_app.py", code)
		write("environment.yml", "dependencies: [pandas]\n")
		return dir
	}
	run := func(dir string) *exec.Cmd {
		cmd := exec.CommandContext(t.Context(), "sleet", "migrate", "--yes", "--no-lock", "--set", "app.name=x")
		cmd.Dir = dir
		return cmd
	}
	old := folder()
	before := contents(t, old)
	start := time.Now()
	_ = run(old).Run()
	whole := time.Since(start)
	want := contents(t, old)
	if len(want) == len(before) {
		t.Fatal("nothing was migrated")
	}
	killed := 0
	kills := times(8, 16)
	for n := range kills {
		dir := folder()
		cmd := run(dir)
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(whole * time.Duration(n+kills/4) / time.Duration(kills+kills/2))
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
		now := contents(t, dir)
		if len(cmp.Diff(now, want)) > 0 {
			killed++
		}
		for name, text := range now {
			if !strings.HasPrefix(filepath.Base(name), ".") && text != before[name] && text != want[name] && name != "sql" {
				t.Errorf("killed at %d: %s is neither old nor new", n, name)
			}
		}
		_ = run(dir).Run()
		if diff := cmp.Diff(want, contents(t, dir)); diff != "" {
			t.Errorf("killed at %d, run again:\n%s", n, diff)
		}
		if err := exec.CommandContext(t.Context(), "sleet", "migrate", dir, "--undo").Run(); err != nil {
			t.Error(err)
		}
		if diff := cmp.Diff(before, contents(t, dir)); diff != "" {
			t.Errorf("killed at %d, after undo:\n%s", n, diff)
		}
	}
	if killed == 0 {
		t.Error("no run was killed before its end")
	}
}

// contents returns the files of a folder, without those that sleet keeps beside the app.
func contents(t *testing.T, dir string) map[string]string {
	t.Helper()
	files := map[string]string{}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			if err == nil && d.Name() == ".sleet" {
				return fs.SkipDir
			}
			return err
		}
		data, err := os.ReadFile(path)
		name, _ := filepath.Rel(dir, path)
		files[filepath.ToSlash(name)] = string(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}
