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

// watchArg is the argument with which sleet starts itself to watch over a terminal. No person types it.
const watchArg = "__watch-terminal"

// watchedTerminal is what the watching process is told: how the terminal was, and what to say of a crash.
type watchedTerminal struct {
	State unix.Termios
	Words string
}

// settledStart is how long a start is left alone before the watching process starts, which takes a processor for some
// milliseconds: the first frame comes first.
const settledStart = 100 * time.Millisecond

// WatchTerminal has another process restore the terminal if this one ends without a word: killed, or by a panic in a goroutine of a
// library, where nothing can recover. What it returns says that all is well. A terminal that cannot be watched is used as it is.
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

// startWatcher starts the process that watches. What it returns says that all is well.
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
	defer in.Close()          //nolint:errcheck // The other process has its own.
	cmd := exec.Command(self) //nolint:noctx,gosec // It is this program, and outlives the context of the run.
	cmd.Args = []string{os.Args[0], watchArg}
	cmd.Env = []string{}
	cmd.Dir = "/"
	cmd.Stdin, cmd.Stdout = in, tty
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} // so that ctrl+c and a stop of the job are not for it
	// A pipe holds that much, and so the process knows all that it needs from its start.
	if json.NewEncoder(out).Encode(was) != nil || cmd.Start() != nil {
		_ = out.Close()
		return well
	}
	go cmd.Wait() //nolint:errcheck // It says nothing.
	return func() {
		_, _ = io.WriteString(out, "well\n")
		_ = out.Close()
	}
}

// restoration turns off all that a screen of sleet turns on: the other screen, the hidden cursor, pasting, the mouse, the keyboard's
// other modes, synchronized output and colours.
const restoration = "\x1b[?2026l\x1b[?1000l\x1b[?1002l\x1b[?1003l\x1b[?1006l\x1b[?2004l\x1b[?1004l\x1b[<u\x1b[>4;0m\x1b[?2027l\x1b[?1049l\x1b[?25h\x1b[0m\r\n"

// watch is the process that watches: it waits for the end of the other one, and restores the terminal where that did not.
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

// Watches reports whether the command line is that of the process that watches, after its end.
func Watches(args []string) bool {
	if len(args) != 1 || args[0] != watchArg {
		return false
	}
	watch(os.Stdin, os.Stdout)
	return true
}
