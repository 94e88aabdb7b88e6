package observe

import (
	"strings"
	"testing"
	"time"
)

// FuzzLogLine checks that no log line of an app can control the terminal.
func FuzzLogLine(f *testing.F) {
	f.Add("plain")
	f.Add(`{"level":"\u001b","message":"a\u202eb\n","source":"APP"}`)
	f.Add("a\x1b[2Jb\r")
	f.Fuzz(func(t *testing.T, text string) {
		if line := lineOf(time.Time{}, "INFO", text); strings.ContainsAny(line.Message+line.Level, "\x1b\r\x00\u202e") {
			t.Errorf("a line of the log drives the terminal: %q", line)
		}
	})
}
