package command

import (
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"sleet/scaffold/testtools"
	"sleet/steps/command/machine"
)

// TestReleaseDocs runs the script that writes the other files of a release archive: a page for every command and
// completions for every shell. Their bytes must be the same each time.
func TestReleaseDocs(t *testing.T) {
	t.Parallel()
	if testing.Short() || runtime.GOOS == "windows" {
		t.Skip("builds the binary by a shell script")
	}
	testtools.Tool(t, "dist/bin/python")
	testtools.CountConformance(t)
	made := func(dir string) map[string]string {
		mustRun(t, []string{"SOURCE_DATE_EPOCH=1700000000"}, "../../.ci/release-docs", dir)
		files := map[string]string{}
		found, err := filepath.Glob(filepath.Join(dir, "*", "*"))
		if err != nil {
			t.Fatal(err)
		}
		for _, path := range append(found, filepath.Join(dir, "THIRD_PARTY_LICENSES.txt")) {
			data, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			files[filepath.Base(path)] = string(data)
		}
		return files
	}
	first, second := made(t.TempDir()), made(t.TempDir())
	for name, text := range first {
		if text == "" || second[name] != text {
			t.Errorf("%s is empty or differs the second time", name)
		}
		if strings.HasSuffix(name, ".1") && !strings.Contains(text, ` 2023-11-14 `) {
			t.Errorf("%s does not have the commit's date", name)
		}
	}
	for _, module := range []string{"Go go1.", "github.com/snowflakedb/gosnowflake/v2 v2.", "github.com/charmbracelet/x/windows "} {
		if !strings.Contains(first["THIRD_PARTY_LICENSES.txt"], "\n"+module) {
			t.Errorf("the licenses lack that of %s", module)
		}
	}
	for _, cmd := range newRoot(machine.Host{}).Commands() {
		if page := "sleet-" + cmd.Name() + ".1"; cmd.IsAvailableCommand() && first[page] == "" {
			t.Errorf("%s is missing", page)
		}
	}
	config, err := os.ReadFile("../../.goreleaser.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for name := range first {
		if strings.HasSuffix(name, ".1") && !strings.Contains(string(config), "      - man/"+name+"\n") {
			t.Errorf("the Homebrew cask in .goreleaser.yaml does not install %s", name)
		}
	}
	for _, name := range []string{"sleet.1", "sleet.bash", "_sleet", "sleet.fish", "sleet.ps1"} {
		if first[name] == "" {
			t.Errorf("%s is missing", name)
		}
	}
}
