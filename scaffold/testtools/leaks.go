package testtools

import (
	"fmt"
	"os"
	"runtime"
	"strings"
	"time"
)

// NoLeaks runs the tests of a package and fails if they leak a goroutine of sleet, the driver or a
// connection.
type NoLeaks struct{ M interface{ Run() int } }

// Run runs the tests and returns the exit code.
func (n NoLeaks) Run() int {
	code := n.M.Run()
	const patience = 10 * time.Second // Closing a session can take a moment.
	if left := leaked(patience); code == 0 && left != "" {
		fmt.Fprintln(os.Stderr, "the tests leave these goroutines:\n"+left)
		return 1
	}
	return code
}

// leaked returns the stacks of leaked goroutines. It waits up to most until there are none.
func leaked(most time.Duration) string {
	for end := time.Now().Add(most); ; time.Sleep(50 * time.Millisecond) { //nolint:mnd // Often.
		const enough = 16 << 20
		stacks := make([]byte, enough)
		stacks = stacks[:runtime.Stack(stacks, true)]
		var left []string
		for _, stack := range strings.Split(string(stacks), "\n\n")[1:] { // The first is this one.
			for _, of := range []string{"sleet/", "gosnowflake", "net/http."} {
				if strings.Contains(stack, of) {
					left = append(left, stack)
					break
				}
			}
		}
		if len(left) == 0 || time.Now().After(end) {
			return strings.Join(left, "\n\n")
		}
	}
}
