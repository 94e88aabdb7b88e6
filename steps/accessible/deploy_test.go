package accessible

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"sleet/scaffold"
	"sleet/scaffold/workspace"
	"sleet/snowflake"
	"sleet/steps"
	"sleet/steps/deploy"
	"sleet/steps/wizard"
	"sleet/ui/message"
)

// cloud is an account whose app needs a value, has a file that others edited, and fails once.
type cloud struct {
	deploy.Deployer
	gave    deploy.SecretValues
	applied *deploy.Assessment
	shared  bool
	decided deploy.Decision
}

func (c *cloud) Close() error { return nil }

func (c *cloud) Assess(_ context.Context, d deploy.Deployment) (deploy.Assessment, error) {
	object := func(kind snowflake.Kind, name string) snowflake.Resource {
		return snowflake.Resource{Ref: snowflake.Ref{Kind: kind, Name: snowflake.ShownName(name)}}
	}
	secret := object(snowflake.KindSecret, "APPS.PUBLIC.WEATHER_KEY")
	secret.Key = "api_key"
	value, given := d.Values.Value(snowflake.Slot{Key: "api_key"})
	if given {
		c.gave = d.Values
	}
	return deploy.Assessment{
		Context: snowflake.Context{Account: "MYORG-DEV", User: "HANA", Role: "DEV"}, Connection: "dev",
		Edited: []string{"streamlit_app.py"}, Gone: []string{"old.py"},
		Plan: snowflake.Plan{Items: []snowflake.Item{
			{Resource: object(snowflake.KindNetworkRule, "APPS.PUBLIC.RULE"), Action: snowflake.ActionAlter, Ask: true},
			{Resource: secret, Action: snowflake.ActionCreate, NeedsValue: !given || value.Reveal() == ""},
			{Resource: object(snowflake.KindUpload, "@S/weather"), Action: snowflake.ActionSame},
		}},
	}, nil
}

func (c *cloud) Apply(ctx context.Context, d deploy.Deployment, s deploy.Assessment, h deploy.ApplyHooks) (deploy.Applied, error) {
	c.applied, c.shared = &s, d.Shared
	h.Event(deploy.Event{Event: deploy.EventFailed, Step: 2, Code: "003001", Message: message.Verbatim("refused")})
	var err error
	if c.decided, err = h.Decide(ctx, deploy.Event{Step: 2}); err != nil {
		return deploy.Applied{}, err
	}
	h.Event(deploy.Event{Event: deploy.EventDone, Step: 2, Took: time.Second})
	return deploy.Applied{Done: 2, URL: "https://example.com/app"}, nil
}

// runToAccount runs the dialogue through writing and deploying.
func runToAccount(c *cloud, answers ...string) (output string, err error) {
	var out strings.Builder
	app := scaffold.App{Folder: "demo", Secrets: []scaffold.SecretDecl{{Key: "api_key"}}}
	err = Ask(context.Background(), wizard.Session{
		State: steps.State{App: app}, Words: message.For("en"), Out: &out,
		In: strings.NewReader(strings.Join(join(customize(), enters(9), []string{"deploy"}, answers), "\n") + "\n"),
		Effects: steps.Effects{
			Write: func(p steps.Plan, _ workspace.Options) (workspace.Result, error) {
				return workspace.Result{Changes: p.Changes}, p.Err()
			},
			Account: steps.Account{
				Profiles: func(context.Context) ([]steps.Profile, error) {
					return []steps.Profile{{Name: "dev", Default: true}, {Demo: true}}, nil
				},
				Connect: func(context.Context, steps.Profile, steps.AskSecret) (deploy.Deployer, error) { return c, nil },
				AskSecret: func(context.Context, string) (snowflake.Secret, error) {
					return snowflake.NewSecret("p1geon"), nil
				},
			},
		},
	})
	return out.String(), err
}

func TestLive(t *testing.T) {
	c := &cloud{}
	// The connection, the edited file, the gone one, the shared rule, apply, retry.
	output, err := runToAccount(c, "", "yes", "", "no", "y", "r")
	switch {
	case err != nil:
		t.Fatalf("%v\n%s", err, output)
	case c.applied == nil || c.gave == nil:
		t.Fatalf("nothing was applied\n%s", output)
	case c.shared || c.applied.Plan.Items[0].Action != snowflake.ActionSame:
		t.Error("a shared object was altered without consent")
	case !slices.Equal(c.applied.Edited, []string{"streamlit_app.py"}) || len(c.applied.Gone) != 0:
		t.Errorf("replaced %q, removed %q", c.applied.Edited, c.applied.Gone)
	case c.decided != deploy.DecideRetry:
		t.Errorf("decisions %v", c.decided)
	}
	for _, want := range []string{"create: secret APPS.PUBLIC.WEATHER_KEY", "refused", "https://example.com/app"} {
		if !strings.Contains(output, want) {
			t.Errorf("output lacks %q:\n%s", want, output)
		}
	}
	if strings.Contains(output, "p1geon") {
		t.Error("output contains a secret's value")
	}
}

// TestLiveInputEnds checks that an end of input changes nothing in the account, and that the error names the question.
func TestLiveInputEnds(t *testing.T) {
	answers := []string{"", "yes", "", "no", "y"}
	asks := []string{"Connections", "streamlit_app.py", "old.py", "network rule", "Apply 2 changes to MYORG-DEV as HANA (role DEV, connection dev)?", "A step failed"}
	for n := range len(answers) + 1 {
		c := &cloud{}
		output, err := runToAccount(c, answers[:n]...)
		if c.applied != nil && n < len(answers) {
			t.Errorf("applied after %d answers\n%s", n, output)
		}
		if !errors.Is(err, ErrNoAnswer) || !strings.Contains(err.Error(), asks[n]) {
			t.Errorf("after %d answers: %v", n, err)
		}
	}
}

// TestUserNameIsShown checks that only the password is hidden, and not the user name.
func TestUserNameIsShown(t *testing.T) {
	var out strings.Builder
	var hidden []string
	secrets := []scaffold.SecretDecl{{Key: "login", Type: scaffold.Password}}
	state := steps.State{App: scaffold.App{Folder: "demo", Secrets: secrets}}
	d := &dialogue{ctx: t.Context(), in: newInput(strings.NewReader("hana\n")), state: state, Session: wizard.Session{
		State: state, Words: message.For("en"), Out: &out,
		Effects: steps.Effects{Account: steps.Account{AskSecret: func(_ context.Context, prompt string) (snowflake.Secret, error) {
			hidden = append(hidden, prompt)
			return snowflake.NewSecret("p1geon"), nil
		}}},
	}}
	for _, part := range deploy.ValueParts(d.state.App) {
		if value, err := d.value(part, true); err != nil || value.Reveal() != map[string]string{"username": "hana", "password": "p1geon"}[part.Field] {
			t.Errorf("%s is %q, %v\n%s", part, value.Reveal(), err, out.String())
		}
	}
	if len(hidden) != 1 || !strings.Contains(hidden[0], "login.password") {
		t.Errorf("hidden prompts %q", hidden)
	}
}
