package command

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"sleet/snowflake"
	"sleet/steps/command/exit"
	"sleet/steps/command/machine"
	"sleet/steps/command/script"
	"sleet/steps/deploy"
	"sleet/ui/message"
)

// fakeCloud is an account with a given assessment and given outcomes.
type fakeCloud struct {
	survey  deploy.Assessment
	applied deploy.Applied
	events  []deploy.Event
	err     error
	// looked and ran are the deployments that it was called with.
	looked, ran []deploy.Deployment
	decided     []deploy.Decision
}

func (c *fakeCloud) Assess(_ context.Context, d deploy.Deployment) (deploy.Assessment, error) {
	c.looked = append(c.looked, d)
	s := c.survey
	s.Plan.Items = nil
	given := d.Values.Given(deploy.ValueParts(d.App))
	for _, item := range c.survey.Plan.Items {
		item.NeedsValue = item.NeedsValue && !given[item.Key]
		s.Plan.Items = append(s.Plan.Items, item)
	}
	return s, c.err
}

func (c *fakeCloud) AssessDestroy(ctx context.Context, d deploy.Deployment) (deploy.Assessment, error) {
	return c.Assess(ctx, d)
}

func (c *fakeCloud) Apply(ctx context.Context, d deploy.Deployment, _ deploy.Assessment, h deploy.ApplyHooks) (deploy.Applied, error) {
	c.ran = append(c.ran, d)
	for _, e := range c.events {
		h.Event(e)
		if e.Event == deploy.EventFailed && h.Decide != nil {
			decision, err := h.Decide(ctx, e)
			if err != nil {
				return c.applied, err
			}
			c.decided = append(c.decided, decision)
		}
	}
	return c.applied, c.err
}

func (c *fakeCloud) Destroy(ctx context.Context, d deploy.Deployment, s deploy.Assessment, h deploy.ApplyHooks) (deploy.Applied, error) {
	return c.Apply(ctx, d, s, h)
}

func (c *fakeCloud) Undo(context.Context, deploy.Assessment, deploy.Applied, deploy.ApplyHooks) (deploy.Applied, error) {
	return deploy.Applied{Undone: true}, nil
}

func (c *fakeCloud) Close() error { return nil }

// somePlan returns a plan with an item of every action.
func somePlan() snowflake.Plan {
	object := func(kind snowflake.Kind, name, role string) snowflake.Resource {
		return snowflake.Resource{Ref: snowflake.Ref{Kind: kind, Name: snowflake.ShownName(name)}, Owner: snowflake.StoredObject(role)}
	}
	return snowflake.Plan{Items: []snowflake.Item{
		{Resource: object(snowflake.KindSchema, "APPS.PUBLIC", "DEV"), Action: snowflake.ActionSame},
		{
			Resource: object(snowflake.KindSecret, "APPS.PUBLIC.DEMO_API_KEY", "DEV"), Action: snowflake.ActionCreate,
			Statements: []snowflake.Statement{{SQL: "CREATE SECRET X\n  SECRET_STRING = <secret:api_key>", Role: snowflake.StoredObject("DEV")}},
		},
		{
			Resource: object(snowflake.KindStreamlit, "APPS.PUBLIC.DEMO", "DEV"), Action: snowflake.ActionAlter,
			Changes:    []snowflake.Change{{Property: "TITLE", From: "", To: "Demo"}},
			Statements: []snowflake.Statement{{SQL: "ALTER STREAMLIT X SET TITLE = 'Demo'", Role: snowflake.StoredObject("DEV")}},
		},
		{
			Resource: object(snowflake.KindIntegration, "DEMO_ACCESS", "ACCOUNTADMIN"), Action: snowflake.ActionCannot,
			Reason:   message.Verbatim("the role ACCOUNTADMIN is not yours"),
			Handover: []snowflake.Statement{{SQL: "CREATE EXTERNAL ACCESS INTEGRATION DEMO_ACCESS", Role: snowflake.StoredObject("ACCOUNTADMIN")}},
		},
	}}
}

// applyRun is the result of running the command line with a fake account, in a folder with the app demo.
type applyRun struct {
	out, err string
	code     int
	dir      string
}

