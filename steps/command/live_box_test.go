package command

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"sleet/snowflake/snowflaketest"
	"sleet/steps/command/accounts"
	"sleet/steps/command/exit"
	"sleet/steps/command/machine"
	"sleet/steps/command/screens"
	"sleet/steps/uv"
)

// box is an isolated machine for processes: a home folder, a temporary folder, an app, and an account on the loopback
// interface that its only connection opens.
type box struct {
	t       *testing.T
	root    string
	dir     string
	account *snowflaketest.Account
	// said is everything that its processes wrote to standard output and standard error.
	said bytes.Buffer
	env  []string
}

// boxSecrets returns the secrets of the app of a box, and boxValues has the variables with their values, which have
// every character that some escaping changes.
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

// newBox returns a box with the app demo in it.
func newBox(t *testing.T, account *snowflaketest.Account, runtime string) *box {
	t.Helper()
	b := emptyBox(t, account)
	args := slices.Concat([]string{
		"new", "demo", "--yes", "--no-lock", "--runtime", runtime, "--database", "APPS", "--schema", "PUBLIC",
		"--host", "api.example.com", "--set", `roles.owner="DEV"`,
	}, boxSecrets(runtime))
	if r := b.run(nil, args...); r.code != exit.Success {
		t.Fatalf("sleet new: %d\n%s", r.code, r.err)
	}
	return b
}

// boxOf returns a box with a copy of an app that sleet created.
func boxOf(t *testing.T, account *snowflaketest.Account, app string) *box {
	t.Helper()
	b := emptyBox(t, account)
	if err := os.CopyFS(b.dir, os.DirFS(app)); err != nil {
		t.Fatal(err)
	}
	return b
}

// emptyBox returns a box without an app.
func emptyBox(t *testing.T, account *snowflaketest.Account) *box {
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

// command returns the command of sleet as a process in the box.
func (b *box) command(env []string, args ...string) (cmd *exec.Cmd, out, said *bytes.Buffer) {
	cmd = exec.Command("sleet", args...) //nolint:noctx // A test's time limit ends it.
	cmd.Dir = b.root
	cmd.Env = slices.Concat(b.env, env)
	out, said = &bytes.Buffer{}, &bytes.Buffer{}
	cmd.Stdout, cmd.Stderr = out, said
	return cmd, out, said
}

// run runs a command line in the box, inside this process, as Main would. The box does not see the temporary folder of
// this process, or what a library writes to its standard error: tests of those call process.
func (b *box) run(env []string, args ...string) applyRun {
	b.t.Helper()
	environ := slices.Concat(b.env, env)
	var out, said bytes.Buffer
	code := Run(b.t.Context(), args, machine.Host{
		In: strings.NewReader(""), Out: &out, Err: &said, Environ: environ, Dir: b.root, Uv: uv.Find(environ),
		Wizard: screens.Ask, Apply: screens.Apply, Migrate: screens.Migrate, Connect: accounts.Connect,
	})
	b.heard(&out, &said)
	return applyRun{out: out.String(), err: said.String(), code: code, dir: b.dir}
}

// process runs a command line in the box in its own process.
func (b *box) process(env []string, args ...string) applyRun {
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

// heard records what a process wrote.
func (b *box) heard(out, said *bytes.Buffer) {
	b.said.Write(out.Bytes())
	b.said.Write(said.Bytes())
}

// testValues returns the variables with the secrets' values.
func testValues(runtime string) []string {
	var env []string
	for name, value := range boxValues(runtime) {
		env = append(env, name+"="+value)
	}
	return env
}

// apply runs apply with the secrets' values.
func (b *box) apply(runtime string) applyRun {
	b.t.Helper()
	return b.run(testValues(runtime), "apply", "demo", "--yes")
}

// clean checks that no secret's value is in the output of the processes.
func (b *box) clean(runtime string) {
	b.t.Helper()
	var texts []string
	for _, v := range boxValues(runtime) {
		texts = append(texts, v)
	}
	noLeaks(b.t, texts, map[string]string{"what it said": b.said.String()}, b.root)
}

// calm is the result of an apply without faults.
type calm struct {
	// app is a folder with the app, snapshot is the account afterwards, statements is how many statements were sent.
	app, snapshot string
	statements    int
}

// undisturbed applies an app without faults.
func undisturbed(t *testing.T, runtime string) calm {
	t.Helper()
	account := snowflaketest.Serve(t)
	b := newBox(t, account, runtime)
	if r := b.apply(runtime); r.code != exit.Success {
		t.Fatalf("apply: exit code %d\n%s", r.code, r.err)
	}
	return calm{b.dir, account.Snapshot(), len(account.Statements())}
}
