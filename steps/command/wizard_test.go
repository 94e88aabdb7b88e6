package command

import (
	"errors"
	"strings"
	"testing"

	"sleet/scaffold"
	"sleet/steps/accessible"
	"sleet/steps/command/machine"
	"sleet/steps/command/screens"
)

// TestDumbTerminal checks that a terminal that cannot move its cursor gets the questions line by line.
func TestDumbTerminal(t *testing.T) {
	var said strings.Builder
	environ := []string{"TERM=dumb", "XDG_STATE_HOME=" + t.TempDir()}
	err := screens.Ask(t.Context(), machine.WizardOptions{
		Dir: t.TempDir(), App: scaffold.App{Folder: "demo"},
		Host: machine.Host{In: strings.NewReader(""), Out: &said, Environ: environ, Terminal: true},
	})
	if !errors.Is(err, accessible.ErrNoAnswer) || !strings.Contains(said.String(), "Step 1 of 5") {
		t.Errorf("%v; output:\n%s", err, &said)
	}
}