func runLive(t *testing.T, cloud *fakeCloud, host machine.Host, args ...string) applyRun {
	t.Helper()
	dir := t.TempDir()
	var out, said bytes.Buffer
	host.Out, host.Err, host.Dir = &out, &said, dir
	if host.In == nil {
		host.In = strings.NewReader("")
	}
	host.Connect = func(context.Context, machine.ConnectOptions) (deploy.Deployer, error) { return cloud, nil }
	made := host
	made.Out, made.Err, made.Terminal = &bytes.Buffer{}, &bytes.Buffer{}, false
	if code := Run(context.Background(), []string{
		"new", "demo", "--yes", "--no-lock", "--secret", "api_key", "--secret", "login:password", "--host", "a.example.com",
		"--database", "APPS", "--schema", "PUBLIC",
	}, made); code != exit.Success {
		t.Fatalf("sleet new: %d\n%s", code, made.Err)
	}
	code := Run(context.Background(), args, host)
	return applyRun{out.String(), said.String(), code, filepath.Join(dir, "demo")}
}

func TestApplyPlan(t *testing.T) {
	cloud := &fakeCloud{survey: deploy.Assessment{Plan: somePlan(), Context: snowflake.Context{Account: "ACME", User: "ME", Role: "DEV"}}}
	run := runLive(t, cloud, machine.Host{}, "apply", "demo", "--plan")
	if run.code != exit.Failure {
		t.Errorf("exit code %d, want 1", run.code)
	}
	want := `  = unchanged  schema APPS.PUBLIC
  + create     secret APPS.PUBLIC.DEMO_API_KEY          (role DEV)
      CREATE SECRET X
        SECRET_STRING = <secret:api_key>;
  ~ alter      streamlit APPS.PUBLIC.DEMO               (role DEV)
      TITLE: (none) → Demo
      ALTER STREAMLIT X SET TITLE = 'Demo';
  ! blocked    external access integration DEMO_ACCESS  (role ACCOUNTADMIN)
      the role ACCOUNTADMIN is not yours
      statements that fix it, for an administrator:
        CREATE EXTERNAL ACCESS INTEGRATION DEMO_ACCESS;
`
	if run.out != want {
		t.Errorf("output\n%s\nwant\n%s", run.out, want)
	}
	for _, word := range []string{"ACME", "ME", "1 to create"} {
		if !strings.Contains(run.err, word) {
			t.Errorf("no %q in the output:\n%s", word, run.err)
		}
	}
	if len(cloud.ran) > 0 {
		t.Error("--plan changed something")
	}
}

func TestApplyPlanJSON(t *testing.T) {
	run := runLive(t, &fakeCloud{survey: deploy.Assessment{Plan: somePlan()}}, machine.Host{}, "apply", "demo", "--plan", "--json")
	var got map[string][]map[string]any
	if err := json.Unmarshal([]byte(run.out), &got); err != nil {
		t.Fatal(err)
	}
	if len(got) != 1 || len(got["objects"]) != 4 || run.code != exit.Failure {
		t.Fatalf("exit code %d, %s", run.code, run.out)
	}
	for _, object := range got["objects"] {
		for _, key := range []string{"action", "kind", "name", "role", "changes", "statements", "reason"} {
			if object[key] == nil {
				t.Errorf("%v has no %s", object["name"], key)
			}
		}
	}
	same := deploy.Assessment{Plan: snowflake.Plan{Items: somePlan().Items[:1]}}
	if run := runLive(t, &fakeCloud{survey: same}, machine.Host{}, "apply", "demo", "--plan", "--json"); run.code != exit.Success {
		t.Errorf("no changes: exit code %d", run.code)
	}
}

func TestApplyNeedsAWord(t *testing.T) {
	for name, c := range map[string]struct {
		args []string
		want string
	}{
		"nobody there":      {[]string{"apply", "demo"}, "--yes"},
		"JSON asks nothing": {[]string{"apply", "demo", "--json"}, "--plan"},
		"destroy":           {[]string{"destroy", "demo"}, "--yes"},
		"no folder":         {[]string{"apply", "nowhere", "--yes"}, "sleet new nowhere"},
		"no answers":        {[]string{"apply", ".", "--yes"}, "sleet apply demo"},
		"demo of a profile": {[]string{"apply", "demo", "--yes", "--demo", "--connection", "x"}, "--connection"},
		"broken values":     {[]string{"apply", "demo", "--yes", "--secrets-from", "nowhere"}, "nowhere"},
	} {
		t.Run(name, func(t *testing.T) {
			cloud := &fakeCloud{survey: deploy.Assessment{Plan: somePlan()}}
			run := runLive(t, cloud, machine.Host{}, c.args...)
			if run.code != exit.Invalid || !strings.Contains(run.err, c.want) || len(cloud.ran)+len(cloud.looked) > 0 {
				t.Errorf("exit code %d, assessed %d times\n%s", run.code, len(cloud.looked), run.err)
			}
		})
	}
}

