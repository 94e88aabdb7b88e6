package account

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"net"
	"net/url"
	"strings"

	"sleet/snowflake/safely"
	"sleet/ui/message"

	sf "github.com/snowflakedb/gosnowflake/v2"
)

// rejected is the SQLSTATE that the driver gives a refused log-in.
const rejected = "08004"

// Failure is an account's refusal, or the way to it that is cut: what the server said, free of
// secrets and control characters, what that means, and what fixes it.
type Failure struct {
	// Code is Snowflake's error number, 0 where none came; State its SQLSTATE.
	Code  int
	State string
	// Text is what was said; QueryID finds the statement in the account's history.
	Text, QueryID string
	// Meaning and Fix are ours; they say nothing for a code that the table does not know.
	Meaning, Fix message.Message
	// LogIn says that it was the log-in that failed, Network that no answer came.
	LogIn, Network bool
	// Uncertain reports whether the statement may have taken effect all the same.
	Uncertain bool
	// ours is Text where we say it and not the account.
	ours message.Message
	// ended says that the session had ended before the statement ran, final that the same would come
	// of another try.
	ended, final bool
	// forbidden reports whether the role that a statement was to run as is not the session's to take.
	forbidden bool
	cause     error
}

// Error returns meaning, fix and what the account said, in English.
func (f *Failure) Error() string { return f.Says().String() }

// Says returns what it means, what fixes it and then what the account said: in the order in which it
// helps somebody to whom it is read.
func (f *Failure) Says() message.Message {
	var lines []message.Message
	for _, line := range []message.Message{f.Meaning, f.Fix, f.Answer()} {
		if !line.IsZero() {
			lines = append(lines, line)
		}
	}
	return message.Join("\n", lines...)
}

// Answer is what the account said, or the way to it; nothing where meaning and fix say all.
func (f *Failure) Answer() message.Message {
	switch {
	case f.Code >= 260000 && f.Code < 270000:
		return message.New("failure.driver", "said", f.said())
	case f.Code != 0 || f.ours.IsZero() && f.Meaning.IsZero():
		return message.New("failure.snowflake", "said", f.said())
	case !f.ours.IsZero():
		return f.said()
	case f.QueryID != "":
		return message.New("failure.query", "id", f.QueryID)
	default:
		return message.Message{}
	}
}

// said is what was said, with the number and the query to find it by.
func (f *Failure) said() message.Message {
	var details []message.Message
	if f.Code != 0 {
		details = append(details, message.New("failure.code", "code", fmt.Sprintf("%06d", f.Code)))
	}
	if f.State != "" {
		details = append(details, message.New("failure.state", "state", f.State))
	}
	if f.QueryID != "" {
		details = append(details, message.New("failure.query", "id", f.QueryID))
	}
	text := f.ours
	if text.IsZero() {
		text = message.Verbatim(f.Text)
	}
	if len(details) == 0 {
		return text
	}
	return message.New("failure.details", "said", text, "details", message.Join(", ", details...))
}

// brief is an error in one line, for a sentence that says what it kept from being done: of a Failure
// what the account said.
func brief(err error) message.Message {
	var f *Failure
	switch {
	case !errors.As(err, &f):
		return message.Of(err)
	case f.cause != nil || f.Code == 0 && f.ours.IsZero():
		return f.Meaning
	default:
		one := *f
		one.Text, one.QueryID = firstLine(f.Text), ""
		return one.said()
	}
}

// Unwrap returns context.Canceled and the like; never the driver's error, whose text is not
// scrubbed.
func (f *Failure) Unwrap() error { return f.cause }

// Is the failure the given code?
func (f *Failure) is(codes ...int) bool {
	for _, c := range codes {
		if f.Code == c {
			return true
		}
	}
	return false
}

