package scaffold_test

import (
	"os/exec"
	"strings"
	"testing"

	"sleet/scaffold"
	"sleet/scaffold/testtools"
)

// TestPackageFloorsUnderUv checks with uv that each floor resolves together with a container app's
// requirements, from wheels only as a container installs them, and that no older version does if
// Streamlit or Snowpark needs it.
func TestPackageFloorsUnderUv(t *testing.T) {
	t.Parallel()
	uv := testtools.Tool(t, "app/bin/uv")
	app := scaffold.Facts(scaffold.Container).DefaultStreamlit
	resolves := func(requirement string) (string, bool) {
		cmd := exec.CommandContext(t.Context(), uv, "pip", "compile", "-", "--no-config", "--quiet", "--no-header", "--no-annotate",
			"--python-version", "3.11", "--python-platform", "x86_64-manylinux_2_28", "--only-binary", ":all:")
		cmd.Stdin = strings.NewReader("streamlit[snowflake]" + app + "\n" + requirement + "\n")
		out, err := cmd.CombinedOutput()
		return string(out), err == nil
	}
	for _, f := range scaffold.MinimumVersions() {
		t.Run(f.Name, func(t *testing.T) {
			t.Parallel()
			testtools.CountConformance(t)
			if out, ok := resolves(f.Name + "==" + f.Version); !ok {
				t.Errorf("the floor does not resolve: %s", out)
			}
			if f.Why == "package.why.floor_built" {
				return // older versions have no wheel
			}
			if _, ok := resolves(f.Name + "<" + f.Version); ok {
				t.Errorf("something below %s resolves", f.Version)
			}
		})
	}
}