// needing returns a plan with a secret that has no value yet.
func needing(key string) deploy.Assessment {
	return deploy.Assessment{Plan: snowflake.Plan{Items: []snowflake.Item{{
		Resource: snowflake.Resource{Ref: snowflake.Ref{Kind: snowflake.KindSecret, Name: snowflake.ShownName("S")}, Key: key},
		Action:   snowflake.ActionCreate, NeedsValue: true,
	}}}}
}

func TestApplyNamesMissingValues(t *testing.T) {
	cloud := &fakeCloud{survey: needing("login")}
	run := runLive(t, cloud, machine.Host{}, "apply", "demo", "--yes")
	for _, want := range []string{"SLEET_SECRET_LOGIN_USERNAME", "SLEET_SECRET_LOGIN_PASSWORD", "login.username"} {
		if !strings.Contains(run.err, want) {
			t.Errorf("no %q in the output:\n%s", want, run.err)
		}
	}
	if run.code != exit.Invalid || len(cloud.ran) > 0 {
		t.Errorf("exit code %d", run.code)
	}
	cloud = &fakeCloud{survey: needing("api_key")}
	run = runLive(t, cloud, machine.Host{Environ: []string{"SLEET_SECRET_API_KEY=v"}}, "apply", "demo", "--yes")
	if run.code != exit.Success || len(cloud.ran) != 1 {
		t.Errorf("with the value: exit code %d\n%s", run.code, run.err)
	}
}

// TestApplyAsks checks the questions on a terminal, and what each answer does.
func TestApplyAsks(t *testing.T) {
	failed := deploy.Event{Event: deploy.EventFailed, Step: 1, Code: "003001", Message: message.Verbatim("no")}
	for name, c := range map[string]struct {
		survey  deploy.Assessment
		events  []deploy.Event
		typed   string
		code    int
		ran     int
		decided []deploy.Decision
	}{
		"yes":             {deploy.Assessment{Plan: somePlan()}, nil, "y\nn\n", exit.Success, 1, nil},
		"enter is no":     {deploy.Assessment{Plan: somePlan()}, nil, "\n", exit.Stopped, 0, nil},
		"end of input":    {deploy.Assessment{Plan: somePlan()}, nil, "", exit.Stopped, 0, nil},
		"value asked for": {needing("api_key"), nil, "y\nn\n", exit.Success, 1, nil},
		"failed, retry":   {deploy.Assessment{Plan: somePlan()}, []deploy.Event{failed}, "y\nwhat\nr\nn\n", exit.Success, 1, []deploy.Decision{deploy.DecideRetry}},
		"failed, undo":    {deploy.Assessment{Plan: somePlan()}, []deploy.Event{failed}, "y\nundo\nn\n", exit.Success, 1, []deploy.Decision{deploy.DecideUndo}},
	} {
		t.Run(name, func(t *testing.T) {
			cloud := &fakeCloud{survey: c.survey, events: c.events, applied: deploy.Applied{URL: "https://app.example.com/x", BuilderURL: "https://app.example.com/y"}}
			opened := 0
			run := runLive(t, cloud, machine.Host{
				Terminal: true, In: strings.NewReader(c.typed), Environ: []string{"TERM=dumb"},
				AskSecret: func(context.Context, string) (snowflake.Secret, error) { return snowflake.NewSecret("v"), nil },
				Browse:    func(string) error { opened++; return nil },
			}, "apply", "demo")
			if run.code != c.code || len(cloud.ran) != c.ran || opened > 0 {
				t.Errorf("exit code %d, ran %d times, opened %d\n%s", run.code, len(cloud.ran), opened, run.err)
			}
			if len(cloud.decided) != len(c.decided) || len(c.decided) > 0 && cloud.decided[0] != c.decided[0] {
				t.Errorf("decided %v, want %v", cloud.decided, c.decided)
			}
			if c.code == exit.Success && run.out != "Open as a viewer: https://app.example.com/x\nEdit in Snowsight: https://app.example.com/y\n" {
				t.Errorf("printed %q", run.out)
			}
		})
	}
}

