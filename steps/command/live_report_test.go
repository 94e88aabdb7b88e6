package command

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/vt"

	"sleet/snowflake"
	"sleet/steps/deploy"
	"sleet/ui/message"
)

// TestLivingReport draws a run on a terminal and holds what is there afterwards.
func TestLivingReport(t *testing.T) {
	var out bytes.Buffer
	o := liveOptions{globals: &globals{lang: "en"}, host: Host{Err: &out, Environ: []string{"LANG=C.UTF-8"}}}
	o.speak()
	r := newLivingReport(&lineReport{out: &out, signs: o.signs(), t: o.t, k: o.colours(&out), ids: true})
	event := func(kind deploy.EventKind, step int, msg string) {
		r.event(deploy.Event{
			Event: kind, Step: step, Ref: snowflake.Ref{Kind: snowflake.KindSecret, Name: snowflake.StoredObject("S" + strings.Repeat("雪", 60))},
			QueryID: "01b", Took: 1500 * time.Millisecond, Message: message.Verbatim(msg),
		})
	}
	event(deploy.EventStart, 1, "create")
	time.Sleep(3 * turns / 2)
	event(deploy.EventProgress, 1, "1 of 2 files")
	event(deploy.EventDone, 1, "")
	event(deploy.EventStart, 2, "create")
	event(deploy.EventFailed, 2, "003001 (42501): no\x1b[2J privilege\nGRANT it")
	r.pause()
	event(deploy.EventSkipped, 3, "it stands on secret S")
	event(deploy.EventStart, 4, "create")
	r.close()
	screen := vt.NewEmulator(80, 20)
	if _, err := screen.Write(bytes.ReplaceAll(out.Bytes(), []byte("\n"), []byte("\r\n"))); err != nil {
		t.Fatal(err)
	}
	var lines []string
	for line := range strings.Lines(screen.String()) {
		if line = strings.TrimRight(line, " \n"); line != "" {
			lines = append(lines, line)
		}
	}
	shown := strings.Join(lines, "\n")
	for _, want := range []string{"✓ secret \"S", "1.5 s  01b", "✗ secret \"S", "003001 (42501): no", "GRANT it", "- secret \"S", "skipped: it stands on secret S"} {
		if !strings.Contains(strings.ReplaceAll(shown, "\n", ""), want) {
			t.Errorf("it does not show %q:\n%s", want, shown)
		}
	}
	if strings.Contains(shown, "1 of 2 files") || strings.Contains(shown, "⠋") {
		t.Errorf("a line that moved is left:\n%s", shown)
	}
	if bytes.Contains(out.Bytes(), []byte("\x1b[2J")) {
		t.Error("the server's text drives the terminal")
	}
}
