package wizard

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"

	"sleet/scaffold/workspace"

	tea "charm.land/bubbletea/v2"
	"pgregory.net/rapid"

	"sleet/scaffold"
	"sleet/snowflake"
	"sleet/snowflake/account"
	"sleet/snowflake/account/query"
	"sleet/steps"
	"sleet/steps/deploy"
	"sleet/steps/wizard/screen"
	"sleet/ui/message"
)

// fakeCloud is an account whose answers a test sets.
type fakeCloud struct {
	assessment deploy.Assessment
	applied    func(ctx context.Context, d deploy.Deployment, s deploy.Assessment, h deploy.ApplyHooks) (deploy.Applied, error)
	undone     func(done deploy.Applied)
	closed     *bool
}

func (f fakeCloud) Assess(context.Context, deploy.Deployment) (deploy.Assessment, error) {
	return f.assessment, nil
}

func (f fakeCloud) Apply(ctx context.Context, d deploy.Deployment, s deploy.Assessment, h deploy.ApplyHooks) (deploy.Applied, error) {
	return f.applied(ctx, d, s, h)
}

func (f fakeCloud) AssessDestroy(context.Context, deploy.Deployment) (deploy.Assessment, error) {
	return deploy.Assessment{}, nil
}

func (f fakeCloud) Destroy(context.Context, deploy.Deployment, deploy.Assessment, deploy.ApplyHooks) (deploy.Applied, error) {
	return deploy.Applied{}, nil
}

func (f fakeCloud) Undo(_ context.Context, _ deploy.Assessment, done deploy.Applied, _ deploy.ApplyHooks) (deploy.Applied, error) {
	if f.undone != nil {
		f.undone(done)
	}
	return deploy.Applied{Undone: true}, nil
}

func (f fakeCloud) Close() error {
	if f.closed != nil {
		*f.closed = true
	}
	return nil
}

// planned returns a plan with an item of every kind.
func planned() deploy.Assessment {
	ref := func(kind snowflake.Kind, name string) snowflake.Resource {
		return snowflake.Resource{Ref: snowflake.Ref{Kind: kind, Name: snowflake.ShownName(name)}, Owner: snowflake.StoredObject("DEV")}
	}
	secret := ref(snowflake.KindSecret, "APPS.PUBLIC.WEATHER_KEY")
	secret.Key = "api_key"
	integration := ref(snowflake.KindIntegration, "APPS_PUBLIC_WEATHER_ACCESS")
	integration.Owner = snowflake.StoredObject("ACCOUNTADMIN")
	return deploy.Assessment{
		Context:    snowflake.Context{Account: "MYORG-DEV", User: "HANA", Role: "DEV"},
		Connection: "dev",
		Plan: snowflake.Plan{Items: []snowflake.Item{
			{Resource: ref(snowflake.KindSchema, "APPS.PUBLIC"), Action: snowflake.ActionSame},
			{
				Resource: ref(snowflake.KindNetworkRule, "APPS.PUBLIC.WEATHER_EGRESS"), Action: snowflake.ActionAlter, Ask: true,
				Changes:    []snowflake.Change{{Property: "VALUE_LIST", From: "api.example.com", To: "api.example.com, files.example.com:8443"}},
				Statements: []snowflake.Statement{{SQL: "ALTER NETWORK RULE APPS.PUBLIC.WEATHER_EGRESS SET\n  VALUE_LIST = ('api.example.com', 'files.example.com:8443')", Role: snowflake.StoredObject("DEV")}},
			},
			{
				Resource: secret, Action: snowflake.ActionCreate,
				Statements: []snowflake.Statement{{SQL: "CREATE SECRET IF NOT EXISTS APPS.PUBLIC.WEATHER_KEY\n  TYPE = GENERIC_STRING\n  SECRET_STRING = <secret:api_key>", Role: snowflake.StoredObject("DEV")}},
			},
			{
				Resource: integration, Action: snowflake.ActionCannot, Reason: message.Verbatim("The role ACCOUNTADMIN is not granted to HANA: CREATE INTEGRATION needs it."),
				Handover: []snowflake.Statement{{SQL: "GRANT CREATE INTEGRATION ON ACCOUNT TO ROLE DEV", Role: snowflake.StoredObject("ACCOUNTADMIN")}},
			},
			{
				Resource: snowflake.Resource{
					Ref: snowflake.Ref{Kind: snowflake.KindUpload, Name: snowflake.ShownName("APPS.PUBLIC.STREAMLIT_STAGE"), Folder: "weather"}, Owner: snowflake.StoredObject("DEV"),
				}, Action: snowflake.ActionCreate,
			},
			{
				Resource: ref(snowflake.KindStreamlit, "APPS.PUBLIC.WEATHER"), Action: snowflake.ActionCreate,
				Statements: []snowflake.Statement{{SQL: "CREATE STREAMLIT IF NOT EXISTS APPS.PUBLIC.WEATHER\n  FROM '@APPS.PUBLIC.STREAMLIT_STAGE/weather'\n  MAIN_FILE = 'streamlit_app.py'", Role: snowflake.StoredObject("DEV")}},
			},
		}},
	}
}

