package session

import (
	"fmt"
	"net/http"
	"unsafe" // For go:linkname.

	"sleet/ui/message"

	sf "github.com/snowflakedb/gosnowflake/v2"
)

// The driver checks certificates for revocation only in its own transport, so a custom one goes without. The checks are
// not exported; they are linked by name. go.mod requires an exact version of the driver, and a test has a revoked
// certificate refused. The empty file driver_checks.s lets the compiler accept functions without a body.
// https://docs.snowflake.com/en/user-guide/ocsp

//go:linkname newTransportFactory github.com/snowflakedb/gosnowflake/v2.newTransportFactory
func newTransportFactory(cfg *sf.Config, telemetry unsafe.Pointer) unsafe.Pointer

//go:linkname createTransport github.com/snowflakedb/gosnowflake/v2.(*transportFactory).createTransport
func createTransport(factory, kind unsafe.Pointer) (http.RoundTripper, error)

//go:linkname transportConfigFor github.com/snowflakedb/gosnowflake/v2.transportConfigFor
func transportConfigFor(kind int) unsafe.Pointer

// toSnowflake is the driver's number of the transport to an account.
const toSnowflake = 4

// checkedTransport returns the transport that the driver would create for a configuration, with its certificate checks.
// The requests of the checks contain nothing of the person and use plain.
func checkedTransport(cfg sf.Config, plain http.RoundTripper) (*http.Transport, error) {
	own := cfg
	own.Transporter = nil
	made, err := createTransport(newTransportFactory(&own, nil), transportConfigFor(toSnowflake))
	if err != nil {
		return nil, message.Wrap(err, "failure.driver_setup")
	}
	own.Transporter = plain // The checks hold own, and look at this when they ask.
	transport, ok := made.(*http.Transport)
	if !ok {
		return nil, message.NewError("failure.driver_setup", "why", fmt.Sprintf("%T", made))
	}
	return transport, nil
}
