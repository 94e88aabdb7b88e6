package wizard

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sleet/scaffold"
	"sleet/scaffold/existing"
	"sleet/scaffold/workspace"
	"sleet/steps"
	"sleet/steps/deploy"
)

func TestOffers(t *testing.T) {
	all := steps.Effects{Account: fakeAccount(nil), Scan: func(func(int)) (*existing.Folder, []string, error) { return nil, nil, nil }}
	saved := func(runtime scaffold.Runtime) workspace.Folder {
		return workspace.Folder{Saved: true, App: scaffold.App{App: scaffold.Identity{Runtime: runtime}}}
	}
	const (
		update, resume, defaults, customize = steps.StartUpdate, steps.StartResume, steps.StartDefaults, steps.StartCustomize
		reuse, connect, migrate, deploy     = steps.StartReuse, steps.StartConnect, steps.StartMigrate, steps.StartDeploy
	)
	tests := []struct {
		name    string
		s       steps.State
		effects steps.Effects
		want    []string
	}{
		{"an empty folder", steps.State{}, all, []string{defaults, customize, connect}},
		{"no account", steps.State{}, steps.Effects{}, []string{defaults, customize}},
		{"an app made before", steps.State{Last: &scaffold.App{}}, all, []string{defaults, customize, reuse, connect}},
		{"an old app", steps.State{Folder: workspace.Folder{Others: []string{"streamlit_app.py"}}}, all, []string{migrate, defaults, customize, connect}},
		{"an environment", steps.State{Folder: workspace.Folder{Others: []string{"environment.yml"}}}, all, []string{migrate, defaults, customize, connect}},
		{"other files", steps.State{Folder: workspace.Folder{Others: []string{"notes.txt"}}}, all, []string{defaults, customize, connect}},
		{"a container app", steps.State{Folder: saved(scaffold.Container), Last: &scaffold.App{}}, all, []string{update, deploy, connect}},
		{"a warehouse app", steps.State{Folder: saved(scaffold.Warehouse)}, all, []string{update, deploy, migrate, connect}},
		{"an app, no account", steps.State{Folder: saved(scaffold.Container)}, steps.Effects{}, []string{update}},
		{"a run that stopped", steps.State{Draft: &scaffold.App{}}, all, []string{resume, defaults, customize, connect}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := steps.Offers(tt.s, tt.effects); !slices.Equal(got, tt.want) {
				t.Errorf("offers %q, want %q", got, tt.want)
			}
		})
	}
}

// TestStartLive checks that the app in the folder can be deployed without further questions, and that esc goes back to
// the start.
func TestStartLive(t *testing.T) {
	a := oneSecret("weather")
	s := steps.State{App: a, Shown: "weather", Folder: workspace.Folder{Dir: "/home/me/weather", Saved: true, App: a}}
	h := newHand(t, s, steps.Effects{Account: fakeAccount(waiting(planned()))})
	if h = h.keys("down", "enter"); h.step != steps.AccountStep || slices.Contains(h.headerSteps(), steps.Done) {
		t.Fatalf("on %s:\n%s", h.step, h.screen())
	}
	if h = h.keys("esc"); h.step != steps.Start {
		t.Errorf("back leads to %s", h.step)
	}
}

