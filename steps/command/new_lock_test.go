package command

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sleet/scaffold"
	"sleet/scaffold/answers"
	"sleet/scaffold/workspace"
	"sleet/steps/command/exit"
)

// fakeUv returns the path of a uv that writes a lock.
func fakeUv(t *testing.T) string {
	t.Helper()
	uv := filepath.Join(t.TempDir(), "uv")
	if err := os.WriteFile(uv, []byte("#!/bin/sh\necho 'version = 1' > uv.lock\n"), 0o700); err != nil {
		t.Fatal(err)
	}
	return uv
}

// TestNewListsLock checks that snowflake.yml lists uv.lock if and only if it exists, however it was created, that
// sleet.toml has the hash of the new text, and that an edited snowflake.yml is not changed.
func TestNewListsLock(t *testing.T) {
	t.Parallel()
	const entry = "      - uv.lock\n"
	tests := []struct {
		name   string
		change func(t *testing.T, s sample) // between a run without uv and one with it
		listed bool
		code   int
	}{
		{"uv is there from the start", nil, true, exit.Success},
		{"uv comes later", func(*testing.T, sample) {}, true, exit.Success},
		{"the person ran uv", func(t *testing.T, s sample) {
			t.Helper()
			if err := os.WriteFile(filepath.Join(s.dir, "uv.lock"), []byte("version = 1\n"), 0o600); err != nil {
				t.Fatal(err)
			}
		}, true, exit.Success},
		{"the person edited snowflake.yml", func(t *testing.T, s sample) {
			t.Helper()
			edited := s.files()["snowflake.yml"] + "# mine\n"
			if err := os.WriteFile(filepath.Join(s.dir, "snowflake.yml"), []byte(edited), 0o600); err != nil {
				t.Fatal(err)
			}
		}, false, exit.NotReplaced},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			s := newSample(t, nil)
			if test.change != nil {
				if code, said := s.run("new", ".", "--yes", "--name", "demo"); code != exit.Success || strings.Contains(s.files()["snowflake.yml"], entry) || !strings.Contains(said, "  sleet new . --yes") {
					t.Fatalf("exit code %d\n%s\n%s", code, said, s.files()["snowflake.yml"])
				}
				test.change(t, s)
			}
			s.uv = fakeUv(t)
			code, said := s.run("new", ".", "--yes", "--name", "demo")
			now := s.files()
			if code != test.code || strings.Contains(now["snowflake.yml"], entry) != test.listed || now["uv.lock"] == "" {
				t.Fatalf("exit code %d\n%s\n%s", code, said, now["snowflake.yml"])
			}
			app, err := answers.Parse(scaffold.AnswersFile, []byte(now[scaffold.AnswersFile]))
			if err != nil {
				t.Fatal(err)
			}
			if own := app.Written["snowflake.yml"] == workspace.Hash([]byte(now["snowflake.yml"])); own != test.listed {
				t.Errorf("sleet.toml has the hash of snowflake.yml: %t", own)
			}
			if code, _ := s.run("new", ".", "--yes"); code != test.code || s.files()["snowflake.yml"] != now["snowflake.yml"] {
				t.Errorf("a second run: exit code %d and\n%s", code, s.files()["snowflake.yml"])
			}
			if err := os.Remove(filepath.Join(s.dir, "uv.lock")); err != nil {
				t.Fatal(err)
			}
			if code, _ := s.run("new", ".", "--yes", "--no-lock"); code != test.code || strings.Contains(s.files()["snowflake.yml"], entry) {
				t.Errorf("without the lock: exit code %d and\n%s", code, s.files()["snowflake.yml"])
			}
		})
	}
}
