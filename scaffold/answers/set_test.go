package answers

import (
	"errors"
	"strings"
	"testing"

	"sleet/scaffold"
)

func TestSet(t *testing.T) {
	// Each case has assignments and the lines of sleet.toml after its version.
	for _, tt := range []struct {
		sets []string
		want string
	}{
		{[]string{`app.runtime=warehouse`}, `[app] runtime = "warehouse"`},
		{[]string{`app.title="My \"app\""`}, `[app] title = "My \"app\""`},
		{[]string{`app.title='My app'`}, `[app] title = "My app"`},
		{[]string{`app.title=It's`}, `[app] title = "It's"`},
		{[]string{`app.name=my app`}, `[app] name = "my app"`},
		{[]string{` app.name = my app `}, `[app] name = "my app"`},
		{[]string{`app.name=123`}, `[app] name = "123"`},
		{[]string{`app.name=true`}, `[app] name = "true"`},
		{[]string{`app.name=a=b`}, `[app] name = "a=b"`},
		{[]string{`app.name=#1`}, `[app] name = "#1"`},
		{[]string{`app.name=日本`}, `[app] name = "日本"`},
		{[]string{`app.name='"my_app"'`}, `[app] name = "\"my_app\""`},
		{[]string{"app.comment=a\nb"}, `[app] comment = "a\nb"`},
		{[]string{`app.name=x`, `app.name=`}, ``},
		{[]string{`app.compute_pool=""`}, `[app] compute_pool = ""`},
		{[]string{`version=1`, `app.name=x`}, `[app] name = "x"`},
		{[]string{`app.compute_pool=`}, `[app] compute_pool = ""`},
		{[]string{`app.runtime_name=SYSTEM$ST_CONTAINER_RUNTIME_PY3_12`}, `[app] runtime_name = "SYSTEM$ST_CONTAINER_RUNTIME_PY3_12"`},
		{[]string{`app.cortex=agent`}, `[app] cortex = "agent"`},
		{[]string{`app.cortex=true`}, `[app] cortex = true`},
		{[]string{`python.version=3.11`}, `[python] version = "3.11"`},
		{[]string{`python.packages=["a","b"]`}, `[python] packages = ["a", "b"]`},
		{[]string{`python.packages=["a"]`, `python.packages=[]`}, ``},
		{[]string{`app={ name = "x" }`, `app={ title = "y" }`}, `[app] name = "x" title = "y"`},
		{[]string{`secrets[0].key=a`, `secrets[0].access="st.secrets"`, `secrets[1].key=b`}, `[[secrets]] key = "a" access = "st.secrets" [[secrets]] key = "b"`},
		{[]string{`secrets[0].access=st.secrets`}, `[[secrets]] access = "st.secrets"`},
		{[]string{`secrets[0]={ key = "a" }`}, `[[secrets]] key = "a"`},
		{[]string{`secrets[0].key=a`, `secrets=[{ key = "b" }, { key = "c" }]`}, `[[secrets]] key = "b" [[secrets]] key = "c"`},
		{[]string{`config.theme.base=dark`}, `[config.theme] base = "dark"`},
		{[]string{`config.theme.primaryColor=#ff0000`}, `[config.theme] primaryColor = "#ff0000"`},
		{[]string{`config.theme={ base = "dark" }`}, `[config.theme] base = "dark"`},
		{[]string{`config.theme.base=dark`, `config.theme=x`}, `[config] theme = "x"`},
		{[]string{`config.theme=x`, `config.theme.base=dark`}, `[config.theme] base = "dark"`},
		{[]string{`config.theme."base"=dark`}, `[config.theme] base = "dark"`},
		{[]string{`config."theme.base"=dark`}, `[config] "theme.base" = "dark"`},
		{[]string{`config.theme."a=b"=dark`}, `[config.theme] "a=b" = "dark"`},
		{[]string{`config.snowflake.sleep.streamlitSleepTimeoutMinutes=30`}, `[config.snowflake.sleep] streamlitSleepTimeoutMinutes = 30`},
		{[]string{`config.a=1`, `config={ b = 2 }`}, `[config] b = 2`},
		{[]string{`values.x=1`}, `[values] x = 1`},
		{[]string{`values.x=1`, `values={ y = 2 }`}, `[values] y = 2`},
		{[]string{`values.url=https://api.example.com/a?b=c`}, `[values] url = "https://api.example.com/a?b=c"`},
		{[]string{`values.a.b=1`, `values.a.c=x y`}, `[values.a] b = 1 c = "x y"`},
		{[]string{`values.a=`}, `[values] a = ""`},
		{[]string{"values.a=1\nb = 2"}, `[values] a = "1\nb = 2"`},
	} {
		var app scaffold.App
		for _, s := range tt.sets {
			var err error
			if app, err = Set(app, s); err != nil {
				t.Errorf("Set(%q): %v", s, err)
			}
		}
		_, got, _ := strings.Cut(string(TOML(app)), "version = 1\n")
		if got := strings.Join(strings.Fields(got), " "); got != strings.Join(strings.Fields(tt.want), " ") {
			t.Errorf("Set(%q) = %s, want %s", tt.sets, got, tt.want)
		}
	}
}

