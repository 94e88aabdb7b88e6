package migrate

import (
	"os"
	"path/filepath"
	"testing"
)

// FuzzBackup runs Recover and Undo with any migration state in the folder, as if this machine had written it. Nothing
// outside the folder may change, and no file that a migration does not write.
func FuzzBackup(f *testing.F) {
	for _, text := range []string{
		`{"version":1,"state":"applied","files":[{"path":"a.py","before":"x","after":"y"}]}`,
		`{"version":1,"state":"writing","files":[{"path":"../outside.py","after":"y"},{"path":".git/config"},{"path":"/etc/passwd"}],"folders":["..","/tmp","a/../.."]}`,
		`{"version":1,"state":"undoing","files":[{"path":"a.py","undone":"../outside.py"}],"folders":[".git"]}`,
		`{"version":1,"files":[{"path":""}]}`, `{"version":2}`, `{`, `{"version":1,"state":"applied","files":[{"path":"a.py/"}],"folders":["."]}`,
	} {
		f.Add([]byte(text), true)
		f.Add([]byte(text), false)
	}
	f.Fuzz(func(t *testing.T, state []byte, undo bool) {
		base := t.TempDir()
		dir := filepath.Join(base, "app")
		write := func(name, text string) {
			t.Helper()
			if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		write(filepath.Join(base, "outside.py"), "outside")
		write(filepath.Join(dir, ".git", "config"), "config")
		write(filepath.Join(dir, "picture.png"), "png")
		write(filepath.Join(dir, "a.py"), "y")
		write(filepath.Join(dir, filepath.FromSlash(backupFolder), "1", stateFile), string(state))
		write(filepath.Join(dir, filepath.FromSlash(backupFolder), "1", "before", "0"), "x")
		o := WriteOptions{Foreign: true}
		if undo {
			_, _ = Undo(dir, o)
		} else {
			_, _ = Recover(dir, o)
		}
		for name, want := range map[string]string{filepath.Join(base, "outside.py"): "outside", filepath.Join(dir, ".git", "config"): "config", filepath.Join(dir, "picture.png"): "png"} {
			if got, err := os.ReadFile(name); err != nil || string(got) != want {
				t.Errorf("%s holds %q, %v", name, got, err)
			}
		}
	})
}
