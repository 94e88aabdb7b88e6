package answers

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"sleet/scaffold"
	"sleet/scaffold/testtools"
)

func TestEditAnswers(t *testing.T) {
	const text = `# about the app
[app]
name = "a"  # its name
title = 'T'
cortex = false # not yet

[python]
packages = [
  "pandas", # tables
  "httpx",
] # end

# the key of the API
[[secrets]]
key = "api_key" # k
comment = """
two
lines""" # c

[[secrets]] # second
key = "login"

[config.theme] # colours
base = "dark"

[values]
a = 1
`
	for _, tt := range []struct {
		name     string
		sets     []string
		from, to string // the change of the text
	}{
		{"nothing", nil, "", ""},
		{"change", []string{`app.name="b"`}, `name = "a"  # its name`, `name = "b"  # its name`},
		{"change a literal string", []string{`app.title=U`}, `'T'`, `"U"`},
		{"change an explicit default", []string{`app.cortex=true`}, `cortex = false #`, `cortex = true #`},
		{"change a list", []string{`python.packages=["polars"]`}, "[\n  \"pandas\", # tables\n  \"httpx\",\n] # end", `["polars"] # end`},
		{"drop", []string{`app.title=`}, "title = 'T'\n", ""},
		{"drop many lines", []string{`secrets[0].comment=`}, "comment = \"\"\"\ntwo\nlines\"\"\" # c\n", ""},
		{"add to a table", []string{`app.schema=S`, `app.database=D`}, "cortex = false # not yet\n", "cortex = false # not yet\ndatabase = \"D\"\nschema = \"S\"\n"},
		{"add to an element", []string{`secrets[0].type=password`}, "lines\"\"\" # c\n", "lines\"\"\" # c\ntype = \"password\"\n"},
		{"add to the last table", []string{`values.b=2`}, "a = 1\n", "a = 1\nb = 2\n"},
		{"add a table", []string{`roles.owner=R`}, "a = 1\n", "a = 1\n\n[roles]\nowner = \"R\"\n"},
		{"add tables", []string{`values.x.y=1`, `config.snowflake.sleep.streamlitSleepTimeoutMinutes=9`}, "a = 1\n", "a = 1\n\n[config.snowflake.sleep]\nstreamlitSleepTimeoutMinutes = 9\n\n[values.x]\ny = 1\n"},
		{"add a secret", []string{`secrets[2].key=x`}, "a = 1\n", "a = 1\n\n[[secrets]]\nkey = \"x\"\n"},
		{"add an option", []string{`config.theme.font=serif`}, "base = \"dark\"\n", "base = \"dark\"\nfont = \"serif\"\n"},
		{"drop the last secret", []string{`secrets=[{ key = "api_key", comment = "two\nlines" }]`}, "[[secrets]] # second\nkey = \"login\"\n\n", ""},
		{"drop the first secret", []string{`secrets=[{ key = "login" }]`}, "[[secrets]]\nkey = \"api_key\" # k\ncomment = \"\"\"\ntwo\nlines\"\"\" # c\n\n", ""},
	} {
		for _, crlf := range []bool{false, true} {
			if crlf && strings.Contains(strings.Join(tt.sets, ""), `two\nlines`) {
				continue // with \r\n the text in the file differs
			}
			old, want := text, strings.Replace(text, tt.from, tt.to, 1)
			if crlf {
				old, want = strings.ReplaceAll(old, "\n", "\r\n"), strings.ReplaceAll(want, "\n", "\r\n")
			}
			app, err := Parse(scaffold.AnswersFile, []byte(old))
			if err != nil {
				t.Fatal(err)
			}
			saved := app.Clone()
			for _, s := range tt.sets {
				if app, err = Set(app, s); err != nil {
					t.Fatal(err)
				}
			}
			testtools.Equal(t, tt.name, want, string(Edit([]byte(old), saved, app)))
		}
	}
}

func TestEditAnswersBesideWritten(t *testing.T) {
	const text = "# mine\n[app]\nname = \"a\"\n\n\n[written]\n\"a.py\" = \"x\"\n\n[roles] # r\n"
	const want = "# mine\n[app]\nname = \"a\"\ntitle = \"T\"\n\n[python]\nversion = \"3.11\"\n\n[written]\n\"a.py\" = \"y\"\n\n[roles] # r\nowner = \"R\"\n"
	app, err := Parse(scaffold.AnswersFile, []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	saved := app.Clone()
	app.App.Title, app.Python.Version, app.Roles.Owner, app.Written = "T", "3.11", "R", map[string]string{"a.py": "y"}
	testtools.Equal(t, "sleet.toml", want, string(Edit([]byte(text), saved, app)))
}

func TestEditAnswersFallsBack(t *testing.T) {
	for _, tt := range []struct{ name, text, set string }{
		{"add to braces", `app = { name = "x" }`, `app.title=T`},
		{"drop from braces", `app = { name = "x", title = "T" }`, `app.title=`},
		{"add beside dotted keys", `config.theme.base = "dark"`, `config.theme.font=serif`},
		{"drop a secret in braces", `secrets = [{ key = "a" }, { key = "b" }]`, `secrets=[]`},
	} {
		app, err := Parse(scaffold.AnswersFile, []byte(tt.text))
		if err != nil {
			t.Fatal(err)
		}
		saved := app.Clone()
		if app, err = Set(app, tt.set); err != nil {
			t.Fatal(err)
		}
		testtools.Equal(t, tt.name, string(TOML(app)), string(Edit([]byte(tt.text), saved, app)))
	}
}

// TestEditAnswersRoundTrip changes any App into any other: the text must hold the new answers.
func TestEditAnswersRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		before, after := appGen(t), appGen(t)
		if rapid.Bool().Draw(t, "little") { // change one table only
			little := before.Clone()
			little.App, little.Secrets = after.App, after.Secrets
			after = little
		}
		text := commented(TOML(before))
		got := Edit(text, before, after)
		if app, err := Parse(scaffold.AnswersFile, got); err != nil || !app.Equal(after) {
			t.Fatalf("%v\n%s\nbecame\n%s\nwant\n%s", err, text, got, TOML(after))
		}
		fixed := before.Clone()
		fixed.App = after.App
		if got := Edit(text, before, fixed); !strings.Contains(string(got), "# own") {
			t.Fatalf("the comments of\n%s\nare lost in\n%s", text, got)
		}
	})
}

// commented adds a comment to every line and before each table.
func commented(text []byte) []byte {
	lines := strings.Split(strings.TrimSuffix(string(text), "\n"), "\n")
	for i, line := range lines {
		if line != "" {
			lines[i] = line + " # own"
		}
	}
	return []byte(strings.Join(lines, "\n"))
}
