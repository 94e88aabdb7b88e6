package session

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"sleet/snowflake"

	sf "github.com/snowflakedb/gosnowflake/v2"
)

// bounds are how long and how much a server may answer.
type bounds struct {
	// silence is how long no byte may come or go; answer is how long a whole answer may take.
	silence, answer time.Duration
	// aside is silence for what the driver asks on its own, when a session ends or a statement is
	// stopped: nobody waits for it.
	aside time.Duration
	// body is how many bytes an answer may have.
	body int64
}

// usualBounds are those of every connection.
var usualBounds = bounds{silence: time.Minute, answer: 10 * time.Minute, aside: 3 * time.Second, body: 64 << 20}

// transport carries everything that the driver sends: to the account, to its storage and to those
// that authenticate. It follows no redirect to another host, bounds what comes back, keeps the
// driver from answers that it cannot read, and shares its connections among all sessions.
type transport struct {
	base *http.Transport
	bounds
	// account is the account's scheme, host and port.
	account string
	// started is told what the account says of a session that was opened.
	started func(snowflake.Context)
	// chunks are the addresses of parts of results that the account has named, and their columns.
	chunks sync.Map
}

// newTransport makes the transport of a Client.
func newTransport(cfg sf.Config, b bounds) (*transport, error) {
	plain := &transport{base: &http.Transport{Proxy: proxyOf, MaxIdleConnsPerHost: 1, IdleConnTimeout: 5 * time.Second}, bounds: b}
	base, err := checkedTransport(cfg, plain)
	if err != nil {
		return nil, err
	}
	base.Proxy = proxyOf
	base.MaxIdleConns, base.MaxIdleConnsPerHost = 0, 16
	base.IdleConnTimeout = 5 * time.Minute
	base.TLSHandshakeTimeout = 30 * time.Second
	base.MaxResponseHeaderBytes = 1 << 20
	return &transport{base: base, bounds: b, account: originOf(addressOf(cfg))}, nil
}

// proxyOf is the environment's proxy. A cloud's own metadata, which authenticates a workload, is on
// the machine itself.
func proxyOf(r *http.Request) (*url.URL, error) {
	switch r.URL.Hostname() {
	case "169.254.169.254", "169.254.170.2", "metadata.google.internal":
		return nil, nil //nolint:nilnil // What http.Transport takes for no proxy.
	}
	return http.ProxyFromEnvironment(r) //nolint:wrapcheck // http.Transport says what it asked.
}

// loginPath is where a log-in is asked for.
const loginPath = "/session/v1/login-request"

// refused is the status of the answer that the driver gets in the place of one that it must not see:
// it tries again after neither this status nor one of its own.
const refused421 = http.StatusMisdirectedRequest

// RoundTrip sends a request, and returns an answer that the driver can read. It runs in goroutines of the driver, where a panic would
// end the process: here it ends the call.
func (t *transport) RoundTrip(asked *http.Request) (resp *http.Response, err error) {
	c := callOf(asked.Context())
	defer func() {
		if recover() != nil {
			resp, err = t.failed(asked, c, errPanic) //nolint:bodyclose // It has none to close: read closes what it does not hand to the driver.
		}
	}()
	r, err := unmarked(asked)
	if err == nil {
		r, err = proven(r)
	}
	if err != nil {
		return t.failed(asked, c, err)
	}
	silence := t.silence
	if c == nil {
		silence = t.aside
	}
	ctx, cancel := context.WithCancelCause(r.Context())
	w := newWatchdog(silence, func() { cancel(errSilent) })
	out := r.WithContext(ctx)
	if r.Body != nil && r.Body != http.NoBody {
		out.Body = &watchedBody{ReadCloser: r.Body, watch: w}
	}
	resp, err = t.base.RoundTrip(out)
	if err == nil {
		resp, err = t.read(resp, w, cancel)
	} else {
		w.stop()
	}
	if err != nil {
		if errors.Is(context.Cause(ctx), errSilent) {
			err = errSilent
		}
		cancel(nil)
		return t.failed(r, c, err)
	}
	c.answered(resp.StatusCode)
	return resp, nil
}

