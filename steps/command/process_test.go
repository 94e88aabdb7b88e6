package command

import (
	"bufio"
	"bytes"
	"flag"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"sleet/scaffold/testtools"
	"sleet/steps/command/exit"
)

// TestMain lets the tests start this program as a process named sleet. More tests run at once than there are
// processors, since tests mostly wait for a process, a terminal or a deliberately slow account.
func TestMain(m *testing.M) {
	if err := flag.Set("test.parallel", strconv.Itoa(3*runtime.GOMAXPROCS(0))); err != nil {
		panic(err)
	}
	testscript.Main(testtools.NoLeaks{M: m}, map[string]func(){"sleet": func() { os.Exit(Main(os.Args[1:])) }})
}

// TestSignals stops the program while it waits for its input, and for uv.
func TestSignals(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("Windows sends no signals")
	}
	tests := []struct {
		name   string
		signal os.Signal
		args   []string
		// waits is the text on standard error once the program waits.
		waits, written string
	}{
		{"ctrl+c while it reads", os.Interrupt, []string{"new", "demo", "--answers", "-"}, "", ""},
		{"TERM while it reads", syscall.SIGTERM, []string{"new", "demo", "--answers", "-"}, "", ""},
		{"HUP while uv runs", syscall.SIGHUP, []string{"new", "demo", "--yes"}, "uv lock", "demo/sleet.toml"},
		{"ctrl+c while uv runs", os.Interrupt, []string{"new", "demo", "--yes"}, "uv lock", "demo/sleet.toml"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			// With exec, no grandchild keeps the pipes open.
			slow := "#!/bin/sh\nexec sleep 30\n"
			if err := os.WriteFile(filepath.Join(dir, "uv"), []byte(slow), 0o700); err != nil {
				t.Fatal(err)
			}
			cmd := exec.Command("sleet", test.args...) //nolint:noctx // The signal stops it.
			cmd.Dir = dir
			cmd.Env = append(os.Environ(), "PATH="+dir+":/usr/bin:/bin")
			in, err := cmd.StdinPipe()
			if err != nil {
				t.Fatal(err)
			}
			defer in.Close() //nolint:errcheck // It stays open, so that the program waits.
			said, err := cmd.StderrPipe()
			if err != nil {
				t.Fatal(err)
			}
			if err := cmd.Start(); err != nil {
				t.Fatal(err)
			}
			if test.waits == "" {
				time.Sleep(1500 * time.Millisecond)
			}
			words := bufio.NewReader(said)
			for line := ""; !strings.Contains(line, test.waits); {
				if line, err = words.ReadString('\n'); err != nil {
					t.Fatal(err)
				}
			}
			if err := cmd.Process.Signal(test.signal); err != nil {
				t.Fatal(err)
			}
			rest, _ := io.ReadAll(words)
			_ = cmd.Wait()
			if code := cmd.ProcessState.ExitCode(); code != exit.Stopped {
				t.Errorf("exit code %d, want %d\n%s", code, exit.Stopped, rest)
			}
			if !bytes.Contains(rest, []byte("stopped")) {
				t.Errorf("no message that the run was stopped:\n%s", rest)
			}
			_, err = os.Stat(filepath.Join(dir, "demo"))
			if exists := err == nil; exists != (test.written != "") {
				t.Errorf("the folder exists: %v", exists)
			}
			if _, err := os.Stat(filepath.Join(dir, test.written)); err != nil {
				t.Error(err)
			}
		})
	}
}
