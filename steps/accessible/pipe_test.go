package accessible

import (
	"context"
	"errors"
	"io"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"sleet/scaffold"
	"sleet/scaffold/workspace"
	"sleet/snowflake"
	"sleet/snowflake/account"
	"sleet/steps"
	"sleet/steps/deploy"
	"sleet/steps/doctor"
	"sleet/steps/wizard"
	"sleet/ui/message"
)

// piped runs the dialogue on an unmodified input.
func piped(s steps.State, input string) (written []steps.Plan, output string, err error) {
	var out strings.Builder
	err = Ask(context.Background(), wizard.Session{
		State: s, Words: message.For("en"), In: strings.NewReader(input), Out: &out,
		Effects: steps.Effects{Write: func(p steps.Plan, _ workspace.Options) (workspace.Result, error) {
			written = append(written, p)
			return workspace.Result{Changes: p.Changes}, p.Err()
		}},
	})
	return written, out.String(), err
}

// TestPipe checks that each answer is read regardless of line endings and content, and that an invalid one is reported
// and asked again.
func TestPipe(t *testing.T) {
	rest := strings.Repeat("\n", 9)
	for name, c := range map[string]struct{ input, name, said string }{
		"lines of Windows":      {strings.ReplaceAll("weather\n"+rest, "\n", "\r\n"), "weather", ""},
		"a mark of the order":   {"\ufeffweather\n" + rest, "weather", ""},
		"no end of the last":    {strings.TrimSuffix("weather\n"+rest, "\n") + "all" + strings.Repeat("\n", 40), "weather", "all shows"},
		"a very long line":      {strings.Repeat("x", maxAnswer+1) + "\nweather\n" + rest, "weather", "longer than"},
		"a long name":           {strings.Repeat("x", 70000) + "\n<\ncustomize\nweather\n" + rest, "weather", ""},
		"no text":               {"we\xff\nweather\n" + rest, "weather", "not UTF-8 text"},
		"nothing but no text":   {"\x80\nweather\n" + rest, "weather", "not UTF-8 text"},
		"a NUL":                 {"we\x00\nweather\n" + rest, "weather", "control character"},
		"an arrow":              {"\x1b[Aweather\nweather\n" + rest, "weather", "control character"},
		"a control of eight":    {"\u009b31m\nweather\n" + rest, "weather", "control character"},
		"more than is asked":    {"weather\n" + rest + "\n", "weather", "continues after the last question"},
		"as many as are asked":  {"weather\n" + rest, "weather", ""},
		"a choice there is not": {"weather\n\n\n\n\n\n9\nfrench\n1\n\n\n\n", "weather", "not one of the choices"},
	} {
		t.Run(name, func(t *testing.T) {
			mark := ""
			if rest, ok := strings.CutPrefix(c.input, "\ufeff"); ok { // it comes first
				mark, c.input = "\ufeff", rest
			}
			written, output, err := piped(demo(), mark+"customize\n"+c.input)
			if err != nil || len(written) != 1 || written[0].App.App.Name != c.name {
				t.Fatalf("%v, %d plans\n%.3000s", err, len(written), output)
			}
			if !strings.Contains(output, c.said) || c.name == "as many as are asked" && strings.Contains(output, "continues after") {
				t.Errorf("output lacks %q:\n%.3000s", c.said, output)
			}
			if strings.ContainsAny(output, "\x1b\x00\u009b") {
				t.Error("output contains control characters of the input")
			}
		})
	}
}

// TestPromptsHavePositions checks that every prompt contains its position, and that an error names the prompt where
// the input ended.
func TestPromptsHavePositions(t *testing.T) {
	answers := append([]string{"customize"}, enters(9)...)
	answers = append(answers, "all")
	answers = append(answers, enters(38)...)
	prompt := regexp.MustCompile(`(?m)^Step \d+ of \d+, (.*): $`)
	for n := range len(answers) {
		written, output, err := piped(demo(), strings.Join(answers[:n], "\n")+"\n")
		asked := prompt.FindAllStringSubmatch(output, -1)
		if err == nil {
			if n < 30 {
				t.Errorf("finished after %d answers", n)
			}
			return
		}
		if !errors.Is(err, ErrNoAnswer) || len(written) > 0 {
			t.Fatalf("after %d answers: %v, %d plans", n, err, len(written))
		}
		// One line ends the input: n answers are n lines.
		if want := max(n, 1) + 1; len(asked) != want {
			t.Fatalf("%d questions after %d answers:\n%s", len(asked), n, output)
		}
		if last := asked[len(asked)-1][1]; !strings.Contains(err.Error(), last) {
			t.Errorf("error %v does not name the last question %q", err, last)
		}
	}
	t.Error("the dialogue never finished")
}