// read bounds an answer. What comes from the account is read and looked through here: the driver
// trusts it.
func (t *transport) read(resp *http.Response, w *watchdog, cancel context.CancelCauseFunc) (*http.Response, error) {
	whole := time.AfterFunc(t.answer, func() { cancel(errSilent) })
	body := &boundedBody{ReadCloser: resp.Body, watch: w, left: t.body, done: func() {
		w.stop()
		whole.Stop()
		cancel(nil)
	}}
	if to := elsewhere(resp); to != "" {
		_ = resp.Body.Close()
		body.done()
		return nil, &redirectError{from: originOf(resp.Request.URL), to: to}
	}
	columns, chunk := t.chunks.Load(resp.Request.URL.String())
	if originOf(resp.Request.URL) != t.account && !chunk {
		resp.Body = body
		return resp, nil
	}
	data, err := io.ReadAll(body)
	_ = body.Close()
	if err != nil {
		return nil, err //nolint:wrapcheck // The caller says what it read.
	}
	if chunk {
		data, err = checkChunk(data, columns.(int), t.body) //nolint:forcetypeassert // check keeps numbers.
	} else if resp.StatusCode == http.StatusOK {
		err = t.check(resp.Request.Context(), resp.Request.URL.Path, data)
		t.opened(resp.Request.URL.Path, data)
		data = tamed(resp.Request, data)
	}
	resp.Body, resp.ContentLength = io.NopCloser(bytes.NewReader(data)), int64(len(data))
	return resp, err
}

// tamed is an answer that has nothing in it that the driver would do in goroutines of its own.
func tamed(r *http.Request, data []byte) []byte {
	switch {
	case transferOf(r.Context()) == download:
		return oneAtATime(data)
	case r.URL.Path == loginPath:
		return bytes.ReplaceAll(data, []byte(`"`+keepAlive+`"`), []byte(`"sleet has a heartbeat of its own"`))
	}
	return data
}

// failed tells a call of what went wrong. What another try cannot change ends it, and the driver
// gets an answer after which it does not try again.
func (t *transport) failed(r *http.Request, c *call, err error) (*http.Response, error) {
	var unreadable *answerError
	var redirect *redirectError
	final := errors.As(err, &unreadable) || errors.As(err, &redirect) || errors.Is(err, errSilent) || errors.Is(err, errTooBig)
	switch {
	case c == nil:
	case final:
		c.end(broken(err, t.account, &t.bounds))
	case r.Context().Err() == nil:
		c.lost()
		return nil, err
	default:
		return nil, err
	}
	return &http.Response{
		Status: "421 " + http.StatusText(refused421), StatusCode: refused421, Proto: r.Proto, ProtoMajor: 1, ProtoMinor: 1,
		Header: http.Header{}, Body: http.NoBody, Request: r,
	}, nil
}

// elsewhere is where an answer leads, if that is another scheme, host or port than it came from, or
// nowhere that can be read.
func elsewhere(resp *http.Response) string {
	if resp.StatusCode < 300 || resp.StatusCode > 399 || resp.Header.Get("Location") == "" {
		return ""
	}
	to, err := resp.Location()
	if err != nil {
		return "?"
	}
	if originOf(to) == originOf(resp.Request.URL) {
		return ""
	}
	return originOf(to)
}

// originOf is the scheme, host and port of an address; the usual port is left out.
func originOf(u *url.URL) string {
	scheme, port := strings.ToLower(u.Scheme), u.Port()
	if scheme == "https" && port == "443" || scheme == "http" && port == "80" {
		port = ""
	}
	host := strings.ToLower(u.Hostname())
	if strings.Contains(host, ":") {
		host = "[" + host + "]"
	}
	if port != "" {
		host += ":" + port
	}
	return scheme + "://" + host
}

// redirectError is an answer that leads to another host.
type redirectError struct{ from, to string }

func (e *redirectError) Error() string { return e.from + " redirects to " + e.to }