// crowded returns a plan with several items blocked by one cause, unchanged items, and notes.
func crowded() deploy.Assessment {
	s := planned()
	add := func(kind snowflake.Kind, name string, action snowflake.Action, waits ...snowflake.Ref) snowflake.Ref {
		item := snowflake.Item{Action: action, Blocked: waits}
		item.Ref, item.Owner = snowflake.Ref{Kind: kind, Name: snowflake.ShownName(name)}, snowflake.StoredObject("DEV")
		switch {
		case action == snowflake.ActionCannot && len(waits) == 0:
			item.Reason, item.Handover = s.Plan.Items[3].Reason, s.Plan.Items[3].Handover
		case action == snowflake.ActionCannot:
			item.Reason = message.Verbatim("it waits for another object")
		}
		s.Plan.Items = append(s.Plan.Items, item)
		return item.Ref
	}
	add(snowflake.KindStage, "APPS.PUBLIC.STREAMLIT_STAGE", snowflake.ActionSame)
	add(snowflake.KindWarehouse, "COMPUTE_WH", snowflake.ActionSame)
	pool := add(snowflake.KindPool, "SYSTEM_COMPUTE_POOL_CPU", snowflake.ActionCannot)
	add(snowflake.KindFunction, "APPS.PUBLIC.WEATHER_GET_KEY", snowflake.ActionCannot, pool)
	s.Withheld = []message.Message{message.New("live.withheld", "path", "notes.docx", "why", message.New("live.withheld_unnamed"))}
	s.Resumes = message.Verbatim("A run stopped before its end at 14:03; this one continues from there.")
	return s
}

// needing returns the plan of an app with a secret that has no value yet.
func needing() deploy.Assessment {
	s := planned()
	s.Plan.Items[2].NeedsValue = true
	return s
}

func someProfiles() []steps.Profile {
	return []steps.Profile{
		{Name: "dev", Account: "MYORG-DEV", User: "HANA", Role: "DEV", Authenticator: "EXTERNALBROWSER", From: message.Verbatim("~/.snowflake/connections.toml:1"), Default: true},
		{
			Name: "本番", Account: "MYORG-PROD", User: "HANA", Authenticator: "SNOWFLAKE_JWT", From: message.Verbatim("~/.snowflake/connections.toml:9"), Open: true,
			Problems: []message.Message{message.Verbatim("~/.snowflake/connections.toml has mode 0644: others can read it.")},
		},
		{Demo: true},
	}
}

// fakeAccount returns effects that connect to cloud.
func fakeAccount(cloud deploy.Deployer) steps.Account {
	clock := time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)
	return steps.Account{
		Profiles:    func(context.Context) ([]steps.Profile, error) { return someProfiles(), nil },
		AddProfile:  func(steps.Profile) error { return nil },
		AllowOnlyMe: func(steps.Profile) error { return nil },
		Connect:     func(context.Context, steps.Profile, steps.AskSecret) (deploy.Deployer, error) { return cloud, nil },
		ReadValue:   func(string) (snowflake.Secret, error) { return snowflake.NewSecret("-----BEGIN\nkey\n-----END\n"), nil },
		Browse:      func(string) error { return nil },
		Now:         func() time.Time { return clock },
	}
}

