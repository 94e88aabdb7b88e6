package command

import (
	"strings"
	"testing"
	"time"

	"sleet/snowflake/snowflaketest"
)

// TestRoundTrips counts what a person waits for with 200 ms of latency: the longest chain of requests that each begin
// after the one before was answered, including the login and the end of the session.
func TestRoundTrips(t *testing.T) {
	t.Parallel()
	for _, runtime := range runtimesOf() {
		t.Run(runtime, func(t *testing.T) {
			t.Parallel()
			account := snowflaketest.Serve(t, snowflaketest.WithLatency(200*time.Millisecond))
			b := emptyBox(t, account)
			b.must(0, "new", "demo", "--yes", "--no-lock", "--runtime", runtime, "--database", "APPS", "--schema", "PUBLIC")
			b.waits("the first apply", 10, "apply", "demo", "--yes", "--no-wait")
			b.waits("an apply with nothing to do", 5, "apply", "demo", "--yes", "--no-wait")
			b.must(0, "new", "demo", "--yes", "--no-lock", "--set", `app.title="Another title"`)
			b.waits("an apply of another title and a changed file", 18, "apply", "demo", "--yes", "--no-wait")
			if n := len(account.LogIns()); n != 3 {
				t.Errorf("%d logins in three runs", n)
			}
		})
	}
}

// waits runs sleet, and checks how many sequential round trips it needs.
func (b *box) waits(what string, most int, args ...string) {
	b.t.Helper()
	before, began := len(b.account.Trips()), time.Now()
	b.must(0, args...)
	took := time.Since(began)
	trips := b.account.Trips()[before:]
	chain := snowflaketest.LongestChain(trips)
	words := make([]string, 0, len(chain))
	for _, trip := range chain {
		words = append(words, strings.TrimSpace(trip.Path+" "+trip.SQL))
	}
	b.t.Logf("%s: %d requests, %d in the longest chain, %.1f s", what, len(trips), len(chain), took.Seconds())
	if len(chain) > most {
		b.t.Errorf("%s waits for %d round trips, more than %d:\n%s", what, len(chain), most, strings.Join(words, "\n"))
	}
}
