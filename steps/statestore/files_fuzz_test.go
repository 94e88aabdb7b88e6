package statestore

import (
	"crypto/sha256"
	"encoding/hex"
	"os"
	"path/filepath"
	"testing"

	"sleet/steps/survey"
)

// FuzzFiles opens a state folder with arbitrary content in each of its files. A stopped survey keeps its complete lines
// and continues after them.
func FuzzFiles(f *testing.F) {
	for _, text := range []string{
		"dir = '/a'\nanswers = '''\nversion = 1\n'''\n", `{"name":"A.B.C","runtime":"warehouse"}` + "\n" + `{"name":`, `{"dir":"/a","names":["..","/","a"]}`, "\n\n", "\x00",
	} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		base := t.TempDir()
		s, dir := Store{Root: filepath.Join(base, "state")}, filepath.Join(base, "app")
		sum := sha256.Sum256([]byte("x"))
		draft, _, err := s.draftOf(dir)
		if err != nil {
			t.Fatal(err)
		}
		placing, _, err := s.movePath(dir)
		if err != nil {
			t.Fatal(err)
		}
		outside := filepath.Join(base, "outside")
		for _, name := range []string{draft, placing, s.lastPath(), filepath.Join(s.Root, "surveys", hex.EncodeToString(sum[:16])+".jsonl"), outside, filepath.Join(dir, "kept")} {
			if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(name, data, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		_, _ = s.Load(dir)
		_, _ = s.LoadLast(dir)
		s.RevertMove(dir)
		if _, err := os.Stat(outside); err != nil {
			t.Errorf("a file outside the folder was removed: %v", err)
		}
		k, err := s.OpenSurvey("x", false)
		if err != nil {
			t.Fatal(err)
		}
		known := len(k.Apps())
		if err := k.Record(survey.App{Name: "A.B.C"}); err != nil {
			t.Fatal(err)
		}
		_ = k.Close()
		again, err := s.OpenSurvey("x", false)
		if err != nil {
			t.Fatal(err)
		}
		defer again.Close() //nolint:errcheck // The test is over.
		if len(again.Apps()) != known+1 {
			t.Errorf("%d apps after a Record, want %d", len(again.Apps()), known+1)
		}
	})
}
