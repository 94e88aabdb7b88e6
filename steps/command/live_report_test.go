package command

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/vt"

	"sleet/snowflake"
	"sleet/snowflake/account/query"
	"sleet/steps/command/machine"
	"sleet/steps/command/output"
	"sleet/steps/deploy"
	"sleet/ui/message"
)

// TestLivingReport draws a run on a terminal and checks what is left on it.
func TestLivingReport(t *testing.T) {
	var out bytes.Buffer
	o := liveOptions{globals: &globals{lang: "en"}, host: machine.Host{Err: &out, Environ: []string{"LANG=C.UTF-8"}}}
	o.speak()
	r := newLivingReport(&lineReport{out: &out, signs: o.signs(), t: o.t, k: o.colours(&out), ids: true, steps: map[int]bool{1: false, 2: false, 3: false}})
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
	for _, want := range []string{"✓ 1/3 secret \"S", "1.5 s  01b", "✗ 2/3 secret \"S", "003001 (42501): no", "GRANT it", "- 3/3 secret \"S", "skipped: it stands on secret S"} {
		if !strings.Contains(strings.ReplaceAll(shown, "\n", ""), want) {
			t.Errorf("no %q in the output:\n%s", want, shown)
		}
	}
	if strings.Contains(shown, "1 of 2 files") || strings.Contains(shown, "⠋") {
		t.Errorf("an animated line is left:\n%s", shown)
	}
	if bytes.Contains(out.Bytes(), []byte("\x1b[2J")) {
		t.Error("the server's text has control characters")
	}
}

// TestStepCounts checks the count of finished steps among those that a plan executes.
func TestStepCounts(t *testing.T) {
	var plan snowflake.Plan
	for i := range 14 {
		action := snowflake.ActionCreate
		switch i {
		case 1:
			action = snowflake.ActionSame
		case 2:
			action = snowflake.ActionCannot
		}
		plan.Items = append(plan.Items, snowflake.Item{Action: action})
	}
	r := lineReport{steps: stepsOf(plan)}
	for _, each := range []struct {
		step int
		want string
	}{{4, " 1/12 "}, {1, " 2/12 "}, {2, "      "}, {3, "      "}, {1, " 2/12 "}, {14, " 3/12 "}} {
		if got := r.count(each.step); got != each.want {
			t.Errorf("step %d: %q, want %q", each.step, got, each.want)
		}
	}
	if got := (&lineReport{}).count(1); got != "" {
		t.Errorf("a plan without steps: %q", got)
	}
}

// TestReadingLine checks that the progress of reading an account is shown on one line and then cleared.
func TestReadingLine(t *testing.T) {
	var out bytes.Buffer
	o := liveOptions{globals: &globals{lang: "en"}, host: machine.Host{Err: &out, Terminal: true, Environ: []string{"LANG=C.UTF-8", "TERM=xterm"}}}
	o.speak()
	ctx, read := o.reading(t.Context())
	query.ReportProgress(ctx, 40, 12, message.Verbatim("SHOW\x1b[2J SECRETS"))
	screen := vt.NewEmulator(80, 3)
	_, _ = screen.Write(out.Bytes())
	if got := strings.TrimRight(screen.String(), " \n"); !strings.HasPrefix(got, "Reading the account …  12 of 40 queries  SHOW") {
		t.Errorf("while reading: %q", got)
	}
	if bytes.Contains(out.Bytes(), []byte("\x1b[2J")) {
		t.Error("a statement has control characters")
	}
	read()
	query.ReportProgress(ctx, 0, 40, message.Message{})
	screen = vt.NewEmulator(80, 3)
	_, _ = screen.Write(out.Bytes())
	if got := strings.TrimSpace(screen.String()); got != "" {
		t.Errorf("left on the terminal: %q", got)
	}
	o.host.Terminal = false
	out.Reset()
	ctx, read = o.reading(t.Context())
	query.ReportProgress(ctx, 40, 12, message.Message{})
	if read(); out.Len() > 0 {
		t.Errorf("without a terminal it prints %q", out.String())
	}
}

// TestOneWriter prints a notice while a line is redrawn.
func TestOneWriter(t *testing.T) {
	var out bytes.Buffer
	w := &output.LineWriter{Out: &out}
	for _, text := range []string{"before\n", output.ClearLine + "turn 1", output.ClearLine + "turn 2", "lost the connection\n", output.ClearLine + "turn 3", output.ClearLine, "after\n"} {
		if _, err := w.Write([]byte(text)); err != nil {
			t.Fatal(err)
		}
	}
	screen := vt.NewEmulator(40, 5)
	_, _ = screen.Write(bytes.ReplaceAll(out.Bytes(), []byte("\n"), []byte("\r\n")))
	if got := strings.Join(strings.Fields(screen.String()), " "); got != "before lost the connection after" {
		t.Errorf("%q", got)
	}
}
