package session

import (
	"context"
	"database/sql"
	"reflect"
	"time"
	"unsafe" // For go:linkname.

	"sleet/snowflake/safely"
)

// keepAlive is the parameter that starts the driver's heartbeat. It runs in a goroutine that recovers from nothing, so
// the heartbeat here replaces it, even if the account sets the parameter.
// https://docs.snowflake.com/en/sql-reference/parameters#client-session-keep-alive
const keepAlive = "CLIENT_SESSION_KEEP_ALIVE"

// beatEvery is the interval of the heartbeat, the same as the driver's.
const beatEvery = time.Hour

// driverBeat reports to the account that the session is in use, and renews an expired token. It is linked by name, as
// in driver_checks.go.
//
//go:linkname driverBeat github.com/snowflakedb/gosnowflake/v2.(*heartbeat).heartbeatMain
func driverBeat(heart unsafe.Pointer) error

// driverHeart is the driver's heartbeat. A beat reads only its first field.
type driverHeart struct {
	restful unsafe.Pointer
	_       chan bool
	_       time.Duration
}

// keep keeps the session alive while a person reads a plan, until the context ends. A failed beat is ignored: the next
// statement reports the problem.
func keep(ctx context.Context, db *sql.DB, every time.Duration) {
	ticker := time.NewTicker(every)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
			_ = safely.Call(func() error { return beat(ctx, db) })
		}
	}
}

// beat sends one heartbeat over any connection of the session.
func beat(ctx context.Context, db *sql.DB) error {
	conn, err := db.Conn(ctx)
	if err != nil {
		return err //nolint:wrapcheck // The error is ignored.
	}
	defer conn.Close()                    //nolint:errcheck // Returns the connection to the pool.
	return conn.Raw(func(own any) error { //nolint:wrapcheck // As above.
		rest := reflect.ValueOf(own).Elem().FieldByName("rest")
		return driverBeat(unsafe.Pointer(&driverHeart{restful: rest.UnsafePointer()})) //nolint:gosec // The driver's type is not exported.
	})
}
