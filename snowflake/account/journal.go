package account

import (
	"slices"
	"time"

	"sleet/snowflake"
	"sleet/snowflake/account/stage"
	"sleet/ui/message"
)

// Journal keeps entries where a killed run cannot lose them: Record returns once the entry is
// safe.
type Journal interface {
	Record(e Entry) error
}

// Entry is a line of a journal: what is about to happen, or has happened. No entry holds a
// secret's value.
type Entry struct {
	// Event is EventPlan at the start of a run and EventSummary at its end; EventStart before a
	// statement, EventDone or EventFailed after it; EventProgress for a file that arrived; EventSkipped for
	// a grant that an administrator was asked for.
	Event EventKind `json:"event"`
	Time  time.Time `json:"time,omitzero"`
	snowflake.Ref
	// Action is the plan's about the object. Makes says that the statement makes it, and then Role
	// and Undo say how to remove it again.
	Action snowflake.Action `json:"action,omitempty"`
	Makes  bool             `json:"makes,omitempty"`
	Role   snowflake.Name   `json:"role,omitzero"`
	Undo   []string         `json:"undo,omitempty"`
	// Statement counts those of the object from 1.
	Statement int    `json:"statement,omitempty"`
	QueryID   string `json:"query_id,omitempty"`
	Code      string `json:"code,omitempty"`
	// Uncertain says of a failure that the statement may have taken effect, Existed of a success
	// that the object was there already, made by somebody else.
	Uncertain bool `json:"uncertain,omitempty"`
	Existed   bool `json:"existed,omitempty"`
	// Path is a file's, Sent what is known of it; nil where it was removed.
	Path string      `json:"path,omitempty"`
	Sent *stage.Sent `json:"sent,omitempty"`
	// Stale reports whether a running app does not have it before it is started again.
	Stale bool `json:"stale,omitempty"`
	// Set are the marks of the properties that an object has once its last statement is done.
	Set snowflake.Marks `json:"set,omitempty"`
	// Key and Mark tell that a secret got a value; see Mark.
	Key  string `json:"key,omitempty"`
	Mark string `json:"mark,omitempty"`
}

// Made is an object that runs of sleet made.
type Made struct {
	snowflake.Ref
	Role snowflake.Name
	Undo []string
	// Uncertain reports whether no answer came to the statement that makes it. It was not there before.
	Uncertain bool
}

// Stopped is a run that did not come to its end.
type Stopped struct {
	Started time.Time
	// Done are how many statements were done.
	Done int
	// At is the object of a statement that was sent and not answered, or of the one that failed last.
	At snowflake.Ref
	// Open reports whether no answer came.
	Open bool
	// open are the objects of all statements that were sent and not answered, in order: several run at once.
	open []snowflake.Ref
}

// sent takes in that a statement was sent.
func (s *Stopped) sent(ref snowflake.Ref) {
	s.answered(ref)
	s.open = append(s.open, ref)
	s.At, s.Open = ref, true
}

// answered takes in that a statement was answered: what is still open is where the run stopped.
func (s *Stopped) answered(ref snowflake.Ref) {
	s.open = slices.DeleteFunc(s.open, func(open snowflake.Ref) bool { return open == ref })
	if s.Open = len(s.open) > 0; s.Open {
		s.At = s.open[len(s.open)-1]
	}
}

// failed takes in that a statement failed; unsure says that it may have taken effect.
func (s *Stopped) failed(ref snowflake.Ref, unsure bool) {
	if unsure {
		s.sent(ref)
		return
	}
	if s.answered(ref); !s.Open {
		s.At = ref
	}
}

// Text says which run stopped before its end, and where; nothing where none did.
func (s *Stopped) Text() message.Message {
	if s == nil {
		return message.Message{}
	}
	id := message.ID("verified.resumes_at")
	switch {
	case s.At.Kind == "":
		id = "verified.resumes"
	case s.Open:
		id = "verified.resumes_open"
	}
	done := message.New("verified.statements_done", "count", s.Done)
	if s.Done == 1 {
		done = message.New("verified.statement_done")
	}
	return message.New(id, "time", s.Started.Local().Format("2006-01-02 15:04"), "object", s.At.Text(), "done", done)
}

