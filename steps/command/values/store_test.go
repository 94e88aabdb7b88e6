package values

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"sleet/steps/command/exit"
	"sleet/steps/command/machine"
	"sleet/steps/deploy"
)

// fakeStore puts a shell script on PATH as a store's program. It writes its arguments, one a line, and its environment
// to files, then runs the body.
func fakeStore(t *testing.T, program, body string) (dir string) {
	t.Helper()
	if runtime.GOOS == "windows" {
		t.Skip("the program is a shell script")
	}
	dir = t.TempDir()
	script := "#!/bin/sh\nfor a in \"$@\"; do printf '%s\\n' \"$a\"; done >>" + dir + "/args\n/usr/bin/env >" + dir + "/environ\n" + body + "\n"
	if err := os.WriteFile(filepath.Join(dir, program), []byte(script), 0o700); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", dir)
	return dir
}

// storeHush is a value that no output may show.
const storeHush = "s3cr3tstuff"

func TestOnePasswordItem(t *testing.T) {
	dir := fakeStore(t, "op", `echo '{"id": "x", "fields": [
{"id": "username", "label": "username", "value": "not of the app"},
{"id": "a", "label": "API_KEY", "value": "`+storeHush+`"},
{"id": "b", "label": "login.username", "value": "u"},
{"id": "c", "section": {"id": "s", "label": "login"}, "label": "password", "value": "p q"},
{"id": "d", "label": "empty"}]}'`)
	host := machine.Host{Environ: []string{"SLEET_SECRET_API_KEY=" + storeHush, "SNOWFLAKE_PASSWORD=x", "OP_SERVICE_ACCOUNT_TOKEN=y"}}
	values, err := Gather(context.Background(), host, "op://My vault/app's item", someParts())
	if err != nil {
		t.Fatal(err)
	}
	for part, want := range map[deploy.ValuePart]string{
		{Key: "api_key"}: storeHush, {Key: "login", Field: "username"}: "u", {Key: "login", Field: "password"}: "p q",
	} {
		if got := values[part].Reveal(); got != want {
			t.Errorf("%s is %q, want %q", part, got, want)
		}
	}
	if got, want := readStored(t, filepath.Join(dir, "args")), "item\nget\n--vault=My vault\n--format=json\n--\napp's item\n"; got != want {
		t.Errorf("op got %q, want %q", got, want)
	}
	environ := readStored(t, filepath.Join(dir, "environ"))
	if strings.Contains(environ, "SLEET_SECRET_") || strings.Contains(environ, "SNOWFLAKE_PASSWORD") || !strings.Contains(environ, "OP_SERVICE_ACCOUNT_TOKEN=y") {
		t.Errorf("op got the environment\n%s", environ)
	}
}