// liveHand returns a hand on the end of writing, with an account to deploy to.
func liveHand(t testing.TB, lang string, a scaffold.App, account steps.Account) hand {
	t.Helper()
	e := steps.Effects{Account: account, Write: func(p steps.Plan, _ workspace.Options) (workspace.Result, error) {
		return workspace.Result{Changes: p.Changes}, p.Err()
	}}
	s := steps.State{App: a, Shown: a.Folder, Folder: workspace.Folder{Dir: "/home/me/" + a.Folder}}
	w := newWizard(s, e, look{dark: true, profile: colorprofile.TrueColor, unicode: true, words: message.For(lang).T})
	h := hand{t: t, Wizard: w}.size(120, 36).customized()
	h = h.keys("enter", "enter", "enter", "enter")
	if h.step != steps.Done {
		t.Fatalf("on %s:\n%s", h.step, h.screen())
	}
	return h
}

// going moves on to the account.
func going(t testing.TB, lang string, account steps.Account) hand {
	t.Helper()
	return liveHand(t, lang, oneSecret("weather"), account).keys("down", "enter")
}

// oneSecret returns an app with one secret.
func oneSecret(name string) scaffold.App {
	a := app(name)
	a.App.Database, a.App.Schema = "APPS", "PUBLIC"
	a.Network.Hosts = []string{"api.example.com", "files.example.com:8443"}
	a.Secrets = []scaffold.SecretDecl{{Key: "api_key"}}
	return a
}

// tell sends a message of the top screen's stream.
func (h hand) tell(msg tea.Msg) hand {
	s, ok := h.top().(screen.Streaming)
	if !ok {
		h.t.Fatalf("no stream is running on %s", h.step)
	}
	return h.send(screen.StreamMsg{From: s.Underway(), Msg: msg})
}

// still ignores all commands from now on.
func (h hand) still() hand { h.frozen = true; return h }

func event(kind account.EventKind, step int, more deploy.Event) tea.Msg {
	more.Event, more.Step = kind, step
	return deployMsg{more}
}

// waiting returns a cloud whose Apply waits until its context is done.
func waiting(s deploy.Assessment) fakeCloud {
	return fakeCloud{assessment: s, applied: func(ctx context.Context, _ deploy.Deployment, _ deploy.Assessment, _ deploy.ApplyHooks) (deploy.Applied, error) {
		<-ctx.Done()
		return deploy.Applied{}, fmt.Errorf("stopped: %w", context.Cause(ctx))
	}}
}

// refusal returns the event of a failed step.
func refusal() deploy.Event {
	return deploy.Event{
		Code: "003001", QueryID: "01b2c3d4-0000-1111-2222-333344445555",
		Message: message.Verbatim("003001 (42501): Insufficient privileges to operate on schema 'PUBLIC'.\nThe role may not do this here.\nAsk for CREATE SECRET on the schema, or hand it over."),
	}
}

// middle returns a hand in the middle of a run.
func middle(t testing.TB, lang string) hand {
	h := going(t, lang, fakeAccount(waiting(planned()))).keys("enter", "enter", "space", "down").still().keys("enter", "y")
	h = h.tell(event(deploy.EventStart, 2, deploy.Event{})).tell(event(deploy.EventDone, 2, deploy.Event{Took: 420 * time.Millisecond, QueryID: "01b2c3d4-0000-1111-2222-333344445550"}))
	h = h.tell(event(deploy.EventStart, 3, deploy.Event{})).tell(event(deploy.EventDone, 3, deploy.Event{Took: 310 * time.Millisecond}))
	return h.tell(event(deploy.EventStart, 5, deploy.Event{})).tell(event(deploy.EventProgress, 5, deploy.Event{Message: message.Verbatim("3/9 files, 12 kB/40 kB")}))
}

