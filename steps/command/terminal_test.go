//go:build unix

package command

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/creack/pty"
	"golang.org/x/term"

	"sleet/steps/command/exit"
)

// terminalSession is the program on its own terminal.
type terminalSession struct {
	cmd       *exec.Cmd
	ptmx, tty *os.File
	before    *term.State
	size      size

	drained chan struct{}

	mu  sync.Mutex
	out bytes.Buffer
}

// size is the size of a terminal, in cells.
type size struct{ cols, rows int }

// onTerminal starts sleet in dir, on a terminal of 100×30.
func onTerminal(t *testing.T, dir string, args ...string) *terminalSession {
	t.Helper()
	return onTerminalOf(t, size{100, 30}, nil, dir, args...)
}

// onTerminalOf starts sleet in dir, on a terminal of a size. environ is appended to the environment.
func onTerminalOf(t *testing.T, cells size, environ []string, dir string, args ...string) *terminalSession {
	t.Helper()
	s := &terminalSession{cmd: exec.Command("sleet", args...), size: cells, drained: make(chan struct{})} //nolint:noctx // The tests end it.
	var err error
	if s.ptmx, s.tty, err = pty.Open(); err != nil {
		t.Skipf("no pseudo-terminal: %v", err)
	}
	t.Cleanup(func() {
		_ = s.cmd.Process.Kill() // it has usually ended by itself
		_ = s.ptmx.Close()
		_ = s.tty.Close()
	})
	if err := pty.Setsize(s.ptmx, &pty.Winsize{Rows: uint16(cells.rows), Cols: uint16(cells.cols)}); err != nil {
		t.Fatal(err)
	}
	if s.before, err = term.GetState(int(s.tty.Fd())); err != nil {
		t.Fatal(err)
	}
	s.cmd.Dir, s.cmd.Stdin, s.cmd.Stdout, s.cmd.Stderr = dir, s.tty, s.tty, s.tty
	s.cmd.Env = append(os.Environ(), "TERM=xterm-256color", "HOME="+t.TempDir(), "XDG_STATE_HOME="+stateHome(t), "ACCESSIBLE=")
	s.cmd.Env = append(s.cmd.Env, environ...)
	s.cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Setctty: true}
	if err := s.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	go s.read()
	return s
}

// read records what the program shows.
func (s *terminalSession) read() {
	defer close(s.drained)
	buf := make([]byte, 1<<12)
	for {
		n, err := s.ptmx.Read(buf)
		s.mu.Lock()
		s.out.Write(buf[:n])
		s.mu.Unlock()
		if err != nil {
			return
		}
	}
}

func (s *terminalSession) shown() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.out.String()
}

// until waits for a text on the screen.
func (s *terminalSession) until(t *testing.T, text string) {
	t.Helper()
	for deadline := time.Now().Add(20 * time.Second); !strings.Contains(s.shown(), text); {
		if time.Now().After(deadline) {
			t.Fatalf("%q did not appear; shown so far:\n%q", text, s.shown())
		}
		time.Sleep(10 * time.Millisecond)
	}
}

// ends waits for the program's end and compares the terminal's modes with the original ones.
func (s *terminalSession) ends(t *testing.T) int {
	t.Helper()
	done := make(chan struct{})
	go func() {
		_ = s.cmd.Wait() // the exit code is enough
		close(done)
	}()
	select {
	case <-done:
	case <-time.After(20 * time.Second):
		t.Fatalf("the program does not end; shown so far:\n%q", s.shown())
	}
	after, err := term.GetState(int(s.tty.Fd()))
	if err != nil {
		t.Fatal(err)
	}
	// With its other end closed, the terminal returns what is left and then ends.
	_ = s.tty.Close()
	<-s.drained
	if !reflect.DeepEqual(s.before, after) {
		t.Error("the terminal's modes were not restored")
	}
	for _, pair := range [][2]string{{"\x1b[?1049h", "\x1b[?1049l"}, {"\x1b[?25l", "\x1b[?25h"}, {"\x1b[?2004h", "\x1b[?2004l"}} {
		on, off := strings.LastIndex(s.shown(), pair[0]), strings.LastIndex(s.shown(), pair[1])
		if on > off {
			t.Errorf("%q was not undone with %q", pair[0], pair[1])
		}
	}
	return s.cmd.ProcessState.ExitCode()
}

// firstFrame is a text in the footer of every screen.
const firstFrame = "quit"

