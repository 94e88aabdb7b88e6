package command

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"sleet/steps/survey"
)

// FuzzWave checks that any file is parsed into distinct names with database and schema.
func FuzzWave(f *testing.F) {
	for _, text := range []string{
		"A.B.C\n# x\nA.B.\"d\"  # y\n", "name,runtime\nA.B.C,warehouse\n\"A.B.\"\"x, y\"\"\",warehouse\n", `{"apps":[{"name":"A.B.C","runtime":"warehouse"}]}`, "name,\n", "{}", "name,runtime\n\"a", "A.B.C\r\n", "'=A.B.C\n",
	} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		file := filepath.Join(t.TempDir(), "wave")
		if err := os.WriteFile(file, data, 0o600); err != nil {
			t.Fatal(err)
		}
		names, err := waveNames(t.Context(), file)
		if err != nil {
			return
		}
		seen := map[string]bool{}
		report := survey.Report{}
		for _, n := range names {
			if n.Database == "" || n.Schema == "" || n.Object == "" || seen[n.SQL()] {
				t.Errorf("%q names %#v", data, n)
			}
			seen[n.SQL()] = true
			report.Apps = append(report.Apps, survey.App{Name: n.SQL(), Runtime: "warehouse"})
		}
		// A survey of these apps must parse into the same names.
		var written bytes.Buffer
		if err := report.WriteCSV(&written); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, written.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
		if again, err := waveNames(t.Context(), file); err != nil || len(again) != len(names) {
			t.Errorf("%q names %d apps, its survey %d, %v", data, len(names), len(again), err)
		}
	})
}
