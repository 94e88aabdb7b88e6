package snowflaketest

import (
	"context"
	"net/http"
	"slices"
	"time"
)

// Trip is one HTTP request as the account saw it, one round trip of the client.
type Trip struct {
	// Path is the path of the request. SQL is its statement, if it has one.
	Path, SQL  string
	Begin, End time.Time
}

// WithLatency delays each request, like a distant account.
func WithLatency(latency time.Duration) Option { return func(o *options) { o.latency = latency } }

// Trips returns the answered requests so far.
func (a *Account) Trips() []Trip {
	a.mu.Lock()
	defer a.mu.Unlock()
	return slices.Clone(a.trips)
}

// LongestChain returns the longest sequence of requests in which each one began after the previous one was answered:
// the round trips that a client made one after the other.
func LongestChain(trips []Trip) []Trip {
	trips = slices.Clone(trips)
	slices.SortFunc(trips, func(a, b Trip) int { return a.Begin.Compare(b.Begin) })
	length, before := make([]int, len(trips)), make([]int, len(trips))
	last := -1
	for i, trip := range trips {
		length[i], before[i] = 1, -1
		for j := range i {
			if !trips[j].End.After(trip.Begin) && length[j] >= length[i] {
				length[i], before[i] = length[j]+1, j
			}
		}
		if last < 0 || length[i] > length[last] {
			last = i
		}
	}
	var chain []Trip
	for i := last; i >= 0; i = before[i] {
		chain = append(chain, trips[i])
	}
	slices.Reverse(chain)
	return chain
}

type tripKey struct{}

// serveTimed serves a request and records its times.
func (a *Account) serveTimed(w http.ResponseWriter, r *http.Request) {
	trip := &Trip{Path: r.URL.Path, Begin: time.Now()}
	if a.latency > 0 {
		select {
		case <-time.After(a.latency):
		case <-r.Context().Done():
		}
	}
	a.serve(w, r.WithContext(context.WithValue(r.Context(), tripKey{}, trip)))
	trip.End = time.Now()
	a.mu.Lock()
	defer a.mu.Unlock()
	a.trips = append(a.trips, *trip)
}

// recordStatement records the statement of a request.
func recordStatement(r *http.Request, sql string) {
	if trip, ok := r.Context().Value(tripKey{}).(*Trip); ok {
		trip.SQL = sql
	}
}