// TestStartPreview checks that each offer previews its subject: the old app with the lines that a migration changes, the
// draft, the SQL statements, or the file as the user left it.
func TestStartPreview(t *testing.T) {
	old := []byte("import streamlit as st\nfrom snowflake.snowpark.context import get_active_session\n\nst.write(get_active_session())\n")
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "main.py"), old, 0o600); err != nil {
		t.Fatal(err)
	}
	e := steps.Effects{
		Account: fakeAccount(waiting(planned())),
		Scan:    func(func(int)) (*existing.Folder, []string, error) { return nil, nil, nil },
		Glance:  func() (*existing.Folder, error) { return existing.Read(dir) },
	}
	draft := oneSecret("drafted")
	saved := oneSecret("weather")
	saved.App.Runtime = scaffold.Warehouse
	tests := []struct {
		name  string
		s     steps.State
		downs int
		want  []string
	}{
		{"move", steps.State{Folder: workspace.Folder{Dir: dir, Others: []string{"main.py"}}}, 0, []string{"main.py", "2 lines to change", "▌from snowflake"}},
		{"defaults", steps.State{Folder: workspace.Folder{Dir: dir, Others: []string{"main.py"}}}, 1, []string{"streamlit_app.py", "st.connection"}},
		{"resume", steps.State{Draft: &draft, Folder: workspace.Folder{Dir: dir}}, 0, []string{"streamlit_app.py", "https://api.example.com"}},
		{"update", steps.State{App: saved, Folder: workspace.Folder{Dir: dir, Saved: true, App: saved, Files: map[string][]byte{"streamlit_app.py": []byte("mine = 1\n")}}}, 0, []string{"mine = 1"}},
		{"live", steps.State{App: saved, Folder: workspace.Folder{Dir: dir, Saved: true, App: saved}}, 1, []string{"sql/setup.sql"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			h := newHand(t, tt.s, e)
			h = h.run(h.Init())
			for range tt.downs {
				h = h.keys("down")
			}
			for _, want := range tt.want {
				if !strings.Contains(h.screen(), want) {
					t.Errorf("no %q in\n%s", want, h.screen())
				}
			}
		})
	}
}

// TestConnectFirst checks that the user can log in before the questions: all steps follow, answers are chosen from the
// account, and the deployment uses the same session.
func TestConnectFirst(t *testing.T) {
	logIns := 0
	account := fakeAccount(nil)
	account.Connect = func(context.Context, steps.Profile, steps.AskSecret) (deploy.Deployer, error) {
		logIns++
		return waiting(planned()), nil
	}
	long := "A_WAREHOUSE_WITH_A_NAME_THAT_IS_FORTY_ONE_"
	account.Inventory = func(_ context.Context, _ deploy.Deployer, each func(deploy.Listing)) {
		each(deploy.Listing{Kind: steps.InventoryDatabase, Names: []string{"APPS", "OTHERS"}})
		each(deploy.Listing{Kind: steps.InventoryWarehouse, Names: []string{long}})
	}
	var plans []steps.Plan
	e := wroteTo(&plans)
	e.Account = account
	s := steps.State{App: app("weather"), Shown: "weather", Folder: workspace.Folder{Dir: "/home/me/weather"}}
	h := startHand(t, "en", s, e).keys("down", "down", "enter")
	if h.step != steps.ConnectStep || strings.Contains(h.screen(), "streamlit_app.py") {
		t.Fatalf("on %s:\n%s", h.step, h.screen())
	}
	if h = h.keys("esc"); h.step != steps.Start {
		t.Fatalf("back leads to %s", h.step)
	}
	h = h.keys("down", "down", "enter", "enter")
	if h.step != steps.AppStep || logIns != 1 {
		t.Fatalf("on %s after %d logins:\n%s", h.step, logIns, h.screen())
	}
	h = h.keys("tab", "tab")
	if !strings.Contains(h.screen(), "space choose (2)") {
		t.Errorf("the footer does not show the number of databases:\n%s", h.screen())
	}
	if h = h.keys("space").typed("oth").keys("enter"); h.state.App.App.Database != "OTHERS" {
		t.Fatalf("chose %q:\n%s", h.state.App.App.Database, h.screen())
	}
	h = h.keys("enter", "enter", "ctrl+o")
	if h.step != steps.Compute || !strings.Contains(h.screen(), long) || !strings.Contains(h.screen(), "use the default") || !strings.Contains(h.screen(), "COMPUTE_WH") {
		t.Fatalf("on %s:\n%s", h.step, h.screen())
	}
	h = h.keys("esc", "ctrl+r", "enter")
	if h.step != steps.Done || len(plans) != 1 {
		t.Fatalf("on %s with %d plans:\n%s", h.step, len(plans), h.screen())
	}
	if h = h.keys("down", "enter", "enter"); h.step != steps.PlanStep && h.step != steps.SecretValuesStep || logIns != 1 {
		t.Errorf("on %s after %d logins:\n%s", h.step, logIns, h.screen())
	}
}

