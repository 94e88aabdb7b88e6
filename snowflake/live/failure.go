package live

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"net"
	"net/url"
	"strings"

	sf "github.com/snowflakedb/gosnowflake/v2"
)

// rejected is the SQLSTATE that the driver gives a refused log-in.
const rejected = "08004"

// Failure is an account's refusal, or the way to it that is cut: what the server said, free of
// secrets and control characters, what that means, and what mends it.
type Failure struct {
	// Code is Snowflake's error number, 0 where none came; State its SQLSTATE.
	Code  int
	State string
	// Text is what was said; QueryID finds the statement in the account's history.
	Text, QueryID string
	// Meaning and Mend are ours; empty for a code that the table does not know.
	Meaning, Mend string
	// LogIn says that it was the log-in that failed, Network that no answer came.
	LogIn, Network bool
	// Uncertain says that the statement may have taken effect all the same.
	Uncertain bool
	// ended says that the session had ended before the statement ran.
	ended bool
	cause error
}

// Error gives number, text, query id, meaning and mend in the order in which they help.
func (f *Failure) Error() string {
	var b strings.Builder
	if f.Code != 0 {
		fmt.Fprintf(&b, "%06d", f.Code)
		if f.State != "" {
			fmt.Fprintf(&b, " (%s)", f.State)
		}
		b.WriteString(": ")
	}
	b.WriteString(f.Text)
	if f.QueryID != "" {
		fmt.Fprintf(&b, " [query %s]", f.QueryID)
	}
	for _, more := range []string{f.Meaning, f.Mend} {
		if more != "" {
			b.WriteString("\n" + more)
		}
	}
	return b.String()
}

// Unwrap gives context.Canceled and the like; never the driver's error, whose text is not
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
	f := &Failure{QueryID: queryID, cause: sentinel(err)}
	var refused *sf.SnowflakeError
	var unreachable *url.Error
	var network net.Error
	switch {
	case f.cause != nil:
		f.Text, f.Uncertain = f.cause.Error(), true
		f.Meaning = map[error]string{
			context.Canceled:         "It was stopped here.",
			context.DeadlineExceeded: host + " did not answer in time.",
		}[f.cause]
		f.Network = errors.Is(f.cause, context.DeadlineExceeded)
	case errors.As(err, &refused):
		f.Code, f.State = refused.Number, refused.SQLState
		f.Text = scrub.Text(messageOf(refused))
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
		f.Text, f.Mend = "the session with "+host+" has ended", "Log in again."
	case errors.As(err, &unreachable), errors.As(err, &network):
		f.Network, f.Uncertain = true, true
		f.Text = scrub.Text("no answer from " + host + ": " + short(err))
		f.Meaning = "The account cannot be reached."
		f.Mend = "Check the network, the VPN or proxy, and that " + host + " is the account's host."
	default:
		// What the driver says in words only: it gave up on answers that were none. Whether a
		// statement ran is not known.
		f.Network, f.Uncertain = true, true
		f.Text = scrub.Text(host + ": " + err.Error())
		f.Meaning, f.Mend = "The account gave no answer that can be read.", "Try again; https://status.snowflake.com tells of outages."
	}
	f.QueryID = scrub.Text(f.QueryID)
	f.explain()
	return f
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
