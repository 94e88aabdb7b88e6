package session

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"sync"

	sf "github.com/snowflakedb/gosnowflake/v2"

	_ "sleet/snowflake/driverenv" // Before the driver's own start.
	"sleet/snowflake/safely"
)

// silentLogger is a logger of another type than the driver's own, so that no configuration file of the
// driver can put its own back.
type silentLogger struct{ sf.SFLogger }

// silence takes the driver's log away: at its quietest it still writes errors to standard error,
// over the screen, and one level up it writes values. It also guards the driver's goroutines, which
// is to be done before they start.
var silence = sync.OnceValue(func() error {
	guardDriver()
	logger := sf.CreateDefaultLogger()
	logger.SetOutput(io.Discard)
	if err := logger.SetLogLevel("OFF"); err != nil {
		return fmt.Errorf("turn the driver's log off: %w", err)
	}
	if err := sf.SetLogger(silentLogger{logger}); err != nil {
		return fmt.Errorf("take the driver's log away: %w", err)
	}
	return nil
})

// driverFolder makes a folder for what the driver writes while it logs in, with a client
// configuration that keeps it silent in place of the one in the person's home. The caller removes
// it.
func driverFolder() (dir, config string, err error) {
	dir, err = safely.TempFolder("driver")
	if err != nil {
		return "", "", fmt.Errorf("make a temporary folder for the driver: %w", err)
	}
	config = filepath.Join(dir, "sf_client_config.json")
	text := fmt.Sprintf(`{"common":{"log_level":"OFF","log_path":%q}}`, dir)
	if err := os.WriteFile(config, []byte(text), 0o600); err != nil {
		_ = os.RemoveAll(dir)
		return "", "", fmt.Errorf("write the driver's configuration: %w", err)
	}
	return dir, config, nil
}
