package command

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"sleet/snowflake/snowflaketest"
	"sleet/steps/command/exit"
	"sleet/steps/command/machine"
)

// prodTables override the answers of an app in APPS.PUBLIC.
const prodTables = `
# Production is a schema of its own.
[env.prod]
app.schema = "PROD" # mind the case
app.title = "Sales"
network.hosts = ["prod.example.com"]
`

// envBox returns a box with the app demo in APPS.PUBLIC and an environment prod.
func envBox(t *testing.T) *box {
	t.Helper()
	b := emptyBox(t, snowflaketest.Serve(t))
	b.must(0, "new", "demo", "--yes", "--no-lock", "--database", "APPS", "--schema", "PUBLIC", "--host", "dev.example.com", "--secret", "api_key")
	path := filepath.Join(b.root, "demo", "sleet.toml")
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, append(text, prodTables...), 0o600); err != nil {
		t.Fatal(err)
	}
	return b
}

// live returns a file of the live version of an app.
func (b *box) live(app, file string) string {
	b.t.Helper()
	files, err := b.account.ReadFiles("DEV", "snow://streamlit/"+app+"/versions/live/")
	if err != nil {
		b.t.Fatal(err)
	}
	for name, text := range files {
		if strings.HasSuffix(name, file) {
			return text
		}
	}
	b.t.Fatalf("%s has no %s", app, file)
	return ""
}

// TestApplyEnvironment applies an app with and without an environment: each has its own objects, files and records, and
// destroying one keeps the other.
func TestApplyEnvironment(t *testing.T) {
	t.Parallel()
	b := envBox(t)
	secret := []string{"SLEET_SECRET_API_KEY=p1geon-h0le"}
	plan := b.run(secret, "apply", "demo", "--plan", "--env", "prod")
	if plan.code != exit.Failure || !strings.Contains(plan.err, "Environment: prod") || !strings.Contains(plan.out, "APPS.PROD.") || strings.Contains(plan.out, "APPS.PUBLIC.") {
		t.Fatalf("%d\n%s%s", plan.code, plan.err, plan.out)
	}
	if r := b.run(secret, "apply", "demo", "--plan", "--json", "--env", "prod"); !strings.Contains(r.out, `"environment": "prod"`) {
		t.Errorf("no environment in the JSON:\n%s", r.out)
	}
	for _, args := range [][]string{{"apply", "demo", "--yes"}, {"apply", "demo", "--yes", "--env", "prod"}} {
		if r := b.run(secret, args...); r.code != exit.Success {
			t.Fatalf("%v: %d\n%s%s", args, r.code, r.err, r.out)
		}
	}
	if code := b.live("APPS.PROD.DEMO", "streamlit_app.py"); !strings.Contains(code, "prod.example.com") || strings.Contains(code, "dev.example.com") {
		t.Errorf("the environment got the files of the folder:\n%s", code)
	}
	if code := b.live("APPS.PUBLIC.DEMO", "streamlit_app.py"); !strings.Contains(code, "dev.example.com") {
		t.Errorf("the app got the files of the environment:\n%s", code)
	}
	for _, args := range [][]string{{"apply", "demo", "--plan"}, {"apply", "demo", "--plan", "--env", "prod"}} {
		if r := b.run(nil, args...); r.code != exit.Success {
			t.Errorf("%v after both: %d\n%s%s", args, r.code, r.err, r.out)
		}
	}
	b.must(0, "destroy", "demo", "--yes", "--env", "prod")
	snapshot := b.account.Snapshot()
	if strings.Contains(snapshot, "APPS.PROD.DEMO") || !strings.Contains(snapshot, "APPS.PUBLIC.DEMO") {
		t.Errorf("after destroying prod:\n%s", snapshot)
	}
	if r := b.run(nil, "apply", "demo", "--plan"); r.code != exit.Success {
		t.Errorf("the app itself after that: %d\n%s%s", r.code, r.err, r.out)
	}
}

