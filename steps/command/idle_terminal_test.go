//go:build linux

package command

import (
	"bufio"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// TestIdle checks that an idle wizard writes nothing and lets the processor sleep: its threads wake about once a
// second, while a screen drawn by a clock would wake them at every frame.
func TestIdle(t *testing.T) {
	s := onTerminal(t, t.TempDir(), "new", "demo")
	s.take(t, walk{{"What do you want", down + enter}, {"The app", tab}})
	quiet, shown := time.Now(), ""
	for deadline := time.Now().Add(20 * time.Second); time.Since(quiet) < time.Second; time.Sleep(20 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatal("the screen does not stop changing")
		}
		if now := s.shown(); now != shown {
			quiet, shown = time.Now(), now
		}
	}
	const seconds = 3
	before := switches(t, s.cmd.Process.Pid)
	time.Sleep(seconds * time.Second)
	woken := switches(t, s.cmd.Process.Pid) - before
	if now := s.shown(); now != shown {
		t.Errorf("an idle wizard wrote %q", strings.TrimPrefix(now, shown))
	}
	if woken > 50*seconds {
		t.Errorf("its threads were woken %d times in %d s", woken, seconds)
	}
	s.take(t, walk{{"The app", "\x03"}})
	s.ends(t)
}

// switches returns the number of voluntary context switches of a process.
func switches(t *testing.T, pid int) int {
	t.Helper()
	tasks, err := filepath.Glob(fmt.Sprintf("/proc/%d/task/*/status", pid))
	if err != nil || len(tasks) == 0 {
		t.Fatalf("no threads of %d: %v", pid, err)
	}
	sum := 0
	for _, task := range tasks {
		file, err := os.Open(task)
		if err != nil {
			continue // it has ended
		}
		for lines := bufio.NewScanner(file); lines.Scan(); {
			var n int
			if _, err := fmt.Sscanf(lines.Text(), "voluntary_ctxt_switches: %d", &n); err == nil {
				sum += n
			}
		}
		_ = file.Close()
	}
	return sum
}
