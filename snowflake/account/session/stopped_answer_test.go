package session

import (
	"context"
	"errors"
	"net"
	"strconv"
	"testing"
	"time"

	sf "github.com/snowflakedb/gosnowflake/v2"

	"sleet/snowflake"
	"sleet/snowflake/snowflaketest"
)

// TestStoppedAsTheAnswerComes stops a login after its answer arrived and before the driver has read it. TestMain checks
// that no timer of the driver waits for the answer to be closed.
func TestStoppedAsTheAnswerComes(t *testing.T) {
	t.Parallel()
	served := snowflaketest.Serve(t)
	carrier := to(t, served.URL(), usualBounds)
	host, port, _ := net.SplitHostPort(served.Addr())
	number, _ := strconv.Atoi(port)
	ctx, stop := context.WithCancel(t.Context())
	carrier.started = func(snowflake.Context) { stop() }
	cfg := sf.Config{
		Account: "demo", User: "SLEET", Password: snowflaketest.Password, Role: "DEV",
		Host: host, Port: number, Protocol: "http", Transporter: carrier,
	}
	configure(&cfg, Options{Application: "sleet", LoginTimeout: 10 * time.Second}, t.TempDir(), "")
	session := &connector{cfg: cfg}
	if err := session.logIn(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("it ends as %v", err)
	}
}
