package profile_test

import (
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"sleet/snowflake/account/profile"
)

// env returns the Env of a folder with connection files.
func env(t *testing.T, files map[string]string, environ ...string) profile.Env {
	t.Helper()
	home := t.TempDir()
	if err := os.Mkdir(filepath.Join(home, ".snowflake"), 0o700); err != nil {
		t.Fatal(err)
	}
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(home, ".snowflake", name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return profile.Env{Home: home, Environ: environ}
}

const twoConnections = `# mine
[dev]
account = "acme-dev"
user = "me"
password = "hunter2-hunter2"
port = 8443

[prod]
account = "acme-prod"
username = "me"
authenticator = "externalbrowser"
`

func TestProfilePrecedence(t *testing.T) {
	t.Parallel()
	config := "default_connection_name = \"prod\"\n[connections.old]\naccount = \"old\"\nuser = \"me\"\n"
	for name, c := range map[string]struct {
		files   map[string]string
		environ []string
		pick    string
		want    string // name, account and user
		fails   string
	}{
		"the file's default":      {map[string]string{"connections.toml": twoConnections, "config.toml": config}, nil, "", "prod acme-prod me", ""},
		"by name":                 {map[string]string{"connections.toml": twoConnections}, nil, "dev", "dev acme-dev me", ""},
		"the environment's":       {map[string]string{"connections.toml": twoConnections, "config.toml": config}, []string{"SNOWFLAKE_DEFAULT_CONNECTION_NAME=dev"}, "", "dev acme-dev me", ""},
		"connections.toml hides":  {map[string]string{"connections.toml": twoConnections, "config.toml": config}, nil, "old", "", "connection \"old\" not found"},
		"config.toml alone":       {map[string]string{"config.toml": config}, nil, "old", "old old me", ""},
		"the only one":            {map[string]string{"config.toml": "[connections.x]\naccount='a'\nuser='u'"}, nil, "", "x a u", ""},
		"no default":              {map[string]string{"connections.toml": twoConnections}, nil, "", "", "no default connection"},
		"a missing default":       {map[string]string{"connections.toml": twoConnections}, []string{"SNOWFLAKE_DEFAULT_CONNECTION_NAME=x"}, "", "", "does not exist"},
		"variable over file":      {map[string]string{"connections.toml": twoConnections}, []string{"SNOWFLAKE_CONNECTIONS_DEV_USER=you"}, "dev", "dev acme-dev you", ""},
		"file over generic":       {map[string]string{"connections.toml": twoConnections}, []string{"SNOWFLAKE_USER=you"}, "dev", "dev acme-dev me", ""},
		"generic fills":           {map[string]string{"connections.toml": "[a]\naccount='a'"}, []string{"SNOWFLAKE_USER=you"}, "a", "a a you", ""},
		"variables alone":         {nil, []string{"SNOWFLAKE_CONNECTIONS_CI_ACCOUNT=a", "SNOWFLAKE_CONNECTIONS_CI_USER=u"}, "ci", "ci a u", ""},
		"generic alone":           {nil, []string{"SNOWFLAKE_ACCOUNT=a", "SNOWFLAKE_USER=u"}, "", "environment a u", ""},
		"a variable with TOML":    {map[string]string{"connections.toml": twoConnections}, []string{"SNOWFLAKE_CONNECTIONS=[v]\naccount='a'\nuser='u'"}, "v", "v a u", ""},
		"nothing":                 {nil, nil, "", "", "no connection found in"},
		"no account":              {map[string]string{"connections.toml": "\n[x]\nuser = 'u'"}, nil, "x", "", "connections.toml:2: the connection x has no account"},
		"no user":                 {map[string]string{"connections.toml": "[x]\naccount = 'u'"}, nil, "x", "", "needs user"},
		"no key":                  {map[string]string{"connections.toml": "[x]\naccount='a'\nuser='u'\nauthenticator='SNOWFLAKE_JWT'"}, nil, "x", "", "needs private_key_file"},
		"a key that is not there": {map[string]string{"connections.toml": "[x]\naccount='a'\nuser='u'\nauthenticator='snowflake_jwt'\nprivate_key_path='/nowhere.p8'"}, nil, "x", "", "file /nowhere.p8 not found"},
		"unknown authenticator":   {map[string]string{"connections.toml": "[x]\naccount='a'\nuser='u'\nauthenticator='magic'"}, nil, "x", "", "unknown authenticator"},
		"bad port":                {map[string]string{"connections.toml": "[x]\naccount='a'\nuser='u'\nport=70000"}, nil, "x", "", "connections.toml:4: port must be a port"},
		"a list":                  {map[string]string{"connections.toml": "[x]\naccount=['a']\nuser='u'"}, nil, "x", "", "connections.toml:2: account must be a string"},
		"a stray key":             {map[string]string{"connections.toml": "stray = 1\n[x]\naccount='a'\nuser='u'"}, nil, "x", "x a u", ""},
		"own over generic":        {map[string]string{"connections.toml": "[a]\naccount='a'"}, []string{"SNOWFLAKE_USER=you", "SNOWFLAKE_CONNECTIONS_A_USER=own"}, "a", "a a own", ""},
		"a name with a hyphen":    {map[string]string{"connections.toml": "[my-app]\naccount='a'\nuser='u'"}, []string{"SNOWFLAKE_CONNECTIONS_MY_APP_USER=own"}, "my-app", "my-app a own", ""},
		"a name in two cases":     {nil, []string{"SNOWFLAKE_CONNECTIONS_CI_ACCOUNT=a", "SNOWFLAKE_CONNECTIONS_CI_USER=u"}, "CI", "ci a u", ""},
		"numbers":                 {map[string]string{"connections.toml": "[x]\naccount=12\nuser=34"}, nil, "x", "x 12 34", ""},
		"two spellings":           {map[string]string{"connections.toml": "[x]\naccount='a'\nusername='other'\nuser='u'"}, nil, "x", "x a u", ""},
		"an empty key":            {map[string]string{"connections.toml": "[x]\naccount=''\nuser='u'"}, nil, "x", "", "connections.toml:1: the connection x has no account"},
		"an empty key, generic":   {map[string]string{"connections.toml": "[x]\naccount=''\nuser='u'"}, []string{"SNOWFLAKE_ACCOUNT=g"}, "x", "x g u", ""},
		"a port with letters":     {map[string]string{"connections.toml": "[x]\naccount='a'\nuser='u'\nport='443x'"}, nil, "x", "", "connections.toml:4: port must be a port"},
		"a bad variable":          {map[string]string{"connections.toml": twoConnections}, []string{"SNOWFLAKE_CONNECTIONS_DEV_PORT=no"}, "dev", "", "SNOWFLAKE_CONNECTIONS_DEV_PORT must be a port"},
		"a file's mark":           {map[string]string{"connections.toml": "\ufeff[x]\r\naccount='a'\r\nuser='u'\r\n"}, nil, "x", "x a u", ""},
		"the other file's form":   {map[string]string{"connections.toml": "[connections.x]\naccount='a'"}, nil, "", "", "no connection found in"},
		"torn, and variables":     {map[string]string{"connections.toml": "[x"}, []string{"SNOWFLAKE_ACCOUNT=a", "SNOWFLAKE_USER=u"}, "", "", "connections.toml:1 is not valid TOML"},
		"named default":           {map[string]string{"connections.toml": "[default]\naccount='a'\nuser='u'\n[x]\naccount='b'\nuser='v'"}, nil, "", "default a u", ""},
		"an inline table":         {map[string]string{"config.toml": "connections = { x = { account = 'a', user = 'u' } }"}, nil, "x", "x a u", ""},
		"no TOML":                 {map[string]string{"connections.toml": "[x]\naccount = \"a\npassword = \"s3cr3t-value\""}, nil, "x", "", "connections.toml:2 is not valid TOML"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			all := profile.Read(env(t, c.files, c.environ...))
			p, err := all.Pick(c.pick)
			if err != nil {
				if c.fails == "" || !strings.Contains(err.Error(), c.fails) {
					t.Errorf("Pick(%q): %v, want %q", c.pick, err, c.fails)
				}
				if strings.Contains(err.Error(), "s3cr3t") {
					t.Errorf("the error contains a value: %v", err)
				}
				return
			}
			if got := p.Name + " " + p.Account + " " + p.User; got != c.want || c.fails != "" {
				t.Errorf("Pick(%q) = %q, want %q or the error %q", c.pick, got, c.want, c.fails)
			}
		})
	}
}

