package manifest

import (
	"testing"

	"sleet/scaffold"

	"github.com/google/go-cmp/cmp"
)

// TestPoetryVersions checks the examples of Poetry's documentation and edge cases.
func TestPoetryVersions(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"^1.2.3": ">=1.2.3,<2", "^1.2": ">=1.2,<2", "^1": ">=1,<2", "^0.2.3": ">=0.2.3,<0.3", "^0.0.3": ">=0.0.3,<0.0.4",
		"^0.0": ">=0.0,<0.1", "^0": ">=0,<1", "~1.2.3": ">=1.2.3,<1.3", "~1.2": ">=1.2,<1.3", "~1": ">=1,<2",
		"*": "", "": "", "1.2.*": "==1.2.*", "1.2.3": "==1.2.3", "==1.2.3": "==1.2.3", "=1.2": "==1.2", ">= 1.2, < 1.5": ">=1.2,<1.5", "!=1.3": "!=1.3",
		"~=1.4": "~=1.4", "v1.2": "==1.2",
	} {
		if got, ok := poetryVersions(text); !ok || got != want {
			t.Errorf("%q: %q, %t, want %q", text, got, ok, want)
		}
	}
	for _, text := range []string{"^1.0 || ^2.0", "^1.0a1", "~x", "latest", "^"} {
		if got, ok := poetryVersions(text); ok {
			t.Errorf("%q: %q", text, got)
		}
	}
}

func TestPoetryPackages(t *testing.T) {
	t.Parallel()
	_, values, err := parseTOML(scaffold.PyprojectFile, []byte(`[tool.poetry.dependencies]
python = "^3.11"
pandas = "^2.2"
plotly = "*"
requests = { version = "~2.31", extras = ["socks"], markers = "sys_platform == 'linux'" }
jupyter = { version = "^1", optional = true }
ours = { path = "../ours" }
theirs = { git = "https://example.com/theirs.git" }
both = [{ version = "^1", python = "<3.11" }, { version = "^2", python = ">=3.11" }]
`))
	if err != nil {
		t.Fatal(err)
	}
	packages, left := poetryPackages(values)
	if diff := cmp.Diff([]string{"pandas>=2.2,<3", "plotly", "requests[socks]>=2.31,<2.32; sys_platform == 'linux'"}, packages); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"both", "ours", "theirs"}, left); diff != "" {
		t.Error(diff)
	}
}
