package scaffold_test

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"testing"

	"sleet/scaffold"
)

var update = flag.Bool("update", false, "write the golden files again")

// goldenSetups are cases that together show every part of the scripts.
func goldenSetups() map[string]setupCase {
	return map[string]setupCase{
		"defaults":           caseOf([]int{0, 0, 1, 0, 0, 0, 0, 0}),
		"container_all":      caseOf([]int{0, 0, 0, 2, 7, 0, 1, 6}),
		"container_st":       caseOf([]int{0, 3, 0, 2, 1, 1, 1, 1}),
		"container_japanese": caseOf([]int{0, 1, 0, 3, 7, 0, 1, 4}),
		"container_one_role": caseOf([]int{0, 2, 2, 1, 7, 0, 1, 0}),
		"container_no_host":  caseOf([]int{0, 4, 4, 2, 1, 0, 0, 3}),
		"warehouse_all":      caseOf([]int{1, 0, 0, 2, 7, 0, 1, 5}),
		"warehouse_bare":     caseOf([]int{1, 0, 3, 4, 0, 0, 0, 0}),
		"existing_secrets":   caseOf([]int{0, 6, 5, 3, 6, 0, 2, 2}),
		"longest_name":       caseOf([]int{0, 8, 0, 0, 2, 0, 3, 0}),
	}
}

func TestSetupGolden(t *testing.T) {
	for name, c := range goldenSetups() {
		t.Run(name, func(t *testing.T) {
			compareGolden(t, "setup/"+name+".setup.sql", scaffold.SetupSQL(c.app))
			compareGolden(t, "setup/"+name+".teardown.sql", scaffold.TeardownSQL(c.app))
		})
	}
}

// compareGolden holds data against a golden file in testdata, or writes the file with -update.
func compareGolden(t *testing.T, name string, data []byte) {
	t.Helper()
	path := filepath.Join("testdata", filepath.FromSlash(name))
	if *update {
		if err := os.MkdirAll(filepath.Dir(path), 0o750); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatalf("%v: run go test with -update", err)
	}
	if !bytes.Equal(want, data) {
		t.Errorf("%s differs (go test -update writes it again); it is now\n%s", path, data)
	}
}
