package command

import (
	"context"
	"fmt"
	"io"
	"strconv"
	"strings"
	"sync"
	"time"

	"sleet/snowflake"
	"sleet/steps/command/output"
	"sleet/steps/command/reports"
	"sleet/steps/deploy"
	"sleet/ui"
	"sleet/ui/cells"
	"sleet/ui/message"
)

// liveReport shows the events of a run in an account as they happen. It is safe for concurrent use.
type liveReport interface {
	// event shows one event.
	event(e deploy.Event)
	// pause clears the animated line, so that a question can be asked, until the next event.
	pause()
	// close ends the report.
	close()
}

// newLiveReport returns a report that prints events as JSON on standard output, or as lines on standard error. On a
// terminal the last line is animated.
func (o *liveOptions) newLiveReport(plan snowflake.Plan) liveReport {
	column := reports.TitleWidth(o.t, plan)
	if width := output.Width(o.host.Err); width > 0 { // the sign and the count are before it, the time after it
		column = max(min(column, width-len("  x [100/100] ")-len("  100.0 s")), 0)
	}
	lines := lineReport{out: o.host.Err, signs: o.signs(), t: o.t, k: o.colours(o.host.Err), column: column, ids: o.verbose, steps: stepsOf(plan)}
	switch {
	case o.json:
		return &jsonReport{out: o.host.Out}
	case o.host.Terminal && !o.host.IsDumbTerminal():
		return newLivingReport(&lines)
	default:
		return &lines
	}
}

// signs are the marks of a step's states.
type signs struct {
	done, failed, skipped string
	spin                  []string
}

