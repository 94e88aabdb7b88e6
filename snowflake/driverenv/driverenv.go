// Package driverenv sets the environment variables that the Snowflake driver reads when it is initialized. It only
// needs to be imported. It imports nothing but os, and Go initializes a package as soon as its imports are initialized,
// ordered by import path, so it runs before net/http and therefore before the driver.
package driverenv

import "os"

// The driver unpacks a native library, creates cache folders and reads a file that can turn on its log, all while it is
// initialized and controlled by the environment only. Variables that the person set are kept, except the one for the
// log.
//
//nolint:gochecknoinits // There is no later moment: the driver acts in an init of its own.
func init() {
	// A path below a file cannot be created, so the driver keeps what it learns about certificates in memory. In the
	// shared temporary folder, others could place a file or a link first.
	nowhere := os.DevNull + "/none"
	if self, err := os.Executable(); err == nil {
		nowhere = self + "/none"
	}
	for name, value := range map[string]string{
		"SF_DISABLE_MINICORE":                  "true",
		"SNOWFLAKE_DISABLE_PLATFORM_DETECTION": "true",
		// A folder that exists on Linux, the only system where the driver uses it, and that accepts no files.
		"SF_TEMPORARY_CREDENTIAL_CACHE_DIR": "/proc/self",
		"SF_OCSP_RESPONSE_CACHE_DIR":        nowhere,
	} {
		if _, ok := os.LookupEnv(name); !ok {
			_ = os.Setenv(name, value)
		}
	}
	_ = os.Unsetenv("SF_CLIENT_CONFIG_FILE")
}
