package command

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"sleet/snowflake/snowflaketest"
)

// box is a machine of its own for processes: a home, a temporary folder, an app, and an account on
// loopback that its only profile opens.
type box struct {
	t       *testing.T
	root    string
	dir     string
	account *snowflaketest.Account
	// said is everything that its processes wrote to standard output and standard error.
	said bytes.Buffer
	env  []string
}

// boxSecrets are the secrets of the app of a box, and boxValues the variables with their values,
// which hold every character that some escaping changes.
func boxSecrets(runtime string) []string {
	if runtime == "warehouse" {
		return []string{"--secret", "api_key", "--secret", "login:password"}
	}
	return []string{
		"--secret", "api_key", "--secret", "login:password",
		"--secret", "plain:generic_string:st.secrets", "--secret", "person:password:st.secrets",
	}
}

func boxValues(runtime string) map[string]string {
	values := map[string]string{
		"SLEET_SECRET_API_KEY":        `zq'one"\two☃<x>&%41 $$`,
		"SLEET_SECRET_LOGIN_USERNAME": `zquser'\"n`,
		"SLEET_SECRET_LOGIN_PASSWORD": `zqpass'"\w<rd>`,
	}
	if runtime == "container" {
		values["SLEET_SECRET_PLAIN"] = "zqplain\nof two lines"
		values["SLEET_SECRET_PERSON_USERNAME"] = "zqperson"
		values["SLEET_SECRET_PERSON_PASSWORD"] = `zq\\person`
	}
	return values
}

// newBox makes a box with the app demo in it.
func newBox(t *testing.T, account *snowflaketest.Account, runtime string) *box {
	t.Helper()
	root := t.TempDir()
	b := &box{t: t, root: root, dir: filepath.Join(root, "demo"), account: account}
	for _, name := range []string{"home/.snowflake", "tmp", "state", "config", "cache"} {
		if err := os.MkdirAll(filepath.Join(root, name), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	b.profile(account.Profile())
	b.env = []string{
		"PATH=" + os.Getenv("PATH"), "HOME=" + filepath.Join(root, "home"), "TMPDIR=" + filepath.Join(root, "tmp"),
		"XDG_STATE_HOME=" + filepath.Join(root, "state"), "XDG_CONFIG_HOME=" + filepath.Join(root, "config"),
		"XDG_CACHE_HOME=" + filepath.Join(root, "cache"), "SNOWFLAKE_HOME=" + filepath.Join(root, "home", ".snowflake"),
		"LANG=C.UTF-8",
	}
	args := slices.Concat([]string{
		"new", "demo", "--yes", "--no-lock", "--runtime", runtime, "--database", "APPS", "--schema", "PUBLIC",
		"--host", "api.example.com", "--set", `roles.owner="DEV"`,
	}, boxSecrets(runtime))
	if r := b.run(nil, args...); r.code != Success {
		t.Fatalf("sleet new: %d\n%s", r.code, r.err)
	}
	return b
}

// profile writes the box's connections.toml.
func (b *box) profile(text string) {
	b.t.Helper()
	path := filepath.Join(b.root, "home", ".snowflake", "connections.toml")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		b.t.Fatal(err)
	}
}

// command is sleet as a process in the box.
func (b *box) command(env []string, args ...string) (cmd *exec.Cmd, out, said *bytes.Buffer) {
	cmd = exec.Command("sleet", args...) //nolint:noctx // A test's time limit ends it.
	cmd.Dir = b.root
	cmd.Env = slices.Concat(b.env, env)
	out, said = &bytes.Buffer{}, &bytes.Buffer{}
	cmd.Stdout, cmd.Stderr = out, said
	return cmd, out, said
}

func (b *box) run(env []string, args ...string) applyRun {
	b.t.Helper()
	cmd, out, said := b.command(env, args...)
	err := cmd.Run()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		b.t.Fatal(err)
	}
	b.heard(out, said)
	return applyRun{out: out.String(), err: said.String(), code: cmd.ProcessState.ExitCode(), dir: b.dir}
}

// heard keeps what a process wrote.
func (b *box) heard(out, said *bytes.Buffer) {
	b.said.Write(out.Bytes())
	b.said.Write(said.Bytes())
}

// values are the variables with the secrets' values.
func values(runtime string) []string {
	var env []string
	for name, value := range boxValues(runtime) {
		env = append(env, name+"="+value)
	}
	return env
}

