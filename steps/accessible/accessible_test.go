package accessible

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sleet/scaffold"
	"sleet/scaffold/workspace"
	"sleet/steps"
	"sleet/steps/wizard"
	"sleet/ui/message"
)

// ask runs the dialogue with the answers and returns what was written and printed.
func ask(s steps.State, answers ...string) (written []steps.Plan, output string, err error) {
	var out strings.Builder
	err = Ask(context.Background(), wizard.Session{
		State: s, Words: message.For("en"), In: strings.NewReader(strings.Join(answers, "\n") + "\n"), Out: &out,
		Effects: steps.Effects{Write: func(p steps.Plan, _ workspace.Options) (workspace.Result, error) {
			written = append(written, p)
			return workspace.Result{Changes: p.Changes}, p.Err()
		}},
	})
	return written, out.String(), err
}

func demo() steps.State { return steps.State{App: scaffold.App{Folder: "demo"}} }

// customize answers the first question: ask for the name and the runtime.
func customize() []string { return []string{"customize"} }

// enters returns n empty answers.
func enters(n int) []string { return make([]string, n) }

func join(parts ...[]string) []string {
	var all []string
	for _, p := range parts {
		all = append(all, p...)
	}
	return all
}

func TestDefaults(t *testing.T) {
	written, output, err := ask(demo(), join(customize(), enters(10))...)
	if err != nil || len(written) != 1 || !written[0].App.Equal(demo().App) {
		t.Fatalf("%v, %d plans\n%s", err, len(written), output)
	}
	for _, want := range []string{"Step 2 of 5: The app", "Step 5 of 5: Review", "Name [demo]:", "streamlit_app.py"} {
		if !strings.Contains(output, want) {
			t.Errorf("output lacks %q:\n%s", want, output)
		}
	}
	if strings.ContainsRune(output, '\x1b') {
		t.Error("output contains escape sequences")
	}
}

// TestCreateWithDefaults checks that the defaults skip all questions but the secrets and the review.
func TestCreateWithDefaults(t *testing.T) {
	written, output, err := ask(demo(), "", "api_key", "", "", "", "", "", "", "", "", "")
	if err != nil || len(written) != 1 || len(written[0].App.Secrets) != 1 {
		t.Fatalf("%v, %d plans\n%s", err, len(written), output)
	}
	for _, want := range []string{"demo: container runtime, COMPUTE_WH", "Step 2 of 3: Secrets", "Step 3 of 3: Review"} {
		if !strings.Contains(output, want) {
			t.Errorf("output lacks %q:\n%s", want, output)
		}
	}
}

// TestInputEnds checks that an end of input writes nothing: silence is not an answer.
func TestInputEnds(t *testing.T) {
	for n := range 9 {
		written, output, err := ask(demo(), join(customize(), enters(n))...)
		if !errors.Is(err, ErrNoAnswer) || len(written) != 0 {
			t.Errorf("after %d answers: %v, %d plans\n%s", n+1, err, len(written), output)
		}
	}
}

// TestEveryStep checks that each answer of a pipe is read, on every step.
func TestEveryStep(t *testing.T) {
	answers := join(
		customize(), enters(7), enters(1), enters(1), // app, runtime, secrets
		[]string{"all"},
		[]string{"weather", "Weather", "APPS", "PUBLIC", "", "", "2"},
		[]string{"1", "", ""},
		[]string{"BIG_WH", "no", "MY_POOL", "pypi-integration", ""},
		[]string{"pandas>=2", "plotly", "-1", "", ""},
		[]string{"api.example.com", "", "", "y", "", ""},
		[]string{"token", "", "", "st.secrets", "", "", "", "login", "", "password", "", "", "", "", ""},
		[]string{"theme.bse", "theme.base", "dark", ""},
		[]string{"no assignment", `endpoint = "https://api.example.com"`, ""},
		[]string{"APP_OWNER", "", "ANALYST", ""},
		[]string{""},
	)
	written, output, err := ask(demo(), answers...)
	if err != nil || len(written) != 1 {
		t.Fatalf("%v, %d plans\n%s", err, len(written), output)
	}
	pool := "MY_POOL"
	want := scaffold.App{
		Folder: "demo",
		App: scaffold.Identity{
			Name: "weather", Title: "Weather", Database: "APPS", Schema: "PUBLIC", Language: scaffold.Japanese,
			QueryWarehouse: "BIG_WH", ComputePool: &pool, Cortex: scaffold.CortexAnalyst,
		},
		Python:  scaffold.Python{Packages: []string{"plotly"}, Source: scaffold.PyPIIntegration},
		Network: scaffold.Network{Hosts: []string{"api.example.com"}},
		Secrets: []scaffold.SecretDecl{
			{Key: "token", Access: scaffold.AccessSecrets}, {Key: "login", Type: scaffold.Password},
		},
		Config: map[string]any{"theme.base": "dark"},
		Values: map[string]any{"endpoint": "https://api.example.com"},
		Roles:  scaffold.Roles{Owner: "APP_OWNER", Viewers: []string{"ANALYST"}},
	}
	if !written[0].App.Equal(want) {
		t.Errorf("(-want +got):\n%s\n%s", cmp.Diff(want, written[0].App), output)
	}
}

// TestErrorsAndBack checks that an invalid answer is asked again, and that going back keeps the answers.
func TestErrorsAndBack(t *testing.T) {
	answers := join(customize(), []string{"weather", "<"}, enters(7), enters(1), enters(1), enters(1))
	written, output, err := ask(demo(), answers...)
	if err != nil || len(written) != 1 || written[0].App.App.Name != "weather" {
		t.Fatalf("%v, %d plans\n%s", err, len(written), output)
	}
	answers = join(customize(), enters(4), []string{"../main.py", "main.py"}, enters(2), enters(1), enters(1), enters(1))
	written, output, err = ask(demo(), answers...)
	if err != nil || len(written) != 1 || written[0].App.App.MainFile != "main.py" || !strings.Contains(output, "Error: ") {
		t.Fatalf("%v, %d plans\n%s", err, len(written), output)
	}
}

// TestReviewByNumber changes a line of the review by its number, after which the review is shown again.
func TestReviewByNumber(t *testing.T) {
	answers := join(customize(), enters(7), enters(1), enters(1), []string{"2"}, []string{"", "Weather", "", "", "", "", ""}, enters(1))
	written, output, err := ask(demo(), answers...)
	if err != nil || len(written) != 1 || written[0].App.App.Title != "Weather" {
		t.Fatalf("%v, %d plans\n%s", err, len(written), output)
	}
	if strings.Count(output, "of 5: Review") != 2 {
		t.Errorf("the review is not shown again:\n%s", output)
	}
}

// TestSecretNumbers checks that a number that names no secret is not taken as the key of a new one, and that the list of
// secrets has the words of the screen.
func TestSecretNumbers(t *testing.T) {
	written, output, err := ask(demo(), join([]string{"", "2", "api_key"}, enters(10))...)
	if err != nil || len(written) != 1 || len(written[0].App.Secrets) != 1 {
		t.Fatalf("%v, %d plans\n%s", err, len(written), output)
	}
	for _, want := range []string{"That is not one of the choices.", "  1. api_key, Generic string, "} {
		if !strings.Contains(output, want) {
			t.Errorf("output lacks %q:\n%s", want, output)
		}
	}
}
