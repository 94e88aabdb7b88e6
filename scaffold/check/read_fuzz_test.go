package check

import (
	"testing"
	"unicode/utf8"

	"sleet/scaffold"
	"sleet/scaffold/check/facts"
	"sleet/scaffold/check/rules"
	"sleet/scaffold/existing"
)

// tryRules runs every rule about files on an app with one file, and checks that each finding is inside the file.
func tryRules(t *testing.T, name string, text []byte) {
	t.Helper()
	for _, runtime := range []scaffold.Runtime{scaffold.Container, scaffold.Warehouse} {
		app := facts.AppOf(&existing.App{
			Root: ".", Main: "streamlit_app.py", Paths: []string{name}, Files: map[string][]byte{name: text},
			Mains: []string{"streamlit_app.py"},
		})
		for _, rule := range rules.Rules() {
			if rule.ID < "SL2" {
				continue // about Python
			}
			for _, f := range rule.Check(app, facts.Options{Runtime: runtime}.For(app.App)) {
				start, end := f.Span()
				if start < 0 || end < start || end > len(text) {
					t.Errorf("%s: %d to %d of %d bytes", rule.ID, start, end, len(text))
				}
				if f.Line < 1 || f.Column < 1 || f.EndLine < f.Line || f.EndLine == f.Line && f.EndColumn < f.Column {
					t.Errorf("%s: %d:%d to %d:%d", rule.ID, f.Line, f.Column, f.EndLine, f.EndColumn)
				}
				if utf8.Valid(text) && !utf8.ValidString(string(text[start:end])) {
					t.Errorf("%s: the place halves a character: %q", rule.ID, text[start:end])
				}
				if line, known := Line(&existing.Folder{Apps: []*existing.App{app.App}}, f); known && (line.From < 1 || line.To <= line.From) {
					t.Errorf("%s: %+v", rule.ID, line)
				}
			}
		}
	}
}

// folderOf returns a folder with one file.
func folderOf(name string, text []byte) *existing.Folder {
	return (&existing.Folder{Dir: "."}).With(map[string][]byte{name: text})
}

func FuzzTOML(f *testing.F) {
	for _, seed := range []string{
		"a = 1\n[b.c]\n\"d e\" = [1, { f = 'x' }]\n", "[[a]]\nb = { c = { d = \"\"\"x\ny\"\"\" } }\n", "\ufeffa.'b'.\"c\" = 1979-05-27",
		"[project]\nrequires-python = \">=3.8\"\ndependencies = [\"streamlit==1.2\", 'opencv=1']\n", "[server]\nport = 1", "a = [", "a", "[a", "=",
		"password = \"hunter22\"\npasswords = [[\"hunter22\"]]\n",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		for _, k := range existing.TOMLKeys(text) {
			if k.Start < 0 || k.End < k.Start || k.End > len(text) || len(k.Names) == 0 {
				t.Errorf("%+v", k)
			}
		}
		for _, app := range folderOf(scaffold.AnswersFile, text).Apps {
			Findings(app, facts.Options{Select: []string{"SL501", "SL303"}})
		}
		for _, name := range []string{".streamlit/config.toml", ".streamlit/secrets.toml", scaffold.PyprojectFile} {
			tryRules(t, name, text)
		}
	})
}

func FuzzYAML(f *testing.F) {
	for _, seed := range []string{
		"dependencies:\n  - streamlit=1.2\n  - pip:\n    - x\n", "channels: [a, 'b']\ndependencies: [\"opencv=4\"]", "a: &x\n  b: !t c\n*x : d\n",
		"definition_version: 1\nstreamlit:\n  name: x\n", "entities:\r\n  日本:\r\n    type: streamlit\r\n    secrets: {k: s}\r\n", "? a\n: b", "- [", "a: |\n  x\n",
		"definition_version: '2'\nentities:\n  a:\n    type: streamlit\n    artifacts:\n    - src: x\n", "\ufeffa: 1", "--- a\n--- b\n",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		var walk func(n existing.YAMLNode, depth int)
		walk = func(n existing.YAMLNode, depth int) {
			if start, end := n.Span(); start < 0 || end < start || end > len(text) {
				t.Errorf("%d to %d of %d", start, end, len(text))
			}
			if depth > 50 {
				return
			}
			for _, e := range n.Entries() {
				walk(e.Key, depth+1)
				walk(e.Value, depth+1)
			}
			for _, item := range n.Items() {
				walk(item, depth+1)
			}
		}
		walk(existing.YAML(text), 0)
		folderOf("snowflake.yml", text)
		tryRules(t, scaffold.CondaFile, text)
		tryRules(t, "snowflake.yml", text)
	})
}

func FuzzSQL(f *testing.F) {
	for _, seed := range []string{
		"CREATE STREAMLIT a FROM '@s';", "ALTER STREAMLIT a SET SECRETS = ('k' = s);", "CREATE STREAMLIT IF NOT EXISTS IDENTIFIER('a') ROOT_LOCATION = @s",
		"EXECUTE IMMEDIATE $$ BEGIN ALTER STREAMLIT a ADD LIVE VERSION FROM LAST; END; $$", "CREATE FUNCTION f() SECRETS=('k'=s) AS $$ x $$", "CREATE STREAMLIT .",
		"CREATE OR REPLACE SECURE FUNCTION", "ALTER STREAMLIT IDENTIFIER(", "CREATE STREAMLIT \"日本\".x MAIN_FILE", "CREATE STREAMLIT x SECRETS = ('k' =",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, text []byte) { tryRules(t, "app.sql", text) })
}

func FuzzRequirements(f *testing.F) {
	for _, seed := range []string{"streamlit==1.2 # x\n-r y\n./a.whl\n", "a=1", "a\\\n==1 --hash=x", "\ufeffopencv", "日本==1", "a b", "dask-core"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, text []byte) { tryRules(t, scaffold.PipFile, text) })
}
