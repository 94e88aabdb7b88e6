package pep508

import (
	"testing"
)

// TestTwins checks the invariants that lookups in the table rely on.
func TestTwins(t *testing.T) {
	seen := map[string]bool{}
	for _, row := range nameMappings() {
		if row.PyPI == "" {
			if row.why == "" {
				t.Errorf("%s has no twin and no reason", row.conda)
			}
			if seen[row.conda] {
				t.Errorf("%s is listed twice", row.conda)
			}
			seen[row.conda] = true
			continue
		}
		r, err := ParseRequirement(row.PyPI)
		if err != nil {
			t.Errorf("%s: %v", row.conda, err)
		}
		if r.Name != r.Normal || len(r.Clauses) > 0 {
			t.Errorf("%s: %s is not a normalized PyPI name", row.conda, row.PyPI)
		}
		if !row.oneWay && CondaName(r.Name) != row.conda && len(r.Extras) == 0 {
			t.Errorf("%s: CondaName of its twin %s = %s", row.conda, r.Name, CondaName(r.Name))
		}
		if row.oneWay && CondaName(r.Name) == row.conda && row.conda != r.Name {
			t.Errorf("%s: another row already maps %s to it", row.conda, r.Name)
		}
	}
}

func TestPackageNames(t *testing.T) {
	tests := []struct{ conda, pypi string }{
		{"pillow", "pillow"},
		{"pytorch", "torch"},
		{"pyyaml", "pyyaml"},
		{"huggingface_hub", "huggingface-hub"},
		{"ruamel.yaml", "ruamel-yaml"},
		{"python-graphviz", "graphviz"},
		{"opencv", "opencv-python-headless"},
	}
	for _, tt := range tests {
		if got, _ := PyPIName(tt.conda); got != tt.pypi {
			t.Errorf("PyPIName(%q) = %q, want %q", tt.conda, got, tt.pypi)
		}
		if got := CondaName(tt.pypi); got != tt.conda {
			t.Errorf("CondaName(%q) = %q, want %q", tt.pypi, got, tt.conda)
		}
	}
	for _, conda := range []string{"python", "openssl", "graphviz", "Typing"} {
		if name, why := PyPIName(conda); name != "" || why.IsZero() {
			t.Errorf("PyPIName(%q) = %q, %q; want no name and a reason", conda, name, why)
		}
	}
	if name, _ := PyPIName("dask-core"); name != "dask" || CondaName("dask") != "dask" {
		t.Error("a part of a package does not map to the package, or the package not to itself")
	}
}
