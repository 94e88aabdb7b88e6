package git

import (
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// repository creates a folder with a commit, a changed file, a new one, and an ignored one.
func repository(t *testing.T, args ...string) (dir string, git func(args ...string)) {
	t.Helper()
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip("git is not installed")
	}
	dir = t.TempDir()
	git = func(args ...string) {
		t.Helper()
		args = append([]string{"-c", "user.name=a", "-c", "user.email=a@b"}, args...)
		cmd := exec.CommandContext(t.Context(), "git", args...)
		cmd.Dir, cmd.Env = dir, append(os.Environ(), "GIT_CONFIG_GLOBAL="+os.DevNull, "GIT_CONFIG_NOSYSTEM=1")
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("git %v: %v\n%s", args, err, out)
		}
	}
	git(append([]string{"init", "-q"}, args...)...)
	repositoryFiles(t, dir, map[string]string{
		"same.py": "same\n", "changed.py": "old\n", "sub/same.py": "same\n", ".gitignore": "*.log\n", "gone.py": "x\n",
	})
	git("add", ".")
	git("commit", "-qm", "first")
	repositoryFiles(t, dir, map[string]string{
		"changed.py": "new\n", "new.py": "new\n", "x.log": "", "secret.tmp": "", "staged.py": "x\n", ".sleet/x": "",
		".git/info/exclude": "*.tmp\n",
	})
	git("add", "staged.py")
	if err := os.Remove(filepath.Join(dir, "gone.py")); err != nil {
		t.Fatal(err)
	}
	return dir, git
}

func repositoryFiles(t *testing.T, dir string, texts map[string]string) {
	t.Helper()
	for name, text := range texts {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

func TestUncommitted(t *testing.T) {
	t.Parallel()
	want := []string{"changed.py", "gone.py", "new.py", "staged.py"}
	sorted := cmp.Transformer("set", func(names []string) map[string]bool {
		set := map[string]bool{}
		for _, name := range names {
			set[name] = true
		}
		return set
	})
	for _, format := range []string{"sha1", "sha256"} {
		dir, git := repository(t, "--object-format="+format)
		if diff := cmp.Diff(want, Uncommitted(t.Context(), os.Environ(), dir), sorted); diff != "" {
			t.Errorf("%s: %s", format, diff)
		}
		linked := filepath.Join(t.TempDir(), "linked")
		git("worktree", "add", "-q", linked)
		repositoryFiles(t, linked, map[string]string{"sub/same.py": "new\n", "same.py": "new\n"})
		if diff := cmp.Diff([]string{"sub/same.py"}, Uncommitted(t.Context(), os.Environ(), filepath.Join(linked, "sub")), sorted); diff != "" {
			t.Errorf("a folder of a worktree: %s", diff)
		}
	}
	empty := t.TempDir()
	if got := Uncommitted(t.Context(), os.Environ(), empty); got != nil {
		t.Errorf("no repository: %v", got)
	}
}

// TestHostileRepository checks that no setting of an untrusted repository makes git run a program.
func TestHostileRepository(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("the programs are shell scripts")
	}
	for name, config := range map[string]string{
		"clean":            "[filter \"x\"]\n\tclean = RUN; cat\n\trequired = true\n",
		"process":          "[filter \"x\"]\n\tprocess = RUN\n",
		"smudge":           "[filter \"x\"]\n\tsmudge = RUN; cat\n",
		"fsmonitor":        "[core]\n\tfsmonitor = RUN\n",
		"fsmonitor daemon": "[core]\n\tfsmonitor = true\n",
		"hooks":            "[core]\n\thooksPath = hooks\n",
		"text of a diff":   "[diff \"x\"]\n\ttextconv = RUN\n\tcommand = RUN\n[diff]\n\texternal = RUN\n",
		"included":         "[include]\n\tpath = ../more\n",
		"included if":      "[includeIf \"gitdir:/\"]\n\tpath = ../more\n",
		"a remote":         "[core]\n\trepositoryFormatVersion = 1\n[extensions]\n\tpartialClone = x\n[remote \"x\"]\n\tpromisor = true\n\turl = ext::RUN\n[protocol]\n\tallow = always\n",
		"ssh":              "[core]\n\tsshCommand = RUN\n\tgitProxy = RUN\n\talternateRefsCommand = RUN\n\taskPass = RUN\n\tpager = RUN\n\teditor = RUN\n[credential]\n\thelper = !RUN\n",
		"an alias":         "[alias]\n\tstatus = !RUN\n\trev-parse = !RUN\n",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir, _ := repository(t)
			ran := filepath.Join(t.TempDir(), "ran")
			program := filepath.Join(t.TempDir(), "program")
			repositoryFiles(t, filepath.Dir(program), map[string]string{"program": "#!/bin/sh\ntouch " + ran + "\n"})
			repositoryFiles(t, dir, map[string]string{
				".gitattributes": "* filter=x diff=x\n", "more": "[filter \"x\"]\n\tclean = " + program + "; cat\n",
				"hooks/post-index-change": "#!/bin/sh\ntouch " + ran + "\n",
			})
			for _, path := range []string{program, filepath.Join(dir, "hooks", "post-index-change")} {
				if err := os.Chmod(path, 0o700); err != nil {
					t.Fatal(err)
				}
			}
			settings := filepath.Join(dir, ".git", "config")
			before, err := os.ReadFile(settings)
			if err != nil {
				t.Fatal(err)
			}
			text := string(before) + filepath.ToSlash(strings.ReplaceAll(config, "RUN", program))
			repositoryFiles(t, dir, map[string]string{".git/config": text})
			if name == "a remote" { // git would have to fetch the objects
				if err := os.RemoveAll(filepath.Join(dir, ".git", "objects")); err != nil {
					t.Fatal(err)
				}
				repositoryFiles(t, dir, map[string]string{".git/objects/info/x": ""})
			}
			got := Uncommitted(t.Context(), os.Environ(), dir)
			if _, err := os.Stat(ran); err == nil {
				t.Error("a program of the repository ran")
			}
			if name != "a remote" && len(got) == 0 {
				t.Error("no file is listed")
			}
		})
	}
}