func TestFolder(t *testing.T) {
	t.Parallel()
	env := env(t, nil)
	own := t.TempDir()
	for name, c := range map[string]struct{ env, want string }{
		"home":         {"", filepath.Join(env.Home, ".snowflake")},
		"its own":      {"SNOWFLAKE_HOME=" + own, own},
		"with a tilde": {"SNOWFLAKE_HOME=~/.snowflake", filepath.Join(env.Home, ".snowflake")},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := (profile.Env{Home: env.Home, Environ: []string{c.env}}).Folder(); got != c.want {
				t.Errorf("Folder() = %s, want %s", got, c.want)
			}
		})
	}
	if runtime.GOOS == "linux" {
		for environ, want := range map[string]string{"": "/nowhere/.config/snowflake", "XDG_CONFIG_HOME=/else": "/else/snowflake"} {
			if got := (profile.Env{Home: "/nowhere", Environ: []string{environ}}).Folder(); got != want {
				t.Errorf("with %q: Folder() = %s, want %s", environ, got, want)
			}
		}
	}
	for _, home := range []string{"", ".", "relative"} {
		if got := (profile.Env{Home: home}).Folder(); runtime.GOOS != "windows" && !filepath.IsAbs(got) {
			t.Errorf("with the home %q: Folder() = %s, want an absolute path", home, got)
		}
	}
}

