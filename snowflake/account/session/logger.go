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
	"sleet/ui/message"
)

// silentLogger is a logger of another type than the driver's, so that the driver's configuration file cannot replace
// it.
type silentLogger struct{ sf.SFLogger }

// silence turns the driver's log off. At its quietest level it still writes errors to standard error, over the screen,
// and one level up it writes values. It also guards the driver's goroutines, before they start.
var silence = sync.OnceValue(func() error {
	guardDriver()
	logger := sf.CreateDefaultLogger()
	logger.SetOutput(io.Discard)
	if err := logger.SetLogLevel("OFF"); err != nil {
		return message.Wrap(err, "failure.driver_setup")
	}
	if err := sf.SetLogger(silentLogger{logger}); err != nil {
		return message.Wrap(err, "failure.driver_setup")
	}
	return nil
})

// driverFolder creates a folder for what the driver writes during the login, with a client configuration that keeps it
// silent and replaces the one in the home folder. The caller removes it.
func driverFolder() (dir, config string, err error) {
	dir, err = safely.TempFolder("driver")
	if err != nil {
		return "", "", message.Wrap(err, "failure.driver_setup")
	}
	config = filepath.Join(dir, "sf_client_config.json")
	text := fmt.Sprintf(`{"common":{"log_level":"OFF","log_path":%q}}`, dir)
	if err := os.WriteFile(config, []byte(text), 0o600); err != nil {
		_ = os.RemoveAll(dir)
		return "", "", message.Wrap(err, "failure.driver_setup")
	}
	return dir, config, nil
}
