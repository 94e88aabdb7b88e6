package steps

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sleet/scaffold"
	"sleet/scaffold/workspace"
	"sleet/snowflake"
)

// shortWay and longWay are the two paths, without the steps that only some folders call for.
func shortWay() []StepID {
	return []StepID{Start, AppStep, Runtime, Secrets, ReviewStep, Writing, Done}
}

func longWay() []StepID {
	return []StepID{
		Start, AppStep, Runtime, Compute, Packages, Hosts, Secrets, Config, Values, Roles, ReviewStep, Writing, Done,
	}
}

func without(path []StepID, id StepID) []StepID {
	return slices.DeleteFunc(slices.Clone(path), func(each StepID) bool { return each == id })
}

func TestPath(t *testing.T) {
	warehouse := scaffold.App{App: scaffold.Identity{Runtime: scaffold.Warehouse}}
	withValues := warehouse.Clone()
	withValues.Values = map[string]any{"endpoint": "https://example.com"}
	short, long := shortWay(), longWay()
	secret := scaffold.App{Secrets: []scaffold.SecretDecl{{Key: "token"}}}
	deploy := []StepID{AccountStep, SecretValuesStep, PlanStep, DeployStep}
	for name, c := range map[string]struct {
		state State
		want  []StepID
	}{
		"empty folder":                   {State{}, short},
		"every step":                     {State{Every: true}, long},
		"other files":                    {State{Folder: workspace.Folder{Others: []string{"notes.txt"}}}, short},
		"an app there":                   {State{Folder: workspace.Folder{Saved: true}}, short},
		"a draft":                        {State{Draft: &scaffold.App{}}, short},
		"a draft, every step":            {State{Draft: &scaffold.App{}, Every: true}, long},
		"warehouse":                      {State{App: warehouse}, short},
		"warehouse, every step":          {State{App: warehouse, Every: true}, without(long, Values)},
		"warehouse with values to fix":   {State{App: withValues, Every: true}, long},
		"warehouse with values, shortly": {State{App: withValues}, short},
		"defaults":                       {State{Defaults: true}, without(without(short, AppStep), Runtime)},
		"logged in first":                {State{ConnectFirst: true, Every: true}, slices.Insert(slices.Clone(long), 1, ConnectStep)},
		"then an account":                {State{Deploys: true}, append(slices.Clone(short), AccountStep, PlanStep, DeployStep)},
		"then an account with values":    {State{Deploys: true, App: secret}, append(slices.Clone(short), deploy...)},
		"as it is":                       {State{Deploys: true, Existing: true, App: secret}, append([]StepID{Start}, deploy...)},
		"named by a command line":        {State{Deploys: true, Existing: true, RunOptions: &RunOptions{}, App: secret}, deploy},
		"migration":                      {State{Migration: &Migration{}}, []StepID{MigrationReport, Compute, MigrationChanges, MigrationManual, Writing, Done}},
		"migration from the start": {
			State{Migration: &Migration{}, App: secret, Folder: workspace.Folder{Others: []string{"app.py"}}},
			[]StepID{Start, MigrationReport, Compute, Secrets, MigrationChanges, MigrationManual, Writing, Done},
		},
	} {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, Path(c.state)); diff != "" {
				t.Error(diff)
			}
			neighbours(t, c.state)
		})
	}
}

// neighbours checks that Next and Back walk the path to its end and back.
func neighbours(t *testing.T, s State) {
	t.Helper()
	path := Path(s)
	for i, id := range path {
		next, ok := Next(s, id)
		if last := i == len(path)-1; ok == last || !last && next != path[i+1] {
			t.Errorf("Next(%s) = %s, %t", id, next, ok)
		}
		before, ok := Back(s, id)
		closed := i == 0 || id == Writing || id == Done || id == DeployStep
		if ok == closed || ok && before != path[i-1] {
			t.Errorf("Back(%s) = %s, %t", id, before, ok)
		}
	}
}

// TestNextOffThePath checks that a step which the answers no longer call for still has neighbours: a person may be on
// it.
func TestNextOffThePath(t *testing.T) {
	s := State{Every: true, App: scaffold.App{App: scaffold.Identity{Runtime: scaffold.Warehouse}}}
	if next, _ := Next(s, Values); next != Roles {
		t.Errorf("Next(values) = %s", next)
	}
	if before, _ := Back(s, Values); before != Config {
		t.Errorf("Back(values) = %s", before)
	}
}