// refused returns a hand at a failed step of a run, after these steps are done.
func refused(t testing.TB, lang string, done ...int) hand {
	h := going(t, lang, fakeAccount(waiting(planned()))).keys("enter", "enter").still().keys("enter", "y")
	for _, step := range done {
		h = h.tell(event(deploy.EventStart, step, deploy.Event{})).tell(event(deploy.EventDone, step, deploy.Event{Took: time.Second}))
	}
	h = h.tell(event(deploy.EventStart, 3, deploy.Event{})).tell(event(deploy.EventFailed, 3, refusal()))
	return h.tell(decideMsg{deploy.Event{Event: deploy.EventFailed, Step: 3}, make(chan deploy.Decision, 1)})
}

// arrived returns a hand at the end of a run.
func arrived(t testing.TB, lang string) hand {
	h := middle(t, lang).tell(event(deploy.EventDone, 5, deploy.Event{Took: 2 * time.Second})).tell(event(deploy.EventStart, 6, deploy.Event{}))
	h = h.tell(event(deploy.EventDone, 6, deploy.Event{Took: 1300 * time.Millisecond}))
	return h.tell(appliedMsg{done: deploy.Applied{URL: "https://app.snowflake.com/streamlit/myorg/dev/#/apps/abc123def456", BuilderURL: "https://app.snowflake.com/myorg/dev/#/streamlit-apps/APPS.PUBLIC.WEATHER", Done: 4, Cannot: 1, AdminSQL: []byte("USE ROLE ACCOUNTADMIN;\n")}, path: "/home/me/weather/sql/admin.sql"})
}

// liveScenes returns the screens of an account's steps that have golden files.
func liveScenes(lang string) map[string]func(testing.TB) hand {
	at := func(s deploy.Assessment, keys ...string) func(testing.TB) hand {
		return func(t testing.TB) hand { return going(t, lang, fakeAccount(waiting(s))).keys(keys...) }
	}
	return map[string]func(testing.TB) hand{
		"done": func(t testing.TB) hand {
			return liveHand(t, lang, oneSecret("weather"), fakeAccount(waiting(planned()))).keys("down")
		},
		"account":         at(planned()),
		"account_problem": at(planned(), "down"),
		"account_new":     at(planned(), "a"),
		"account_connecting": func(t testing.TB) hand {
			return going(t, lang, fakeAccount(waiting(planned()))).still().keys("enter")
		},
		"account_reading": func(t testing.TB) hand {
			h := going(t, lang, fakeAccount(waiting(planned()))).still().keys("enter").tell(loggedInMsg{})
			return h.tell(screen.ReadMsg{Progress: deploy.Progress{Answered: 12, Asked: 30, What: message.Verbatim("SHOW SECRETS")}})
		},
		"account_lost": func(t testing.TB) hand {
			h := going(t, lang, fakeAccount(waiting(planned()))).still().keys("enter").tell(loggedInMsg{})
			h = h.tell(screen.ReadMsg{Progress: deploy.Progress{Answered: 12, Asked: 30, What: message.Verbatim("SHOW SECRETS")}})
			return h.tell(screen.AwaitedMsg{Text: message.New(deploy.LostConnection, "try", 2, "all", 7)})
		},
		"account_asked": func(t testing.TB) hand {
			h := going(t, lang, fakeAccount(waiting(planned()))).still().keys("enter")
			return h.tell(askedMsg{"Password for HANA", make(chan secretReply, 1)}).typed("p1geon")
		},
		"account_failed": func(t testing.TB) hand {
			h := going(t, lang, fakeAccount(waiting(planned()))).still().keys("enter")
			return h.tell(connectedMsg{err: fmt.Errorf("connection dev: %w", &query.Failure{
				Code: 390100, State: "08004", Text: "Incorrect username or password was specified.", LogIn: true,
				Meaning: message.Verbatim("The account does not know this user and password together."), Fix: message.Verbatim("Check both; after five tries the user is locked for 15 minutes."),
			})})
		},
		"given": func(t testing.TB) hand {
			return going(t, lang, fakeAccount(waiting(needing()))).keys("enter").typed("p1geon")
		},
		"given_missing": at(needing(), "enter", "enter"),
		"given_file":    at(needing(), "enter", "ctrl+o"),
		"given_lines":   at(needing(), "enter", "ctrl+o", "k", "enter"),
		"plan":          at(planned(), "enter", "enter", "down"),
		"plan_shared":   at(planned(), "enter", "enter", "space"),
		"plan_confirm":  at(planned(), "enter", "enter", "space", "enter"),
		"plan_files":    at(touched(), "enter", "enter", "end", "up", "space", "up"),
		"plan_cannot":   at(planned(), "enter", "enter", "end", "up"),
		"plan_blocked":  at(crowded(), "enter", "enter", "down", "down", "down", "down"),
		"plan_notes":    at(crowded(), "enter", "enter", "end", "up"),
		"plan_unfolded": at(crowded(), "enter", "enter", "end", "space", "down"),
		"live":          func(t testing.TB) hand { return middle(t, lang) },
		"live_failed":   func(t testing.TB) hand { return refused(t, lang) },
		"live_undo":     func(t testing.TB) hand { return refused(t, lang, 5).keys("q") },
		"live_stop":     func(t testing.TB) hand { return middle(t, lang).keys("ctrl+c") },
		"live_end":      func(t testing.TB) hand { return arrived(t, lang) },
		"stock": func(t testing.TB) hand {
			h := going(t, lang, fakeAccount(waiting(planned()))).keys("enter", "enter", "end", "e")
			h.reached.inventory = steps.Inventory{}.With(deploy.Listing{Kind: steps.InventorySchema, Names: []string{"APPS.PUBLIC", "APPS.STAGING", `APPS."天気"`, "OTHER.PUBLIC"}})
			return h.keys("ctrl+o")
		},
	}
}