// apply runs apply with the secrets' values.
func (b *box) apply(runtime string) applyRun {
	b.t.Helper()
	return b.run(values(runtime), "apply", "demo", "--yes")
}

// clean holds that no secret's value is anywhere in what the processes wrote.
func (b *box) clean(runtime string) {
	b.t.Helper()
	var texts []string
	for _, v := range boxValues(runtime) {
		texts = append(texts, v)
	}
	noLeaks(b.t, texts, map[string]string{"what it said": b.said.String()}, b.root)
}

// changing are the statements of a run that change something.
func changing(sent []snowflaketest.Sent) []string {
	var list []string
	for _, s := range sent {
		word := strings.ToUpper(strings.Fields(s.SQL + " ?")[0])
		if !slices.Contains([]string{"SELECT", "SHOW", "DESCRIBE", "DESC", "LIST", "LS", "USE", "ALTER", "?"}, word) {
			list = append(list, s.SQL)
		}
		if word == "ALTER" && !strings.HasPrefix(strings.ToUpper(s.SQL), "ALTER SESSION") {
			list = append(list, s.SQL)
		}
	}
	return list
}

func runtimesOf() []string { return []string{"container", "warehouse"} }

func TestApplyProcess(t *testing.T) {
	for _, runtime := range runtimesOf() {
		t.Run(runtime, func(t *testing.T) {
			account := boxAccount(t)
			b := newBox(t, account, runtime)
			if r := b.run(nil, "apply", "demo", "--plan", "--json"); r.code != Failure || !strings.Contains(r.out, `"create"`) {
				t.Fatalf("plan before: exit code %d\n%s\n%s", r.code, r.out, r.err)
			}
			requests := account.Requests()
			r := b.apply(runtime)
			within(t, "the first apply", account.Requests()-requests, map[string]int{"container": 58, "warehouse": 46}[runtime])
			if r.code != Success {
				t.Fatalf("apply: exit code %d\n%s\n%s", r.code, r.out, r.err)
			}
			if !strings.Contains(r.out, "http") {
				t.Errorf("no address in %q", r.out)
			}
			if r := b.run(nil, "apply", "demo", "--plan", "--json"); r.code != Success {
				t.Errorf("plan after: exit code %d\n%s\n%s", r.code, r.out, r.err)
			}
			before, snapshot, requests := len(account.Statements()), account.Snapshot(), account.Requests()
			if r := b.run(nil, "apply", "demo", "--yes"); r.code != Success {
				t.Errorf("again: exit code %d\n%s\n%s", r.code, r.out, r.err)
			}
			within(t, "apply of an unchanged app", account.Requests()-requests, 19)
			if list := changing(account.Statements()[before:]); len(list) > 0 {
				t.Errorf("the second apply changed something:\n%s", strings.Join(list, "\n"))
			}
			if diff := cmp.Diff(snapshot, account.Snapshot()); diff != "" {
				t.Errorf("the second apply changed the account (-first +second):\n%s", diff)
			}
			b.clean(runtime)
			if r := b.run(nil, "destroy", "demo", "--yes"); r.code != Success {
				t.Errorf("destroy: exit code %d\n%s\n%s", r.code, r.out, r.err)
			}
			if strings.Contains(account.Snapshot(), "DEMO") {
				t.Errorf("destroy leaves\n%s", account.Snapshot())
			}
		})
	}
}

// within holds how many HTTP requests something takes. The first apply of an app for the container
// with four secrets and three files sends 18 statements that change something and 9 requests for the
// files, and an account answers each file twice, as it does on Google's cloud.
func within(t *testing.T, what string, requests, most int) {
	t.Helper()
	t.Logf("%s took %d HTTP round trips", what, requests)
	if requests > most {
		t.Errorf("%s took %d HTTP round trips, more than %d", what, requests, most)
	}
}