// TestConnectFirstSessionEnds checks that the wizard logs in again after a session has ended.
func TestConnectFirstSessionEnds(t *testing.T) {
	logIns := 0
	account := fakeAccount(nil)
	account.Connect = func(context.Context, steps.Profile, steps.AskSecret) (deploy.Deployer, error) {
		if logIns++; logIns == 1 {
			return endedCloud{waiting(planned())}, nil
		}
		return waiting(planned()), nil
	}
	var plans []steps.Plan
	e := wroteTo(&plans)
	e.Account = account
	h := startHand(t, "en", steps.State{App: app("weather")}, e).keys("down", "down", "enter", "enter", "ctrl+r", "enter", "down", "enter", "enter")
	if h.step != steps.AccountStep || !strings.Contains(h.screen(), "the session is over") {
		t.Fatalf("on %s:\n%s", h.step, h.screen())
	}
	if h = h.keys("enter"); logIns != 2 || h.step != steps.PlanStep {
		t.Errorf("on %s after %d logins:\n%s", h.step, logIns, h.screen())
	}
}

// endedCloud is a session that has ended.
type endedCloud struct{ fakeCloud }

func (endedCloud) Assess(context.Context, deploy.Deployment) (deploy.Assessment, error) {
	return deploy.Assessment{}, errors.New("the session is over")
}

// TestCreateWithDefaults checks that creating with defaults lists them and only asks for the secrets.
func TestCreateWithDefaults(t *testing.T) {
	var plans []steps.Plan
	h := startHand(t, "en", steps.State{App: app("demo")}, wroteTo(&plans))
	for _, want := range []string{"Create with defaults", "container runtime", "COMPUTE_WH", "SYSTEM_COMPUTE_POOL_CPU", "Customize"} {
		if !strings.Contains(h.screen(), want) {
			t.Errorf("no %q in\n%s", want, h.screen())
		}
	}
	if h = h.keys("enter"); h.step != steps.Secrets {
		t.Fatalf("on %s", h.step)
	}
	if h = h.keys("enter", "enter"); h.step != steps.Done || len(plans) != 1 || !plans[0].App.Equal(app("demo")) {
		t.Fatalf("on %s with %d plans", h.step, len(plans))
	}
	h = startHand(t, "en", steps.State{App: app("demo")}, steps.Effects{}).keys("enter", "enter", "shift+tab", "enter")
	if h.step != steps.AppStep || !h.state.Every {
		t.Errorf("all steps start on %s:\n%s", h.step, h.screen())
	}
}

// TestReuse checks that the answers of the last app can be used for another app, with its own name and objects.
func TestReuse(t *testing.T) {
	last := full("weather")
	last.App.Name, last.App.Title = "weather", "Weather"
	last.Network.Integration = "WEATHER_ACCESS"
	last.Secrets[0].Object, last.Secrets[1].Object, last.Secrets[1].Existing = "WEATHER_KEY", "SHARED.PUBLIC.LOGIN", true
	h := startHand(t, "en", steps.State{App: app("demo"), Last: &last}, steps.Effects{}).keys("down", "down")
	if !strings.Contains(h.screen(), "Use the answers of weather") {
		t.Fatalf("not offered:\n%s", h.screen())
	}
	h = h.keys("enter")
	want := last.Clone()
	want.App.Name, want.App.Title, want.Network.Integration, want.Secrets[0].Object = "", "", "", ""
	if h.step != steps.AppStep || !h.state.App.Equal(want) || h.state.App.Resolve().App.Name != "demo" {
		t.Errorf("on %s: %s", h.step, cmp.Diff(want, h.state.App))
	}
}
