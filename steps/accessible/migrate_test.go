package accessible

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sleet/scaffold/existing"
	"sleet/scaffold/migrate"
	"sleet/scaffold/workspace"
	"sleet/steps"
	"sleet/steps/wizard"
	"sleet/ui/message"
)

// migrateApp migrates an app line by line.
func migrateApp(t *testing.T, answers ...string) (wrote []migrate.Change, output string, err error) {
	t.Helper()
	return migrateIn(t, []string{"."}, answers...)
}

// migrateIn migrates one of the apps in the folders.
func migrateIn(t *testing.T, folders []string, answers ...string) (wrote []migrate.Change, output string, err error) {
	t.Helper()
	dir := t.TempDir()
	code := "import streamlit as st\nfrom snowflake.snowpark.context import get_active_session\n\nst.set_page_config(page_title=\"x\")\nsession = get_active_session()\nst.dataframe(session.sql(\"SELECT 1\"))\n"
	for _, folder := range folders {
		if err := os.MkdirAll(filepath.Join(dir, folder), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, folder, "streamlit_app.py"), []byte(code), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	var out strings.Builder
	err = Ask(context.Background(), wizard.Session{
		State: steps.State{Shown: "old", Folder: workspace.Folder{Dir: dir}, Migration: &steps.Migration{}},
		Words: message.For("en"), Out: &out, In: strings.NewReader(strings.Join(answers, "\n") + "\n"),
		Effects: steps.Effects{
			Scan: func(func(int)) (*existing.Folder, []string, error) {
				folder, err := existing.Read(dir)
				return folder, nil, err
			},
			WriteMigration: func(changes []migrate.Change) error { wrote = changes; return nil },
		},
	})
	return wrote, out.String(), err
}

// TestMove checks that a skipped change is left out and the others are made.
func TestMove(t *testing.T) {
	wrote, output, err := migrateApp(t, join(enters(6), []string{"no", "", "", "", "", ""})...)
	if err != nil || len(wrote) == 0 {
		t.Fatalf("%v\n%s", err, output)
	}
	for _, c := range wrote {
		if code := string(c.New); c.Path == "streamlit_app.py" && (!strings.Contains(code, "get_active_session()") || strings.Contains(code, "page_title")) {
			t.Errorf("the code does not match the answers:\n%s", code)
		}
	}
	for _, want := range []string{"Step 1 of 4", "Snowpark session: ", "get_active_session", "sleet migrate --undo"} {
		if !strings.Contains(output, want) {
			t.Errorf("output lacks %q:\n%s", want, output)
		}
	}
}

// TestMoveAllOfAKind accepts all changes of a kind with one answer, and checks off the manual work.
func TestMoveAllOfAKind(t *testing.T) {
	_, output, err := migrateApp(t, join(enters(6), []string{"all"}, enters(4))...)
	if err != nil {
		t.Fatalf("%v\n%s", err, output)
	}
	asked := strings.Count(output, "take or leave")
	_, each, err := migrateApp(t, join(enters(6), []string{"take"}, enters(5))...)
	if err != nil || asked > strings.Count(each, "take or leave") {
		t.Errorf("%v: %d questions for all, %d for each\n%s", err, asked, strings.Count(each, "take or leave"), each)
	}
}

// TestMoveSeveral migrates the named one of several apps.
func TestMoveSeveral(t *testing.T) {
	wrote, output, err := migrateIn(t, []string{"a", "b"}, join([]string{"2"}, enters(12))...)
	if err != nil || len(wrote) == 0 {
		t.Fatalf("%v\n%s", err, output)
	}
	for _, c := range wrote {
		if !strings.HasPrefix(c.Path, "b/") {
			t.Errorf("%s was changed", c.Path)
		}
	}
	for _, want := range []string{"1. a/streamlit_app.py", "2. b/streamlit_app.py", "Which one"} {
		if !strings.Contains(output, want) {
			t.Errorf("output lacks %q:\n%s", want, output)
		}
	}
}

// TestMoveInputEnds checks that an end of input writes nothing.
func TestMoveInputEnds(t *testing.T) {
	for n := range 7 {
		wrote, output, err := migrateApp(t, enters(n)...)
		if !errors.Is(err, ErrNoAnswer) || wrote != nil {
			t.Errorf("after %d answers: %v, %d files\n%s", n+1, err, len(wrote), output)
		}
	}
}
