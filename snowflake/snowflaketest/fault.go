package snowflaketest

import (
	"bytes"
	"cmp"
	"context"
	"net/http"
	"regexp"
	"strconv"
)

// FaultKind is something that goes wrong between a client and an account.
type FaultKind int

// The faults.
const (
	// HTTP500 and HTTP503 answer with that status before the statement runs.
	HTTP500 FaultKind = iota + 1
	HTTP503
	// Slow does not run the statement before Release is closed, or the client aborts it.
	Slow
	// DropBefore cuts the line before the statement runs, DropAfter after it took effect.
	DropBefore
	DropAfter
	// ExpireSession lets the session expire as the statement arrives; ExpireLogin lets its master
	// token expire as well, so that the client must log in again.
	ExpireSession
	ExpireLogin
	// EchoError refuses the statement with an error that repeats its text.
	EchoError
	// Call only calls Before and After.
	Call
	// Refuse answers with Code and Text; the statement does not run.
	Refuse
)

// Fault is one thing to go wrong.
type Fault struct {
	Kind FaultKind
	// Match says which statements it meets, all where it is nil; Path, where it is not empty, meets
	// HTTP requests of that path instead: /session/v1/login-request, or /files for those that carry
	// files.
	Match *regexp.Regexp
	Path  string
	// Skip lets that many matches pass; Times is how often it strikes after that, once where it is
	// 0, always where it is negative.
	Skip, Times int
	// Before is called as the statement arrives, After when it is done and not answered yet. They
	// may revoke a privilege, or end the client's process.
	Before, After func(sql string)
	// Release ends Slow.
	Release <-chan struct{}
	// Code, State and Text are the answer of Refuse. Without a Text it is Snowflake's own for the
	// codes of a log-in.
	Code        int
	State, Text string

	struck int
}

type faultPoint int

const (
	atStatement faultPoint = iota
	atPath
)

// Fault arranges for something to go wrong from now on.
func (a *Account) Fault(f *Fault) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.faults = append(a.faults, f)
}

// strike returns the fault that a statement or a path meets, if any.
func (a *Account) strike(text string, at faultPoint) *Fault {
	a.mu.Lock()
	var hit *Fault
	for _, f := range a.faults {
		if (f.Path != "") != (at == atPath) || hit != nil {
			continue
		}
		if at == atPath && f.Path != text || at == atStatement && f.Match != nil && !f.Match.MatchString(text) {
			continue
		}
		if f.struck++; f.struck <= f.Skip || f.Times >= 0 && f.struck > f.Skip+max(f.Times, 1) {
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

// before acts on a statement that has not run; true ends its request.
func (f *Fault) before(a *Account, w http.ResponseWriter, r *http.Request, l *login) bool {
	switch f.Kind {
	case Slow, Refuse:
		return false // once for each request id, in execute
	case ExpireSession, ExpireLogin:
		a.mu.Lock()
		l.expired, l.ended = true, f.Kind == ExpireLogin
		a.mu.Unlock()
		_, refusal := a.who(r)
		send(w, *refusal)
		return true
	default:
		return f.onPath(w, r)
	}
}

// onPath acts on a request; true ends it.
func (f *Fault) onPath(w http.ResponseWriter, r *http.Request) bool {
	switch f.Kind {
	case HTTP500:
		http.Error(w, "internal error", http.StatusInternalServerError)
	case HTTP503:
		http.Error(w, "unavailable", http.StatusServiceUnavailable)
	case DropBefore:
		drop(w)
	case Slow:
		return !f.hold(r.Context())
	case Refuse:
		send(w, no(strconv.Itoa(f.Code), f.text(), map[string]any{"errorCode": strconv.Itoa(f.Code), "sqlState": cmp.Or(f.State, "08004")}))
	default:
		return false
	}
	return true
}

// text is what Refuse says.
func (f *Fault) text() string {
	return cmp.Or(f.Text, refusals[f.Code], "The request is refused.")
}

// refusals are Snowflake's words when it lets nobody in.
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

// answer acts on the answer of a request that was met at its path.
func (f *Fault) answer(w http.ResponseWriter, h *held, path string) {
	if f.After != nil {
		f.After(path)
	}
	if f.Kind == DropAfter {
		drop(w)
		return
	}
	for name, values := range h.header {
		w.Header()[name] = values
	}
	w.WriteHeader(h.status)
	_, _ = w.Write(h.body.Bytes()) // a client that has gone away hears nothing
}

// held keeps an answer back.
type held struct {
	header http.Header
	status int
	body   bytes.Buffer
}

func (h *held) Header() http.Header { return h.header }

func (h *held) WriteHeader(status int) { h.status = status }

func (h *held) Write(p []byte) (int, error) { return h.body.Write(p) } //nolint:wrapcheck // a buffer takes everything

// after acts on a statement that took effect; true ends its request.
func (f *Fault) after(w http.ResponseWriter) bool {
	if f.Kind == DropAfter {
		drop(w)
		return true
	}
	return false
}

// hold waits before a statement runs; false is a statement that was aborted.
func (f *Fault) hold(ctx context.Context) bool {
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

// drop cuts the line.
func drop(w http.ResponseWriter) {
	if h, ok := w.(http.Hijacker); ok {
		if conn, _, err := h.Hijack(); err == nil {
			_ = conn.Close()
		}
	}
}
