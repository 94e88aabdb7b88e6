package screens

import (
	"context"
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"sleet/steps"
	"sleet/steps/command/machine"
	"sleet/steps/deploy"
)

// TestWizardMakesAFilePrivate checks that the wizard fixes the mode of a connections file that other users can write
// to. Snowflake's clients refuse its connections until then.
func TestWizardMakesAFilePrivate(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("Windows has no such modes")
	}
	home := t.TempDir()
	path := filepath.Join(home, "connections.toml")
	if err := os.WriteFile(path, []byte("[dev]\naccount = 'a'\nuser = 'u'\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(path, 0o666); err != nil {
		t.Fatal(err)
	}
	account := accountEffects(machine.Host{
		Environ: []string{"SNOWFLAKE_HOME=" + home, "HOME=" + home},
		Connect: func(context.Context, machine.ConnectOptions) (deploy.Deployer, error) { return nil, nil },
	}, "en")
	if err := account.AllowOnlyMe(steps.Profile{Name: "dev"}); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v (%v)", info.Mode(), err)
	}
	if err := account.AllowOnlyMe(steps.Profile{Name: "gone"}); err == nil {
		t.Error("AllowOnlyMe succeeds for a connection that does not exist")
	}
}
