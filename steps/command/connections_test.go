package command

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"sleet/snowflake"
	"sleet/snowflake/snowflaketest"
	"sleet/steps/command/exit"
	"sleet/steps/command/machine"
)

// connected returns a machine with a connections.toml, and its output and error output.
func connected(t *testing.T, text string) (machine.Host, *bytes.Buffer, *bytes.Buffer) {
	t.Helper()
	home := t.TempDir()
	write(t, filepath.Join(home, ".snowflake", "connections.toml"), text)
	var out, said bytes.Buffer
	return machine.Host{
		In: strings.NewReader(""), Out: &out, Err: &said, Dir: home, Environ: []string{"HOME=" + home},
	}, &out, &said
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestConnectionsAreTried(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("the home folder is not the test's")
	}
	account := snowflaketest.Serve(t, snowflaketest.WithUser(snowflaketest.User{
		Name: "ROBOT", Role: "DEV", Roles: []string{"DEV"}, Token: "s3cr3t-pat",
	}))
	demo := account.Profile()
	without := strings.Replace(strings.Replace(demo, "[demo]", "[asked]", 1), "password", "# password", 1)
	token := strings.Replace(strings.Replace(demo, "[demo]", "[robot]", 1), "password = \"sleet\"", "authenticator = \"PROGRAMMATIC_ACCESS_TOKEN\"\ntoken = \"s3cr3t-pat\"", 1)
	token = strings.Replace(token, "SLEET", "ROBOT", 1)
	wrongOne := strings.Replace(strings.Replace(demo, "[demo]", "[wrong]", 1), "= \"sleet\"", "= \"s3cr3t-wrong\"", 1)
	host, out, said := connected(t, demo+token+without)
	var asked []string
	host.AskSecret = func(_ context.Context, prompt string) (snowflake.Secret, error) {
		asked = append(asked, prompt)
		return snowflake.NewSecret(snowflaketest.Password), nil
	}
	code := Run(t.Context(), []string{"connections", "--test"}, host)
	if code != exit.Success || strings.Count(out.String(), " works ") != 3 || len(asked) != 1 {
		t.Errorf("exit code %d, asked for %q\n%s%s", code, asked, out, said)
	}

	host, out, said = connected(t, demo+wrongOne+without)
	code = Run(t.Context(), []string{"connections", "--test", "--json"}, host)
	var got struct {
		Connections []struct {
			Name     string
			Works    bool
			Problems []string
		}
	}
	if err := json.Unmarshal(out.Bytes(), &got); err != nil || code != exit.Failure || len(got.Connections) != 3 {
		t.Fatalf("exit code %d, %v\n%s%s", code, err, out, said)
	}
	for i, want := range []struct {
		works   bool
		problem string
	}{{true, ""}, {false, "390100"}, {false, "SNOWFLAKE_CONNECTIONS_ASKED_PASSWORD"}} {
		c := got.Connections[i]
		if c.Works != want.works || !strings.Contains(strings.Join(c.Problems, " "), want.problem) {
			t.Errorf("%s: Works = %v, Problems = %q", c.Name, c.Works, c.Problems)
		}
	}
	if all := out.String() + said.String(); strings.Contains(all, "s3cr3t") || !strings.Contains(all, "do not work: wrong, asked") {
		t.Errorf("output:\n%s", all)
	}
}

func TestConnectionsOfferToProtect(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("Windows has no such modes")
	}
	for name, c := range map[string]struct {
		terminal bool
		answer   string
		want     os.FileMode
	}{
		"yes":         {true, "y\n", 0o600},
		"no":          {true, "n\n", 0o644},
		"nobody":      {true, "", 0o644},
		"no terminal": {false, "y\n", 0o644},
	} {
		t.Run(name, func(t *testing.T) {
			host, out, said := connected(t, "[a]\naccount='a'\nuser='u'\npassword='s3cr3t'\n[b]\naccount='a'\nuser='u'\n")
			path := filepath.Join(host.Dir, ".snowflake", "connections.toml")
			if err := os.Chmod(path, 0o644); err != nil {
				t.Fatal(err)
			}
			host.Terminal, host.In = c.terminal, strings.NewReader(c.answer)
			if code := Run(t.Context(), []string{"connections"}, host); code != exit.Success {
				t.Errorf("exit code %d\n%s%s", code, out, said)
			}
			info, err := os.Stat(path)
			if err != nil || info.Mode().Perm() != c.want {
				t.Errorf("mode %v (%v), want %v", info.Mode(), err, c.want)
			}
			if n := strings.Count(out.String(), "chmod 0600"); (n == 1) != (c.want == 0o644) {
				t.Errorf("the mode is reported %d times:\n%s", n, out)
			}
			if n := strings.Count(said.String(), "Make it private"); (n == 1) != c.terminal {
				t.Errorf("asked %d times:\n%s", n, said)
			}
			if strings.Contains(out.String()+said.String(), "s3cr3t") {
				t.Error("the password is shown")
			}
		})
	}
}
