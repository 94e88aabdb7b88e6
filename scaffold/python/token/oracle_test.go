package token

import (
	"bufio"
	"encoding/json"
	"io/fs"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"sleet/scaffold/testtools"
)

// oracle is a CPython process that answers about one file after the other.
type oracle struct {
	kinds   map[string]int32
	answers *bufio.Scanner
}

// ask starts a job of testdata/tokens.py on files. Python reads them concurrently with us.
func ask(t *testing.T, python testtools.Python, job string, paths []string) *oracle {
	t.Helper()
	command := exec.CommandContext(t.Context(), python.Path, "-I", "-X", "utf8", filepath.Join("testdata", "tokens.py"), job)
	command.Stdin = strings.NewReader(strings.Join(append(slices.Clone(paths), ""), "\n"))
	var stderr strings.Builder
	command.Stderr = &stderr
	out, err := command.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = out.Close()
		if err := command.Wait(); err != nil && stderr.Len() > 0 {
			t.Errorf("%s: %v\n%s", python.Path, err, stderr.String())
		}
	})
	o := &oracle{answers: bufio.NewScanner(out)}
	o.answers.Buffer(nil, 1<<28)
	o.next(t, &o.kinds)
	return o
}

func (o *oracle) next(t *testing.T, answer any) {
	t.Helper()
	if !o.answers.Scan() {
		t.Fatalf("Python stopped answering: %v", o.answers.Err())
	}
	if err := json.Unmarshal(o.answers.Bytes(), answer); err != nil {
		t.Fatalf("%v: %s", err, o.answers.Bytes())
	}
}

// topPackage is the files of one top-level package, the unit in which cases are counted.
type topPackage struct {
	name  string
	paths []string
}

// topPackages returns the files under a folder, grouped by the first folder of each path.
func topPackages(t *testing.T, root, prefix string) []topPackage {
	t.Helper()
	var found []topPackage
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		inner, _ := filepath.Rel(root, path)
		parts := strings.Split(filepath.ToSlash(inner), "/")
		switch {
		case entry.IsDir() && slices.Contains([]string{"site-packages", "dist-packages", "__pycache__"}, entry.Name()) && path != root:
			return filepath.SkipDir
		case entry.IsDir() || !strings.HasSuffix(path, ".py"):
			return nil
		}
		name := prefix
		if len(parts) > 1 {
			name += "/" + parts[0]
		}
		// Files and folders are mixed, sorted by name.
		i := slices.IndexFunc(found, func(l topPackage) bool { return l.name == name })
		if i < 0 {
			i = len(found)
			found = append(found, topPackage{name: name})
		}
		found[i].paths = append(found[i].paths, path)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}
