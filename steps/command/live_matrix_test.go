package command

import (
	"os"
	"regexp"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sleet/snowflake/snowflaketest"
	"sleet/steps/command/exit"
)

// misfortunes returns the faults that happen once in the middle of a run.
func misfortunes() map[string]snowflaketest.Fault {
	return map[string]snowflaketest.Fault{
		"500":            {Kind: snowflaketest.HTTP500},
		"503":            {Kind: snowflaketest.HTTP503},
		"dropped before": {Kind: snowflaketest.DropBefore},
		"dropped after":  {Kind: snowflaketest.DropAfter},
		"expired":        {Kind: snowflaketest.ExpireSession},
		"log-in expired": {Kind: snowflaketest.ExpireLogin},
		"echo":           {Kind: snowflaketest.EchoError},
		"revoked":        {Kind: snowflaketest.Call},
	}
}

// struckAt returns the statements at which they happen: all that change something, and a few that do not.
func struckAt() []string {
	return []string{
		"CREATE STAGE", "CREATE NETWORK RULE", "CREATE SECRET", "CREATE EXTERNAL", "CREATE OR REPLACE", "PUT", "CREATE STREAMLIT", "ADD LIVE", "GRANT",
		"LIST", "SHOW GRANTS", "DESCRIBE",
	}
}

// sideBySide is how many runs are concurrent. Each mostly waits, since the driver retries a failing server slowly.
const sideBySide = 8

// TestApplyFaults injects every fault once, at every statement, and checks that no value leaks, that nothing is lost or
// done twice, and that a second run completes the work. Without SLEET_ALL_FAULTS=1 it tests a sample.
func TestApplyFaults(t *testing.T) {
	t.Parallel()
	every := os.Getenv("SLEET_ALL_FAULTS") == "1"
	var all sync.WaitGroup
	turn := make(chan struct{}, sideBySide)
	for _, runtime := range runtimesOf() {
		want := undisturbed(t, runtime)
		for name, fault := range misfortunes() {
			for i, statement := range struckAt() {
				if !every && (i+int(fault.Kind))%6 != 0 {
					continue
				}
				all.Go(func() {
					turn <- struct{}{}
					defer func() { <-turn }()
					t.Run(runtime+" "+name+" "+statement, func(t *testing.T) { struck(t, runtime, want, fault, statement) })
				})
			}
		}
	}
	all.Wait()
}

// struck injects a fault at a statement, and applies again.
func struck(t *testing.T, runtime string, want calm, fault snowflaketest.Fault, statement string) {
	t.Helper()
	account := snowflaketest.Serve(t)
	b := boxOf(t, account, want.app)
	fault.Match = regexp.MustCompile(statement)
	revoked := fault.Kind == snowflaketest.Call
	if revoked {
		fault.Before = func(string) {
			if err := account.Exec("ACCOUNTADMIN", "REVOKE USAGE ON WAREHOUSE COMPUTE_WH FROM ROLE DEV"); err != nil {
				t.Error(err)
			}
		}
	}
	account.Fault(&fault)
	first := b.process(testValues(runtime), "apply", "demo", "--yes")
	if revoked {
		if err := account.Exec("ACCOUNTADMIN", "GRANT USAGE ON WAREHOUSE COMPUTE_WH TO ROLE DEV"); err != nil {
			t.Fatal(err)
		}
	}
	if r := b.apply(runtime); r.code != exit.Success {
		t.Fatalf("the second run: exit code %d\n%s\nthe first: %d\n%s", r.code, r.err, first.code, first.err)
	}
	if diff := cmp.Diff(want.snapshot, account.Snapshot()); diff != "" {
		t.Errorf("the account (-undisturbed +this):\n%s\nthe first run: %d\n%s", diff, first.code, first.err)
	}
	b.clean(runtime)
}
