package command

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"sleet/snowflake/snowflaketest"
	"sleet/steps/command/exit"
)

// TestHostileKillsInAccount kills commands that work in an account at moments of their run: the next run completes the
// work, and no folder of a killed process is left.
func TestHostileKillsInAccount(t *testing.T) {
	t.Parallel()
	hostileBox(t) // kills are not signals on every system
	want := undisturbed(t, "container")
	for _, name := range []string{"apply", "destroy"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			start := func() *box {
				b := boxOf(t, snowflaketest.Serve(t), want.app)
				if name == "destroy" {
					if r := b.process(testValues("container"), "apply", "demo", "--yes"); r.code != exit.Success {
						t.Fatalf("apply: exit code %d\n%s", r.code, r.err)
					}
				}
				return b
			}
			whole := start()
			began := time.Now()
			if r := whole.process(testValues("container"), name, "demo", "--yes"); r.code != exit.Success {
				t.Fatalf("exit code %d\n%s", r.code, r.err)
			}
			took, snapshot := time.Since(began), whole.account.Snapshot()
			early, kills := 0, times(4, 300)
			for n := range kills {
				b := start()
				cmd, out, said := b.command(testValues("container"), name, "demo", "--yes")
				if err := cmd.Start(); err != nil {
					t.Fatal(err)
				}
				time.Sleep(took * time.Duration(n+1) / time.Duration(kills+1))
				_ = cmd.Process.Kill()
				_ = cmd.Wait()
				if !cmd.ProcessState.Exited() {
					early++
				} else {
					took = took * 2 / 3 // the machine is faster now
				}
				b.heard(out, said)
				outlive(t, b)
				if r := b.process(testValues("container"), name, "demo", "--yes"); r.code != exit.Success {
					t.Errorf("kill %d; the next run: exit code %d\n%s", n, r.code, r.err)
				}
				if diff := cmp.Diff(snapshot, b.account.Snapshot()); diff != "" {
					t.Errorf("kill %d; the account after the next run (-undisturbed +this):\n%s", n, diff)
				}
				if left := driverFolders(t, b); len(left) > 0 {
					t.Errorf("kill %d leaves %v", n, left)
				}
				b.clean("container")
			}
			enoughKills(t, early, kills)
		})
	}
}

// driverFolders returns the driver's temporary folders in a box.
func driverFolders(t *testing.T, b *box) []string {
	t.Helper()
	list, err := filepath.Glob(filepath.Join(b.root, "tmp", "sleet-driver-*"))
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// outlive makes what a killed process left in the temporary folder look hours old. A newer folder may belong to another
// run.
func outlive(t *testing.T, b *box) {
	t.Helper()
	old := time.Now().Add(-2 * time.Hour)
	for _, dir := range driverFolders(t, b) {
		if err := os.Chtimes(dir, old, old); err != nil {
			t.Fatal(err)
		}
	}
}

// TestHostileKillLeavesDriver checks that a killed process in an account leaves a folder: otherwise there would be
// nothing to remove.
func TestHostileKillLeavesDriver(t *testing.T) {
	t.Parallel()
	hostileBox(t)
	want := undisturbed(t, "container")
	b := boxOf(t, snowflaketest.Serve(t), want.app)
	cmd, out, said := b.command(testValues("container"), "apply", "demo", "--yes")
	started := make(chan struct{})
	b.account.Fault(&snowflaketest.Fault{Kind: snowflaketest.Call, After: func(string) {
		<-started
		_ = cmd.Process.Kill()
	}})
	runStarted(t, cmd, started)
	b.heard(out, said)
	if len(driverFolders(t, b)) != 1 {
		t.Fatalf("a killed process leaves %v", driverFolders(t, b))
	}
	outlive(t, b)
	if r := b.process(testValues("container"), "apply", "demo", "--yes"); r.code != exit.Success {
		t.Errorf("the next run: exit code %d\n%s", r.code, r.err)
	}
	if left := driverFolders(t, b); len(left) > 0 {
		t.Errorf("the next run leaves %v", left)
	}
}
