package statestore

import (
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/adrg/xdg"

	"sleet/scaffold"
)

func store(t *testing.T) Store {
	t.Helper()
	home := t.TempDir()
	return Open(func(name string) string {
		if name == "XDG_STATE_HOME" {
			return home
		}
		return ""
	})
}

// files returns all files in a store.
func files(t *testing.T, s Store) []string {
	t.Helper()
	var all []string
	err := filepath.WalkDir(s.Root, func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			all = append(all, path)
		}
		return err
	})
	if err != nil && !os.IsNotExist(err) {
		t.Fatal(err)
	}
	return all
}

// invalidApp returns an App with answers that Parse rejects.
func invalidApp() scaffold.App {
	pool := ""
	return scaffold.App{
		App:     scaffold.Identity{Name: "名前", ComputePool: &pool, Comment: "a\nb '''\"\"\""},
		Secrets: []scaffold.SecretDecl{{Key: "a"}, {Key: "A"}, {}},
		Config:  map[string]any{"theme.base": "dark"},
		Values:  map[string]any{"endpoint": "https://api.example.com"},
	}
}

func TestSaveAndLoad(t *testing.T) {
	s, dir := store(t), filepath.Join(t.TempDir(), "to come")
	if _, ok := s.Load(dir); ok {
		t.Error("Load found a draft before Save")
	}
	for range 2 {
		if err := s.Save(dir, invalidApp()); err != nil {
			t.Fatal(err)
		}
	}
	d, ok := s.Load(dir)
	if !ok || !d.App.Equal(invalidApp()) || d.Dir != dir || time.Since(d.Saved) > time.Minute {
		t.Errorf("Load = %+v, %v", d, ok)
	}
	if _, ok := s.Load(dir + "2"); ok {
		t.Error("Load found the draft for another folder")
	}
	all := files(t, s)
	if len(all) != 1 {
		t.Errorf("files %q, want one", all)
	}
	if info, err := os.Stat(all[0]); runtime.GOOS != "windows" && (err != nil || info.Mode() != 0o600) {
		t.Errorf("mode of the draft %v, %v; want 0600", info.Mode(), err)
	}
	if err := s.Drop(dir); err != nil {
		t.Error(err)
	}
	if err := s.Drop(dir); err != nil {
		t.Errorf("second Drop: %v", err)
	}
	if all := files(t, s); len(all) != 0 {
		t.Errorf("files after Drop: %q", all)
	}
	if _, err := os.Stat(dir); err == nil {
		t.Error("the app's folder was created")
	}
}

func TestLoadRelativePath(t *testing.T) {
	s, dir := store(t), t.TempDir()
	t.Chdir(dir)
	if err := s.Save("demo", invalidApp()); err != nil {
		t.Fatal(err)
	}
	if _, ok := s.Load(filepath.Join(dir, "demo")); !ok {
		t.Error("Load with the absolute path does not find the draft of the relative one")
	}
}

func TestLoadIgnoresDamagedDrafts(t *testing.T) {
	s, dir := store(t), t.TempDir()
	if err := s.Save(dir, invalidApp()); err != nil {
		t.Fatal(err)
	}
	path := files(t, s)[0]
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for _, damage := range []string{
		"", "x", string(whole[:len(whole)/2]), "dir = 3",
		strings.Replace(string(whole), "version = 1", "version = 9", 1),
		strings.Replace(string(whole), dir, dir+"x", 1),
	} {
		if err := os.WriteFile(path, []byte(damage), 0o600); err != nil {
			t.Fatal(err)
		}
		if d, ok := s.Load(dir); ok {
			t.Errorf("Load of %q = %+v, want none", damage, d)
		}
	}
	if err := s.Save(dir, invalidApp()); err != nil {
		t.Fatal(err)
	}
	if _, ok := s.Load(dir); !ok {
		t.Error("Save does not replace a damaged draft")
	}
}

