package command

import (
	"io"
	"sync"
	"time"

	"sleet/steps/deploy"
	"sleet/ui"
	"sleet/ui/message"
)

// awaited prints what a run waits for, a line at a time.
type awaited struct {
	out  io.Writer
	t    ui.Translate
	mu   sync.Mutex
	last string
	at   time.Time
}

// tell prints a notice. Several statements that wait at once say one thing.
func (a *awaited) tell(text message.Message) {
	const apart = 4 * time.Second
	a.mu.Lock()
	defer a.mu.Unlock()
	if text.IsZero() {
		return
	}
	line := a.t("wait.interrupt", "text", a.t.Say(text))
	lost := text.ID == deploy.LostConnection
	if since := time.Since(a.at); since < apart && (!lost || line == a.last) {
		return
	}
	a.last, a.at = line, time.Now()
	say(a.out, line)
}

// oneWriter takes one line at a time from several goroutines.
type oneWriter struct {
	mu  sync.Mutex
	out io.Writer
}

func (w *oneWriter) Write(p []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.out.Write(p) //nolint:wrapcheck // It is a writer's error.
}
