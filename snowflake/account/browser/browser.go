// Package browser logs a person in through their browser, by single sign-on or OAuth: it opens the login page of the
// account or its identity provider, and waits for the redirect back. It does not import the driver.
//
// The driver's own implementation waits in a goroutine without recover, takes the first connection for the browser's,
// and exits the process if its listener fails.
package browser

import (
	"context"
	"fmt"
	"html"
	"io"
	"log"
	"net"
	"net/http"
	"net/url"
	"time"

	"sleet/snowflake/safely"
	"sleet/ui/message"
)

// Window is how a login reaches the person's browser.
type Window struct {
	// Open opens a URL; nil if there is no browser.
	Open func(address string) error
	// Say translates the text of the final page; nil means English.
	Say func(message.Message) string
	// Hide is called with each credential that arrives, before it is used.
	Hide func(value string)
}

// The timeouts of a visit.
const (
	// loginTimeout is how long a person may take to log in.
	loginTimeout = 2 * time.Minute
	// shutdownTimeout is how long sending the final page may take.
	shutdownTimeout = 500 * time.Millisecond
	// headerTimeout is how long a request may take to arrive. A browser sends it immediately, or opens a connection for
	// later use.
	headerTimeout = 10 * time.Second
)

// result is the result that the browser returned.
type result struct {
	value string
	err   error
}

// visit opens the URL that to returns for a local port, waits for the redirect to that port, and returns its result.
// read extracts the result from the query. If it finds none, the request came from elsewhere and visit keeps waiting.
func (w Window) visit(ctx context.Context, listen string, to func(port int) string, read func(url.Values) (string, error)) (string, error) {
	if w.Open == nil {
		return "", message.NewError("failure.browser.none")
	}
	ctx, cancel := context.WithTimeout(ctx, loginTimeout)
	defer cancel()
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", listen)
	if err != nil {
		return "", message.Wrap(err, "failure.browser.listen", "address", listen)
	}
	answers := make(chan result, 2) // Room for the first redirect and the error of opening the browser.
	server := &http.Server{ReadHeaderTimeout: headerTimeout, ErrorLog: log.New(io.Discard, "", 0), Handler: http.HandlerFunc(func(out http.ResponseWriter, r *http.Request) {
		value, err := read(r.URL.Query())
		if value == "" && err == nil {
			http.NotFound(out, r)
			return
		}
		out.Header().Set("Content-Type", "text/html; charset=utf-8")
		_, _ = fmt.Fprintf(out, "<!DOCTYPE html>\n<title>sleet</title>\n<p>%s</p>\n", html.EscapeString(w.say(message.New("failure.browser.page"))))
		select {
		case answers <- result{value, err}:
		default:
		}
	})}
	go func() { _ = safely.Call(func() error { return server.Serve(listener) }) }()
	defer func() { // Idle connections of the browser are not waited for.
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), shutdownTimeout)
		defer cancel()
		_ = server.Shutdown(ctx)
		_ = server.Close()
	}()
	at, _ := listener.Addr().(*net.TCPAddr)
	address := to(at.Port)
	go func() { // Some browsers return only when they are closed.
		if err := safely.Call(func() error { return w.Open(address) }); err != nil {
			answers <- result{err: message.Wrap(err, "failure.browser.open")}
		}
	}()
	select {
	case got := <-answers:
		w.hide(got.value)
		return got.value, got.err
	case <-ctx.Done():
		return "", ctx.Err() //nolint:wrapcheck // The caller distinguishes a timeout from a cancellation.
	}
}

func (w Window) say(m message.Message) string {
	if w.Say == nil {
		return m.String()
	}
	return w.Say(m)
}

func (w Window) hide(value string) {
	if w.Hide != nil && value != "" {
		w.Hide(value)
	}
}

// shown returns a text from the browser as one short line without control characters.
func shown(text string) string {
	const most = 200
	runes := []rune(text)
	return safely.Visible(string(runes[:min(len(runes), most)]))
}