// signs returns the marks that the terminal can show.
func (o *liveOptions) signs() signs {
	if ui.UTF8(o.host.Getenv) {
		return signs{"✓", "✗", "-", []string{"⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"}}
	}
	return signs{"ok", "x", "-", []string{"|", "/", "-", `\`}}
}

// eventJSON is one event as JSON.
type eventJSON struct {
	Event   string `json:"event"`
	Step    int    `json:"step"`
	Kind    string `json:"kind"`
	Name    string `json:"name"`
	QueryID string `json:"query_id"`
	MS      int64  `json:"ms"`
	Code    string `json:"code"`
	Message string `json:"message"`
}

// jsonReport prints one event a line.
type jsonReport struct {
	mu  sync.Mutex
	out io.Writer
}

func (r *jsonReport) event(e deploy.Event) {
	if e.Event != deploy.EventProgress {
		_ = r.print(e) // The summary reports that nothing can be printed; the run goes on.
	}
}

func (r *jsonReport) print(e deploy.Event) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	return output.JSONLine(r.out, eventJSON{
		Event: string(e.Event), Step: e.Step, Kind: string(e.Kind), Name: e.Ref.SQL(), QueryID: e.QueryID,
		MS: e.Took.Milliseconds(), Code: e.Code, Message: e.Message.String(),
	})
}

func (r *jsonReport) pause() {}
func (r *jsonReport) close() {}

// lineReport prints a line for each finished step.
type lineReport struct {
	mu    sync.Mutex
	out   io.Writer
	signs signs
	t     ui.Translate
	k     *ui.Context
	// column is the column of a step's time. ids adds the id of each query.
	column int
	ids    bool
	// steps are the steps that the plan executes, and whether each is finished.
	steps map[int]bool
}

// stepsOf returns the steps that a plan executes, none of them finished.
func stepsOf(plan snowflake.Plan) map[int]bool {
	steps := map[int]bool{}
	for i, item := range plan.Items {
		if item.Action != snowflake.ActionSame && item.Action != snowflake.ActionCannot {
			steps[i+1] = false
		}
	}
	return steps
}

// count marks a step as finished and returns how many are, of how many; blank for a step that is not executed.
func (r *lineReport) count(step int) string {
	all := len(r.steps)
	if all == 0 {
		return ""
	}
	width := len(strconv.Itoa(all))
	if _, ok := r.steps[step]; !ok {
		return strings.Repeat(" ", 2*width+2)
	}
	r.steps[step] = true
	over := 0
	for _, ended := range r.steps {
		if ended {
			over++
		}
	}
	return fmt.Sprintf("%*d/%d ", width, over, all)
}

func (r *lineReport) event(e deploy.Event) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if text := r.ended(e); text != "" {
		r.write(text)
	}
}

// write prints lines with their control characters made visible.
func (r *lineReport) write(text string) {
	//nolint:errcheck // If standard error is closed, there is no place to report it.
	fmt.Fprintln(r.out, text)
}

func (r *lineReport) pause() {}
func (r *lineReport) close() {}

// ended returns the line of a finished step, "" for other events. The caller holds the lock.
func (r *lineReport) ended(e deploy.Event) string {
	s, k, what, msg := r.signs, r.k, cells.Clean(r.t.Say(e.Text())), output.Clean(r.t.Say(e.Message))
	column := what + strings.Repeat(" ", max(r.column-cells.Width(what), 0))
	switch e.Event {
	case deploy.EventDone:
		return fmt.Sprintf("  %s %s%s%s%s", k.Good.Render(s.done), k.Muted.Render(r.count(e.Step)), column, k.Muted.Render(stamp(e, r.ids)), plus("  ", msg))
	case deploy.EventFailed:
		return fmt.Sprintf("  %s %s%s%s%s", k.Bad.Render(s.failed), k.Muted.Render(r.count(e.Step)), column, k.Muted.Render(stamp(e, true)), below(msg))
	case deploy.EventSkipped:
		return fmt.Sprintf("  %s %s%s%s", k.Muted.Render(s.skipped), k.Muted.Render(r.count(e.Step)), column, plus("  "+r.t("live.skipped")+": ", msg))
	case deploy.EventNote:
		return "  " + msg
	case deploy.EventPlan, deploy.EventStart, deploy.EventProgress, deploy.EventSummary:
		return ""
	default:
		return ""
	}
}

// stamp returns the time that a step took and, if id is set, the id of its query.
func stamp(e deploy.Event, id bool) string {
	text := fmt.Sprintf("  %.1f s", e.Took.Seconds())
	if !id {
		return text
	}
	return text + plus("  ", output.Clean(e.QueryID))
}

// plus returns a text after a gap, "" for an empty text.
func plus(gap, text string) string {
	if text == "" {
		return ""
	}
	return gap + text
}

// below returns a text on its own lines.
func below(text string) string {
	if text == "" {
		return ""
	}
	return "\n      " + strings.ReplaceAll(strings.TrimSpace(text), "\n", "\n      ")
}

// livingReport is a lineReport with an animated last line that shows what is running and for how long.
type livingReport struct {
	*lineReport
	running []runningStep
	drawn   bool
	turn    int
	stop    chan struct{}
	stopped sync.WaitGroup
}

type runningStep struct {
	event deploy.Event
	since time.Time
}

// turns is the interval between changes of the last line.
const turns = 100 * time.Millisecond

func newLivingReport(lines *lineReport) *livingReport {
	r := &livingReport{lineReport: lines, stop: make(chan struct{})}
	r.stopped.Go(r.tick)
	return r
}

func (r *livingReport) tick() {
	ticker := time.NewTicker(turns)
	defer ticker.Stop()
	for {
		select {
		case <-r.stop:
			return
		case <-ticker.C:
			r.mu.Lock()
			r.turn++
			r.draw()
			r.mu.Unlock()
		}
	}
}

func (r *livingReport) event(e deploy.Event) {
	r.mu.Lock()
	defer r.mu.Unlock()
	switch e.Event {
	case deploy.EventStart:
		r.running = append(r.running, runningStep{e, time.Now()})
	case deploy.EventProgress:
		for i := range r.running {
			if r.running[i].event.Step == e.Step {
				r.running[i].event.Message = e.Message
			}
		}
	case deploy.EventDone, deploy.EventFailed, deploy.EventSkipped:
		r.forget(e.Step)
	case deploy.EventPlan, deploy.EventNote, deploy.EventSummary:
	}
	r.clear()
	if text := r.ended(e); text != "" {
		r.write(text)
	}
	r.draw()
}

func (r *livingReport) forget(step int) {
	for i := range r.running {
		if r.running[i].event.Step == step {
			r.running = append(r.running[:i], r.running[i+1:]...)
			return
		}
	}
}

// draw draws the last line; clear removes it. The caller of either holds the lock.
func (r *livingReport) draw() {
	if len(r.running) == 0 {
		return
	}
	s := r.running[len(r.running)-1]
	text := fmt.Sprintf("  %s %s  %.1f s%s", r.signs.spin[r.turn%len(r.signs.spin)],
		r.t.Say(s.event.Text()), time.Since(s.since).Seconds(), plus("  ", r.t.Say(s.event.Message)))
	if more := len(r.running) - 1; more > 0 {
		text += "  (" + r.t("run.more", "steps", more) + ")"
	}
	//nolint:errcheck // If standard error is closed, there is no place to report it.
	fmt.Fprint(r.out, output.ClearLine+cut(cells.Clean(text)))
	r.drawn = true
}

func (r *livingReport) clear() {
	if r.drawn {
		fmt.Fprint(r.out, output.ClearLine) //nolint:errcheck // As above.
		r.drawn = false
	}
}

// lineWidth fits any terminal: a line that wraps could not be cleared.
const lineWidth = 78

func cut(text string) string {
	runes := []rune(text)
	for cells.Width(string(runes)) > lineWidth {
		runes = runes[:len(runes)-1]
	}
	return string(runes)
}

func (r *livingReport) pause() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.running = nil
	r.clear()
}

func (r *livingReport) close() {
	close(r.stop)
	r.stopped.Wait()
	r.pause()
}

// readingLine is a line on a terminal that shows how much of an account was read. It is cleared at the end.
type readingLine struct {
	out   io.Writer
	t     ui.Translate
	mu    sync.Mutex
	at    time.Time
	drawn bool
}

// reading returns a context whose progress in reading an account is shown on a terminal, and a function that clears it.
func (o *liveOptions) reading(ctx context.Context) (context.Context, func()) {
	if !o.host.Terminal || o.json {
		return ctx, func() {}
	}
	if o.host.IsDumbTerminal() {
		o.tell("run.reading")
		return ctx, func() {}
	}
	line := &readingLine{out: o.host.Err, t: o.t}
	line.draw(o.t("run.reading"))
	return deploy.WithProgress(ctx, line.tell), line.clear
}

// tell shows how much was read, at most several times a second.
func (r *readingLine) tell(read deploy.Progress) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if now := time.Now(); r.drawn && now.Sub(r.at) >= turns {
		r.at = now
		r.draw(r.t("run.reading") + "  " + r.t("account.read", "answered", read.Answered, "asked", read.Asked) + plus("  ", r.t.Say(read.What)))
	}
}

// draw redraws the line.
func (r *readingLine) draw(text string) {
	//nolint:errcheck // If standard error is closed, there is no place to report it.
	fmt.Fprint(r.out, output.ClearLine+cut(cells.Clean(text)))
	r.drawn = true
}

// clear removes the line and stops drawing.
func (r *readingLine) clear() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.drawn = false
	fmt.Fprint(r.out, output.ClearLine) //nolint:errcheck // As above.
}

// awaited prints what a run waits for, one line at a time.
type awaited struct {
	out  io.Writer
	t    ui.Translate
	mu   sync.Mutex
	last string
	at   time.Time
}

// tell prints a notice. It drops notices of statements that wait at the same time.
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
	output.Say(a.out, line)
}
