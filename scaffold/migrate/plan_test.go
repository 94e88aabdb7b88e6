package migrate

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"sleet/scaffold/check"
)

// unpacked makes a folder of the files before a migration.
func unpacked(t *testing.T, archive *txtar.Archive) string {
	t.Helper()
	files := map[string]string{}
	for _, f := range archive.Files {
		if name, ok := strings.CutPrefix(f.Name, "before/"); ok {
			files[name] = string(f.Data)
		}
	}
	return folderWith(t, files)
}

// planned plans the only app of a folder.
func planned(t *testing.T, dir string) Migration {
	t.Helper()
	folder, err := check.Read(dir)
	if err != nil || len(folder.Apps) != 1 {
		t.Fatalf("%+v, %v", folder, err)
	}
	m, err := Plan(folder, folder.Apps[0], Choices{App: Look(folder, folder.Apps[0]).App})
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// notes are notes as lines.
func notesText(list []Note) string {
	var b strings.Builder
	for _, n := range list {
		b.WriteString(n.Rule + " " + n.Place(".") + " " + n.Symbol + ": " + n.Message + "\n")
	}
	return b.String()
}

// TestPlanGoldens migrates folders: the files afterwards are as the golden has them, a second time
// changes nothing, and the way back brings every byte back.
func TestPlanGoldens(t *testing.T) {
	names, err := filepath.Glob("testdata/plan/*.txtar")
	if err != nil || len(names) == 0 {
		t.Fatal("no cases", err)
	}
	for _, name := range names {
		t.Run(filepath.Base(name), func(t *testing.T) {
			archive, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			dir := unpacked(t, archive)
			before := tree(t, dir)
			m := planned(t, dir)
			if err := Apply(dir, m.Changes, WriteOptions{Generated: []string{"uv.lock"}}); err != nil {
				t.Fatal(err)
			}
			var got []txtar.File
			for _, f := range archive.Files {
				if strings.HasPrefix(f.Name, "before/") {
					got = append(got, f)
				}
			}
			for _, c := range m.Changes {
				if c.New == nil {
					got = append(got, txtar.File{Name: "removed/" + c.Path})
				} else {
					got = append(got, txtar.File{Name: "after/" + c.Path, Data: c.New})
				}
			}
			got = append(got, txtar.File{Name: "manual", Data: []byte(notesText(m.Manual))},
				txtar.File{Name: "said", Data: []byte(notesText(m.Said))})
			text := txtar.Format(&txtar.Archive{Comment: archive.Comment, Files: got})
			if os.Getenv("UPDATE") != "" {
				if err := os.WriteFile(name, text, 0o600); err != nil {
					t.Fatal(err)
				}
			} else if diff := cmp.Diff(string(txtar.Format(archive)), string(text)); diff != "" {
				t.Error(diff)
			}
			again := planned(t, dir)
			for _, c := range again.Changes {
				t.Errorf("the second time changes %s:\n%s", c.Path, cmp.Diff(string(c.Old), string(c.New)))
			}
			if diff := cmp.Diff(notesText(m.Manual), notesText(again.Manual)); diff != "" {
				t.Errorf("the second time leaves other work:\n%s", diff)
			}
			if _, err := Undo(dir, WriteOptions{}); err != nil {
				t.Fatal(err)
			}
			same(t, "undone", before, tree(t, dir))
		})
	}
}
