package uv

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"sleet/scaffold"
	"sleet/scaffold/testtools"
)

// standIn writes a shell script that replaces uv and returns its path.
func standIn(t *testing.T, script string) string {
	t.Helper()
	if runtime.GOOS == "windows" {
		t.Skip("the stand-in for uv is a shell script")
	}
	path := filepath.Join(t.TempDir(), "uv")
	if err := os.WriteFile(path, []byte("#!/bin/sh\n"+script), 0o700); err != nil {
		t.Fatal(err)
	}
	return path
}

// manifestIn writes a pyproject.toml to a folder.
func manifestIn(t *testing.T, dir, text string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(dir, scaffold.PyprojectFile), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestLock(t *testing.T) {
	tests := []struct {
		name, script  string
		words, failed string
	}{
		{"its last line", "echo one >&2; echo Resolved 3 packages >&2; touch uv.lock", "Resolved 3 packages", ""},
		{"its own words", "echo no solution >&2; exit 2", "", "uv lock failed (exit status 2):\nno solution"},
		{"no words", "exit 2", "", "uv lock failed: exit status 2"},
		{"no secret", `env | grep -i hunter2 >&2; echo "$OTHER" >&2; touch uv.lock`, "kept", ""},
		{"a copy of the manifest", `ls -A >&2; echo "$@" >&2; touch uv.lock; tail -n 1 pyproject.toml >&2`, "[tool.uv.workspace]", ""},
		{"its options", `echo "$@" >&2; touch uv.lock`, "lock --no-build --no-config --no-progress --color never", ""},
		{"what it wrote", `cat uv.lock >&2; echo new >uv.lock`, "old", ""},
		{"no lock", "exit 0", "", "uv lock failed: uv wrote no uv.lock"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "app")
			if err := os.Mkdir(dir, 0o700); err != nil {
				t.Fatal(err)
			}
			manifestIn(t, dir, "[project]\n")
			if err := os.WriteFile(filepath.Join(dir, scaffold.LockFile), []byte("old"), 0o600); err != nil && test.name != "no lock" {
				t.Fatal(err)
			}
			if test.name == "no lock" {
				_ = os.Remove(filepath.Join(dir, scaffold.LockFile))
			}
			uv := Tool{Path: standIn(t, test.script), Environ: []string{
				"PATH=" + os.Getenv("PATH"), "SLEET_SECRET_KEY=hunter2", "sleet_secret_key=HUNTER2", "OTHER=kept",
			}}
			words, err := uv.Lock(t.Context(), dir)
			if words != test.words {
				t.Errorf("words %q, want %q", words, test.words)
			}
			if failed := errorText(err); failed != test.failed {
				t.Errorf("error %q, want %q", failed, test.failed)
			}
		})
	}
}

func errorText(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}

func TestLockTellsOnlyTheEnd(t *testing.T) {
	uv := Tool{Path: standIn(t, "seq 100 >&2; exit 1"), Environ: os.Environ()}
	dir := t.TempDir()
	manifestIn(t, dir, "")
	_, err := uv.Lock(t.Context(), dir)
	text := errorText(err)
	if !strings.HasSuffix(text, "\n99\n100") || strings.Count(text, "\n") != tailLines {
		t.Errorf("the error is not uv's last %d lines:\n%s", tailLines, text)
	}
}

func TestLockStops(t *testing.T) {
	uv := Tool{Path: standIn(t, "exec sleep 30"), Environ: os.Environ()}
	ctx, stop := context.WithCancel(t.Context())
	time.AfterFunc(100*time.Millisecond, stop)
	start := time.Now()
	dir := t.TempDir()
	manifestIn(t, dir, "")
	_, err := uv.Lock(ctx, dir)
	if !errors.Is(err, context.Canceled) {
		t.Errorf("error %v, want one that wraps the context's", err)
	}
	if took := time.Since(start); took > 2*uvGrace {
		t.Errorf("Lock returned after %v", took)
	}
}

