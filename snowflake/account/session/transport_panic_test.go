package session

import (
	"errors"
	"net/http"
	"net/url"
	"testing"

	"sleet/snowflake/account/query"
)

// TestTransportPanics checks that a panic while a request is sent ends the call and not the process, even in a
// goroutine of the driver, which does not recover.
func TestTransportPanics(t *testing.T) {
	t.Parallel()
	carrier := to(t, "http://127.0.0.1:1", usualBounds)
	carrier.base.Proxy = func(*http.Request) (*url.URL, error) { panic("broken") }
	_, err := getBy(t, carrier, "http://127.0.0.1:1/x")
	var f *query.Failure
	if !errors.As(err, &f) || !f.Final {
		t.Errorf("a call: %v", err)
	}
	done := make(chan int)
	go func() { // like the driver's heartbeat
		r, _ := http.NewRequestWithContext(t.Context(), http.MethodPost, "http://127.0.0.1:1/x", http.NoBody)
		resp, err := carrier.RoundTrip(r)
		if err != nil {
			done <- 0
			return
		}
		_ = resp.Body.Close()
		done <- resp.StatusCode
	}()
	if status := <-done; status != refused421 {
		t.Errorf("what the driver asks on its own: status %d", status)
	}
}
