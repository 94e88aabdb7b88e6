//go:build unix

package command

import (
	"regexp"
	"strings"
	"testing"

	"sleet/snowflake/snowflaketest"
	"sleet/steps/command/exit"
)

// TestLostConnectionIsShown drops each answer about the plan, and then each answer to the first statement that is
// applied. The screen shows that the connection is lost, the number of the attempt and how to stop. The key stops it,
// and the run continues if the connection comes back.
func TestLostConnectionIsShown(t *testing.T) {
	t.Parallel()
	app := func(t *testing.T, account *snowflaketest.Account) *terminalSession {
		t.Helper()
		dir := t.TempDir()
		headless(t, dir, "new", "demo", "--yes", "--no-lock", "--database", "APPS", "--schema", "PUBLIC")
		environ := []string{"SNOWFLAKE_HOME=" + machineWith(t, account), "XDG_STATE_HOME=" + t.TempDir(), "HOME=" + t.TempDir()}
		return onTerminalOf(t, size{80, 24}, environ, dir, "apply", "demo", "--connection", "demo", "--lang", "en")
	}
	t.Run("plan", func(t *testing.T) {
		t.Parallel()
		account := newAccount(t)
		account.Fault(&snowflaketest.Fault{Kind: snowflaketest.DropBefore, Match: regexp.MustCompile("^SHOW|^DESC"), Times: -1})
		s := app(t, account)
		s.take(t, walk{
			{"connection lost, retrying (1 of 7), press esc to stop", ""},
			{"connection lost, retrying (2 of 7), press esc to stop", esc},
			{"enter connect", esc},
		})
		if code := s.ends(t); code != exit.Stopped {
			t.Errorf("exit code %d:\n%s", code, s.screen())
		}
	})
	t.Run("apply", func(t *testing.T) {
		t.Parallel()
		account := newAccount(t)
		account.Fault(&snowflaketest.Fault{Kind: snowflaketest.DropBefore, Match: regexp.MustCompile("^CREATE STAGE"), Times: 2})
		s := app(t, account)
		s.take(t, walk{
			{"to create", enter},
			{"Apply the plan", "y"},
			{"connection lost, retrying (2 of 7), press esc to stop", ""},
			{"All changes applied", esc},
		})
		if code := s.ends(t); code != exit.Success {
			t.Errorf("exit code %d:\n%s", code, s.screen())
		}
	})
	t.Run("apply stopped", func(t *testing.T) {
		t.Parallel()
		account := newAccount(t)
		account.Fault(&snowflaketest.Fault{Kind: snowflaketest.DropBefore, Match: regexp.MustCompile("^CREATE STAGE"), Times: -1})
		s := app(t, account)
		s.take(t, walk{
			{"to create", enter},
			{"Apply the plan", "y"},
			{"connection lost, retrying (1 of 7), press esc to stop", esc},
			{"←→ move   esc keep going", "y"},
			{"Deployment stopped", enter},
		})
		if code := s.ends(t); code == exit.Success || strings.Contains(s.screen(), "goroutine") {
			t.Errorf("exit code %d:\n%s", code, s.screen())
		}
	})
}