// TestQuestionsReachEveryAnswer checks that every answer of the App has a question, so that the wizard can set
// everything in sleet.toml.
func TestQuestionsReachEveryAnswer(t *testing.T) {
	pool := "P"
	full := scaffold.App{
		App: scaffold.Identity{
			Name: "n", Title: "t", Database: "d", Schema: "s", MainFile: "m.py", QueryWarehouse: "w",
			ComputePool: &pool, Stage: "st", Comment: "c", Language: scaffold.Japanese, Cortex: scaffold.CortexAnalyst, Runtime: scaffold.Container, RuntimeName: "SYSTEM$NEWER",
		},
		Python:  scaffold.Python{Version: "3.9", Streamlit: ">=1.50", Packages: []string{"pandas"}, Source: scaffold.Preinstalled},
		Roles:   scaffold.Roles{Owner: "o", Admin: "a", Viewers: []string{"v"}},
		Network: scaffold.Network{Hosts: []string{"h"}, Rule: "r", Integration: "i", Rules: []string{"x"}},
		Secrets: []scaffold.SecretDecl{{
			Key: "k", Type: scaffold.OAuth2, Flow: scaffold.ClientCredentials, Object: "o", Existing: false,
			Access: scaffold.AccessSecrets, Integration: "i", Scopes: []string{"a", "b"}, Comment: "c",
		}},
		Config: map[string]any{"theme.base": "dark", "runner.fastReruns": true},
		Values: map[string]any{"a": int64(1), "b": map[string]any{"c": "d"}},
	}
	from, to := State{App: full, Every: true}, State{Every: true}
	to.App.Secrets = make([]scaffold.SecretDecl, 1)
	for range 3 { // an answer can lead to other questions
		for _, id := range Path(from) {
			for _, q := range Questions(id, from) {
				to = copyAnswer(q, from, to)
			}
		}
		for _, q := range SecretQuestions(from, 0) {
			to = copyAnswer(q, from, to)
		}
		for _, key := range ConfigKeys(full) {
			to = copyAnswer(ConfigQuestion(key), from, to)
		}
	}
	if !full.Equal(to.App) {
		t.Error(cmp.Diff(full, to.App))
	}
}

func copyAnswer(q Question, from, to State) State {
	if q.Kind == List {
		return q.With(to, "", q.Lines(from.App))
	}
	return q.With(to, q.Get(from.App), nil)
}

func TestAnswer(t *testing.T) {
	s := State{App: scaffold.App{Folder: "demo"}}
	name := Questions(AppStep, s)[0]
	if text, given := name.Answer(s.App); text != "demo" || given {
		t.Errorf("Answer() without an answer = %q, %t", text, given)
	}
	s = name.With(s, "other", nil)
	if text, given := name.Answer(s.App); text != "other" || !given {
		t.Errorf("Answer() = %q, %t", text, given)
	}
	if d := name.Default(s.App); d != "demo" {
		t.Errorf("Default() = %q", d)
	}
}

// TestStepFor checks that an answer named by a plan is changed in the step that asks for it.
func TestStepFor(t *testing.T) {
	s := State{App: scaffold.App{Secrets: []scaffold.SecretDecl{{Key: "token"}}}}
	for _, c := range []struct {
		kind snowflake.Kind
		key  string
		step StepID
		path string
	}{
		{snowflake.KindSecret, "TOKEN", Secrets, "secrets[0].key"},
		{snowflake.KindSecret, "gone", Secrets, "secrets"},
		{snowflake.KindNetworkRule, "", Hosts, "network.hosts"},
		{snowflake.KindIntegration, "", Hosts, "network.integration"},
		{snowflake.KindPool, "", Compute, "app.compute_pool"},
		{snowflake.KindGrant, "", Roles, "roles.viewers"},
		{snowflake.KindDatabase, "", AppStep, "app.database"},
		{snowflake.KindRole, "", Compute, "python.source"},
		{snowflake.KindUpload, "", AppStep, "app.name"},
	} {
		if step, path := StepFor(s, snowflake.Ref{Kind: c.kind}, c.key); step != c.step || path != c.path {
			t.Errorf("%s: %s, %q; want %s, %q", c.kind, step, path, c.step, c.path)
		}
	}
}

func TestStepOf(t *testing.T) {
	for path, want := range map[string]StepID{
		"app.name": AppStep, "app.stage": Compute, "app.cortex": Hosts, "app.compute_pool": Compute, "python.packages[0]": Packages,
		"network.hosts[3]": Hosts, "secrets[1].access": Secrets, "config.theme.base": Config, "values.token": Values,
		"roles.viewers[0]": Roles, "app": AppStep, "python": Packages,
	} {
		if got := StepOf(State{}, path); got != want {
			t.Errorf("StepOf(%q) = %s, want %s", path, got, want)
		}
	}
}
