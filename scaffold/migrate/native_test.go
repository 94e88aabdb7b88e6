package migrate

import (
	"maps"
	"path/filepath"
	"slices"
	"testing"

	"sleet/scaffold"
	"sleet/scaffold/existing"
	"sleet/scaffold/migrate/change"
	"sleet/scaffold/testtools"
)

// TestNativeAppAbove checks that an app in a folder of a Native App is migrated as one even if only that folder is
// passed: its code and packages, but not its deployment. Files above the repository do not count.
func TestNativeAppAbove(t *testing.T) {
	t.Parallel()
	const (
		app      = "import streamlit as st\nfrom snowflake.snowpark.context import get_active_session\n\nst.write(get_active_session().sql('SELECT 1').collect())\n"
		packages = "name: a\nchannels:\n  - snowflake\ndependencies:\n  - streamlit=1.35.0\n"
		native   = "manifest_version: 1\nartifacts:\n  setup_script: setup.sql\n"
		packaged = "definition_version: 2\nentities:\n  pkg:\n    type: application package\n    artifacts: []\n    manifest: app/manifest.yml\n"
	)
	for name, c := range map[string]struct {
		above map[string]string
		want  string
	}{
		"manifest":           {map[string]string{"app/manifest.yml": native}, "../manifest.yml"},
		"project":            {map[string]string{"snowflake.yml": packaged}, "manifest.yml"},
		"other manifest":     {map[string]string{"app/manifest.yml": "name: x\n"}, ""},
		"another repository": {map[string]string{"manifest.yml": native, "app/.git": "gitdir: x\n"}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			files := map[string]string{"app/ui/streamlit_app.py": app, "app/ui/environment.yml": packages}
			maps.Copy(files, c.above)
			dir := filepath.Join(testtools.Folder(t, files), "app", "ui")
			folder, err := existing.Read(dir)
			if err != nil {
				t.Fatal(err)
			}
			found := Inspect(folder, folder.Apps[0])
			if got := found.NativeAppManifest(); got != c.want {
				t.Fatalf("the manifest is %q, not %q", got, c.want)
			}
			m, err := Plan(folder, folder.Apps[0], Choices{App: found.App})
			if err != nil {
				t.Fatal(err)
			}
			if deploys := changed(m, scaffold.MigrateFile) || changed(m, scaffold.AnswersFile); deploys != (c.want == "") || !changed(m, scaffold.PyprojectFile) {
				t.Errorf("%+v", m.Changes)
			}
			after := map[string][]byte{}
			for _, change := range m.Changes {
				after[change.Path] = change.New
			}
			again := folder.With(after)
			second, err := Plan(again, again.Apps[0], Choices{App: Inspect(again, again.Apps[0]).App})
			if err != nil {
				t.Fatal(err)
			}
			noteOf := func(list []change.Note, rule string) bool {
				return slices.ContainsFunc(list, func(n change.Note) bool { return n.Rule == rule })
			}
			if len(second.Changes) > 0 || noteOf(second.Manual, RuleNative) != (c.want != "") || noteOf(second.Advice, RuleCache) {
				t.Errorf("the second time: %v, %v, %v", second.Changes, second.Manual, second.Advice)
			}
		})
	}
}

// changed reports whether a migration changes a file.
func changed(m Migration, name string) bool {
	return slices.ContainsFunc(m.Changes, func(c Change) bool { return c.Path == name })
}
