//go:build unix

package command

import (
	"regexp"
	"syscall"
	"testing"
	"time"

	"sleet/snowflake/snowflaketest"
	"sleet/steps/command/exit"
)

// TestApplyCrash crashes the process while it sends a secret's value: neither the trace nor a core file has the value,
// and a second run completes the work.
func TestApplyCrash(t *testing.T) {
	t.Parallel()
	want := undisturbed(t, "container")
	account := snowflaketest.Serve(t)
	b := boxOf(t, account, want.app)
	cmd, out, said := b.command(append(testValues("container"), "GOTRACEBACK=crash"), "apply", "demo", "--yes")
	started, release := make(chan struct{}), make(chan struct{})
	account.Fault(&snowflaketest.Fault{
		Kind: snowflaketest.Slow, Match: regexp.MustCompile("^CREATE SECRET"), Release: release,
		Before: func(string) {
			<-started
			time.AfterFunc(200*time.Millisecond, func() { _ = cmd.Process.Signal(syscall.SIGABRT) })
		},
	})
	runStarted(t, cmd, started)
	close(release)
	b.heard(out, said)
	if cmd.ProcessState.Success() {
		t.Fatal("the process did not crash")
	}
	b.clean("container")
	if r := b.apply("container"); r.code != exit.Success || account.Snapshot() != want.snapshot {
		t.Errorf("the next run: exit code %d\n%s", r.code, r.err)
	}
	b.clean("container")
}
