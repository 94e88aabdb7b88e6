package command

import (
	"fmt"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"sleet/snowflake/snowflaketest"
	"sleet/steps/command/exit"
)

// TestApplyKilled kills the process at each statement, before the account runs it and right after. A second run must
// end with the same account as a run without faults.
func TestApplyKilled(t *testing.T) {
	t.Parallel()
	every := os.Getenv("SLEET_CONFORMANCE") == "1" // all statements take minutes
	for _, runtime := range runtimesOf() {
		want := undisturbed(t, runtime)
		for n := range want.statements {
			if !every && n%9 != 4 {
				continue
			}
			for _, when := range []string{"before", "after"} {
				t.Run(fmt.Sprintf("%s %d %s", runtime, n+1, when), func(t *testing.T) {
					t.Parallel()
					killAt(t, runtime, n, when, want)
				})
			}
		}
	}
}

// runStarted runs a program to its end, and signals once the process exists and others may signal it.
func runStarted(t *testing.T, cmd *exec.Cmd, started chan<- struct{}) {
	t.Helper()
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	close(started)
	_ = cmd.Wait()
}

func killAt(t *testing.T, runtime string, n int, when string, want calm) {
	t.Helper()
	account := snowflaketest.Serve(t)
	b := boxOf(t, account, want.app)
	cmd, out, said := b.command(testValues(runtime), "apply", "demo", "--yes")
	var killed atomic.Value
	started := make(chan struct{})
	kill := func(sql string) {
		<-started
		killed.Store(sql)
		_ = cmd.Process.Kill()
	}
	// Only statements that change something can be left half done; Skip counts all.
	fault := &snowflaketest.Fault{Kind: snowflaketest.Call, Skip: n}
	if when == "before" {
		fault.Kind, fault.Before = snowflaketest.DropBefore, kill
	} else {
		fault.After = kill
	}
	account.Fault(fault)
	runStarted(t, cmd, started)
	b.heard(out, said)
	if killed.Load() == nil {
		t.Skip("this run took fewer statements")
	}
	r := b.apply(runtime)
	if r.code != exit.Success {
		t.Fatalf("killed at %s; the next run: exit code %d\n%s\n%s", killed.Load(), r.code, r.out, r.err)
	}
	if diff := cmp.Diff(want.snapshot, account.Snapshot()); diff != "" {
		t.Errorf("killed at %s; the account after the next run (-undisturbed +this):\n%s", killed.Load(), diff)
	}
	b.clean(runtime)
}

// TestApplyStopped sends ctrl+c in the middle of a slow statement.
func TestApplyStopped(t *testing.T) {
	t.Parallel()
	account := snowflaketest.Serve(t)
	b := newBox(t, account, "container")
	cmd, out, said := b.command(testValues("container"), "apply", "demo", "--yes")
	running := make(chan struct{})
	account.Fault(&snowflaketest.Fault{
		Kind: snowflaketest.Slow, Match: regexp.MustCompile("^CREATE SECRET .*API_KEY"),
		Before: func(string) {
			<-running
			time.AfterFunc(300*time.Millisecond, func() { _ = cmd.Process.Signal(os.Interrupt) })
		},
	})
	started := time.Now()
	runStarted(t, cmd, running)
	b.heard(out, said)
	if code := cmd.ProcessState.ExitCode(); code != exit.Stopped {
		t.Errorf("exit code %d\n%s", code, said)
	}
	if took := time.Since(started); took > 20*time.Second {
		t.Errorf("stopped after %v", took)
	}
	if strings.Contains(account.Snapshot(), "DEMO_API_KEY") {
		t.Error("the statement was not aborted")
	}
	r := b.apply("container")
	if r.code != exit.Success || !strings.Contains(r.err, "continues from there") {
		t.Errorf("the next run: exit code %d\n%s", r.code, r.err)
	}
	b.clean("container")
}