func TestLiveScreens(t *testing.T) {
	for _, lang := range []string{"en", "ja"} {
		for name, scene := range liveScenes(lang) {
			t.Run(lang+"/"+name, func(t *testing.T) {
				var all strings.Builder
				for _, size := range sizes() {
					fmt.Fprintf(&all, "== %dx%d\n", size[0], size[1])
					h := scene(t).size(size[0], size[1])
					for i, line := range strings.Split(h.screen(), "\n") {
						if w := ansi.StringWidth(line); w != size[0] {
							t.Errorf("line %d is %d cells wide", i, w)
						}
						all.WriteString(strings.TrimRight(line, " ") + "\n")
					}
				}
				if strings.Contains(all.String(), "p1geon") {
					t.Error("a secret value is on the screen")
				}
				prefix := "live_"
				if lang != "en" {
					prefix = "live_" + lang + "_"
				}
				golden(t, "screens/"+prefix+name, all.String())
			})
		}
	}
}

// TestGoingLive deploys an app: the plan needs a confirmation, a failed step is retried, and the app is opened at the
// end.
func TestGoingLive(t *testing.T) {
	var sent deploy.Deployment
	cloud := fakeCloud{assessment: needing()}
	cloud.applied = func(ctx context.Context, d deploy.Deployment, s deploy.Assessment, h deploy.ApplyHooks) (deploy.Applied, error) {
		sent = d
		if s.Plan.Items[1].Action != snowflake.ActionSame {
			return deploy.Applied{}, errors.New("a shared object would be altered without a confirmation")
		}
		h.Event(deploy.Event{Event: deploy.EventStart, Step: 3})
		h.Event(deploy.Event{Event: deploy.EventFailed, Step: 3, Message: message.Verbatim("no")})
		switch d, err := h.Decide(ctx, deploy.Event{Event: deploy.EventFailed, Step: 3}); {
		case err != nil:
			return deploy.Applied{}, err
		case d != deploy.DecideRetry:
			return deploy.Applied{}, fmt.Errorf("the decision was %v", d)
		}
		h.Event(deploy.Event{Event: deploy.EventDone, Step: 3})
		return deploy.Applied{Done: 1, URL: "https://example.com/app", BuilderURL: "https://example.com/app"}, nil
	}
	var opened string
	account := fakeAccount(cloud)
	account.Browse = func(url string) error { opened = url; return nil }
	h := going(t, "en", account).keys("enter")
	if h.step != steps.SecretValuesStep {
		t.Fatalf("on %s:\n%s", h.step, h.screen())
	}
	h = h.typed("p1geon").keys("enter", "enter", "y")
	if h.step != steps.DeployStep || !strings.Contains(h.screen(), "A step failed") {
		t.Fatalf("on %s:\n%s", h.step, h.screen())
	}
	if h = h.keys("r"); strings.Contains(h.screen(), "Deploying") || !strings.Contains(h.screen(), " Deployed  ") {
		t.Errorf("the title does not show the end of the run:\n%s", h.screen())
	}
	h = h.keys("enter")
	if opened != "https://example.com/app" {
		t.Errorf("opened %q:\n%s", opened, h.screen())
	}
	if h = h.keys("enter"); h.Ending() != Finished {
		t.Errorf("ends %v on %s", h.Ending(), h.step)
	}
	if value, ok := sent.Values.Value(snowflake.Slot{Key: "api_key"}); !ok || value.Reveal() != "p1geon" {
		t.Error("the value did not reach the run")
	}
	if text := fmt.Sprintf("%v %+v %#v", h.state, h.state, h.state); strings.Contains(text, "p1geon") {
		t.Error("formatting the state shows the value")
	}
	if lines := strings.Join(EndLines(h.context, h.state), "\n"); !strings.Contains(lines, "https://example.com/app") {
		t.Errorf("the end does not name the address:\n%s", lines)
	}
}

