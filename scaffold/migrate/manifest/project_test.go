package manifest

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"sleet/scaffold"
	"sleet/scaffold/migrate/change"
	"sleet/scaffold/resources"
	"sleet/scaffold/testtools"
)

// deployed returns a snowflake.yml after its edits.
func deployed(t *testing.T, data string) (string, []change.Note) {
	t.Helper()
	p, err := ReadProject(scaffold.ProjectYML, []byte(data), "streamlit_app.py")
	if err != nil || p == nil {
		t.Fatalf("%v, %v", p, err)
	}
	edits, notes := p.Edits(scaffold.ProjectYML, []byte(data), Deployment{
		Key: "sales", Runtime: scaffold.Facts(scaffold.Container).SQLName, Pool: "SYSTEM_COMPUTE_POOL_CPU",
		Files:        []string{"streamlit_app.py", "pages/one.py", "common/text.py", ".streamlit/config.toml", "pyproject.toml"},
		Removed:      []string{"environment.yml"},
		Integrations: []string{"SALES_ACCESS"},
		Secrets:      []resources.SecretBinding{{Key: "login", Object: "DB.S.LOGIN"}},
	})
	got, err := change.ApplyEdits([]byte(data), edits)
	if err != nil {
		t.Fatal(err)
	}
	return string(got), notes
}

func TestProjectGoldens(t *testing.T) {
	files, err := filepath.Glob("testdata/project/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatal("no cases", err)
	}
	var after []string
	for _, name := range files {
		t.Run(filepath.Base(name), func(t *testing.T) {
			data, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			archive := txtar.Parse(data)
			got, notes := deployed(t, string(archive.Files[0].Data))
			if os.Getenv("UPDATE") != "" {
				archive.Files = append(archive.Files[:1], txtar.File{Name: "after", Data: []byte(got)})
				if err := os.WriteFile(name, txtar.Format(archive), 0o600); err != nil {
					t.Fatal(err)
				}
				return
			}
			if diff := cmp.Diff(string(archive.Files[1].Data), got); diff != "" {
				t.Error(diff)
			}
			for _, n := range notes {
				if n.Manual != strings.Contains(string(archive.Comment), n.Symbol+n.Message.String()) {
					t.Logf("note %+v", n)
				}
			}
			again, _ := deployed(t, got)
			if diff := cmp.Diff(got, again); diff != "" {
				t.Errorf("the second time:\n%s", diff)
			}
			after = append(after, got)
		})
	}
	t.Run("cli", func(t *testing.T) { loads(t, after) })
}

// loads parses files with the Snowflake CLI.
func loads(t *testing.T, texts []string) {
	t.Helper()
	python := testtools.Tool(t, "cli/bin/python")
	var dirs []string
	for _, text := range texts {
		dirs = append(dirs, testtools.Folder(t, map[string]string{
			"streamlit_app.py": "", "pages/one.py": "", "common/text.py": "", ".streamlit/config.toml": "", "pyproject.toml": "",
			"logo.png": "", scaffold.ProjectYML: text,
		}))
	}
	folders, err := json.Marshal(dirs)
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(python, "testdata/load_app.py") //nolint:noctx // our own test tool
	cmd.Stdin = bytes.NewReader(folders)
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	var all []struct {
		Runtime, Pool string
		Files         []string
	}
	if err := json.Unmarshal(out, &all); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	for i, got := range all {
		if got.Runtime != scaffold.Facts(scaffold.Container).SQLName || got.Pool != "SYSTEM_COMPUTE_POOL_CPU" {
			t.Errorf("got %+v of\n%s", got, texts[i])
		}
		for _, file := range []string{"streamlit_app.py", "pages/one.py", "common/text.py", ".streamlit/config.toml", "pyproject.toml"} {
			if !slices.ContainsFunc(got.Files, func(f string) bool { return strings.HasSuffix(f, file) }) {
				t.Errorf("%s is not uploaded: %v", file, got.Files)
			}
		}
		testtools.CountConformance(t)
	}
}

func FuzzProject(f *testing.F) {
	files, err := filepath.Glob("testdata/project/*.txtar")
	if err != nil {
		f.Fatal(err)
	}
	for _, name := range files {
		archive, err := txtar.ParseFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(archive.Files[0].Data)
	}
	d := Deployment{
		Key: "k", Runtime: "R", Pool: "P", Files: []string{"streamlit_app.py"}, Removed: []string{"environment.yml"},
		Integrations: []string{"I"}, Secrets: []resources.SecretBinding{{Key: "a", Object: "b"}},
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		p, err := ReadProject(scaffold.ProjectYML, data, "streamlit_app.py")
		if err != nil || p == nil {
			return
		}
		edits, _ := p.Edits(scaffold.ProjectYML, data, d)
		if _, err := change.ApplyEdits(data, edits); err != nil {
			t.Skip("edits that overlap are refused: ", err)
		}
	})
}
