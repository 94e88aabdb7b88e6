package account

import (
	"slices"
	"time"

	"sleet/snowflake"
	"sleet/snowflake/account/stage"
	"sleet/ui/message"
)

// Journal stores entries so that a killed run does not lose them: Record returns once the entry is safe.
type Journal interface {
	Record(e Entry) error
}

// Entry is a line of a journal: something that is about to happen or has happened. An entry never contains the value of
// a secret.
type Entry struct {
	// Event is EventPlan at the start of a run and EventSummary at its end; EventStart before a statement, EventDone or
	// EventFailed after it; EventProgress for an uploaded file; EventSkipped for a grant that was handed over to an
	// administrator.
	Event EventKind `json:"event"`
	Time  time.Time `json:"time,omitzero"`
	snowflake.Ref
	// Action is the action in the plan. Makes reports whether the statement creates the object; Role and Undo then
	// remove it again.
	Action snowflake.Action `json:"action,omitempty"`
	Makes  bool             `json:"makes,omitempty"`
	Role   snowflake.Name   `json:"role,omitzero"`
	Undo   []string         `json:"undo,omitempty"`
	// Statement is the position among the statements of the object, from 1.
	Statement int    `json:"statement,omitempty"`
	QueryID   string `json:"query_id,omitempty"`
	Code      string `json:"code,omitempty"`
	// Uncertain reports whether a failed statement may have taken effect; Existed whether a successful one found an
	// object of somebody else.
	Uncertain bool `json:"uncertain,omitempty"`
	Existed   bool `json:"existed,omitempty"`
	// Path is the path of a file. Sent describes it; nil if it was removed.
	Path string          `json:"path,omitempty"`
	Sent *stage.SentFile `json:"sent,omitempty"`
	// Stale reports whether a running app must be restarted to get the change.
	Stale bool `json:"stale,omitempty"`
	// Set are the marks of the properties of an object once its last statement is done.
	Set snowflake.PropertyHashes `json:"set,omitempty"`
	// Key and Mark record the value of a secret; see Mark.
	Key  string `json:"key,omitempty"`
	Mark string `json:"mark,omitempty"`
}

// CreatedObject is an object that sleet created.
type CreatedObject struct {
	snowflake.Ref
	Role snowflake.Name
	Undo []string
	// Uncertain reports whether the statement that creates it got no answer. It did not exist before.
	Uncertain bool
}

// Stopped is a run that did not finish.
type Stopped struct {
	Started time.Time
	// Done is the number of statements that are done.
	Done int
	// At is the object of a statement without an answer, or of the last one that failed.
	At snowflake.Ref
	// Open reports whether a statement got no answer.
	Open bool
	// open are the objects of all statements without an answer, in order: several run at once.
	open []snowflake.Ref
}

// sent records that a statement was sent.
func (s *Stopped) sent(ref snowflake.Ref) {
	s.answered(ref)
	s.open = append(s.open, ref)
	s.At, s.Open = ref, true
}

// answered records that a statement was answered. A run that was killed stopped at the statements that were not
// answered.
func (s *Stopped) answered(ref snowflake.Ref) {
	s.open = slices.DeleteFunc(s.open, func(open snowflake.Ref) bool { return open == ref })
	if s.Open = len(s.open) > 0; s.Open {
		s.At = s.open[len(s.open)-1]
	}
}

// failed records that a statement failed; unsure reports whether it may have taken effect.
func (s *Stopped) failed(ref snowflake.Ref, unsure bool) {
	if unsure {
		s.sent(ref)
		return
	}
	if s.answered(ref); !s.Open {
		s.At = ref
	}
}

// Text describes where the run stopped; the zero Message if it finished.
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

// History sums up a journal.
type History struct {
	// Created are the objects that runs created and did not remove, in order.
	Created []CreatedObject
	// Manifest describes the uploaded files.
	Manifest stage.Manifest
	// Marks are the marks of the last values of secrets, by key.
	Marks map[string]string
	// Set are the marks of the properties that runs set last, by object.
	Set map[snowflake.Ref]snowflake.PropertyHashes
	// HandedOver are the grants that an administrator was asked for and that no run has granted since.
	HandedOver map[snowflake.Ref]bool
	// Stopped is the last run if it did not finish.
	Stopped *Stopped
	// Stale reports whether a running app was not restarted since its files or a value changed.
	Stale bool
}

// ReadHistory sums up entries, in their order.
func ReadHistory(entries []Entry) History {
	h := History{Manifest: stage.Manifest{}, Marks: map[string]string{}, Set: map[snowflake.Ref]snowflake.PropertyHashes{}, HandedOver: map[snowflake.Ref]bool{}}
	for _, e := range entries {
		h.add(e)
	}
	return h
}

// CreatedRefs returns the objects that runs created, in the form that a plan takes.
func (h History) CreatedRefs() map[snowflake.Ref]bool {
	made := map[snowflake.Ref]bool{}
	for _, m := range h.Created {
		made[m.Ref] = true
	}
	return made
}

// add adds an entry.
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

// done adds a successful statement.
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

// made adds an object, or confirms it if it was uncertain.
func (h *History) made(e Entry, uncertain bool) {
	for i := range h.Created {
		if h.Created[i].Ref == e.Ref {
			h.Created[i].Uncertain = h.Created[i].Uncertain && uncertain
			return
		}
	}
	h.Created = append(h.Created, CreatedObject{Ref: e.Ref, Role: e.Role, Undo: e.Undo, Uncertain: uncertain})
}

// forget removes an object; if guess is set, only one that is uncertain.
func (h *History) forget(ref snowflake.Ref, guess bool) {
	for i, m := range h.Created {
		if m.Ref == ref && (m.Uncertain || !guess) {
			h.Created = append(h.Created[:i:i], h.Created[i+1:]...)
			return
		}
	}
}
