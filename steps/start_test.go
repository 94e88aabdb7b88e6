package steps

import (
	"slices"
	"testing"

	"sleet/scaffold"
	"sleet/scaffold/check"
)

func TestOffers(t *testing.T) {
	all := Effects{Account: fakeAccount(nil), Scan: func() (*check.Folder, []string, error) { return nil, nil, nil }}
	saved := func(runtime scaffold.Runtime) scaffold.Folder {
		return scaffold.Folder{Saved: true, App: scaffold.App{App: scaffold.Identity{Runtime: runtime}}}
	}
	tests := []struct {
		name    string
		s       State
		effects Effects
		want    []string
	}{
		{"an old app", State{Folder: scaffold.Folder{Others: []string{"streamlit_app.py"}}}, all, []string{startMove, startNew}},
		{"an environment", State{Folder: scaffold.Folder{Others: []string{"environment.yml"}}}, all, []string{startMove, startNew}},
		{"other files", State{Folder: scaffold.Folder{Others: []string{"notes.txt"}}}, all, []string{startNew}},
		{"a container app", State{Folder: saved(scaffold.Container)}, all, []string{startUpdate, StartLive}},
		{"a warehouse app", State{Folder: saved(scaffold.Warehouse)}, all, []string{startUpdate, StartLive, startMove}},
		{"no account", State{Folder: saved(scaffold.Container)}, Effects{}, []string{startUpdate}},
		{"a run that stopped", State{Draft: &scaffold.App{}}, all, []string{startResume, startFresh}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := Offers(tt.s, tt.effects); !slices.Equal(got, tt.want) {
				t.Errorf("offers %q, want %q", got, tt.want)
			}
		})
	}
}

// The app that stands here goes to an account without another question, and back leads to the start.
func TestStartLive(t *testing.T) {
	a := oneSecret("weather")
	s := State{App: a, Shown: "weather", Folder: scaffold.Folder{Dir: "/home/me/weather", Saved: true, App: a}}
	h := newHand(t, s, Effects{Account: fakeAccount(waiting(planned()))}).run(nil)
	if h = h.keys("down", "enter"); h.step != AccountStep {
		t.Fatalf("on %s:\n%s", h.step, h.screen())
	}
	if h = h.keys("esc"); h.step != Start {
		t.Errorf("back leads to %s", h.step)
	}
}