// TestTerminalComesBack ends the wizard in every way that a person or a machine can.
func TestTerminalComesBack(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name  string
		leave func(*terminalSession) error
	}{
		{"ctrl+c", func(s *terminalSession) error { _, err := s.ptmx.WriteString("\x03"); return err }},
		{"interrupt", func(s *terminalSession) error { return s.cmd.Process.Signal(os.Interrupt) }},
		{"terminate", func(s *terminalSession) error { return s.cmd.Process.Signal(syscall.SIGTERM) }},
		{"hang up", func(s *terminalSession) error { return s.cmd.Process.Signal(syscall.SIGHUP) }},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			s := onTerminal(t, dir, "new", "demo")
			s.until(t, firstFrame)
			if err := test.leave(s); err != nil {
				t.Fatal(err)
			}
			if code := s.ends(t); code != exit.Stopped {
				t.Errorf("exit code %d, want %d", code, exit.Stopped)
			}
			if _, err := os.Stat(filepath.Join(dir, "demo")); err == nil {
				t.Error("something was written")
			}
		})
	}
}

// watched waits for the process that watches the terminal, which starts after the first frame.
func (s *terminalSession) watched(t *testing.T) {
	t.Helper()
	parent := strconv.Itoa(s.cmd.Process.Pid)
	for deadline := time.Now().Add(20 * time.Second); time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
		list, err := exec.CommandContext(t.Context(), "ps", "-A", "-o", "ppid=,args=").Output()
		if err != nil {
			t.Skipf("needs ps: %v", err)
		}
		for line := range strings.Lines(string(list)) {
			if fields := strings.Fields(line); fields[0] == parent && fields[len(fields)-1] == "__watch-terminal" {
				return
			}
		}
	}
	t.Fatal("no process watches the terminal")
}

// TestTerminalComesBackFromCrash ends the wizard unexpectedly, as a panic in a goroutine of a library does.
func TestTerminalComesBackFromCrash(t *testing.T) {
	t.Parallel()
	for name, signal := range map[string]syscall.Signal{"killed": syscall.SIGKILL, "crashed": syscall.SIGABRT} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := onTerminal(t, t.TempDir(), "new", "demo")
			s.until(t, firstFrame)
			s.watched(t)
			if err := s.cmd.Process.Signal(signal); err != nil {
				t.Fatal(err)
			}
			_, _ = s.cmd.Process.Wait()
			s.until(t, "sleet crashed")
			s.ends(t)
		})
	}
}

// TestHelpAsksNothingOfTheTerminal checks that help sends no queries to the terminal: the answer would end up in the
// shell.
func TestHelpAsksNothingOfTheTerminal(t *testing.T) {
	t.Parallel()
	for _, args := range [][]string{{"--help"}, {"--version"}, {"new", "--help"}, {"nwe"}, {"new", "--bad"}, {"completion", "bash"}} {
		t.Run(strings.Join(args, " "), func(t *testing.T) {
			t.Parallel()
			s := onTerminal(t, t.TempDir(), args...)
			s.until(t, "sleet")
			s.ends(t)
			if strings.ContainsRune(s.shown(), '\x1b') {
				t.Errorf("help sends escape sequences:\n%q", s.shown())
			}
		})
	}
}

// TestThreeKeys accepts every default: the app is created after three key presses.
func TestThreeKeys(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	s := onTerminal(t, dir, "new", "demo", "--no-lock")
	s.until(t, firstFrame)
	for range 3 {
		if _, err := s.ptmx.WriteString("\r"); err != nil {
			t.Fatal(err)
		}
		time.Sleep(300 * time.Millisecond) // a person does not press the next key sooner
	}
	written := func() bool {
		_, err := os.Stat(filepath.Join(dir, "demo", "sleet.toml"))
		return err == nil
	}
	for deadline := time.Now().Add(20 * time.Second); !written(); time.Sleep(10 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("nothing is written; shown so far:\n%q", s.shown())
		}
	}
	if _, err := s.ptmx.WriteString("\r"); err != nil {
		t.Fatal(err)
	}
	if code := s.ends(t); code != exit.Success {
		t.Errorf("exit code %d", code)
	}
	if !strings.Contains(s.shown(), "cd demo") {
		t.Errorf("no next steps:\n%q", s.shown())
	}
}

// stateHome returns the folder for drafts: the test's own, or the one that it set.
func stateHome(t *testing.T) string {
	t.Helper()
	if home := os.Getenv("XDG_STATE_HOME"); home != "" {
		return home
	}
	return t.TempDir()
}
