package profile_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sleet/snowflake"
	"sleet/snowflake/account/profile"
)

func TestAddError(t *testing.T) {
	t.Parallel()
	for name, text := range map[string]string{
		"an inline table": "connections = { x = { account = 's3cr3t' } }\n",
		"no TOML":         "[x\npassword='s3cr3t'\n",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			env := env(t, map[string]string{"config.toml": text})
			path, err := profile.Add(env.Folder(), profile.Profile{Name: "dev", Account: "a"})
			if err == nil || strings.Contains(err.Error(), "s3cr3t") {
				t.Errorf("Add = %v, want an error without the value", err)
			}
			if after, err := os.ReadFile(path); err != nil || string(after) != text {
				t.Errorf("Add changed the file to %q (%v)", after, err)
			}
		})
	}
}

func TestAddKeepsLinksAndLineEnds(t *testing.T) {
	t.Parallel()
	env := env(t, nil)
	target := filepath.Join(env.Home, "dotfiles.toml")
	if err := os.WriteFile(target, []byte("\ufeff# mine\r\n[dev]\r\naccount='a'\r\nuser='u'\r\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	link := filepath.Join(env.Folder(), "connections.toml")
	if err := os.Symlink(target, link); err != nil {
		t.Skip(err)
	}
	if _, err := profile.Add(env.Folder(), profile.Profile{Name: "new", Account: "b", User: "v"}); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Lstat(link); err != nil || info.Mode()&os.ModeSymlink == 0 {
		t.Errorf("Add replaced the link: %v, %v", info, err)
	}
	text, err := os.ReadFile(target)
	if want := "account='a'\r\nuser='u'\r\n\r\n[new]\r\naccount = \"b\"\r\nuser = \"v\"\r\n"; err != nil || !strings.HasSuffix(string(text), want) {
		t.Errorf("file %q (%v), want the suffix %q", text, err, want)
	}
}

func TestAdd(t *testing.T) {
	t.Parallel()
	added := profile.Profile{
		Name: "my app's", Account: `acme"dev`, User: "me\\you", Role: "DEV", Port: 8443,
		Password: snowflake.NewSecret("s3cr3t-value"),
	}
	for name, files := range map[string]map[string]string{
		"nothing there":    {},
		"connections.toml": {"connections.toml": "# mine\n[dev]\naccount = 'a' # keep\nuser='u'"},
		"config.toml":      {"config.toml": "default_connection_name = 'dev'\n[connections.dev]\naccount = 'a'\nuser='u'\n[cli.logs]\nsave_logs = false\n"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			env := env(t, files)
			path, err := profile.Add(env.Folder(), added)
			if err != nil {
				t.Fatal(err)
			}
			text, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			for _, before := range files {
				if !strings.HasPrefix(string(text), before) {
					t.Errorf("%s does not begin with the existing text:\n%s", filepath.Base(path), text)
				}
			}
			if strings.Contains(string(text), "s3cr3t") {
				t.Error("the password was written")
			}
			if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
				t.Errorf("file mode %v (%v), want 0600", info.Mode(), err)
			}
			p, err := profile.Read(env).Pick(added.Name)
			if err != nil || p.Account != added.Account || p.User != added.User || p.Port != added.Port || p.Role != added.Role {
				t.Errorf("Pick of the added connection = %+v, %v", p, err)
			}
			if _, err := profile.Add(env.Folder(), added); err == nil {
				t.Error("Add of an existing name: no error")
			}
		})
	}
}
