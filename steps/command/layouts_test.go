package command

import (
	"bytes"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"sleet/scaffold"
	"sleet/scaffold/answers"
	"sleet/scaffold/workspace"
	"sleet/steps/command/accounts"
	"sleet/steps/command/exit"
	"sleet/steps/command/machine"
)

// sample is somebody's app, in a folder.
type sample struct {
	t       *testing.T
	dir     string
	environ []string
	uv      string // a program in place of uv
}

func newSample(t *testing.T, files map[string]string) sample {
	t.Helper()
	s := sample{t: t, dir: t.TempDir(), environ: []string{"HOME=" + t.TempDir(), "XDG_STATE_HOME=" + t.TempDir(), "LC_ALL=C.UTF-8"}}
	for name, text := range files {
		p := filepath.Join(s.dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(p), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(p, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return s
}

// run runs sleet without a terminal and returns its exit code and output.
func (s sample) run(args ...string) (code int, said string) {
	var out strings.Builder
	host := machine.Host{In: strings.NewReader(""), Out: &out, Err: &out, Dir: s.dir, Build: machine.Build{Version: "test"}, Connect: accounts.Connect, Environ: s.environ}
	host.Uv.Path = s.uv
	code = Run(s.t.Context(), args, host)
	return code, out.String()
}

// files returns the sample's files, without the backups.
func (s sample) files() map[string]string {
	s.t.Helper()
	all := map[string]string{}
	err := fs.WalkDir(os.DirFS(s.dir), ".", func(p string, d fs.DirEntry, err error) error {
		if err == nil && d.IsDir() && d.Name() == ".sleet" {
			return fs.SkipDir
		}
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(filepath.Join(s.dir, filepath.FromSlash(p)))
		all[p] = string(data)
		return err
	})
	if err != nil {
		s.t.Fatal(err)
	}
	return all
}

// planned reports whether apply can plan an app of the sample.
func (s sample) planned(root string) (bool, string) {
	code, said := s.run("apply", root, "--demo", "--plan")
	return code == exit.Success || code == exit.Failure && strings.Contains(said, "  streamlit "), said
}

// TestLayouts migrates a sample of each layout, checks what the head of its file says, and plans each app in an
// account. A second migration changes nothing and ends the same, and undo restores every byte.
func TestLayouts(t *testing.T) {
	t.Parallel()
	names, err := filepath.Glob("testdata/layouts/*.txtar")
	if err != nil || len(names) == 0 {
		t.Fatal("no samples", err)
	}
	for _, name := range names {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			t.Parallel()
			archive, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			files := map[string]string{}
			for _, f := range archive.Files {
				files[f.Name] = string(f.Data)
			}
			s := newSample(t, files)
			code, said := s.run("migrate", "--yes", "--no-lock")
			for line := range strings.Lines(string(archive.Comment)) {
				s.holds(strings.TrimSpace(line), code, said, files)
			}
			s.settled(files, code, said)
		})
	}
}

// holds checks one line of a sample's head.
func (s sample) holds(line string, code int, said string, before map[string]string) {
	s.t.Helper()
	word, rest, _ := strings.Cut(line, " ")
	first, text, _ := strings.Cut(rest, " ")
	now := s.files()
	fails := false
	switch word {
	case "exit":
		fails = rest != map[int]string{exit.Success: "0", exit.Failure: "1", exit.Invalid: "2"}[code]
	case "planned":
		ok, plan := s.planned(rest)
		if fails = !ok; fails {
			said = plan
		}
	case "sends":
		ok, plan := s.planned(first)
		fails, said = !ok || !strings.Contains(plan, "("+text+")"), plan
	case "refused":
		ok, plan := s.planned(first)
		fails, said = ok || !strings.Contains(plan, text), plan
	case "manual":
		fails = !strings.Contains(said, rest)
	case "says":
		fails = !strings.Contains(said, rest)
	case "has":
		fails, said = !strings.Contains(now[first], text), said+"\n"+now[first]
	case "lacks":
		fails, said = now[first] == "" || strings.Contains(now[first], text), said+"\n"+now[first]
	case "gone":
		_, fails = now[rest]
	case "unchanged":
		fails = !cmp.Equal(before, now)
	}
	if fails {
		s.t.Errorf("%s: exit code %d\n%s", line, code, said)
	}
}

// settled checks that a second migration changes nothing and ends the same, and that undo restores the original files.
func (s sample) settled(before map[string]string, code int, said string) {
	s.t.Helper()
	after := s.files()
	again, saidAgain := s.run("migrate", "--yes", "--no-lock")
	if diff := cmp.Diff(after, s.files()); diff != "" {
		s.t.Errorf("the second migration changes:\n%s", diff)
	}
	if again != code {
		s.t.Errorf("exit code %d, then %d\n%s\n%s", code, again, said, saidAgain)
	}
	if cmp.Equal(before, after) {
		return
	}
	if code, said := s.run("migrate", "--undo"); code != exit.Success {
		s.t.Errorf("undo: exit code %d\n%s", code, said)
	}
	if diff := cmp.Diff(before, s.files()); diff != "" {
		s.t.Errorf("after undo (-before +now):\n%s", diff)
	}
}

// TestLockListed checks that snowflake.yml lists uv.lock once uv has written it, that a second migration changes
// nothing, and that undo removes the entry.
func TestLockListed(t *testing.T) {
	t.Parallel()
	archive, err := txtar.ParseFile("testdata/layouts/navigation.txtar")
	if err != nil {
		t.Fatal(err)
	}
	written := map[string]string{}
	for _, f := range archive.Files {
		written[f.Name] = string(f.Data)
	}
	made := newSample(t, nil)
	if code, said := made.run("new", ".", "--yes", "--name", "demo", "--runtime", "warehouse"); code != exit.Success {
		t.Fatalf("exit code %d\n%s", code, said)
	}
	edited := made.files()
	edited["snowflake.yml"] += "# mine\n"
	for name, files := range map[string]map[string]string{"written by hand": written, "written by sleet": made.files(), "edited since": edited} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newSample(t, files)
			s.uv = fakeUv(t)
			code, said := s.run("migrate", "--yes")
			now := s.files()
			if code != exit.Success || !strings.Contains(now["snowflake.yml"], "- uv.lock\n") || now["uv.lock"] == "" {
				t.Fatalf("exit code %d\n%s\n%s", code, said, now["snowflake.yml"])
			}
			app, err := answers.Parse(scaffold.AnswersFile, []byte(now[scaffold.AnswersFile]))
			if err != nil {
				t.Fatal(err)
			}
			if hash := app.Written["snowflake.yml"]; name == "written by sleet" && hash != workspace.Hash([]byte(now["snowflake.yml"])) {
				t.Errorf("sleet.toml does not have the hash of snowflake.yml\n%s", now["snowflake.yml"])
			}
			s.settled(files, code, said)
		})
	}
}

