package session

import (
	"context"
	"database/sql"
	"reflect"
	"time"
	"unsafe" // For go:linkname.

	"sleet/snowflake/safely"
)

// keepAlive is the parameter with which the driver starts a heartbeat. It runs in a goroutine in which nothing recovers, so that the
// heartbeat here takes its place, whatever the account sets.
// https://docs.snowflake.com/en/sql-reference/parameters#client-session-keep-alive
const keepAlive = "CLIENT_SESSION_KEEP_ALIVE"

// beatEvery is how often a session is kept, the driver's own time.
const beatEvery = time.Hour

// driverBeat tells the account that the session is in use, and renews its token where it has expired. It is linked by name, as in
// driver_checks.go.
//
//go:linkname driverBeat github.com/snowflakedb/gosnowflake/v2.(*heartbeat).heartbeatMain
func driverBeat(heart unsafe.Pointer) error

// driverHeart is the driver's heartbeat, of which the beat reads the first field alone.
type driverHeart struct {
	restful unsafe.Pointer
	_       chan bool
	_       time.Duration
}

// keep keeps the session while a person reads a plan, until the context ends. A beat that fails is nobody's concern: the next statement
// says what is wrong.
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

// beat is one heartbeat over any connection of the session.
func beat(ctx context.Context, db *sql.DB) error {
	conn, err := db.Conn(ctx)
	if err != nil {
		return err //nolint:wrapcheck // Nobody reads it.
	}
	defer conn.Close()                    //nolint:errcheck // It goes back to the others.
	return conn.Raw(func(own any) error { //nolint:wrapcheck // As above.
		rest := reflect.ValueOf(own).Elem().FieldByName("rest")
		return driverBeat(unsafe.Pointer(&driverHeart{restful: rest.UnsafePointer()})) //nolint:gosec // The driver's own type is not exported.
	})
}
