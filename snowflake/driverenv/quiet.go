// Package driverenv sets what the Snowflake driver reads from the environment as it starts, before it
// does. Importing it is all there is to do: it imports os alone, and Go initialises a package as
// soon as its imports are, in the order of their paths, so it runs before net/http and therefore
// before the driver.
package driverenv

import "os"

// The driver unpacks a native library, looks for folders to cache in and makes them, and reads a
// file that can turn its log on, all as it is initialised; only the environment settles it. What
// the person has set stays, but for the log.
//
//nolint:gochecknoinits // There is no later moment: the driver acts in an init of its own.
func init() {
	// A place within a file cannot be made, so what the driver learns about certificates stays in
	// memory. The shared temporary folder would let others put a file or a link there first.
	nowhere := os.DevNull + "/none"
	if self, err := os.Executable(); err == nil {
		nowhere = self + "/none"
	}
	for name, value := range map[string]string{
		"SF_DISABLE_MINICORE":                  "true",
		"SNOWFLAKE_DISABLE_PLATFORM_DETECTION": "true",
		// A folder that is there on Linux, where the driver looks for it, and takes no file.
		"SF_TEMPORARY_CREDENTIAL_CACHE_DIR": "/proc/self",
		"SF_OCSP_RESPONSE_CACHE_DIR":        nowhere,
	} {
		if _, ok := os.LookupEnv(name); !ok {
			_ = os.Setenv(name, value)
		}
	}
	_ = os.Unsetenv("SF_CLIENT_CONFIG_FILE")
}
