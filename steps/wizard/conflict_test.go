package wizard

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sleet/scaffold/workspace"
	"sleet/steps"
	"sleet/steps/wizard/screen"
	"sleet/ui"
)

// TestFateOfEditedFile checks that users can choose what to do with a file they edited: moving selects, and redrawing
// the review keeps the selection.
func TestFateOfEditedFile(t *testing.T) {
	const path = "streamlit_app.py"
	folder := workspace.Folder{Saved: true, App: app("demo"), Files: map[string][]byte{path: []byte("mine\n")}}
	h := newHand(t, steps.State{App: app("demo"), Folder: folder}, steps.Effects{})
	h.Wizard, _ = h.enter(screen.Place{Step: steps.ReviewStep})
	if h = h.keys("tab", "down"); h.state.Review[path] != steps.ReplaceEdited {
		t.Errorf("down to the second option: %s\n%s", h.state.Review[path], h.screen())
	}
	if h = h.keys("tab", "shift+tab"); h.state.Review[path] != steps.ReplaceEdited {
		t.Errorf("leaving the field reverts it: %s\n%s", h.state.Review[path], h.screen())
	}
	if h = h.keys("up", "enter"); h.state.Review[path] != steps.KeepEdited {
		t.Errorf("enter on the first option: %s\n%s", h.state.Review[path], h.screen())
	}
}

// TestCleanMergeIsTheDefault checks that a file that was edited in other places than the answers change is merged by
// default, and that the preview shows the result.
func TestCleanMergeIsTheDefault(t *testing.T) {
	dir, path := filepath.Join(t.TempDir(), "demo"), "streamlit_app.py"
	a := app("demo")
	if _, err := steps.NewPlan(a, workspace.Folder{Dir: dir, App: a}).Write(workspace.Options{}); err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(dir, path)
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, append(text, "\n# mine\n"...), 0o600); err != nil {
		t.Fatal(err)
	}
	folder, err := workspace.Read(dir)
	if err != nil {
		t.Fatal(err)
	}
	changed := folder.App
	changed.App.Title = "Sales"
	var wrote string
	e := steps.Effects{Write: func(p steps.Plan, o workspace.Options) (workspace.Result, error) {
		wrote = string(o.Content[path])
		return workspace.Result{Changes: p.Changes}, p.Err()
	}}
	h := newHand(t, steps.State{App: changed, Folder: folder}, e).size(120, 36)
	h.Wizard, _ = h.enter(screen.Place{Step: steps.ReviewStep})
	h = h.keys("tab")
	choice, ok := ui.Get[ui.Choice](h.top().(reviewScreen).Form, reviewEdited+path)
	if !ok || choice.Value() != steps.MergeEdited {
		t.Fatalf("the default is %q:\n%s", choice.Value(), h.screen())
	}
	if then := h.preview.files[path]; !strings.Contains(then, "# mine") || !strings.Contains(then, "Sales") {
		t.Errorf("the preview shows\n%s", then)
	}
	if h = h.keys("down"); strings.Contains(h.preview.files[path], "# mine") {
		t.Error("the preview of another choice shows the merge")
	}
	h = h.keys("up", "shift+tab", "enter")
	if !strings.Contains(wrote, "# mine") || !strings.Contains(wrote, "Sales") {
		t.Errorf("written was %q", wrote)
	}
}
