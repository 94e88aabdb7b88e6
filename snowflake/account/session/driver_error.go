package session

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"net"
	"net/url"
	"strings"

	"sleet/snowflake/account/query"
	"sleet/snowflake/safely"
	"sleet/ui/message"

	sf "github.com/snowflakedb/gosnowflake/v2"
)

// rejected is the driver's SQLSTATE of a refused login.
const rejected = "08004"

// failureOf converts an error of the driver to a Failure. host is where it tried to connect.
func failureOf(err error, queryID, host string, scrub *scrubber) *query.Failure {
	if err == nil {
		return nil
	}
	var known *query.Failure
	if errors.As(err, &known) {
		return known
	}
	var unreadable *answerError
	if errors.As(err, &unreadable) {
		return invalidAnswer(err, host, nil)
	}
	var exhausted *exhaustedError
	f := &query.Failure{QueryID: queryID, Cause: sentinel(err), Final: errors.As(err, &exhausted)}
	var refused *sf.SnowflakeError
	var unreachable *url.Error
	var network net.Error
	var ours *message.Error
	switch {
	case f.Cause == nil && errors.As(err, &ours):
		f.LogIn, f.Final, f.Meaning = true, true, message.Of(err)
		f.Text = scrub.Text(f.Meaning.String())
	case f.Cause != nil:
		f.Network = errors.Is(f.Cause, context.DeadlineExceeded)
		f.Meaning = message.New("failure.stopped_here")
		if f.Network {
			f.Meaning = message.New("failure.no_answer_in_time", "host", host)
		}
		f.Text, f.Uncertain = f.Cause.Error(), true
	case errors.As(err, &refused):
		f.Code, f.State = refused.Number, refused.SQLState
		f.Text = truncated(scrub.Text(limited(messageOf(refused))))
		if f.QueryID == "" && refused.QueryID != "-1" { // the driver's word for none
			f.QueryID = refused.QueryID
		}
		f.Ended = f.State != rejected && f.HasCode(query.CodeSessionGone, 390104, 390111, 390114)
		f.LogIn = f.State == rejected || (f.Code >= 390100 && f.Code < 395000 && !f.Ended)
		// 261000 is a code of the driver: the request was sent and no answer could be read.
		f.Network = f.Code >= 261000 && f.Code < 262000
		f.Uncertain = f.Network
	case errors.Is(err, driver.ErrBadConn), errors.Is(err, sql.ErrConnDone):
		f.Ended = true
		f.Meaning, f.Fix = message.New("failure.ended", "host", host), message.New("failure.log_in_again")
		f.Text = f.Meaning.String()
	case errors.As(err, &unreachable), errors.As(err, &network):
		f.Network, f.Uncertain = true, true
		f.Ours = message.New("failure.no_answer", "host", scrub.Text(host), "why", truncated(scrub.Text(limited(withoutURL(err)))))
		f.Meaning, f.Fix = message.New("failure.unreachable"), message.New("failure.unreachable_fix", "host", host)
	default:
		// Errors of the driver without a code: it gave up on invalid answers. Whether a statement ran is unknown.
		f.Network, f.Uncertain = true, true
		f.Ours = message.New("failure.host_said", "host", scrub.Text(host), "why", truncated(scrub.Text(limited(err.Error()))))
		f.Meaning, f.Fix = message.New("failure.unreadable"), message.New("failure.unreadable_fix")
	}
	if !f.Ours.IsZero() {
		f.Text = f.Ours.String()
	}
	f.QueryID, f.State = truncated(scrub.Text(limited(f.QueryID))), truncated(scrub.Text(limited(f.State)))
	f.Explain()
	return f
}

// invalidAnswer returns the Failure of an invalid or missing answer. limits are the limits that it exceeded.
func invalidAnswer(err error, host string, limits *bounds) *query.Failure {
	// With another answer of the account, the storage accepts the file.
	f := &query.Failure{Network: true, Uncertain: true, Final: !errors.Is(err, errExpired)}
	var redirect *redirectError
	switch {
	case errors.As(err, &redirect):
		f.Uncertain = false // a server that redirects a request has not run it
		f.Meaning = message.New("failure.redirect", "from", safely.Visible(redirect.from), "to", safely.Visible(redirect.to))
		f.Fix = message.New("failure.redirect_fix")
	case errors.Is(err, errSilent):
		f.Meaning, f.Fix = message.New("failure.no_answer_in_time", "host", host), message.New("failure.unreadable_fix")
	case errors.Is(err, errTooBig) && limits != nil:
		f.Meaning = message.New("failure.too_big", "host", host, "megabytes", limits.body>>20)
		f.Fix = message.New("failure.unreadable_fix")
	default:
		f.Meaning, f.Fix = message.New("failure.unreadable"), message.New("failure.unreadable_fix")
		f.Ours = message.New("failure.host_said", "host", host, "why", err.Error())
	}
	f.Text = f.Meaning.String()
	return f
}

// Limits of a server's message: how much is searched for secrets, and how much is shown.
const (
	mostRead  = 64 << 10
	mostLines = 10
	mostShown = 2000
)

// limited returns the beginning of a text.
func limited(text string) string { return text[:min(len(text), mostRead)] }

// truncated returns a text cut to a few lines.
func truncated(text string) string {
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

// sentinel returns the error that callers test with errors.Is.
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

// withoutURL omits the URL that Go puts before a network error: it contains request ids and, in some logins, a token.
func withoutURL(err error) string {
	var unreachable *url.Error
	if errors.As(err, &unreachable) {
		return unreachable.Err.Error()
	}
	return err.Error()
}
