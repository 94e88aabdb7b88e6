package snowflaketest

import (
	"bytes"
	"cmp"
	"context"
	"net/http"
	"regexp"
	"strconv"
)

// FaultKind is a kind of failure between a client and an account.
type FaultKind int

// The faults.
const (
	// HTTP500 and HTTP503 answer with that status and do not run the statement.
	HTTP500 FaultKind = iota + 1
	HTTP503
	// Slow delays the statement until Release is closed or the client aborts it.
	Slow
	// DropBefore closes the connection before the statement runs, DropAfter after it took effect.
	DropBefore
	DropAfter
	// ExpireSession expires the session when the statement arrives. ExpireLogin expires its master token as well, so
	// that the client must log in again.
	ExpireSession
	ExpireLogin
	// EchoError rejects the statement with an error that contains its text.
	EchoError
	// Call only calls Before and After.
	Call
	// Refuse answers with Code and Text and does not run the statement.
	Refuse
)

// Fault is a failure to inject.
type Fault struct {
	Kind FaultKind
	// Match selects statements; nil selects all. Path, if set, selects HTTP requests by path instead, such as
	// /session/v1/login-request, or /files for file transfers.
	Match *regexp.Regexp
	Path  string
	// Skip is the number of matches to ignore first. Times is how often the fault strikes after that: 0 means once, a
	// negative number always.
	Skip, Times int
	// Before is called when the statement arrives, After when it has run but before the answer. They may revoke a
	// privilege, or terminate the client's process.
	Before, After func(sql string)
	// Release ends Slow when closed.
	Release <-chan struct{}
	// Code, State and Text are the answer of Refuse. An empty Text defaults to Snowflake's own text for codes of a
	// login.
	Code        int
	State, Text string

	matches int
}

type faultPoint int

const (
	atStatement faultPoint = iota
	atPath
)

// Fault injects a failure from now on.
func (a *Account) Fault(f *Fault) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.faults = append(a.faults, f)
}

// faultFor returns the fault for a statement or path, or nil.
func (a *Account) faultFor(text string, at faultPoint) *Fault {
	a.mu.Lock()
	var hit *Fault
	for _, f := range a.faults {
		if (f.Path != "") != (at == atPath) || hit != nil {
			continue
		}
		if at == atPath && f.Path != text || at == atStatement && f.Match != nil && !f.Match.MatchString(text) {
			continue
		}
		if f.matches++; f.matches <= f.Skip || f.Times >= 0 && f.matches > f.Skip+max(f.Times, 1) {
			continue
		}
		hit = f
	}
	a.mu.Unlock()
	if hit != nil && hit.Before != nil {
		hit.Before(text)
	}
	return hit
}

// before applies the fault to a statement that has not run; true means that the request is finished.
func (f *Fault) before(a *Account, w http.ResponseWriter, r *http.Request, l *login) bool {
	switch f.Kind {
	case Slow, Refuse:
		return false // once per request id, in execute
	case ExpireSession, ExpireLogin:
		a.mu.Lock()
		l.expired, l.ended = true, f.Kind == ExpireLogin
		a.mu.Unlock()
		_, refusal := a.loginOf(r)
		send(w, *refusal)
		return true
	default:
		return f.onPath(w, r)
	}
}

// onPath applies the fault to a request; true means that the request is finished.
func (f *Fault) onPath(w http.ResponseWriter, r *http.Request) bool {
	switch f.Kind {
	case HTTP500:
		http.Error(w, "internal error", http.StatusInternalServerError)
	case HTTP503:
		http.Error(w, "unavailable", http.StatusServiceUnavailable)
	case DropBefore:
		closeConnection(w)
	case Slow:
		return !f.delay(r.Context())
	case Refuse:
		send(w, failure(strconv.Itoa(f.Code), f.text(), map[string]any{"errorCode": strconv.Itoa(f.Code), "sqlState": cmp.Or(f.State, "08004")}))
	default:
		return false
	}
	return true
}

// text returns the message of Refuse.
func (f *Fault) text() string {
	return cmp.Or(f.Text, refusals[f.Code], "The request is refused.")
}

// refusals are Snowflake's messages for failed logins.
var refusals = map[int]string{
	390100: "Incorrect username or password was specified.",
	390101: "User access disabled. Contact your local system administrator.",
	390102: "Your user account has been temporarily locked due to too many failed attempts.",
	390189: "Role specified in the connect string does not exist or not authorized. Contact your local system administrator, or attempt to login using another role.",
	390195: "The provided ID Token is invalid.",
	390201: "The requested warehouse does not exist or not authorized.",
	390303: "Invalid OAuth access token. ",
	390318: "OAuth access token expired. ",
	390422: "Incoming request with IP/Token 203.0.113.7 is not allowed to access Snowflake. Contact your account administrator.",
	394400: "Programmatic access token is invalid.",
}

// answer applies the fault to the answer of a request that was selected by its path.
func (f *Fault) answer(w http.ResponseWriter, h *bufferedResponse, path string) {
	if f.After != nil {
		f.After(path)
	}
	if f.Kind == DropAfter {
		closeConnection(w)
		return
	}
	for name, values := range h.header {
		w.Header()[name] = values
	}
	w.WriteHeader(h.status)
	_, _ = w.Write(h.body.Bytes()) // the client may be gone
}

// bufferedResponse buffers an answer.
type bufferedResponse struct {
	header http.Header
	status int
	body   bytes.Buffer
}

func (h *bufferedResponse) Header() http.Header { return h.header }

func (h *bufferedResponse) WriteHeader(status int) { h.status = status }

func (h *bufferedResponse) Write(p []byte) (int, error) { return h.body.Write(p) } //nolint:wrapcheck // a buffer takes everything

// after applies the fault to a statement that took effect; true means that the request is finished.
func (f *Fault) after(w http.ResponseWriter) bool {
	if f.Kind == DropAfter {
		closeConnection(w)
		return true
	}
	return false
}

// delay delays a statement; false means that it was aborted.
func (f *Fault) delay(ctx context.Context) bool {
	if f == nil || f.Kind != Slow {
		return true
	}
	select {
	case <-f.Release:
		return true
	case <-ctx.Done():
		return false
	}
}

// closeConnection closes the connection.
func closeConnection(w http.ResponseWriter) {
	if h, ok := w.(http.Hijacker); ok {
		if conn, _, err := h.Hijack(); err == nil {
			_ = conn.Close()
		}
	}
}