// TestCanceled checks that a canceled run does not wait for another answer.
func TestCanceled(t *testing.T) {
	ctx, stop := context.WithCancel(context.Background())
	in, feed := io.Pipe()
	defer feed.Close() //nolint:errcheck // It only ends the reading.
	ended := make(chan error)
	go func() {
		ended <- Ask(ctx, wizard.Session{State: demo(), Words: message.For("en"), In: in, Out: io.Discard})
	}()
	if _, err := io.WriteString(feed, "weather\n"); err != nil {
		t.Fatal(err)
	}
	stop()
	if err := <-ended; !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

// TestDraft checks that on a terminal the answers are saved during the run and dropped once they are written. From a
// pipe they are not saved.
func TestDraft(t *testing.T) {
	for _, terminal := range []bool{true, false} {
		kept, dropped := "", false
		err := Ask(context.Background(), wizard.Session{
			State: demo(), Words: message.For("en"), In: strings.NewReader("customize\nweather\n" + strings.Repeat("\n", 9)), Out: io.Discard, Terminal: terminal,
			Effects: steps.Effects{
				Write: func(p steps.Plan, _ workspace.Options) (workspace.Result, error) {
					return workspace.Result{Changes: p.Changes}, p.Err()
				},
				Keep: func(a scaffold.App) error { kept = a.App.Name; return nil },
				Drop: func() error { dropped = true; return nil },
			},
		})
		if err != nil || !dropped || (kept == "weather") != terminal {
			t.Errorf("terminal %v: saved %q, dropped %v, %v", terminal, kept, dropped, err)
		}
	}
}

// TestListsAndOptions changes lists by number, and finds an option by a part of its name.
func TestListsAndOptions(t *testing.T) {
	answers := join(customize(), enters(9), []string{"all"}, enters(10), enters(5),
		[]string{"pandas", "plotly", "1", "pandas>=2", "-2", ""}, enters(1),
		enters(3),
		[]string{"token", "<", "1", "api_key", "", "cloud_provider_token", "AWS", "", "", "", ""},
		[]string{"", "primarycol", "theme.primaryColor", "#ff0000", "theme.base", "dark", ""}, enters(1), enters(3),
		[]string{"sql/setup.sql", ""})
	written, output, err := ask(demo(), answers...)
	if err != nil || len(written) != 1 {
		t.Fatalf("%v, %d plans\n%s", err, len(written), output)
	}
	a := written[0].App
	if !slices.Equal(a.Python.Packages, []string{"pandas>=2"}) || len(a.Secrets) != 1 || a.Secrets[0].Key != "api_key" || a.Secrets[0].Integration != "AWS" {
		t.Errorf("packages %+v, secrets %+v", a.Python, a.Secrets)
	}
	for _, want := range []string{"theme.primaryColor: ", "#ff0000", "CREATE STREAMLIT"} {
		if !strings.Contains(output, want) {
			t.Errorf("output lacks %q:\n%s", want, output)
		}
	}
}

// failingCloud is an account whose app needs a password, and whose second step fails.
type failingCloud struct {
	deploy.Deployer
	looks   []deploy.Deployment
	decided []deploy.Decision
	undone  bool
}

func (c *failingCloud) Close() error { return nil }

func (c *failingCloud) Assess(_ context.Context, d deploy.Deployment) (deploy.Assessment, error) {
	c.looks = append(c.looks, d)
	secret := snowflake.Resource{Ref: snowflake.Ref{Kind: snowflake.KindSecret, Name: snowflake.ShownName("APPS.PUBLIC.LOGIN")}, Key: "login"}
	schema := snowflake.Resource{Ref: snowflake.Ref{Kind: snowflake.KindSchema, Name: snowflake.ShownName("APPS.PUBLIC")}}
	return deploy.Assessment{Plan: snowflake.Plan{Items: []snowflake.Item{
		{Resource: schema, Action: snowflake.ActionCreate, Statements: []snowflake.Statement{{SQL: "CREATE SCHEMA APPS.PUBLIC"}}},
		{Resource: secret, Action: snowflake.ActionCreate, NeedsValue: len(d.Values) == 0},
	}}}, nil
}

func (c *failingCloud) Apply(ctx context.Context, _ deploy.Deployment, _ deploy.Assessment, h deploy.ApplyHooks) (deploy.Applied, error) {
	decision, err := h.Decide(ctx, deploy.Event{Event: deploy.EventFailed, Step: 1})
	c.decided = append(c.decided, decision)
	h.Event(deploy.Event{Event: deploy.EventNote, Message: message.New("verified.restarted")})
	return deploy.Applied{Done: 1, URL: "https://example.com", Created: make([]account.CreatedObject, 1)}, err
}

func (c *failingCloud) Undo(context.Context, deploy.Assessment, deploy.Applied, deploy.ApplyHooks) (deploy.Applied, error) {
	c.undone = true
	return deploy.Applied{Undone: true}, nil
}

// intoAccount deploys an app from a pipe, with nothing but lines.
func intoAccount(c *failingCloud, answers ...string) (added []steps.Profile, opened []string, output string, err error) {
	var out strings.Builder
	app := scaffold.App{Folder: "demo", Secrets: []scaffold.SecretDecl{{Key: "login", Type: scaffold.Password}}}
	tries := 0
	err = Ask(context.Background(), wizard.Session{
		State: steps.State{App: app}, Words: message.For("en"), Out: &out, In: strings.NewReader(strings.Join(join(customize(), enters(9), []string{"deploy"}, answers), "\n") + "\n"),
		Effects: steps.Effects{
			Write: func(p steps.Plan, _ workspace.Options) (workspace.Result, error) {
				return workspace.Result{Changes: p.Changes}, p.Err()
			},
			Account: steps.Account{
				Profiles: func(context.Context) ([]steps.Profile, error) {
					return append([]steps.Profile{{Name: "dev", Open: true, Problems: []message.Message{message.Verbatim("others can read it")}}}, added...), nil
				},
				AddProfile:  func(p steps.Profile) error { added = append(added, p); return nil },
				AllowOnlyMe: func(steps.Profile) error { return nil },
				Connect: func(context.Context, steps.Profile, steps.AskSecret) (deploy.Deployer, error) {
					if tries++; tries == 1 {
						return nil, errors.New("the account is asleep")
					}
					return c, nil
				},
				Inventory: func(_ context.Context, _ deploy.Deployer, listed func(deploy.Listing)) {
					listed(deploy.Listing{Kind: "SCHEMA", Names: []string{"APPS.PUBLIC", "APPS.STAGING"}})
				},
				ReadValue: func(path string) (snowflake.Secret, error) {
					if path != "key.pem" {
						return snowflake.Secret{}, errors.New("no such file: " + path)
					}
					return snowflake.NewSecret("p1geon"), nil
				},
				AwaitStart: func(context.Context, deploy.Deployer, deploy.Assessment, time.Time) doctor.Startup {
					line := "ModuleNotFoundError: No module named 'openpyxl'"
					failure, _ := doctor.ExplainOutput(line)
					return doctor.Startup{Outcome: doctor.Failed, Line: line, Failure: failure}
				},
				Browse: func(url string) error { opened = append(opened, url); return nil },
			},
		},
	})
	return added, opened, out.String(), err
}

func TestDeployFromPipe(t *testing.T) {
	c := &failingCloud{}
	answers := join(
		[]string{"new", "prod", "MYORG-PROD", "HANA", "", "", "", "", "", ""},
		[]string{"1", "yes"}, // others can read its file; it cannot be reached
		[]string{"2"},
		[]string{"h@nna", "", "@gone.pem", "swans:3", "@key.pem"},
		[]string{"1", "e1", "", "", "", "?", "3", "", "", ""}, // the schema is chosen from the account
		[]string{"yes", "e", "", "", "", "LAST", "", "", ""},
		[]string{"yes", "skip", "s"},
		[]string{"open", "undo"},
	)
	added, opened, output, err := intoAccount(c, answers...)
	if err != nil {
		t.Fatalf("%v\n%s", err, output)
	}
	if len(added) != 1 || added[0].Account != "MYORG-PROD" || len(opened) != 1 || !c.undone {
		t.Errorf("added %+v, opened %q, undone %v", added, opened, c.undone)
	}
	if !slices.Equal(c.decided, []deploy.Decision{deploy.DecideStop, deploy.DecideSkip}) {
		t.Errorf("decisions %v", c.decided)
	}
	last := c.looks[len(c.looks)-1]
	if last.App.App.Database != "APPS" || last.App.App.Schema != "LAST" {
		t.Errorf("the app is in %s.%s", last.App.App.Database, last.App.App.Schema)
	}
	if name := last.Values[deploy.ValuePart{Key: "login", Field: "username"}]; name.Reveal() != "h@nna" {
		t.Errorf("got %d values", len(last.Values))
	}
	for _, want := range []string{"the account is asleep", "CREATE SCHEMA APPS.PUBLIC", "Waiting for the app to start", "openpyxl is not installed", "contains a colon", "That file cannot be read", "was removed"} {
		if !strings.Contains(output, want) {
			t.Errorf("output lacks %q:\n%s", want, output)
		}
	}
	for _, secret := range []string{"p1geon", "h@nna", "swans"} {
		if strings.Contains(output, secret) {
			t.Errorf("output contains the value %s:\n%s", secret, output)
		}
	}
	for n := range len(answers) { // only the last question may be left open
		if _, _, _, err := intoAccount(&failingCloud{}, answers[:n]...); !errors.Is(err, ErrNoAnswer) {
			t.Errorf("after %d answers: %v", n, err)
		}
	}
}