// History is what a journal comes to.
type History struct {
	// Made are the objects that runs made and did not remove, in order.
	Made []Made
	// Manifest is what was sent of the files.
	Manifest stage.Manifest
	// Marks are those of the secrets' values last sent, by key.
	Marks map[string]string
	// Set are the marks of the properties that runs set last, by object.
	Set map[snowflake.Ref]snowflake.Marks
	// HandedOver are the grants that an administrator was asked for, and that no run gave since.
	HandedOver map[snowflake.Ref]bool
	// Stopped is the last run where that did not come to its end.
	Stopped *Stopped
	// Stale reports whether a running app has not been started again since its files or a value changed.
	Stale bool
}

// ReadHistory sums entries up, in their order.
func ReadHistory(entries []Entry) History {
	h := History{Manifest: stage.Manifest{}, Marks: map[string]string{}, Set: map[snowflake.Ref]snowflake.Marks{}, HandedOver: map[snowflake.Ref]bool{}}
	for _, e := range entries {
		h.add(e)
	}
	return h
}

// MadeRefs are the objects that runs made, as a plan wants them.
func (h History) MadeRefs() map[snowflake.Ref]bool {
	made := map[snowflake.Ref]bool{}
	for _, m := range h.Made {
		made[m.Ref] = true
	}
	return made
}

// add takes one more entry in.
func (h *History) add(e Entry) {
	h.Stale = h.Stale || e.Stale
	switch e.Event {
	case EventPlan:
		h.Stopped = &Stopped{Started: e.Time}
	case EventSummary:
		h.Stopped = nil
	case EventStart:
		if h.Stopped != nil {
			h.Stopped.sent(e.Ref)
		}
		if e.Makes {
			h.made(e, true)
		}
	case EventDone:
		h.done(e)
	case EventFailed:
		if h.Stopped != nil {
			h.Stopped.failed(e.Ref, e.Uncertain)
		}
		if e.Makes && !e.Uncertain {
			h.forget(e.Ref, true)
		}
	case EventSkipped:
		h.HandedOver[e.Ref] = true
	case EventProgress:
		switch {
		case e.Sent != nil:
			h.Manifest[e.Path] = *e.Sent
		case e.Path != "":
			delete(h.Manifest, e.Path)
		}
	default:
	}
}

// done takes an answer in.
func (h *History) done(e Entry) {
	delete(h.HandedOver, e.Ref)
	if h.Stopped != nil {
		h.Stopped.Done++
		h.Stopped.answered(e.Ref)
	}
	if e.Set != nil {
		h.Set[e.Ref] = e.Set
	}
	switch {
	case e.Action == ActionRestarted:
		h.Stale = false
	case e.Action == ActionUndone, e.Action == snowflake.ActionDrop:
		h.forget(e.Ref, false)
		delete(h.Set, e.Ref)
		if e.Kind == snowflake.KindStreamlit || e.Kind == snowflake.KindUpload {
			h.Manifest, h.Stale = stage.Manifest{}, false
		}
	case e.Makes && e.Existed:
		h.forget(e.Ref, true)
	case e.Makes:
		h.made(e, false)
	}
	if e.Key != "" && e.Mark != "" {
		h.Marks[e.Key] = e.Mark
	}
}

// made takes an object in, or says that it is certain by now.
func (h *History) made(e Entry, uncertain bool) {
	for i := range h.Made {
		if h.Made[i].Ref == e.Ref {
			h.Made[i].Uncertain = h.Made[i].Uncertain && uncertain
			return
		}
	}
	h.Made = append(h.Made, Made{Ref: e.Ref, Role: e.Role, Undo: e.Undo, Uncertain: uncertain})
}

// forget takes an object out; guess does so only where it was uncertain.
func (h *History) forget(ref snowflake.Ref, guess bool) {
	for i, m := range h.Made {
		if m.Ref == ref && (m.Uncertain || !guess) {
			h.Made = append(h.Made[:i:i], h.Made[i+1:]...)
			return
		}
	}
}