func TestSaveLeavesOutCredentials(t *testing.T) {
	const token = "ghp_" + "0123456789abcdefghij0123456789abcdef"
	s, dir := store(t), t.TempDir()
	app := invalidApp()
	app.Secrets = []scaffold.SecretDecl{{Key: "k", Comment: token}}
	app.App.Comment = token
	app.Python.Packages = []string{"pandas", token}
	app.Network.Hosts = []string{token}
	app.Values = map[string]any{"endpoint": "https://api.example.com", "password": "hunter2", "a b": map[string]any{"token": token}}
	app.Config = map[string]any{"theme.base": "dark", "server.cookieSecret": token, "my.password": "hunter2"}
	if err := s.Save(dir, app); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(files(t, s)[0])
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(data), token) || strings.Contains(string(data), "hunter2") {
		t.Errorf("the draft contains a credential:\n%s", data)
	}
	d, ok := s.Load(dir)
	if !ok || d.App.App.Name != app.App.Name || d.App.Values["endpoint"] != "https://api.example.com" || d.App.Config["theme.base"] != "dark" {
		t.Errorf("other answers were lost: %v\n%s", ok, data)
	}
	if app.App.Comment != token {
		t.Error("Save changed its argument")
	}
}

func TestSaveOutsideTheApp(t *testing.T) {
	home := t.TempDir()
	s := Store{Root: filepath.Join(home, ".local", "state", "sleet")}
	for _, dir := range []string{home, s.Root, filepath.Join(home, ".local")} {
		if err := s.Save(dir, invalidApp()); err != nil {
			t.Error(err)
		}
	}
	if all := files(t, s); len(all) != 0 {
		t.Errorf("Save wrote %q into the app's folder", all)
	}
}

func TestSaveSweepsTemporaryFiles(t *testing.T) {
	s, dir := store(t), t.TempDir()
	if err := s.Save(dir, invalidApp()); err != nil {
		t.Fatal(err)
	}
	path := files(t, s)[0]
	if err := os.WriteFile(path+".123.tmp", []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Chtimes(path+".123.tmp", time.Time{}, time.Now().Add(-time.Hour)); err != nil {
		t.Fatal(err)
	}
	if err := s.Save(dir, invalidApp()); err != nil {
		t.Fatal(err)
	}
	if all := files(t, s); len(all) != 1 {
		t.Errorf("files %q, want one", all)
	}
}

func TestConcurrentSaves(t *testing.T) {
	s, dir := store(t), t.TempDir()
	var all sync.WaitGroup
	for range 20 {
		all.Go(func() {
			if err := s.Save(dir, invalidApp()); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if d, ok := s.Load(dir); !ok || !d.App.Equal(invalidApp()) {
		t.Error("the draft is incomplete")
	}
}

func TestSaveError(t *testing.T) {
	root := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(root, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := (Store{Root: root}).Save(t.TempDir(), invalidApp()); err == nil {
		t.Error("Save to a read-only store: no error")
	}
}

func TestRelativeStateHomeIsIgnored(t *testing.T) {
	if s := Open(func(string) string { return "relative" }); !filepath.IsAbs(s.Root) || strings.Contains(s.Root, "relative") {
		t.Errorf("Open(relative) = %s, want an absolute path", s.Root)
	}
	t.Cleanup(xdg.Reload)
	t.Setenv("HOME", ".")
	t.Setenv("XDG_STATE_HOME", "")
	xdg.Reload()
	if s := Open(func(string) string { return "" }); !filepath.IsAbs(s.Root) {
		t.Errorf("Open with a relative HOME = %s, want an absolute path", s.Root)
	}
}

// TestLast checks that the answers of the last app are available in every folder but its own, without those that look
// like credentials.
func TestLast(t *testing.T) {
	s, dir := store(t), filepath.Join(t.TempDir(), "weather")
	if _, ok := s.LoadLast(dir); ok {
		t.Error("Last found an app before SaveLast")
	}
	a := invalidApp()
	a.Values["token"] = "ghp_0123456789012345678901234567890123456789"
	if err := s.SaveLast(dir, a); err != nil {
		t.Fatal(err)
	}
	if _, ok := s.LoadLast(dir); ok {
		t.Error("Last returned the app of the same folder")
	}
	last, ok := s.LoadLast(t.TempDir())
	if !ok || last.App.Folder != "weather" || last.App.App.Name != "名前" || last.App.Values["token"] != nil {
		t.Errorf("Last = %+v, %v", last.App, ok)
	}
}