// failureOf makes a Failure of what the driver gave. host names where it tried to go.
func failureOf(err error, queryID, host string, scrub *Scrubber) *Failure {
	if err == nil {
		return nil
	}
	var known *Failure
	if errors.As(err, &known) {
		return known
	}
	var unreadable *answerError
	if errors.As(err, &unreadable) {
		return broken(err, host, nil)
	}
	var exhausted *exhaustedError
	f := &Failure{QueryID: queryID, cause: sentinel(err), final: errors.As(err, &exhausted)}
	var refused *sf.SnowflakeError
	var unreachable *url.Error
	var network net.Error
	var ours *message.Error
	switch {
	case f.cause == nil && errors.As(err, &ours):
		f.LogIn, f.final, f.Meaning = true, true, message.Of(err)
		f.Text = scrub.Text(f.Meaning.String())
	case f.cause != nil:
		f.Network = errors.Is(f.cause, context.DeadlineExceeded)
		f.Meaning = message.New("failure.stopped_here")
		if f.Network {
			f.Meaning = message.New("failure.no_answer_in_time", "host", host)
		}
		f.Text, f.Uncertain = f.cause.Error(), true
	case errors.As(err, &refused):
		f.Code, f.State = refused.Number, refused.SQLState
		f.Text = brieflySaid(scrub.Text(bounded(messageOf(refused))))
		if f.QueryID == "" && refused.QueryID != "-1" { // the driver's word for none
			f.QueryID = refused.QueryID
		}
		f.ended = f.State != rejected && f.is(sessionGone, 390104, 390111, 390114)
		f.LogIn = f.State == rejected || (f.Code >= 390100 && f.Code < 395000 && !f.ended)
		// 261000 is the driver's own: the request went out and no answer could be read.
		f.Network = f.Code >= 261000 && f.Code < 262000
		f.Uncertain = f.Network
	case errors.Is(err, driver.ErrBadConn), errors.Is(err, sql.ErrConnDone):
		f.ended = true
		f.Meaning, f.Fix = message.New("failure.ended", "host", host), message.New("failure.log_in_again")
		f.Text = f.Meaning.String()
	case errors.As(err, &unreachable), errors.As(err, &network):
		f.Network, f.Uncertain = true, true
		f.ours = message.New("failure.no_answer", "host", scrub.Text(host), "why", brieflySaid(scrub.Text(bounded(short(err)))))
		f.Meaning, f.Fix = message.New("failure.unreachable"), message.New("failure.unreachable_fix", "host", host)
	default:
		// What the driver says in words only: it gave up on answers that were none. Whether a
		// statement ran is not known.
		f.Network, f.Uncertain = true, true
		f.ours = message.New("failure.host_said", "host", scrub.Text(host), "why", brieflySaid(scrub.Text(bounded(err.Error()))))
		f.Meaning, f.Fix = message.New("failure.unreadable"), message.New("failure.unreadable_fix")
	}
	if !f.ours.IsZero() {
		f.Text = f.ours.String()
	}
	f.QueryID, f.State = brieflySaid(scrub.Text(bounded(f.QueryID))), brieflySaid(scrub.Text(bounded(f.State)))
	f.explain()
	return f
}

// broken is a Failure of what came, or did not come, in the place of an answer. limits are those that
// it went over.
func broken(err error, host string, limits *bounds) *Failure {
	// With another answer of the account the storage takes the file.
	f := &Failure{Network: true, Uncertain: true, final: !errors.Is(err, errExpired)}
	var redirect *redirectError
	switch {
	case errors.As(err, &redirect):
		f.Uncertain = false // Who sends elsewhere has not done it.
		f.Meaning = message.New("failure.redirect", "from", safely.Visible(redirect.from), "to", safely.Visible(redirect.to))
		f.Fix = message.New("failure.redirect_fix")
	case errors.Is(err, errSilent):
		f.Meaning, f.Fix = message.New("failure.no_answer_in_time", "host", host), message.New("failure.unreadable_fix")
	case errors.Is(err, errTooBig) && limits != nil:
		f.Meaning = message.New("failure.too_big", "host", host, "megabytes", limits.body>>20)
		f.Fix = message.New("failure.unreadable_fix")
	default:
		f.Meaning, f.Fix = message.New("failure.unreadable"), message.New("failure.unreadable_fix")
		f.ours = message.New("failure.host_said", "host", host, "why", err.Error())
	}
	f.Text = f.Meaning.String()
	return f
}

// Of what a server says, only so much is read for secrets, and only so much is shown.
const (
	mostRead  = 64 << 10
	mostLines = 10
	mostShown = 2000
)

// bounded is the beginning of a text.
func bounded(text string) string { return text[:min(len(text), mostRead)] }

// brieflySaid is a text cut to a few lines.
func brieflySaid(text string) string {
	short := text
	if lines := strings.SplitAfterN(text, "\n", mostLines+1); len(lines) > mostLines {
		short = strings.TrimRight(strings.Join(lines[:mostLines], ""), "\n")
	}
	if len(short) > mostShown {
		short = strings.ToValidUTF8(short[:mostShown], "")
	}
	if short != text {
		short += "…"
	}
	return short
}

// sentinel keeps what callers ask errors.Is about.
func sentinel(err error) error {
	for _, s := range []error{context.Canceled, context.DeadlineExceeded} {
		if errors.Is(err, s) {
			return s
		}
	}
	return nil
}

func messageOf(e *sf.SnowflakeError) string {
	if len(e.MessageArgs) > 0 {
		return fmt.Sprintf(e.Message, e.MessageArgs...)
	}
	return e.Message
}

// short leaves out the address that Go puts before a network error: it holds request ids and, in
// some log-ins, a token.
func short(err error) string {
	var unreachable *url.Error
	if errors.As(err, &unreachable) {
		return unreachable.Err.Error()
	}
	return err.Error()
}