func TestSetErrors(t *testing.T) {
	for set, want := range map[string]string{
		``:                               `--set : = is missing between the key and its value; write --set app.runtime=warehouse`,
		`app.name`:                       `--set app.name: = is missing between the key and its value; write --set app.runtime=warehouse`,
		`=x`:                             `--set : unknown key ""; the tables are "app", "python", "roles", "network", "secrets", "config", "values", "env" and "written"`,
		`app.nmae=x`:                     `--set app.nmae: unknown key "nmae" in [app]; did you mean "name"?`,
		`ap.name=x`:                      `--set ap.name: unknown key "ap"; did you mean [app]?`,
		`name=x`:                         `--set name: unknown key "name" at the top of the file; "name" belongs in [app]`,
		`app=x`:                          `--set app: app is a table; write app.key=value, or all of it as { key = value }`,
		`config=x`:                       `--set config: config is a table; write config.key=value, or all of it as { key = value }`,
		`app.=x`:                         `--set app.: "" is not a valid key; separate keys with dots, as in app.name; put a key with other characters in quotes`,
		`app[0].name=x`:                  `--set app[0].name: "app[0].name" is not a key of sleet.toml; write table.key, as in app.name`,
		`app.runtime=conainer`:           `--set app.runtime: app.runtime must be "container" or "warehouse", not "conainer"; did you mean "container"?`,
		`app.cortex=yes`:                 `--set app.cortex: app.cortex must be "analyst" or "agent", not "yes"; write cortex = "analyst"`,
		`app.cortex=`:                    `--set app.cortex: the value is missing; write it after the =`,
		`app.title="x`:                   `--set app.title: the value is not valid TOML; close its quotes and brackets, as in "text" or ["a", "b"]`,
		`python.packages=[a, b]`:         `--set python.packages: the value is not valid TOML; close its quotes and brackets, as in "text" or ["a", "b"]`,
		`python.packages=pandas`:         `--set python.packages: python.packages must be a list of strings, not a string; write packages = ["pandas"]`,
		`python.packages=[1]`:            `--set python.packages: python.packages[0] must be a string in quotes, not a whole number; write packages = ["…", "…"]`,
		`secrets.key=a`:                  `--set secrets.key: secrets is a list: choose one entry; write secrets[0] for the first`,
		`secrets[x].key=a`:               `--set secrets[x].key: secrets is a list: choose one entry; write secrets[0] for the first`,
		`secrets[0]=a`:                   `--set secrets[0]: secrets[0] is a table; write secrets[0].key=value, or all of it as { key = value }`,
		`secrets[0]key=a`:                `--set secrets[0]key: "secrets[0]key" is not a key of sleet.toml; write table.key, as in app.name`,
		`secrets[3].key=a`:               `--set secrets[3].key: secrets[3] does not exist: there are 1; the next one is secrets[1]`,
		`secrets[1].key=API_KEY`:         `--set secrets[1].key: secrets[1].key "API_KEY" is already used by secrets[0]; give each secret its own key; case is ignored`,
		`secrets[0].type=x`:              `--set secrets[0].type: secrets[0].type must be "generic_string", "password", "oauth2" or "cloud_provider_token", not "x"; write type = "generic_string"`,
		`written."streamlit_app.py"=abc`: `--set written."streamlit_app.py": [written] is kept by sleet and cannot be set; remove it`,
		`version=2`:                      `--set version: version must be 1, the only one that this sleet supports; write version = 1, or use a newer sleet`,
		"values.a=\xff":                  `--set values.a: this is not UTF-8 text; give it as UTF-8`,
		"values.a\x1b[2J=1":              `--set values.a\x1b[2J: "a\x1b[2J" is not a valid key; separate keys with dots, as in app.name; put a key with other characters in quotes`,
	} {
		before := scaffold.App{Secrets: []scaffold.SecretDecl{{Key: "api_key"}}}
		after, err := Set(before, set)
		var pe *ParseError
		if !errors.As(err, &pe) || err.Error() != want {
			t.Errorf("Set(%q):\n got %v\nwant %s", set, err, want)
		}
		if !after.Equal(scaffold.App{Secrets: []scaffold.SecretDecl{{Key: "api_key"}}}) {
			t.Errorf("Set(%q) changed the App although it failed:\n%s", set, TOML(after))
		}
	}
}

func TestSetCopies(t *testing.T) {
	before := scaffold.App{Config: map[string]any{"a": int64(1)}, Values: map[string]any{"t": map[string]any{"x": int64(1)}}, Secrets: []scaffold.SecretDecl{{Key: "k"}}}
	for _, set := range []string{`config.a=2`, `values.t.x=2`, `secrets[0].key=z`} {
		if _, err := Set(before, set); err != nil {
			t.Error(err)
		}
	}
	if before.Config["a"] != int64(1) || before.Values["t"].(map[string]any)["x"] != int64(1) || before.Secrets[0].Key != "k" {
		t.Errorf("Set changed its argument:\n%s", TOML(before))
	}
}

func FuzzSet(f *testing.F) {
	for _, s := range []string{`app.name=x`, `secrets[0].key=a`, `values."a=b".c=[1]`, `config.theme={a=1}`, `secrets=[]`, `=`, `app.=`, `"`} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		app, err := Set(scaffold.App{Secrets: []scaffold.SecretDecl{{Key: "k"}}}, s)
		var pe *ParseError
		if err != nil {
			if !errors.As(err, &pe) || pe.Why.IsZero() {
				t.Errorf("%T: %v", err, err)
			}
			return
		}
		again, err := Parse(scaffold.AnswersFile, TOML(app))
		if err != nil || !again.Equal(app) {
			t.Errorf("Parse(TOML(Set(%[2]q))): %[1]v\n%[3]s", err, s, TOML(app))
		}
	})
}
