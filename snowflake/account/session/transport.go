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

// bounds are limits of a server's answer.
type bounds struct {
	// silence is the longest time without a byte; answer is the longest time of a whole answer.
	silence, answer time.Duration
	// aside is silence for requests that the driver sends on its own, at the end of a session or to abort a statement:
	// nobody waits for them.
	aside time.Duration
	// body is the largest size of an answer in bytes.
	body int64
}

// usualBounds are the limits of every connection.
var usualBounds = bounds{silence: time.Minute, answer: 10 * time.Minute, aside: 3 * time.Second, body: 64 << 20}

// transport sends all requests of the driver: to the account, its storage and identity providers. It follows no
// redirect to another host, limits answers, keeps the driver from answers that it cannot read, and shares its
// connections among all sessions.
type transport struct {
	base *http.Transport
	bounds
	// account is the scheme, host and port of the account.
	account string
	// started is called with the context of a new session.
	started func(snowflake.Context)
	// chunks are the URLs of result parts that the account has named, with their number of columns.
	chunks sync.Map
}

// newTransport returns the transport of a Client.
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

// proxyOf returns the proxy of the environment. The metadata service of a cloud, which authenticates a workload, is on
// the machine itself.
func proxyOf(r *http.Request) (*url.URL, error) {
	switch r.URL.Hostname() {
	case "169.254.169.254", "169.254.170.2", "metadata.google.internal":
		return nil, nil //nolint:nilnil // http.Transport expects nil for no proxy.
	}
	return http.ProxyFromEnvironment(r) //nolint:wrapcheck // http.Transport adds the context.
}

// loginPath is the path of a login request.
const loginPath = "/session/v1/login-request"

// refused421 is the status of the answer that replaces one that the driver must not see. The driver does not retry
// after it.
const refused421 = http.StatusMisdirectedRequest

// RoundTrip sends a request and returns an answer that the driver can read. It runs in goroutines of the driver, where
// a panic would end the process; here it ends the call.
func (t *transport) RoundTrip(asked *http.Request) (resp *http.Response, err error) {
	c := callOf(asked.Context())
	defer func() {
		if recover() != nil {
			resp, err = t.failed(asked, c, errPanic) //nolint:bodyclose // No body to close: read closes bodies that the driver does not get.
		}
	}()
	r, err := unmarked(asked)
	if err == nil {
		r, err = withProof(r)
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

// read limits an answer. An answer of the account is read and checked here, because the driver trusts it.
func (t *transport) read(resp *http.Response, w *watchdog, cancel context.CancelCauseFunc) (*http.Response, error) {
	whole := time.AfterFunc(t.answer, func() { cancel(errSilent) })
	body := &boundedBody{ReadCloser: resp.Body, watch: w, left: t.body, done: func() {
		w.stop()
		whole.Stop()
		cancel(nil)
	}}
	if to := redirectsTo(resp); to != "" {
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
		return nil, err //nolint:wrapcheck // The caller adds the context.
	}
	if chunk {
		data, err = checkChunk(data, columns.(int), t.body) //nolint:forcetypeassert // check stores only numbers.
	} else if resp.StatusCode == http.StatusOK {
		err = t.check(resp.Request.Context(), resp.Request.URL.Path, data)
		t.opened(resp.Request.URL.Path, data)
		data = withoutGoroutines(resp.Request, data)
	}
	resp.Body, resp.ContentLength = io.NopCloser(bytes.NewReader(data)), int64(len(data))
	return resp, err
}

// withoutGoroutines returns an answer without anything that the driver would do in goroutines of its own.
func withoutGoroutines(r *http.Request, data []byte) []byte {
	switch {
	case transferOf(r.Context()) == download:
		return oneAtATime(data)
	case r.URL.Path == loginPath:
		return bytes.ReplaceAll(data, []byte(`"`+keepAlive+`"`), []byte(`"sleet has a heartbeat of its own"`))
	}
	return data
}

// failed reports an error to a call. It ends the call if a retry cannot help, and returns an answer after which the
// driver does not retry.
func (t *transport) failed(r *http.Request, c *call, err error) (*http.Response, error) {
	var unreadable *answerError
	var redirect *redirectError
	final := errors.As(err, &unreadable) || errors.As(err, &redirect) || errors.Is(err, errSilent) || errors.Is(err, errTooBig)
	switch {
	case c == nil:
	case final:
		c.end(invalidAnswer(err, t.account, &t.bounds))
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

// redirectsTo returns where an answer redirects to: another scheme, host or port, or "?" if it cannot be read. Otherwise
// it is empty.
func redirectsTo(resp *http.Response) string {
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

// originOf returns the scheme, host and port of a URL, without the usual port.
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

// redirectError is an answer that redirects to another host.
type redirectError struct{ from, to string }

func (e *redirectError) Error() string { return e.from + " redirects to " + e.to }