// TestSampleApps migrates every sample app in the tree: each can be planned in an account, or has manual work left.
func TestSampleApps(t *testing.T) {
	t.Parallel()
	for name, files := range sampleApps(t) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newSample(t, files)
			code, said := s.run("migrate", "--yes", "--no-lock")
			if code != exit.Success && code != exit.Failure {
				t.Fatalf("exit code %d\n%s", code, said)
			}
			for file := range s.files() {
				if path.Base(file) != "sleet.toml" {
					continue
				}
				if ok, plan := s.planned(path.Dir(file)); !ok && code == exit.Success {
					t.Errorf("%s is not planned, and has no manual work\n%s\n%s", path.Dir(file), said, plan)
				}
			}
			s.settled(files, code, said)
		})
	}
}

// sampleApps returns the apps of the tests of check and migrate, and those that sleet new writes.
func sampleApps(t *testing.T) map[string]map[string]string {
	t.Helper()
	apps := map[string]map[string]string{}
	archives, err := filepath.Glob("../../scaffold/migrate/testdata/apps/*.txtar")
	if err != nil {
		t.Fatal(err)
	}
	plans, err := filepath.Glob("../../scaffold/migrate/testdata/plan/*.txtar")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range slices.Concat(archives, plans) {
		archive, err := txtar.ParseFile(name)
		if err != nil {
			t.Fatal(err)
		}
		files := map[string]string{}
		for _, f := range archive.Files {
			if file, before := strings.CutPrefix(f.Name, "before/"); before || slices.Contains(archives, name) {
				files[file] = string(f.Data)
			}
		}
		apps[filepath.Base(filepath.Dir(name))+"/"+filepath.Base(name)] = files
	}
	folders, err := filepath.Glob("../../scaffold/check/testdata/apps/*")
	if err != nil {
		t.Fatal(err)
	}
	for _, dir := range folders {
		apps["check/"+filepath.Base(dir)] = sample{t: t, dir: dir}.files()
	}
	made := newSample(t, nil)
	if code, said := made.run("new", "demo", "--yes", "--no-lock", "--runtime", "warehouse", "--secret", "api_key", "--host", "api.example.com"); code != exit.Success {
		t.Fatalf("exit code %d\n%s", code, said)
	}
	apps["new"] = made.files()
	if len(apps) < 10 {
		t.Fatalf("only %d samples", len(apps))
	}
	return apps
}

// TestMigrateSaysWhatNothingTried checks that without uv and with --no-lock the report says that the packages were not
// resolved, and which are pinned. With --no-lock it does not suggest installing uv.
func TestMigrateSaysWhatNothingTried(t *testing.T) {
	t.Parallel()
	for _, flags := range [][]string{{"--yes"}, {"--yes", "--no-lock"}} {
		dir := threeFiles(t)
		var out, errors bytes.Buffer
		host := machine.Host{Dir: filepath.Dir(dir), Out: &out, Err: &errors, Environ: []string{"HOME=" + t.TempDir()}}
		if code := Run(t.Context(), append([]string{"migrate", dir}, flags...), host); code != exit.Success && code != exit.Failure {
			t.Fatalf("exit code %d\n%s", code, &errors)
		}
		const want = "the packages have not been resolved together yet; pinned ones are the most likely to conflict: pandas==2.2.*"
		if install := strings.Contains(errors.String(), "Install uv"); !strings.Contains(errors.String(), want) || install != (len(flags) == 1) {
			t.Errorf("%q: %s", flags, &errors)
		}
	}
}
