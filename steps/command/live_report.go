package command

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"strconv"
	"strings"
	"sync"
	"time"

	"sleet/snowflake"
	"sleet/steps/command/output"
	"sleet/steps/deploy"
	"sleet/ui"
	"sleet/ui/cells"
	"sleet/ui/message"
)

// liveReport shows what happens in an account while it happens. It may be called from several
// goroutines.
type liveReport interface {
	// event shows one event.
	event(e deploy.Event)
	// pause clears what moves, so that a question can be asked; the next event goes on.
	pause()
	// close ends the report.
	close()
}

// newLiveReport returns events as JSON on standard output, or as lines on standard error; on a
// terminal the last line lives.
func (o *liveOptions) newLiveReport(plan snowflake.Plan) liveReport {
	lines := lineReport{out: o.host.Err, signs: o.signs(), t: o.t, k: o.colours(o.host.Err), column: o.titleWidth(plan), ids: o.verbose, steps: stepsOf(plan)}
	switch {
	case o.json:
		return &jsonReport{out: o.host.Out}
	case o.host.Terminal && !o.host.Dumb():
		return newLivingReport(&lines)
	default:
		return &lines
	}
}

// signs are the marks of the states of a step.
type signs struct {
	done, failed, skipped string
	spin                  []string
}

// signs fit what the terminal can show.
func (o *liveOptions) signs() signs {
	if ui.UTF8(o.host.Getenv) {
		return signs{"✓", "✗", "-", []string{"⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"}}
	}
	return signs{"ok", "x", "-", []string{"|", "/", "-", `\`}}
}

// eventJSON is one event as a program reads it.
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

// jsonReport prints an event a line.
type jsonReport struct {
	mu  sync.Mutex
	out io.Writer
}

func (r *jsonReport) event(e deploy.Event) {
	if e.Event == deploy.EventProgress {
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	enc := json.NewEncoder(r.out)
	enc.SetEscapeHTML(false)
	// Where standard output is closed nobody is left to tell.
	_ = enc.Encode(eventJSON{
		Event: string(e.Event), Step: e.Step, Kind: string(e.Kind), Name: e.Ref.SQL(), QueryID: e.QueryID,
		MS: e.Took.Milliseconds(), Code: e.Code, Message: e.Message.String(),
	})
}

func (r *jsonReport) pause() {}
func (r *jsonReport) close() {}

// lineReport prints a line for each step that ended.
type lineReport struct {
	mu    sync.Mutex
	out   io.Writer
	signs signs
	t     ui.Translate
	k     *ui.Context
	// column is where the time of a step stands; ids names the query of each.
	column int
	ids    bool
	// steps are those that the plan executes, and whether each is over.
	steps map[int]bool
}

// stepsOf returns the steps that a plan executes, none of them over yet.
func stepsOf(plan snowflake.Plan) map[int]bool {
	steps := map[int]bool{}
	for i, item := range plan.Items {
		if item.Action != snowflake.ActionSame && item.Action != snowflake.ActionCannot {
			steps[i+1] = false
		}
	}
	return steps
}

// count returns how many steps are over with this one, and of how many; blank for a step that is not executed.
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

// write prints lines that are harmless to a terminal.
func (r *lineReport) write(text string) {
	//nolint:errcheck // Where standard error is closed nobody is left to tell.
	fmt.Fprintln(r.out, text)
}

func (r *lineReport) pause() {}
func (r *lineReport) close() {}

// ended is the line of a step that ended, "" for other events. It needs the lock.
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

// stamp is the time that a step took, and its query's id where that is wanted.
func stamp(e deploy.Event, id bool) string {
	text := fmt.Sprintf("  %.1f s", e.Took.Seconds())
	if !id {
		return text
	}
	return text + plus("  ", output.Clean(e.QueryID))
}

// plus is a text after a gap, "" for none.
func plus(gap, text string) string {
	if text == "" {
		return ""
	}
	return gap + text
}

// below is a text on lines of its own.
func below(text string) string {
	if text == "" {
		return ""
	}
	return "\n      " + strings.ReplaceAll(strings.TrimSpace(text), "\n", "\n      ")
}

// livingReport is a lineReport with a last line that says what runs, and for how long.
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

// turns is how often the last line changes.
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

// draw writes the last line; clear takes it away. Both need the lock.
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
	//nolint:errcheck // Where standard error is closed nobody is left to tell.
	fmt.Fprint(r.out, output.ClearLine+cut(cells.Clean(text)))
	r.drawn = true
}

func (r *livingReport) clear() {
	if r.drawn {
		fmt.Fprint(r.out, output.ClearLine) //nolint:errcheck // As above.
		r.drawn = false
	}
}

// lineWidth is what any terminal has room for: a line that wraps could not be taken back.
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

// readingLine is a line of a terminal that tells how much of an account is read, and is cleared at the end.
type readingLine struct {
	out   io.Writer
	t     ui.Translate
	mu    sync.Mutex
	at    time.Time
	drawn bool
}

// reading returns a context in which reading an account is shown on a terminal, and the function that ends it.
func (o *liveOptions) reading(ctx context.Context) (context.Context, func()) {
	if !o.host.Terminal || o.json {
		return ctx, func() {}
	}
	if o.host.Dumb() {
		o.tell("run.reading")
		return ctx, func() {}
	}
	line := &readingLine{out: o.host.Err, t: o.t}
	line.draw(o.t("run.reading"))
	return deploy.WithProgress(ctx, line.tell), line.clear
}

// tell shows how much is read, several times a second at most.
func (r *readingLine) tell(read deploy.Progress) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if now := time.Now(); r.drawn && now.Sub(r.at) >= turns {
		r.at = now
		r.draw(r.t("run.reading") + "  " + r.t("account.read", "answered", read.Answered, "asked", read.Asked) + plus("  ", r.t.Say(read.What)))
	}
}

// draw replaces the line.
func (r *readingLine) draw(text string) {
	//nolint:errcheck // Where standard error is closed nobody is left to tell.
	fmt.Fprint(r.out, output.ClearLine+cut(cells.Clean(text)))
	r.drawn = true
}

// clear takes the line away; nothing is drawn after it.
func (r *readingLine) clear() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.drawn = false
	fmt.Fprint(r.out, output.ClearLine) //nolint:errcheck // As above.
}

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
	output.Say(a.out, line)
}
