package migrate

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sleet/scaffold/testtools"
	"sleet/scaffold/workspace"
)

// machine returns the Seal function of a machine.
func machine(key string) func([]byte) string {
	return func(state []byte) string {
		mac := hmac.New(sha256.New, []byte(key))
		mac.Write(state)
		return hex.EncodeToString(mac.Sum(nil))
	}
}

// forged adds a backup to a folder, as another person's repository might contain it.
func forged(t *testing.T, dir, state string, files ...savedFile) {
	t.Helper()
	home := filepath.Join(dir, filepath.FromSlash(backupFolder), "1")
	for _, sub := range []string{"before", "after"} {
		if err := os.MkdirAll(filepath.Join(home, sub), 0o755); err != nil {
			t.Fatal(err)
		}
		write(t, filepath.Join(home, sub), "0", "evil")
	}
	for i := range files {
		files[i].Before, files[i].After = hashOf([]byte("evil")), hashOf([]byte("evil"))
		files[i].Mode = 0o755
	}
	data, err := json.Marshal(generation{Version: 1, State: state, Files: files, Seal: "made up"})
	if err != nil {
		t.Fatal(err)
	}
	write(t, home, stateFile, string(data))
}

// TestForeignBackups checks that nothing is written or removed because of a backup that came with a folder.
func TestForeignBackups(t *testing.T) {
	for _, state := range []string{stateWriting, stateApplied, stateUndoing} {
		for _, name := range []string{
			"app.py", ".git/hooks/pre-commit", ".github/workflows/x.yml", ".sleet/x.py", "../x.py", "/tmp/x.py", "Makefile",
			".streamlit/../.git/config", ".envrc", "x.sh",
		} {
			dir := testtools.Folder(t, map[string]string{"app.py": "mine", ".git/HEAD": "x", "empty.txt": "x"})
			forged(t, dir, state, savedFile{Path: name})
			before := tree(t, dir)
			o := WriteOptions{Seal: machine("here")}
			_, undo := Undo(dir, o)
			if undo == nil {
				t.Errorf("%s, %s: Undo took it", state, name)
			}
			if _, err := Recover(dir, o); err == nil && state != stateApplied {
				t.Errorf("%s, %s: Recover took it", state, name)
			}
			o.Overwrite = true
			if _, err := Undo(dir, o); err == nil {
				t.Errorf("%s, %s: Undo took it, only because edits may be lost", state, name)
			}
			same(t, state+" "+name, before, tree(t, dir))
			o.Foreign = true
			_, err := Undo(dir, o)
			var foreign *ForeignError
			switch allowed := name == "app.py"; {
			case allowed && (err != nil || !errors.As(undo, &foreign)):
				t.Errorf("%s: with a yes: %v; without: %v", name, err, undo)
			case !allowed && err == nil:
				t.Errorf("%s: a yes lets it out of what migrations write", name)
			case !allowed:
				same(t, state+" "+name, before, tree(t, dir))
			}
		}
	}
}

func TestOwnBackupMovesWithItsFolder(t *testing.T) {
	dir, changes := moved(t)
	before := tree(t, dir)
	o := WriteOptions{Seal: machine("here")}
	if err := Apply(dir, changes, o); err != nil {
		t.Fatal(err)
	}
	if _, err := Undo(dir, WriteOptions{Seal: machine("there")}); err == nil {
		t.Fatal("another machine takes it")
	}
	next := filepath.Join(t.TempDir(), "renamed")
	if err := os.Rename(dir, next); err != nil {
		t.Fatal(err)
	}
	if _, err := Undo(next, o); err != nil {
		t.Fatal(err)
	}
	same(t, "undone", before, tree(t, next))
}

func TestBackupsBehindALink(t *testing.T) {
	dir := testtools.Folder(t, map[string]string{"app.py": "mine", "src/migrate/1/x.py": "mine"})
	if err := os.Symlink("src", filepath.Join(dir, sleetFolder)); err != nil {
		t.Skip(err)
	}
	_, undo := Undo(dir, WriteOptions{})
	_, recovering := Recover(dir, WriteOptions{})
	for _, err := range []error{undo, recovering, Apply(dir, []Change{{Path: "new.py", New: []byte("x")}}, WriteOptions{})} {
		var fault *workspace.FolderError
		if !errors.As(err, &fault) {
			t.Errorf("got %v", err)
		}
	}
	if _, err := os.Stat(filepath.Join(dir, "src", "migrate", "1", "x.py")); err != nil {
		t.Error(err)
	}
}

// TestLeftoversAreRemoved checks that the next run removes what killed runs left.
func TestLeftoversAreRemoved(t *testing.T) {
	for name, files := range map[string]map[string]string{
		"an empty folder":  {},
		"an ignore file":   {".sleet/.gitignore": "*\n"},
		"half of that":     {".sleet/..gitignore6852579661002144171": "# Ba"},
		"a half backup":    {".sleet/.gitignore": "*\n", ".sleet/migrate/1/before/0": "x", ".sleet/migrate/1/reserve": "x"},
		"half of a state":  {".sleet/migrate/1/.state.json6852579661002144171": "{", ".sleet/migrate/1/after/0": "x"},
		"no backup at all": {".sleet/migrate/x": "", ".sleet/.gitignore": "*\n"},
	} {
		for _, undo := range []bool{false, true} {
			dir := testtools.Folder(t, map[string]string{"app.py": "mine"})
			before := tree(t, dir)
			if err := os.Mkdir(filepath.Join(dir, sleetFolder), 0o755); err != nil {
				t.Fatal(err)
			}
			for file, text := range files {
				path := filepath.Join(dir, filepath.FromSlash(file))
				if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
					t.Fatal(err)
				}
				write(t, filepath.Dir(path), filepath.Base(path), text)
			}
			if name == "no backup at all" { // a person's own file stays
				before = tree(t, dir)
			}
			run := func() error { _, err := Recover(dir, WriteOptions{}); return err }
			if undo {
				run = func() error { _, err := Undo(dir, WriteOptions{}); return err }
			}
			if err := run(); err != nil {
				t.Errorf("%s: %v", name, err)
			}
			same(t, name, before, tree(t, dir))
		}
	}
	dir, changes := moved(t)
	if err := Apply(dir, changes, WriteOptions{}); err != nil {
		t.Fatal(err)
	}
	applied := tree(t, dir)
	home := filepath.Join(dir, ".sleet", "migrate", "1")
	if err := os.Mkdir(filepath.Join(home, "after"), 0o755); err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(home, "after"), "0", "x")
	write(t, home, "reserve", "x")
	write(t, home, ".state.json6852579661002144171", "{")
	if _, err := Recover(dir, WriteOptions{}); err != nil {
		t.Fatal(err)
	}
	same(t, "applied", applied, tree(t, dir))
}

// TestHalfError checks the error of a migration that can neither be completed nor rolled back.
func TestHalfError(t *testing.T) {
	dir, changes := moved(t)
	err := Apply(dir, changes, WriteOptions{step: func(what string) error {
		if what != "put environment.yml" {
			return nil
		}
		if err := os.RemoveAll(filepath.Join(dir, ".sleet", "migrate", "1", "before")); err != nil {
			t.Fatal(err)
		}
		return errKilled
	}})
	var half *PartialError
	if !errors.As(err, &half) || !strings.Contains(err.Error(), "cannot read the backup") {
		t.Errorf("got %v", err)
	}
}
