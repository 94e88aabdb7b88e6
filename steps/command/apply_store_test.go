package command

import (
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"sleet/steps/command/accounts"
	"sleet/steps/command/exit"
)

// TestApplyFromStore checks that apply uses the values of a store.
func TestApplyFromStore(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("the program is a shell script")
	}
	const storeHush = "s3cr3tstuff"
	bin := t.TempDir()
	script := "#!/bin/sh\necho '{\"fields\": [{\"label\": \"api_key\", \"value\": \"" + storeHush + "\"}]}'\n"
	if err := os.WriteFile(filepath.Join(bin, "op"), []byte(script), 0o700); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", bin)
	b := newBench(t)
	if code := b.run(t, "new", "demo", "--yes", "--secret", "api_key", "--host", "api.example.com"); code != exit.Success {
		t.Fatalf("exit code %d: %s", code, &b.err)
	}
	b.Connect = accounts.Connect
	b.Environ = append(b.Environ, "HOME="+t.TempDir(), "XDG_STATE_HOME="+t.TempDir())
	if code := b.run(t, "apply", "demo", "--demo", "--yes", "--secrets-from", "op://v/i"); code != exit.Success {
		t.Fatalf("exit code %d: %s%s", code, &b.out, &b.err)
	}
	if strings.Contains(b.out.String()+b.err.String(), storeHush) {
		t.Errorf("the value was shown:\n%s%s", &b.out, &b.err)
	}
}
