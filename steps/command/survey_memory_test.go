//go:build unix

package command

import (
	"strings"
	"testing"

	"sleet/snowflake/snowflaketest"
)

// A survey of 2,000 apps takes a bounded amount of memory.
func TestSurveyMemory(t *testing.T) {
	if testing.Short() {
		t.Skip("it reads 2,000 apps")
	}
	const apps, most = 2000, 100 << 10
	b := emptyBox(t, snowflaketest.Serve(t, snowflaketest.WithApps(apps)))
	version, _, _ := b.command(nil, "--version")
	if err := version.Run(); err != nil {
		t.Fatal(err)
	}
	cmd, out, said := b.command(nil, "survey", "--code", "--format", "csv")
	if err := cmd.Run(); err != nil {
		t.Fatalf("%v\n%s", err, said)
	}
	if got := strings.Count(out.String(), "\n"); got != apps+1 {
		t.Errorf("%d lines", got)
	}
	// A child's figure counts what the test's own process had as it was started: the bound holds where that is less.
	if took, least := peak(cmd), peak(version); took > max(most, least+most/2) {
		t.Errorf("it took %d kB, and %d kB are those of any command", took, least)
	} else {
		t.Logf("it took %d kB, and %d kB are those of any command", took, least)
	}
}
