//go:build unix

package command

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"sleet/steps/command/exit"
)

// watchedPrograms creates programs that write their arguments and environment to the returned file and exit with a
// code.
func watchedPrograms(t *testing.T, bin, code string, names ...string) (seen string) {
	t.Helper()
	seen = filepath.Join(bin, "seen")
	for _, name := range names {
		files(t, bin, map[string]string{name: "#!/bin/sh\n(echo \"started: $0 $*\"; env) >>" + seen + "\nexit " + code + "\n"})
		if err := os.Chmod(filepath.Join(bin, name), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	return seen
}

// awaitText waits until a file has a text.
func awaitText(t *testing.T, path, text string) {
	t.Helper()
	for deadline := time.Now().Add(20 * time.Second); ; time.Sleep(20 * time.Millisecond) {
		if data, err := os.ReadFile(path); err == nil && strings.Contains(string(data), text) {
			return
		}
		if time.Now().After(deadline) {
			t.Fatalf("%q was not seen in %s", text, path)
		}
	}
}

// TestHostileChildrenOnTerminal opens the editor and the browser from the wizard, and the browser of a login. None of
// them gets a secret or a credential, and no screen shows one.
func TestHostileChildrenOnTerminal(t *testing.T) {
	t.Parallel()
	marks := []string{"MARK-secret-value", "MARK-password", "MARK-token", "MARK-passphrase"}
	bin, dir, account := t.TempDir(), t.TempDir(), newAccount(t)
	seen := watchedPrograms(t, bin, "0", "xdg-open", "x-www-browser", "www-browser", "open", "fake-editor", "git", "uv")
	sleet, err := exec.LookPath("sleet")
	if err != nil {
		t.Fatal(err)
	}
	environ := []string{
		"PATH=" + bin + ":" + filepath.Dir(sleet) + ":/usr/bin:/bin", "VISUAL=fake-editor", "BROWSER=", "SNOWFLAKE_HOME=" + machineWith(t, account),
		"SLEET_SECRET_API_KEY=" + marks[0], "SNOWFLAKE_PASSWORD=" + marks[1], "SNOWFLAKE_CONNECTIONS_OTHER_TOKEN=" + marks[2],
		"SNOWFLAKE_CONNECTIONS_OTHER_ACCOUNT=x", "PRIVATE_KEY_PASSPHRASE=" + marks[3],
	}
	s := onTerminalOf(t, size{100, 30}, environ, dir, "new", "demo", "--no-lock", "--database", "APPS", "--schema", "PUBLIC",
		"--host", "api.example.com", "--secret", "api_key:generic_string:st.secrets")
	const f4 = "\x1bOS"
	s.take(t, walk{{"What do you want", down + enter}, {"The app", f4}})
	awaitText(t, seen, "fake-editor ")
	s.take(t, walk{
		{"The app", enter},
		{"Choose where the app", enter},
		{"API keys, passwords", enter},
		{"Create ", enter},
		{"Deploy to Snowflake now", down},
		{"enter deploy", enter},
		{"SLEET", enter},
		{"Sent to your account", marks[0] + enter},
		{"enter apply", enter},
		{"Apply the plan", "y"},
		{"open in the browser", enter},
	})
	awaitText(t, seen, "https://app.snowflake.com")
	s.take(t, walk{{"enter finish", enter}})
	if code := s.ends(t); code != exit.Success {
		t.Fatalf("exit code %d:\n%s", code, s.screen())
	}
	texts := map[string]string{"the screen": s.shown(), "what the children got": readText(t, seen)}
	noLeaks(t, marks, texts, dir)
}

// TestHostileChildrenOfLogin checks that the browser which the driver opens for a login gets no secret or credential.
func TestHostileChildrenOfLogin(t *testing.T) {
	t.Parallel()
	b := hostileBox(t)
	marks := []string{"MARK-secret-value", "MARK-password"}
	bin := filepath.Join(b.root, "bin")
	seen := watchedPrograms(t, bin, "0", "xdg-open", "x-www-browser", "www-browser", "open")
	b.must(exit.Success, "new", "demo", "--yes", "--no-lock", "--database", "APPS", "--schema", "PUBLIC", "--secret", "api_key")
	profile := strings.NewReplacer("authenticator", "# authenticator", "password", "# password", "token", "# token").Replace(b.account.Profile())
	cmd, _, said := b.command([]string{
		"PATH=" + bin + ":" + os.Getenv("PATH"), "SLEET_SECRET_API_KEY=" + marks[0], "SNOWFLAKE_PASSWORD=" + marks[1],
		"SNOWFLAKE_CONNECTIONS=" + profile + "\nauthenticator = \"externalbrowser\"\n",
	}, "apply", "demo", "--plan")
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	defer func() {
		_ = cmd.Process.Signal(syscall.SIGINT)
		_ = cmd.Wait()
	}()
	for deadline := time.Now().Add(20 * time.Second); ; time.Sleep(20 * time.Millisecond) {
		if data, err := os.ReadFile(seen); err == nil && strings.Contains(string(data), "PATH=") {
			break
		}
		if time.Now().After(deadline) {
			t.Fatalf("no browser was opened\n%s", said)
		}
	}
	noLeaks(t, marks, map[string]string{"what the browser got": readText(t, seen)})
}
