package check_test

import (
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sleet/scaffold"
	"sleet/scaffold/check"
	"sleet/scaffold/check/facts"
	"sleet/scaffold/check/rules"
	"sleet/scaffold/existing"
)

// sampleApps returns apps to change: those of testdata, and one with a page for the example of each rule.
func sampleApps(t *testing.T) map[string]map[string][]byte {
	t.Helper()
	apps := map[string]map[string][]byte{"examples": {
		"streamlit_app.py": []byte("import streamlit as st\nfrom common import Store\n\nst.write(Store().session.sql(\"SELECT 1\").collect())\n"),
		"common.py": []byte("from snowflake.snowpark.context import get_active_session\nfrom names import LOCAL\n\n\nclass Store:\n" +
			"    def __init__(self):\n        self.session = None if LOCAL else get_active_session()\n"),
		"names.py":      []byte("LOCAL = False\n"),
		"pages/used.py": []byte("import streamlit as st\n\n\ndef show(store):\n    st.write(store.session.sql(\"SELECT 2\").filter(\"CURRENT_USER() = A\").collect())\n"),
	}}
	for _, r := range rules.Rules() {
		for _, f := range rules.ExampleFiles(r.Example.Before) {
			if path.Ext(f.Path) == ".py" {
				apps["examples"]["pages/"+r.ID+"_"+strings.ReplaceAll(f.Path, "/", "_")] = []byte(f.Text)
			}
		}
	}
	for _, name := range []string{"classic", "secrets", "several"} {
		dir, files := filepath.Join("testdata", "apps", name), map[string][]byte{}
		err := fs.WalkDir(os.DirFS(dir), ".", func(p string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			files[p], err = os.ReadFile(filepath.Join(dir, filepath.FromSlash(p)))
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		apps[name] = files
	}
	return apps
}

// TestChangedAppIsInspectedAgain checks that an inspection limited to what a change affects finds the same as a full
// one, for a change of each file of each sample.
func TestChangedAppIsInspectedAgain(t *testing.T) {
	t.Parallel()
	edits := map[string]func(data []byte) []byte{
		"gone":        func([]byte) []byte { return nil },
		"empty":       func([]byte) []byte { return []byte("\n") },
		"broken":      func([]byte) []byte { return []byte("def (\n") },
		"with a line": func(data []byte) []byte { return append([]byte("\n"), data...) },
		"a session": func(data []byte) []byte {
			return append([]byte("from snowflake.snowpark.context import get_active_session\nsession = get_active_session()\n"), data...)
		},
		"a local flag": func(data []byte) []byte { return append(slices.Clone(data), "\nLOCAL = True\n"...) },
		"no session": func(data []byte) []byte {
			return []byte(strings.ReplaceAll(string(data), "get_active_session()", "None"))
		},
		"other module": func(data []byte) []byte { return append([]byte("from db import *\n"), data...) },
	}
	for name, files := range sampleApps(t) {
		folder := existing.FromFiles(name, files)
		for _, p := range slices.Sorted(maps.Keys(files)) {
			for kind, edit := range edits {
				changes := map[string][]byte{p: edit(files[p])}
				if path.Ext(p) != ".py" && kind != "gone" {
					continue
				}
				if kind == "other module" {
					changes["db.py"] = []byte("import _snowflake\nimport streamlit as st\nsession = None\n")
				}
				changed := maps.Clone(files)
				maps.Copy(changed, changes)
				maps.DeleteFunc(changed, func(_ string, data []byte) bool { return data == nil })
				o := facts.Options{Runtime: scaffold.Container}
				for _, app := range folder.Apps {
					check.Findings(app, o)
				}
				got, want := check.Folder(folder.With(changes), o), check.Folder(existing.FromFiles(name, changed), o)
				if diff := cmp.Diff(placesOf(want.Findings), placesOf(got.Findings)); diff != "" {
					t.Errorf("%s: %s %s (-whole +again):\n%s", name, p, kind, diff)
				}
			}
		}
	}
}

// placesOf returns the places and messages of findings.
func placesOf(list []facts.Finding) []string {
	places := make([]string, 0, len(list))
	for _, f := range list {
		places = append(places, fmt.Sprintf("%s:%d:%d: %s %s %s %s", f.Path, f.Line, f.Column, f.Rule, f.Severity, f.Symbol, f.Message))
	}
	return places
}