func TestUnknownKey(t *testing.T) {
	t.Parallel()
	all := profile.Read(env(t, map[string]string{"connections.toml": "[x]\naccount='a'\nuser='u'\npasword='s3cr3t'\n"}))
	problems := all.List[0].Problems
	if len(problems) != 1 || !strings.HasSuffix(problems[0].Message.String(), "connections.toml:4: unknown key pasword") || !strings.Contains(problems[0].Fix.String(), "password") {
		t.Errorf("problems %v, want the unknown key", problems)
	}
}

func TestProfileFields(t *testing.T) {
	t.Parallel()
	all := profile.Read(env(t, map[string]string{"connections.toml": twoConnections}))
	p := all.List[0]
	if p.Line != 2 || p.Port != 8443 || p.Password.Reveal() != "hunter2-hunter2" || all.List[1].User != "me" {
		t.Errorf("Read = %+v", p)
	}
}

func TestPermissions(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("Windows has no such modes")
	}
	for mode, c := range map[os.FileMode]struct{ problem, fatal bool }{
		0o600: {}, 0o400: {}, 0o640: {true, false}, 0o604: {true, false}, 0o660: {true, true}, 0o700: {true, true},
	} {
		env := env(t, map[string]string{"connections.toml": twoConnections})
		path := filepath.Join(env.Home, ".snowflake", "connections.toml")
		if err := os.Chmod(path, mode); err != nil {
			t.Fatal(err)
		}
		p := profile.Read(env).List[0]
		if got := len(p.Problems) > 0; got != c.problem {
			t.Errorf("%04o: problems %v, want some: %t", mode, p.Problems, c.problem)
		}
		if got := p.Err() != nil; got != c.fatal {
			t.Errorf("%04o: Usable() = %v, want an error: %t", mode, p.Err(), c.fatal)
		}
		if err := p.Protect(); err != nil {
			t.Fatal(err)
		}
		if p := profile.Read(env).List[0]; len(p.Problems) > 0 {
			t.Errorf("%04o: problems after Protect: %v", mode, p.Problems)
		}
	}
}

func FuzzProfiles(f *testing.F) {
	f.Add(twoConnections, "SNOWFLAKE_CONNECTIONS_A_USER=b")
	f.Add("connections = { x = { account = 'a', port = 1.5 } }", "SNOWFLAKE_CONNECTIONS_X_PRIVATE_KEY_RAW=k")
	f.Add("[x]\naccount=1979-05-27\n'user'=[{}]\n[x.y]\n[\"q.r\"]\n", "SNOWFLAKE_CONNECTIONS__=")
	f.Add("a=1\n[[b]]\nc.d=[1]\n", "SNOWFLAKE_CONNECTIONS=[")
	f.Fuzz(func(t *testing.T, text, variable string) {
		env := env(t, map[string]string{"connections.toml": text, "config.toml": text}, variable)
		all := profile.Read(env)
		for _, p := range all.List {
			_, _ = all.Pick(p.Name)
			if p.File != "" && (p.Line < 1 || p.Line > 1+strings.Count(text, "\n")) && p.File != "SNOWFLAKE_CONNECTIONS" {
				t.Errorf("line of %q = %d, outside the file", p.Name, p.Line)
			}
		}
		// Add either writes a connection that is read back, or leaves the file unchanged.
		path, err := profile.Add(env.Folder(), profile.Profile{Name: "sleet-added", Account: "a", User: "u"})
		after, _ := os.ReadFile(path)
		switch {
		case err != nil && string(after) != text:
			t.Errorf("Add failed but changed the file to %q: %v", after, err)
		case err == nil && !strings.HasPrefix(string(after), text):
			t.Errorf("Add changed the existing text to %q", after)
		case err == nil:
			added := profile.Read(profile.Env{Home: env.Home})
			if _, err := added.Pick("sleet-added"); err != nil {
				t.Errorf("Pick of the added connection: %v\n%s", err, after)
			}
		}
	})
}