// TestEditOfFailedStep checks that editing the answer of a failed step opens its step, writes the files and plans again.
func TestEditOfFailedStep(t *testing.T) {
	writes := 0
	cloud := fakeCloud{assessment: planned(), applied: func(ctx context.Context, _ deploy.Deployment, _ deploy.Assessment, h deploy.ApplyHooks) (deploy.Applied, error) {
		_, err := h.Decide(ctx, deploy.Event{Event: deploy.EventFailed, Step: 6})
		return deploy.Applied{}, err
	}}
	h := going(t, "en", fakeAccount(cloud)).keys("enter", "enter", "enter", "y")
	h.effects.Write = func(p steps.Plan, _ workspace.Options) (workspace.Result, error) {
		writes++
		return workspace.Result{Changes: p.Changes}, p.Err()
	}
	if h = h.keys("e"); h.step != steps.AppStep {
		t.Fatalf("on %s:\n%s", h.step, h.screen())
	}
	if h = h.typed("x").keys("enter"); h.step != steps.PlanStep || writes != 1 {
		t.Errorf("on %s after %d writes:\n%s", h.step, writes, h.screen())
	}
}

// TestStopOfRun checks that ctrl+c asks before it stops a run, and that the files stay written.
func TestStopOfRun(t *testing.T) {
	h := going(t, "en", fakeAccount(waiting(planned()))).keys("enter", "enter").still().keys("enter", "y")
	run := h.top().(deployScreen).run
	h = h.keys("ctrl+c")
	if h.ask == nil || h.Ending() != Running {
		t.Fatal("no question")
	}
	h.frozen = false
	h = h.keys("y").run(run.Next())
	if !strings.Contains(h.screen(), "Stopped.") {
		t.Fatalf("after yes:\n%s", h.screen())
	}
	if h = h.keys("ctrl+c"); h.Ending() != Finished {
		t.Errorf("ends %v", h.Ending())
	}
}

// TestCancelOfLogIn checks that a login can be cancelled, and that its later messages are ignored.
func TestCancelOfLogIn(t *testing.T) {
	account := fakeAccount(nil)
	stopped := make(chan struct{})
	account.Connect = func(ctx context.Context, _ steps.Profile, _ steps.AskSecret) (deploy.Deployer, error) {
		<-ctx.Done()
		close(stopped)
		return nil, context.Cause(ctx)
	}
	h := going(t, "en", account).still().keys("enter", "esc")
	<-stopped
	if h.step != steps.AccountStep || !strings.Contains(h.screen(), "Add a connection") {
		t.Errorf("on %s:\n%s", h.step, h.screen())
	}
	if h = h.keys("esc"); h.step != steps.Done {
		t.Errorf("esc leads to %s", h.step)
	}
}

