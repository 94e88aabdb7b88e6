package statestore

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"testing"
)

func TestLock(t *testing.T) {
	s := Store{Root: filepath.Join(t.TempDir(), "state")}
	parent := t.TempDir()
	dir := filepath.Join(parent, "app")
	release, err := s.Lock(dir)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(dir); !errors.Is(err, fs.ErrNotExist) {
		t.Error("Lock created the folder")
	}
	names := []string{dir, dir + "/", filepath.Join(dir, "..", "app")}
	link := filepath.Join(t.TempDir(), "link")
	if err := os.Symlink(parent, link); err == nil {
		names = append(names, filepath.Join(link, "app"))
	}
	for _, name := range names {
		var held *LockedError
		if _, err := s.Lock(name); !errors.As(err, &held) || held.Process != os.Getpid() || held.Dir != name {
			t.Errorf("Lock(%s) = %v, want a LockedError", name, err)
		}
	}
	other, err := s.Lock(filepath.Join(parent, "other"))
	if err != nil {
		t.Fatal(err)
	}
	other()
	release()
	again, err := s.Lock(dir)
	if err != nil {
		t.Fatal(err)
	}
	again()
}

// TestLockWithoutState locks a folder where the state folder is not writable: in a container whose user has no home.
func TestLockWithoutState(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("Windows does not lock folders")
	}
	s := Store{Root: os.DevNull + "/none"}
	parent := t.TempDir()
	for _, dir := range []string{parent, filepath.Join(parent, "new", "app")} {
		release, err := s.Lock(dir)
		if err != nil {
			t.Fatal(err)
		}
		var held *LockedError
		if _, err := s.Lock(dir); !errors.As(err, &held) || held.Process != 0 {
			t.Errorf("Lock(%s) = %v, want a LockedError", dir, err)
		}
		release()
	}
	entries, err := os.ReadDir(parent)
	if err != nil || len(entries) > 0 {
		t.Errorf("Lock left %v, %v", entries, err)
	}
}

func TestSeal(t *testing.T) {
	s := Store{Root: filepath.Join(t.TempDir(), "state")}
	first := s.NewSealer()([]byte("text"))
	if first != s.NewSealer()([]byte("text")) || first == s.NewSealer()([]byte("other")) || len(first) != 64 {
		t.Error("seals of equal texts differ, or of different texts agree")
	}
	if first == (Store{Root: t.TempDir()}).NewSealer()([]byte("text")) {
		t.Error("two machines have the same seal")
	}
	info, err := os.Stat(filepath.Join(s.Root, "seal.key"))
	if err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
		t.Errorf("seal.key: %v, %v; want mode 0600", info, err)
	}
	if entries, err := os.ReadDir(s.Root); err != nil || len(entries) != 1 {
		t.Errorf("Seal left %v, %v; want the key only", entries, err)
	}
	nowhere := Store{Root: os.DevNull + "/none"}
	seal := nowhere.NewSealer()
	first, again, other := seal([]byte("text")), seal([]byte("text")), nowhere.NewSealer()([]byte("text"))
	if first != again || first == other {
		t.Error("without a state folder, the key is not valid for one Seal")
	}
}

func TestPlacing(t *testing.T) {
	s := Store{Root: filepath.Join(t.TempDir(), "state")}
	dir := t.TempDir()
	put := func(name string) {
		if err := os.WriteFile(filepath.Join(dir, name), []byte("x"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	there := func(name string) bool { _, err := os.Stat(filepath.Join(dir, name)); return err == nil }
	put("a.py")
	put("mine")
	s.RevertMove(dir)
	if !there("a.py") {
		t.Error("RevertMove removed a file without a record")
	}
	if err := s.BeginMove(dir, []string{"a.py", "../x", "b.py"}); err != nil {
		t.Fatal(err)
	}
	s.RevertMove(dir)
	if there("a.py") || !there("mine") {
		t.Error("RevertMove kept a recorded file, or removed another one")
	}
	put("a.py")
	if err := s.BeginMove(dir, []string{"a.py"}); err != nil {
		t.Fatal(err)
	}
	s.EndMove(dir)
	s.RevertMove(dir)
	if !there("a.py") {
		t.Error("RevertMove removed a file after EndMove")
	}
}