// TestStoresRefuse checks that an unreadable store exits with code 2 and shows no value.
func TestStoresRefuse(t *testing.T) {
	for name, c := range map[string]struct {
		from, body, want string
	}{
		"no item":         {"op://vault", "", "op://VAULT/ITEM"},
		"a field":         {"op://vault/item/field", "", "op://VAULT/ITEM"},
		"no vault":        {"op:///item", "", "op://VAULT/ITEM"},
		"nothing":         {"op://", "", "op://VAULT/ITEM"},
		"control":         {"op://v/\x1b]0;x", "", "does not refer"},
		"not signed in":   {"op://v/i", "echo one >&2; printf '[ERROR] you are not \\033[31msigned in\\n' >&2; exit 1", "op: [ERROR] you are not ␛[31msigned in"},
		"token in stderr": {"op://v/i", "echo 'the token ops_" + strings.Repeat("x9", 20) + " of " + storeHush + " is not valid' >&2; exit 1", "op: the token … of … is not valid"},
		"silent":          {"op://v/i", "exit 3", "exit status 3"},
		"no JSON":         {"op://v/i", "echo " + storeHush, "output of op"},
		"other fields":    {"op://v/i", `echo '{"fields": [{"label": "x", "value": "` + storeHush + `"}]}'`, "api_key, login.username"},
		"half":            {"op://v/i", `echo '{"fields": [{"label": "login.username", "value": "` + storeHush + `"}]}'`, "SLEET_SECRET_LOGIN_PASSWORD"},
		"value in stderr": {"op://v/i", "echo " + storeHush + "; echo " + storeHush + " >&2; exit 1", "exit status 1"},
		"endless":         {"op://v/i", "while :; do echo " + storeHush + "0123456789012345678901234567890123456789; done", "larger than"},
	} {
		t.Run(name, func(t *testing.T) {
			fakeStore(t, "op", c.body)
			_, err := Gather(context.Background(), machine.Host{Environ: []string{"OP_SESSION_x=" + storeHush}}, c.from, someParts())
			if err == nil || !strings.Contains(err.Error(), c.want) || exit.Code(err) != exit.Invalid {
				t.Fatalf("%v; want %q and exit code %d", err, c.want, exit.Invalid)
			}
			if strings.Contains(err.Error(), storeHush) || strings.ContainsRune(err.Error(), 0x1b) && c.from != "op://v/\x1b]0;x" {
				t.Errorf("the error repeats what was given: %q", err)
			}
		})
	}
	t.Run("no program", func(t *testing.T) {
		t.Setenv("PATH", t.TempDir())
		if _, err := Gather(context.Background(), machine.Host{}, "op://v/i", someParts()); exit.Code(err) != exit.Invalid || !strings.Contains(err.Error(), "op not found") {
			t.Errorf("%v", err)
		}
	})
	t.Run("stopped", func(t *testing.T) {
		fakeStore(t, "op", "exec /bin/sleep 60")
		ctx, cancel := context.WithTimeout(context.Background(), 200*time.Millisecond)
		defer cancel()
		if _, err := Gather(ctx, machine.Host{}, "op://v/i", someParts()); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("%v", err)
		}
	})
}

func TestKeychain(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("secret-tool runs on Linux only")
	}
	dir := fakeStore(t, "secret-tool", `case "$5" in api_key) echo `+storeHush+`;; login.username) printf u;; login.password) printf 'two\nlines\n';; esac`)
	values, err := Gather(context.Background(), machine.Host{}, "keychain:my app", someParts())
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, p := range someParts() {
		got = append(got, values[p].Reveal())
	}
	if want := storeHush + "|u|two\nlines"; strings.Join(got, "|") != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got := readStored(t, filepath.Join(dir, "args")); !strings.HasPrefix(got, "lookup\nservice\nmy app\naccount\napi_key\n") {
		t.Errorf("secret-tool got %q", got)
	}
	fakeStore(t, "secret-tool", `[ "$5" = api_key ] && echo k && exit; exit 1`)
	if values, err = Gather(context.Background(), machine.Host{}, "keychain:app", someParts()); err != nil || len(values) != 1 {
		t.Errorf("one entry: %v, %v", values, err)
	}
	fakeStore(t, "secret-tool", `echo 'secret-tool: cannot connect to the bus' >&2; exit 1`)
	if _, err = Gather(context.Background(), machine.Host{}, "keychain:app", someParts()); err == nil || strings.Count(err.Error(), "secret-tool: ") != 1 || !strings.Contains(err.Error(), "environment variables") {
		t.Errorf("a locked keychain: %v", err)
	}
	if _, err = Gather(context.Background(), machine.Host{}, "keychain:-x", someParts()); exit.Code(err) != exit.Invalid {
		t.Errorf("a service that looks like a flag: %v", err)
	}
}

// TestKeychainsOfSystems checks the table of programs.
func TestKeychainsOfSystems(t *testing.T) {
	mac, _ := keychainOf("darwin")
	if got := strings.Join(mac.args("s", "a"), " "); mac.program != "security" || got != "find-generic-password -s s -a a -w" || !mac.missing(44, "x") || mac.missing(1, "") {
		t.Errorf("%s %s", mac.program, got)
	}
	for out, want := range map[string]string{
		"plain\n": "plain", "6c310a6c32\n": "l1\nl2", "c3a9\n": "é", "deadbeef\n": "deadbeef", "414243\n": "414243", "\n": "",
	} {
		if got := mac.value(out); got != want {
			t.Errorf("security printed %q: got %q, want %q", out, got, want)
		}
	}
	if _, ok := keychainOf("windows"); ok {
		t.Error("Windows has no program that prints an entry")
	}
}

func readStored(t *testing.T, path string) string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}
