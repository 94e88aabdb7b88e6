package snowflaketest

import (
	"context"
	"net/http"
	"slices"
	"time"
)

// Trip is one HTTP request as the account saw it: a round trip of the client.
type Trip struct {
	// Path is the request's; SQL is the statement of one that brings a statement.
	Path, SQL  string
	Begin, End time.Time
}

// WithLatency lets each request take that long on its way, as one to an account far away does.
func WithLatency(latency time.Duration) Option { return func(o *options) { o.latency = latency } }

// Trips returns the requests so far that were answered.
func (a *Account) Trips() []Trip {
	a.mu.Lock()
	defer a.mu.Unlock()
	return slices.Clone(a.trips)
}

// LongestChain returns the longest row of requests of which each began after the one before it was answered:
// what a client waited for one after the other.
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

// travel serves a request, and keeps how long it took.
func (a *Account) travel(w http.ResponseWriter, r *http.Request) {
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

// brings keeps which statement a request brings.
func brings(r *http.Request, sql string) {
	if trip, ok := r.Context().Value(tripKey{}).(*Trip); ok {
		trip.SQL = sql
	}
}
