//go:build unix && !aix && !illumos && !solaris

package crash

import (
	"bufio"
	"encoding/json"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"syscall"
	"time"

	"golang.org/x/sys/unix"
)

// watchArg is the argument with which sleet starts the watching process. It is not for people.
const watchArg = "__watch-terminal"

// watchedTerminal is what the watching process needs: the terminal's state and the message about a crash.
type watchedTerminal struct {
	State unix.Termios
	Words string
}

// settledStart is the delay before the watching process starts. Starting it takes some milliseconds of processor time,
// and the first frame is more urgent.
const settledStart = 100 * time.Millisecond

// WatchTerminal starts another process that restores the terminal if this one ends unexpectedly: it is killed, or
// panics in a goroutine of a library. Call well before a normal exit. If the terminal cannot be watched, WatchTerminal
// does nothing.
func WatchTerminal(in io.Reader, words string) (well func()) {
	tty, ok := in.(*os.File)
	if !ok {
		return func() {}
	}
	state, err := unix.IoctlGetTermios(int(tty.Fd()), getTermios)
	if err != nil {
		return func() {}
	}
	started := make(chan func(), 1)
	later := time.AfterFunc(settledStart, func() { started <- startWatcher(tty, watchedTerminal{*state, words}) })
	return func() {
		if !later.Stop() {
			(<-started)()
		}
	}
}

// startWatcher starts the watching process. Call well before a normal exit.
func startWatcher(tty *os.File, was watchedTerminal) (well func()) {
	well = func() {}
	self, err := os.Executable()
	if err != nil {
		return well
	}
	in, out, err := os.Pipe()
	if err != nil {
		return well
	}
	defer in.Close()          //nolint:errcheck // The other process has its own copy.
	cmd := exec.Command(self) //nolint:noctx,gosec // It runs this program, and outlives the context.
	cmd.Args = []string{os.Args[0], watchArg}
	cmd.Env = []string{}
	cmd.Dir = "/"
	cmd.Stdin, cmd.Stdout = in, tty
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} // so that the terminal's signals do not reach it
	// The pipe's buffer has room for this, so that the process can read all that it needs at once.
	if json.NewEncoder(out).Encode(was) != nil || cmd.Start() != nil {
		_ = out.Close()
		return well
	}
	go cmd.Wait() //nolint:errcheck // The exit code does not matter.
	return func() {
		_, _ = io.WriteString(out, "well\n")
		_ = out.Close()
	}
}

// restoration turns off everything that a screen of sleet turns on: the alternate screen, the hidden cursor, bracketed
// paste, the mouse, the keyboard modes, synchronized output and colours.
const restoration = "\x1b[?2026l\x1b[?1000l\x1b[?1002l\x1b[?1003l\x1b[?1006l\x1b[?2004l\x1b[?1004l\x1b[<u\x1b[>4;0m\x1b[?2027l\x1b[?1049l\x1b[?25h\x1b[0m\r\n"

// watch runs in the watching process: it waits for the other process to end, and restores the terminal if that did not
// report a normal exit.
func watch(in io.Reader, tty *os.File) {
	signal.Ignore(os.Interrupt, syscall.SIGTERM, syscall.SIGTTOU, syscall.SIGPIPE)
	lines := bufio.NewReader(in)
	first, err := lines.ReadBytes('\n')
	var was watchedTerminal
	if err != nil || json.Unmarshal(first, &was) != nil {
		return
	}
	if _, err := lines.ReadString('\n'); err == nil {
		return
	}
	_ = unix.IoctlSetTermios(int(tty.Fd()), setTermios, &was.State)
	_, _ = io.WriteString(tty, restoration+was.Words+"\r\n")
}

// Watches reports whether the command line is that of the watching process, and if so runs it first.
func Watches(args []string) bool {
	if len(args) != 1 || args[0] != watchArg {
		return false
	}
	watch(os.Stdin, os.Stdout)
	return true
}
