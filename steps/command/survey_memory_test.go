//go:build unix

package command

import (
	"os"
	"strings"
	"testing"

	"sleet/snowflake/snowflaketest"
)

// TestSurveyMemory checks that a survey uses a bounded amount of memory: with 2,000 apps if SLEET_CONFORMANCE=1, with
// fewer otherwise.
func TestSurveyMemory(t *testing.T) {
	apps, most := 400, int64(80<<10)
	if os.Getenv("SLEET_CONFORMANCE") == "1" {
		apps, most = 2000, 100<<10
	}
	b := emptyBox(t, snowflaketest.Serve(t, snowflaketest.WithApps(apps)))
	cmd, out, said := b.command(nil, "survey", "--code", "--format", "csv")
	if err := cmd.Run(); err != nil {
		t.Fatalf("%v\n%s", err, said)
	}
	if got := strings.Count(out.String(), "\n"); got != apps+1 {
		t.Errorf("%d lines", got)
	}
	version, _, _ := b.command(nil, "--version")
	if err := version.Run(); err != nil {
		t.Fatal(err)
	}
	// A child's figure includes the memory of the test's process when it was started: the limit applies if that is
	// less.
	if took, least := peak(cmd), peak(version); took > max(most, least+most/2) {
		t.Errorf("peak memory %d kB, of which any command needs %d kB", took, least)
	} else {
		t.Logf("peak memory %d kB, of which any command needs %d kB", took, least)
	}
}