// TestEnvironmentEdited checks that an environment is merged with a file that the person edited, or refused if they
// conflict.
func TestEnvironmentEdited(t *testing.T) {
	t.Parallel()
	b := envBox(t)
	secret := []string{"SLEET_SECRET_API_KEY=p1geon-h0le"}
	path := filepath.Join(b.root, "demo", "streamlit_app.py")
	code, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, append(slices.Clone(code), "# mine\n"...), 0o600); err != nil {
		t.Fatal(err)
	}
	if r := b.run(secret, "apply", "demo", "--yes", "--env", "prod"); r.code != exit.Success {
		t.Fatalf("%d\n%s%s", r.code, r.err, r.out)
	}
	if host := (machine.Host{Environ: b.env}); !host.Deployed(filepath.Join(b.root, "demo")) {
		t.Error("Deployed() = false after apply")
	}
	if live := b.live("APPS.PROD.DEMO", "streamlit_app.py"); !strings.Contains(live, "prod.example.com") || !strings.HasSuffix(live, "# mine\n") {
		t.Errorf("the edit or the environment is lost:\n%s", live)
	}
	if err := os.WriteFile(path, []byte(strings.ReplaceAll(string(code), "dev.example.com", "my.example.com")), 0o600); err != nil {
		t.Fatal(err)
	}
	if r := b.run(secret, "apply", "demo", "--yes", "--env", "prod"); r.code != exit.Invalid || !strings.Contains(r.err, "streamlit_app.py") {
		t.Errorf("%d\n%s", r.code, r.err)
	}
}

// TestEnvironmentNames checks that each command refuses an unknown environment.
func TestEnvironmentNames(t *testing.T) {
	t.Parallel()
	b := envBox(t)
	for _, args := range [][]string{{"apply", "demo", "--plan"}, {"destroy", "demo", "--yes"}, {"doctor", "demo"}, {"logs", "demo"}, {"check", "demo"}} {
		r := b.must(exit.Invalid, append(args, "--env", "prd")...)
		if !strings.Contains(r.err, `environment "prd" not found: the environments are prod`) {
			t.Errorf("%v: %s", args, r.err)
		}
	}
	if r := b.must(exit.Invalid, "doctor", "APPS.PUBLIC.DEMO", "--env", "prod"); !strings.Contains(r.err, "is an app in the account") {
		t.Error(r.err)
	}
}

// TestEnvironmentStays checks that updating an app keeps its environments.
func TestEnvironmentStays(t *testing.T) {
	t.Parallel()
	b := envBox(t)
	b.must(0, "new", "demo", "--yes", "--no-lock", "--set", "app.title=Demo")
	text, err := os.ReadFile(filepath.Join(b.root, "demo", "sleet.toml"))
	if err != nil || !strings.Contains(string(text), strings.TrimSpace(prodTables)) || !strings.Contains(string(text), `title = "Demo"`) {
		t.Errorf("%v\n%s", err, text)
	}
}

// TestDoctorEnvironment examines the app of an environment, and reads its output.
func TestDoctorEnvironment(t *testing.T) {
	t.Parallel()
	b := envBox(t)
	if r := b.run([]string{"SLEET_SECRET_API_KEY=p1geon-h0le"}, "apply", "demo", "--yes", "--env", "prod"); r.code != exit.Success {
		t.Fatalf("%d\n%s%s", r.code, r.err, r.out)
	}
	r := b.run(nil, "doctor", "demo", "--env", "prod", "--json")
	if !strings.Contains(r.out, `"app": "APPS.PROD.DEMO"`) || !strings.Contains(r.out, "prod.example.com") || strings.Contains(r.out, "dev.example.com") || strings.Contains(r.out, `"state": "broken"`) {
		t.Errorf("%d\n%s%s", r.code, r.err, r.out)
	}
	if r := b.must(exit.Failure, "doctor", "demo", "--json"); !strings.Contains(r.out, `"app": "APPS.PUBLIC.DEMO"`) {
		t.Errorf("%s", r.out)
	}
	if r := b.must(0, "logs", "demo", "--env", "prod"); !strings.Contains(r.out, "You can now view") {
		t.Errorf("%s%s", r.out, r.err)
	}
	b.must(0, "check", "demo", "--env", "prod")
}

// TestCIEnvironments checks that the pipeline plans and applies each environment.
func TestCIEnvironments(t *testing.T) {
	t.Parallel()
	b := envBox(t)
	if err := os.Mkdir(filepath.Join(b.root, ".git"), 0o755); err != nil {
		t.Fatal(err)
	}
	r := b.must(0, "ci", "github", "demo", "--env", "prod")
	text, err := os.ReadFile(filepath.Join(b.root, ".github", "workflows", "sleet-demo.yml"))
	if err != nil || !strings.Contains(string(text), "- env: prod") || !strings.Contains(r.err, "repo:OWNER/REPOSITORY:environment:prod") {
		t.Errorf("%v\n%s\n%s", err, text, r.err)
	}
	b.must(exit.Invalid, "ci", "github", "demo", "--env", "prd")
}
