package command

import (
	"encoding/json"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sleet/scaffold/testtools"
	"sleet/snowflake/snowflaketest"
	"sleet/steps/command/exit"
)

// TestAppliedApp runs a deployed container app with the real Streamlit and a real Snowpark session, and checks that
// each secret's value arrives, through its function and through st.secrets.
func TestAppliedApp(t *testing.T) {
	python := testtools.Tool(t, "app/bin/python")
	testtools.CountConformance(t)
	account := snowflaketest.Serve(t, snowflaketest.WithPython(python))
	b := newBox(t, account, "container")
	if r := b.apply("container"); r.code != exit.Success {
		t.Fatalf("apply: exit code %d\n%s", r.code, r.err)
	}
	script, err := filepath.Abs("testdata/run_applied.py")
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(python, script, filepath.Join(b.dir, "streamlit_app.py"), "APPS.PUBLIC.demo", "api_key,login,plain,person") //nolint:noctx // A test's time limit ends it.
	cmd.Dir = b.dir
	cmd.Env = slices.Concat(b.env, []string{"SNOWFLAKE_DEFAULT_CONNECTION_NAME=demo"})
	var said strings.Builder
	cmd.Stderr = &said
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%v\n%s\n%s", err, out, &said)
	}
	lines := strings.Split(strings.TrimSpace(string(out)), "\n")
	var got struct {
		Values  map[string]any
		Success int
		Errors  []string
	}
	if err := json.Unmarshal([]byte(lines[len(lines)-1]), &got); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	given := boxValues("container")
	login := func(key string) map[string]any {
		return map[string]any{"username": given["SLEET_SECRET_"+key+"_USERNAME"], "password": given["SLEET_SECRET_"+key+"_PASSWORD"]}
	}
	want := map[string]any{
		"api_key": given["SLEET_SECRET_API_KEY"], "login": login("LOGIN"),
		"plain": given["SLEET_SECRET_PLAIN"], "person": login("PERSON"),
	}
	if diff := cmp.Diff(want, got.Values); diff != "" {
		t.Errorf("the values (-given +arrived):\n%s", diff)
	}
	if got.Success != len(want) {
		t.Errorf("the app shows %d secrets as arrived, want %d: %v", got.Success, len(want), got.Errors)
	}
}

// TestDeployRoundTrips compares the requests of apply with those of the Snowflake CLI for the same app.
func TestDeployRoundTrips(t *testing.T) {
	snow := testtools.Tool(t, "cli/bin/snow")
	testtools.CountConformance(t)
	account := snowflaketest.Serve(t)
	b := newBox(t, account, "container")
	before := account.Requests()
	if r := b.apply("container"); r.code != exit.Success {
		t.Fatalf("apply: exit code %d\n%s", r.code, r.err)
	}
	ours := account.Requests() - before
	before = account.Requests()
	if r := b.run(nil, "apply", "demo", "--yes"); r.code != exit.Success {
		t.Fatalf("apply again: exit code %d\n%s", r.code, r.err)
	}
	again := account.Requests() - before
	before = account.Requests()
	cmd := exec.Command(snow, "streamlit", "deploy", "--replace", "--connection", "demo") //nolint:noctx // A test's time limit ends it.
	cmd.Dir = b.dir
	cmd.Env = b.env
	out, err := cmd.CombinedOutput()
	theirs := account.Requests() - before
	t.Logf("round trips: sleet apply %d for the whole app, %d where nothing changes; snow streamlit deploy %d", ours, again, theirs)
	if err != nil {
		t.Errorf("snow streamlit deploy: %v\n%s", err, out)
	}
}
