package command

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sleet/scaffold/testtools"
	"sleet/snowflake/account/profile"
)

// TestSnowReadsWhatIsAdded checks that the Snowflake CLI lists a connection that sleet wrote as sleet reads it, beside
// the existing ones.
func TestSnowReadsWhatIsAdded(t *testing.T) {
	snow := testtools.Tool(t, "cli/bin/snow")
	for name, files := range map[string]map[string]string{
		"nothing":          {},
		"config.toml":      {"config.toml": "default_connection_name = \"old\" # mine\n\n[connections.old]\naccount = \"o\"\nuser = \"u\"\n\n[cli.logs]\nsave_logs = false\n"},
		"connections.toml": {"connections.toml": "# mine\r\n[old]\r\naccount = \"o\"\r\nuser = \"u\"", "config.toml": "default_connection_name = \"old\"\n[connections.hidden]\naccount = \"h\"\n"},
	} {
		t.Run(name, func(t *testing.T) {
			testtools.CountConformance(t)
			home := t.TempDir()
			folder := filepath.Join(home, ".snowflake")
			if err := os.Mkdir(folder, 0o700); err != nil {
				t.Fatal(err)
			}
			for file, text := range files {
				write(t, filepath.Join(folder, file), text)
			}
			added := profile.Profile{
				Name: "new-one", Account: "acme-dev", User: `me"\\`, Role: "DEV", Warehouse: "日本", Authenticator: "SNOWFLAKE_JWT",
				PrivateKeyFile: "~/key.p8", Host: "127.0.0.1", Port: 8443, Protocol: "http",
			}
			if _, err := profile.Add(folder, added); err != nil {
				t.Fatal(err)
			}
			cmd := exec.CommandContext(t.Context(), snow, "connection", "list", "--format", "json")
			cmd.Env = []string{"HOME=" + home, "SNOWFLAKE_HOME=" + folder, "PATH=" + os.Getenv("PATH")}
			text, err := cmd.Output()
			if err != nil {
				t.Fatalf("snow connection list: %v\n%s", err, text)
			}
			var list []struct {
				Name       string         `json:"connection_name"`
				Parameters map[string]any `json:"parameters"`
				Default    bool           `json:"is_default"`
			}
			if err := json.Unmarshal(text, &list); err != nil {
				t.Fatalf("%v\n%s", err, text)
			}
			ours := profile.Read(profile.Env{Home: home})
			if len(list) != len(ours.List) {
				t.Fatalf("snow lists %v\nsleet lists %v", list, ours.List)
			}
			for _, theirs := range list {
				p, err := ours.Pick(theirs.Name)
				if err != nil && theirs.Name != added.Name { // the key file of the added connection does not exist
					t.Fatal(err)
				}
				if theirs.Default && !p.Default {
					t.Errorf("snow's default is %s", theirs.Name)
				}
				if theirs.Name != added.Name {
					continue
				}
				want := map[string]any{
					"account": added.Account, "user": added.User, "role": added.Role, "warehouse": added.Warehouse,
					"authenticator": added.Authenticator, "private_key_file": added.PrivateKeyFile,
					"host": added.Host, "port": float64(added.Port), "protocol": added.Protocol,
				}
				if diff := cmp.Diff(want, theirs.Parameters); diff != "" {
					t.Errorf("snow reads the connection differently (-want +got):\n%s", diff)
				}
			}
		})
	}
}