// boxAccount serves an account for a test.
func boxAccount(t *testing.T, options ...snowflaketest.Option) *snowflaketest.Account {
	t.Helper()
	account, err := snowflaketest.New(options...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(account.Close)
	return account
}

// undisturbed is the account after an apply that nothing disturbed, and how many statements it took.
func undisturbed(t *testing.T, runtime string) (snapshot string, statements int) {
	t.Helper()
	account := boxAccount(t)
	if r := newBox(t, account, runtime).apply(runtime); r.code != Success {
		t.Fatalf("apply: exit code %d\n%s", r.code, r.err)
	}
	return account.Snapshot(), len(account.Statements())
}

// TestApplyKilled kills the process at each statement, before the account does it and right after,
// and holds that a second run ends in the same account as an undisturbed one.
func TestApplyKilled(t *testing.T) {
	t.Parallel()
	every := os.Getenv("SLEET_CONFORMANCE") == "1" // all of them take minutes
	for _, runtime := range runtimesOf() {
		want, statements := undisturbed(t, runtime)
		for n := range statements {
			if !every && n%9 != 4 {
				continue
			}
			for _, when := range []string{"before", "after"} {
				t.Run(fmt.Sprintf("%s %d %s", runtime, n+1, when), func(t *testing.T) {
					t.Parallel()
					killAt(t, runtime, n, when, want)
				})
			}
		}
	}
}

func killAt(t *testing.T, runtime string, n int, when, want string) {
	t.Helper()
	account := boxAccount(t)
	b := newBox(t, account, runtime)
	cmd, out, said := b.command(values(runtime), "apply", "demo", "--yes")
	var killed atomic.Value
	kill := func(sql string) {
		killed.Store(sql)
		_ = cmd.Process.Kill()
	}
	// Only statements that change something can be half done; all are counted.
	fault := &snowflaketest.Fault{Kind: snowflaketest.Call, Skip: n}
	if when == "before" {
		fault.Kind, fault.Before = snowflaketest.DropBefore, kill
	} else {
		fault.After = kill
	}
	account.Fault(fault)
	_ = cmd.Run()
	b.heard(out, said)
	if killed.Load() == nil {
		t.Skip("this run took fewer statements")
	}
	r := b.apply(runtime)
	if r.code != Success {
		t.Fatalf("killed at %s; the next run: exit code %d\n%s\n%s", killed.Load(), r.code, r.out, r.err)
	}
	if diff := cmp.Diff(want, account.Snapshot()); diff != "" {
		t.Errorf("killed at %s; the next run leaves another account (-undisturbed +this):\n%s", killed.Load(), diff)
	}
	b.clean(runtime)
}

// TestApplyFaults lets everything go wrong once, at every statement that changes something, and
// holds that no value comes out and that a second run completes the work.
func TestApplyFaults(t *testing.T) {
	every := os.Getenv("SLEET_ALL_FAULTS") == "1" // all of them take a quarter of an hour
	kinds := map[string]snowflaketest.FaultKind{
		"500": snowflaketest.HTTP500, "dropped before": snowflaketest.DropBefore, "dropped after": snowflaketest.DropAfter,
		"expired": snowflaketest.ExpireSession, "echo": snowflaketest.EchoError,
	}
	statements := []string{
		"CREATE STAGE", "CREATE NETWORK RULE", "CREATE SECRET", "CREATE EXTERNAL", "CREATE OR REPLACE", "PUT", "CREATE STREAMLIT", "ADD LIVE", "GRANT",
		"LIST", "SHOW GRANTS", "DESCRIBE",
	}
	for _, runtime := range runtimesOf() {
		want, _ := undisturbed(t, runtime)
		for name, kind := range kinds {
			for i, statement := range statements {
				if !every && (i+int(kind))%6 != 0 {
					continue
				}
				t.Run(runtime+" "+name+" "+statement, func(t *testing.T) {
					account := boxAccount(t)
					b := newBox(t, account, runtime)
					account.Fault(&snowflaketest.Fault{Kind: kind, Match: regexp.MustCompile(statement)})
					first := b.apply(runtime)
					if r := b.apply(runtime); r.code != Success {
						t.Fatalf("the second run: exit code %d\n%s\nthe first: %d\n%s", r.code, r.err, first.code, first.err)
					}
					if diff := cmp.Diff(want, account.Snapshot()); diff != "" {
						t.Errorf("another account (-undisturbed +this):\n%s\nthe first run: %d\n%s", diff, first.code, first.err)
					}
					b.clean(runtime)
				})
			}
		}
	}
}

// TestApplyStopped sends ctrl+c in the middle of a slow statement.
func TestApplyStopped(t *testing.T) {
	account := boxAccount(t)
	b := newBox(t, account, "container")
	cmd, out, said := b.command(values("container"), "apply", "demo", "--yes")
	account.Fault(&snowflaketest.Fault{
		Kind: snowflaketest.Slow, Match: regexp.MustCompile("^CREATE SECRET"),
		Before: func(string) {
			time.AfterFunc(300*time.Millisecond, func() { _ = cmd.Process.Signal(os.Interrupt) })
		},
	})
	started := time.Now()
	_ = cmd.Run()
	b.heard(out, said)
	if code := cmd.ProcessState.ExitCode(); code != Stopped {
		t.Errorf("exit code %d\n%s", code, said)
	}
	if took := time.Since(started); took > 20*time.Second {
		t.Errorf("it took %v to stop", took)
	}
	if strings.Contains(account.Snapshot(), "DEMO_API_KEY") {
		t.Error("the statement was not aborted")
	}
	r := b.apply("container")
	if r.code != Success || !strings.Contains(r.err, "goes on from there") {
		t.Errorf("the next run: exit code %d\n%s", r.code, r.err)
	}
	b.clean("container")
}

// TestApplyCannotConnect holds what is said where there is no account to work in.
func TestApplyCannotConnect(t *testing.T) {
	account := boxAccount(t)
	b := newBox(t, account, "warehouse")
	good := account.Profile()
	var logins atomic.Int64
	account.Fault(&snowflaketest.Fault{
		Kind: snowflaketest.Call, Path: "/session/v1/login-request", Times: -1, Before: func(string) { logins.Add(1) },
	})
	for name, c := range map[string]struct {
		profile string
		code    int
		says    []string
	}{
		"wrong password": {strings.Replace(good, snowflaketest.Password+`"`, `zqwrong"`, 1), Failure, []string{"390100", "demo"}},
		"no account":     {strings.Replace(good, "account = ", "region = ", 1), Wrong, []string{"connections.toml", "account"}},
		"no network":     {strings.Replace(good, "port = ", "port = 1 # ", 1), Failure, []string{"127.0.0.1"}},
	} {
		t.Run(name, func(t *testing.T) {
			b.profile(c.profile)
			before := logins.Load()
			r := b.run(values("warehouse"), "apply", "demo", "--yes", "--connection", "demo")
			if r.code != c.code {
				t.Errorf("exit code %d, want %d\n%s", r.code, c.code, r.err)
			}
			for _, want := range c.says {
				if !strings.Contains(r.err, want) {
					t.Errorf("it does not say %q:\n%s", want, r.err)
				}
			}
			if name == "wrong password" && logins.Load() != before+1 {
				t.Errorf("%d tries to log in", logins.Load()-before)
			}
			if strings.Contains(r.err, "zqwrong") {
				t.Errorf("it shows the password:\n%s", r.err)
			}
		})
	}
	b.clean("warehouse")
}

// TestApplyHandsOverAndGoesOn plays a person without ACCOUNTADMIN, and the administrator after that.
func TestApplyHandsOverAndGoesOn(t *testing.T) {
	account := boxAccount(t, snowflaketest.WithUser(snowflaketest.User{
		Name: "MODEST", Password: snowflaketest.Password, Role: "DEV", Roles: []string{"DEV"},
		Database: "APPS", Schema: "PUBLIC", Warehouse: "COMPUTE_WH",
	}))
	b := newBox(t, account, "container")
	b.profile(strings.Replace(account.Profile(), `"SLEET"`, `"MODEST"`, 1))
	r := b.apply("container")
	script, err := os.ReadFile(filepath.Join(b.dir, "sql", "admin.sql"))
	if r.code != Failure || err != nil {
		t.Fatalf("exit code %d, %v\n%s", r.code, err, r.err)
	}
	if !strings.Contains(string(script), "CREATE EXTERNAL ACCESS INTEGRATION") || !strings.Contains(r.err, "admin.sql") {
		t.Errorf("the script is\n%s\nit said\n%s", script, r.err)
	}
	if !strings.Contains(account.Snapshot(), "DEMO_API_KEY") {
		t.Error("what does not depend on it was not made")
	}
	role := "ACCOUNTADMIN"
	for _, statement := range strings.Split(withoutComments(string(script)), ";\n") {
		statement = strings.TrimSpace(statement)
		if name, ok := strings.CutPrefix(statement, "USE ROLE "); ok {
			role = name
		} else if statement != "" {
			if err := account.Exec(role, statement); err != nil {
				t.Errorf("the administrator: %v", err)
			}
		}
	}
	if r := b.apply("container"); r.code != Success {
		t.Errorf("afterwards: exit code %d\n%s\n%s", r.code, r.err, account.Snapshot())
	}
	b.clean("container")
}

func withoutComments(script string) string {
	var b strings.Builder
	for line := range strings.Lines(script) {
		if !strings.HasPrefix(line, "--") {
			b.WriteString(line)
		}
	}
	return b.String()
}
