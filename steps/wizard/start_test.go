package wizard

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"sleet/scaffold"
	"sleet/scaffold/existing"
	"sleet/steps"
)

func TestOffers(t *testing.T) {
	all := steps.Effects{Account: fakeAccount(nil), Scan: func(func(int)) (*existing.Folder, []string, error) { return nil, nil, nil }}
	saved := func(runtime scaffold.Runtime) scaffold.Folder {
		return scaffold.Folder{Saved: true, App: scaffold.App{App: scaffold.Identity{Runtime: runtime}}}
	}
	tests := []struct {
		name    string
		s       steps.State
		effects steps.Effects
		want    []string
	}{
		{"an old app", steps.State{Folder: scaffold.Folder{Others: []string{"streamlit_app.py"}}}, all, []string{steps.StartMigrate, steps.StartNew}},
		{"an environment", steps.State{Folder: scaffold.Folder{Others: []string{"environment.yml"}}}, all, []string{steps.StartMigrate, steps.StartNew}},
		{"other files", steps.State{Folder: scaffold.Folder{Others: []string{"notes.txt"}}}, all, []string{steps.StartNew}},
		{"a container app", steps.State{Folder: saved(scaffold.Container)}, all, []string{steps.StartUpdate, steps.StartDeploy}},
		{"a warehouse app", steps.State{Folder: saved(scaffold.Warehouse)}, all, []string{steps.StartUpdate, steps.StartDeploy, steps.StartMigrate}},
		{"no account", steps.State{Folder: saved(scaffold.Container)}, steps.Effects{}, []string{steps.StartUpdate}},
		{"a run that stopped", steps.State{Draft: &scaffold.App{}}, all, []string{steps.StartResume, steps.StartFresh}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := steps.Offers(tt.s, tt.effects); !slices.Equal(got, tt.want) {
				t.Errorf("offers %q, want %q", got, tt.want)
			}
		})
	}
}

// The app that stands here goes to an account without another question, and back leads to the start.
func TestStartLive(t *testing.T) {
	a := oneSecret("weather")
	s := steps.State{App: a, Shown: "weather", Folder: scaffold.Folder{Dir: "/home/me/weather", Saved: true, App: a}}
	h := newHand(t, s, steps.Effects{Account: fakeAccount(waiting(planned()))}).run(nil)
	if h = h.keys("down", "enter"); h.step != steps.AccountStep {
		t.Fatalf("on %s:\n%s", h.step, h.screen())
	}
	if h = h.keys("esc"); h.step != steps.Start {
		t.Errorf("back leads to %s", h.step)
	}
}

// What stands beside an offer is what it is about: the old app with the lines that a move changes,
// the draft, the statements, the file as the person left it.
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
		{"move", steps.State{Folder: scaffold.Folder{Dir: dir, Others: []string{"main.py"}}}, 0, []string{"main.py", "2 lines to change", "▌from snowflake"}},
		{"new", steps.State{Folder: scaffold.Folder{Dir: dir, Others: []string{"main.py"}}}, 1, []string{"streamlit_app.py", "st.connection"}},
		{"resume", steps.State{Draft: &draft, Folder: scaffold.Folder{Dir: dir}}, 0, []string{"streamlit_app.py", "https://api.example.com"}},
		{"update", steps.State{App: saved, Folder: scaffold.Folder{Dir: dir, Saved: true, App: saved, Files: map[string][]byte{"streamlit_app.py": []byte("mine = 1\n")}}}, 0, []string{"mine = 1"}},
		{"live", steps.State{App: saved, Folder: scaffold.Folder{Dir: dir, Saved: true, App: saved}}, 1, []string{"sql/setup.sql"}},
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