// TestLockWithUv checks Lock with the real uv, since it depends on uv's options and output. An app without packages
// needs no network.
func TestLockWithUv(t *testing.T) {
	uv := Tool{Path: testtools.Tool(t, "app/bin/uv"), Environ: os.Environ()}
	write := func(dir, python string) {
		text := "[project]\nname = 'app'\nversion = '1'\nrequires-python = '" + python + "'\n"
		if err := os.WriteFile(filepath.Join(dir, scaffold.PyprojectFile), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	dir := t.TempDir()
	write(dir, ">=3.9")
	words, err := uv.Lock(t.Context(), dir)
	if err != nil || !strings.HasPrefix(words, "Resolved 1 package") {
		t.Errorf("words %q, error %v", words, err)
	}
	if _, err := os.Stat(filepath.Join(dir, scaffold.LockFile)); err != nil {
		t.Error(err)
	}
	write(dir, "no version")
	if _, err := uv.Lock(t.Context(), dir); err == nil || !strings.Contains(err.Error(), "no version") {
		t.Errorf("the error does not have uv's output: %v", err)
	}
}

// TestLockHostile checks that the real uv runs no code of a folder that tries to have its own code run.
func TestLockHostile(t *testing.T) {
	uv := Tool{Path: testtools.Tool(t, "app/bin/uv"), Environ: append(os.Environ(), "UV_OFFLINE=1", "UV_PYTHON_DOWNLOADS=never")}
	const head = "[project]\nname = 'app'\nversion = '1'\nrequires-python = '>=3.9'\n"
	for name, c := range map[string]struct {
		manifest string
		locks    bool
	}{
		"build backend":      {head + "dynamic = ['dependencies']\n[build-system]\nrequires = []\nbuild-backend = 'evil'\nbackend-path = ['.']\n", false},
		"only a build":       {head + "[build-system]\nrequires = []\nbuild-backend = 'evil'\nbackend-path = ['.']\n", false},
		"only dynamic":       {head + "dynamic = ['version']\n", false},
		"a folder":           {head + "dependencies = ['dep @ file:///dep']\n", false},
		"a source":           {head + "dependencies = ['dep']\n[tool.uv.sources]\ndep = { path = 'dep' }\n", false},
		"a group":            {head + "[dependency-groups]\ndev = ['dep @ file:///dep']\n", false},
		"an extra":           {head + "[project.optional-dependencies]\ndev = ['dep @ git+ssh://x/y']\n", false},
		"an index":           {head + "[[tool.uv.index]]\nurl = 'https://x.example.com'\n", false},
		"a workspace":        {head + "[tool.uv.workspace]\nmembers = ['dep']\n", false},
		"an override":        {head + "[tool.uv]\noverride-dependencies = ['dep @ file:///dep']\n", false},
		"python and uv.toml": {head, true},
		"a harmless setting": {head + "[tool.uv]\npackage = false\n", true},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			ran := filepath.Join(t.TempDir(), "ran")
			for file, text := range map[string]string{
				"evil.py": "open(" + "r'" + ran + "', 'w')\n", "dep/setup.py": "open(" + "r'" + ran + "', 'w')\n", ".python-version": dir + "/.venv/bin/python\n",
				".venv/pyvenv.cfg": "home = /usr/bin\n", ".venv/bin/python": "#!/bin/sh\ntouch " + ran + "\n",
				"uv.toml": "this is not TOML", scaffold.PyprojectFile: strings.ReplaceAll(c.manifest, "file:///dep", "file://"+dir+"/dep"),
			} {
				path := filepath.Join(dir, filepath.FromSlash(file))
				if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
					t.Fatal(err)
				}
				if err := os.WriteFile(path, []byte(text), 0o700); err != nil {
					t.Fatal(err)
				}
			}
			_, err := uv.Lock(t.Context(), dir)
			var manifest *ManifestError
			if c.locks != (err == nil) || !c.locks && !errors.As(err, &manifest) {
				t.Errorf("got %v", err)
			}
			if _, err := os.Stat(ran); err == nil {
				t.Error("uv ran code of the folder")
			}
			if _, err := os.Stat(filepath.Join(dir, scaffold.LockFile)); c.locks != (err == nil) {
				t.Errorf("uv.lock: %v", err)
			}
		})
	}
}