// TestChoiceFromAccount checks that a choice from the account becomes the answer, and that a schema sets its database as
// well.
func TestChoiceFromAccount(t *testing.T) {
	h := going(t, "en", fakeAccount(waiting(planned()))).keys("enter", "enter", "end", "e")
	h.reached.inventory = steps.Inventory{}.With(deploy.Listing{Kind: steps.InventorySchema, Names: []string{"APPS.PUBLIC", `"Other db".STAGING`}})
	h = h.keys("ctrl+o").typed("stag").keys("enter")
	if got := h.state.App.App; got.Database != `"Other db"` || got.Schema != "STAGING" {
		t.Fatalf("answered %q and %q:\n%s", got.Database, got.Schema, h.screen())
	}
	if !strings.Contains(h.screen(), "STAGING") {
		t.Errorf("the field does not show the answer:\n%s", h.screen())
	}
	h = h.keys("ctrl+o", "enter")
	if got := h.state.App.App; got.Schema != "" {
		t.Errorf("the schema is %q, want none", got.Schema)
	}
	h.reached.inventory = h.reached.inventory.With(deploy.Listing{Kind: steps.InventorySchema, Note: message.Verbatim("SHOW SCHEMAS is refused")})
	if h = h.keys("ctrl+o"); !strings.Contains(h.screen(), "SHOW SCHEMAS is refused") {
		t.Errorf("a refused list has no note:\n%s", h.screen())
	}
}

// TestStockGrows checks that the list grows as the account answers.
func TestStockGrows(t *testing.T) {
	account := fakeAccount(waiting(planned()))
	account.Inventory = func(_ context.Context, _ deploy.Deployer, listed func(deploy.Listing)) {
		listed(deploy.Listing{Kind: steps.InventoryRole, Names: []string{"DEV"}})
		listed(deploy.Listing{Kind: steps.InventorySchema, Names: []string{"APPS.PUBLIC"}})
	}
	h := going(t, "en", account).keys("enter")
	if len(h.reached.inventory) != 2 {
		t.Errorf("listed %v", h.reached.inventory)
	}
}

// manySchemas returns a hand on a list of ten thousand schemas.
func manySchemas(t testing.TB) hand {
	h := going(t, "en", fakeAccount(waiting(planned()))).keys("enter", "enter", "end", "e")
	names := make([]string, 10_000)
	for i := range names {
		names[i] = fmt.Sprintf("DATABASE_%02d.SCHEMA_%04d_OF_TEAM_%d", i/500, i, i%7)
	}
	h.reached.inventory = steps.Inventory{}.With(deploy.Listing{Kind: steps.InventorySchema, Names: names})
	return h.keys("ctrl+o")
}

// BenchmarkStock measures a key and the screen after it, with ten thousand schemas to choose from.
func BenchmarkStock(b *testing.B) {
	h := manySchemas(b)
	for _, key := range []string{"down", "t"} {
		b.Run(key, func(b *testing.B) {
			for b.Loop() {
				model, _ := h.Update(press(key))
				_ = model.View()
			}
		})
	}
	filtered := h.typed("team")
	b.Run("narrower", func(b *testing.B) {
		for b.Loop() {
			model, _ := filtered.Update(press("_"))
			_ = model.View()
		}
	})
}

// TestAnyInputLive checks that no input in the steps of an account causes a panic, a line that is too wide, or a visible
// secret value.
func TestAnyInputLive(t *testing.T) {
	keys := []string{
		"enter", "esc", "tab", "shift+tab", "up", "down", "space", "backspace", "pgdown", "pgup", "home", "end",
		"a", "e", "m", "r", "s", "h", "q", "y", "n", "?", "ctrl+c", "ctrl+o", "ctrl+p", "ctrl+f", "ctrl+r", "天",
	}
	scenes := liveScenes("en")
	names := slices.Sorted(maps.Keys(scenes))
	rapid.Check(t, func(rt *rapid.T) {
		h := scenes[rapid.SampledFrom(names).Draw(rt, "scene")](t).still()
		width, height := 120, 36
		for range rapid.IntRange(1, 20).Draw(rt, "events") {
			switch rapid.IntRange(0, 9).Draw(rt, "event") {
			case 0:
				width, height = rapid.IntRange(1, 300).Draw(rt, "width"), rapid.IntRange(1, 100).Draw(rt, "height")
				h = h.size(width, height)
			case 1:
				h = h.send(tea.PasteMsg{Content: "p1geon\np1geon\x1b[31m"})
			default:
				h = h.keys(rapid.SampledFrom(keys).Draw(rt, "key"))
			}
			onScreen(rt, h, width, height)
			if masked := h.step == steps.SecretValuesStep || h.step == steps.AccountStep && h.top().Typing() && len(h.screens) == 1; masked {
				if g, ok := h.top().(secretValuesScreen); (!ok || g.part == nil) && strings.Contains(h.screen(), "p1geon") {
					rt.Fatalf("a secret value is on the screen:\n%s", h.screen())
				}
			}
		}
	})
}

