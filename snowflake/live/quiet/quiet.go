// Package quiet sets what the Snowflake driver reads from the environment as it starts, before it
// does. Importing it is all there is to do: it imports os alone, and Go initialises a package as
// soon as its imports are, in the order of their paths, so it runs before net/http and therefore
// before the driver.
package quiet

import "os"

// The driver unpacks a native library into a folder of the machine as it is initialised, and reads
// a file that can turn its log on; both are settled by the environment only.
//
//nolint:gochecknoinits // There is no later moment: the driver acts in an init of its own.
func init() {
	_ = os.Setenv("SF_DISABLE_MINICORE", "true")
	_ = os.Setenv("SNOWFLAKE_DISABLE_PLATFORM_DETECTION", "true")
	_ = os.Unsetenv("SF_CLIENT_CONFIG_FILE")
}