// TestApplyNamesWhatItAsks checks that the question before a plan is applied names the changes, the account and the
// role.
func TestApplyNamesWhatItAsks(t *testing.T) {
	survey := deploy.Assessment{Plan: somePlan(), Context: snowflake.Context{Account: "ACME-DEV", User: "HANA", Role: "DEV"}, Connection: "prod"}
	for lang, want := range map[string]string{
		"en": "Apply 2 changes to ACME-DEV as HANA (role DEV, connection prod)? [y/N] ",
		"ja": "2 件の変更を適用しますか? 対象: ACME-DEV、ユーザー HANA (ロール DEV、接続 prod) [y/N] ",
	} {
		cloud := &fakeCloud{survey: survey}
		run := runLive(t, cloud, machine.Host{Terminal: true, In: strings.NewReader("\n"), Environ: []string{"TERM=dumb"}}, "apply", "demo", "--lang", lang)
		if !strings.Contains(run.err, want) || len(cloud.ran) > 0 {
			t.Errorf("%s: ran %d times\n%s", lang, len(cloud.ran), run.err)
		}
	}
}

func TestApplyHandsOver(t *testing.T) {
	cloud := &fakeCloud{
		survey:  deploy.Assessment{Plan: somePlan()},
		applied: deploy.Applied{Done: 2, Cannot: 1, AdminSQL: []byte("USE ROLE ACCOUNTADMIN;\n"), CoverNote: message.Verbatim("Dear administrator,")},
	}
	run := runLive(t, cloud, machine.Host{}, "apply", "demo", "--yes")
	text, err := os.ReadFile(filepath.Join(run.dir, "sql", "admin.sql"))
	if err != nil || !strings.HasPrefix(string(text), "USE ROLE ACCOUNTADMIN;\n") || !script.Checksummed(script.SQLComment, text) {
		t.Errorf("%q, %v", text, err)
	}
	if run.code != exit.Failure || !strings.Contains(run.err, "admin.sql") || !strings.Contains(run.err, "Dear administrator,") {
		t.Errorf("exit code %d\n%s", run.code, run.err)
	}
}

func TestApplyJSON(t *testing.T) {
	ref := snowflake.Ref{Kind: snowflake.KindSecret, Name: snowflake.ShownName("S")}
	cloud := &fakeCloud{
		survey: deploy.Assessment{Plan: somePlan()},
		events: []deploy.Event{
			{Event: deploy.EventPlan, Step: 1, Ref: ref, Message: message.Verbatim("create")},
			{Event: deploy.EventStart, Step: 1, Ref: ref},
			{Event: deploy.EventProgress, Step: 1, Ref: ref},
			{Event: deploy.EventDone, Step: 1, Ref: ref, QueryID: "01b", Took: 1500 * time.Millisecond},
			{Event: deploy.EventFailed, Step: 2, Code: "003001", Message: message.Verbatim("line\x1b[31m one")},
			{Event: deploy.EventSkipped, Step: 3},
		},
		applied: deploy.Applied{Done: 1, Failed: 1, Skipped: 1},
	}
	run := runLive(t, cloud, machine.Host{Terminal: true}, "apply", "demo", "--yes", "--json")
	var events []string
	for line := range strings.Lines(run.out) {
		var e map[string]any
		if err := json.Unmarshal([]byte(line), &e); err != nil {
			t.Fatalf("%q: %v", line, err)
		}
		if len(e) != 8 {
			t.Errorf("%d keys in %s", len(e), line)
		}
		events = append(events, e["event"].(string))
	}
	if got := strings.Join(events, " "); got != "plan start done failed skipped summary" || run.code != exit.Failure {
		t.Errorf("exit code %d, events %s\n%s", run.code, got, run.err)
	}
	if !strings.Contains(run.out, `"query_id":"01b","ms":1500`) {
		t.Errorf("no time or query id in\n%s", run.out)
	}
}

func TestDestroy(t *testing.T) {
	for name, c := range map[string]struct {
		typed string
		args  []string
		code  int
		ran   int
	}{
		"yes":   {"y\n", []string{"destroy", "demo"}, exit.Success, 1},
		"no":    {"\n", []string{"destroy", "demo"}, exit.Stopped, 0},
		"--yes": {"", []string{"destroy", "demo", "--yes"}, exit.Success, 1},
	} {
		t.Run(name, func(t *testing.T) {
			cloud := &fakeCloud{survey: deploy.Assessment{Plan: somePlan()}}
			run := runLive(t, cloud, machine.Host{Terminal: true, In: strings.NewReader(c.typed)}, c.args...)
			if run.code != c.code || len(cloud.ran) != c.ran {
				t.Errorf("exit code %d, ran %d times\n%s", run.code, len(cloud.ran), run.err)
			}
		})
	}
}