// TestApplyIsConfirmed checks that nothing is applied without confirming a question that names the changes, the account,
// the user, the role and the connection.
func TestApplyIsConfirmed(t *testing.T) {
	runs := 0
	cloud := waiting(planned())
	cloud.applied = func(context.Context, deploy.Deployment, deploy.Assessment, deploy.ApplyHooks) (deploy.Applied, error) {
		runs++
		return deploy.Applied{Done: 3}, nil
	}
	plan := going(t, "en", fakeAccount(cloud)).keys("enter", "enter")
	if plan.step != steps.PlanStep {
		t.Fatalf("on %s:\n%s", plan.step, plan.screen())
	}
	for _, keys := range [][]string{{"enter"}, {"enter", "enter"}, {"enter", "esc"}, {"enter", "n"}} {
		if h := plan.keys(keys...); h.step != steps.PlanStep || runs > 0 {
			t.Errorf("%v applies the plan, on %s", keys, h.step)
		}
	}
	words := func(h hand) string {
		return strings.Join(strings.Fields(strings.ReplaceAll(ansi.Strip(h.dialog()), "│", " ")), " ")
	}
	if s := words(plan.keys("enter")); !strings.Contains(s, "Apply 3 changes to MYORG-DEV as HANA (role DEV, connection dev)?") {
		t.Errorf("the question is:\n%s", plan.keys("enter").screen())
	}
	footer := func(h hand) string {
		lines := strings.Split(strings.TrimRight(h.screen(), "\n"), "\n")
		return lines[len(lines)-1]
	}
	if s := footer(plan.keys("enter")); !strings.Contains(s, "enter cancel") || !strings.Contains(s, "esc cancel") || strings.Contains(s, "enter apply") {
		t.Errorf("with the question open the footer is %q", s)
	}
	if s := footer(plan.keys("enter", "left")); !strings.Contains(s, "enter apply") {
		t.Errorf("on the other answer the footer is %q", s)
	}
	if s := words(plan.keys("space", "enter")); !strings.Contains(s, "Apply 4 changes to") {
		t.Error("a shared object that was agreed to is not counted")
	}
	if h := plan.keys("enter", "y"); h.step != steps.DeployStep || runs != 1 {
		t.Errorf("a yes leads to %s, %d runs", h.step, runs)
	}
}

// TestUnseenIsSaid checks that a secret that the role cannot see is shown as unknown, neither as existing nor as
// unchanged.
func TestUnseenIsSaid(t *testing.T) {
	assessment := planned()
	secret := &assessment.Plan.Items[2]
	secret.Action, secret.Statements = snowflake.ActionSame, nil
	assessment.Account.Found = map[snowflake.Ref]snowflake.Observed{secret.Ref: {Presence: snowflake.Absent}}
	h := going(t, "en", fakeAccount(waiting(assessment))).keys("enter")
	if s := h.screen(); h.step != steps.SecretValuesStep || strings.Contains(s, "The secret exists") || !strings.Contains(s, "not visible to your role") {
		t.Errorf("on %s:\n%s", h.step, s)
	}
	if s := h.keys("enter").screen(); !strings.Contains(s, "1 unknown") || !strings.Contains(s, "? secret APPS.PUBLIC.WEATHER_KEY") {
		t.Errorf("the plan is\n%s", s)
	}
}
