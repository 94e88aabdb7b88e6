package validate

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"sleet/scaffold"
	"sleet/scaffold/answers"
	"sleet/scaffold/testtools"
	"sleet/snowflake"
	"sleet/ui/message"
)

// ruleCase is a change that makes a rule report a problem at path. If path is empty, the answers
// are valid and the rule must report nothing.
type ruleCase struct {
	rule, path string
	change     func(*scaffold.App)
}

func ruleCases() []ruleCase {
	return slices.Concat(
		nameCases(), choiceCases(), runtimeCases(), mainFileCases(), pythonCases(), packageCases(), roleCases(),
		networkCases(), secretKeyCases(), secretCases(), configCases(), valueCases(), sizeCases(),
	)
}

// sizeCases returns cases with lists at the limit and above it.
func sizeCases() []ruleCase {
	packages := func(n int) func(*scaffold.App) {
		return func(a *scaffold.App) { a.Python.Packages = slices.Repeat([]string{"altair"}, n) }
	}
	return []ruleCase{{"too-many", "python.packages", packages(answers.MaxTexts + 1)}, {"too-many", "", packages(answers.MaxTexts)}}
}

// warehouse returns a change that makes the App a warehouse app and applies change.
func warehouse(change func(*scaffold.App)) func(*scaffold.App) {
	return func(a *scaffold.App) {
		a.App.Runtime = scaffold.Warehouse
		change(a)
	}
}

func TestRules(t *testing.T) {
	t.Parallel()
	for i, c := range ruleCases() {
		t.Run(fmt.Sprintf("%s/%d", c.rule, i), func(t *testing.T) {
			t.Parallel()
			app := scaffold.App{Folder: "demo"}
			c.change(&app)
			problems := Problems(app)
			at := slices.IndexFunc(problems, func(p Problem) bool {
				return p.ID == c.rule && (c.path == "" || p.Path == c.path)
			})
			switch {
			case c.path != "" && at < 0:
				t.Errorf("Problems() does not report %s at %s: %v", c.rule, c.path, problems)
			case c.path == "" && at >= 0:
				t.Errorf("Problems() reports %+v, want no %s", problems[at], c.rule)
			}
		})
	}
}

// TestRulesAreTested checks that every rule has a case that it reports and one that it accepts.
func TestRulesAreTested(t *testing.T) {
	t.Parallel()
	finds, passes := map[string]bool{}, map[string]bool{}
	for _, c := range ruleCases() {
		if c.path != "" {
			finds[c.rule] = true
		} else {
			passes[c.rule] = true
		}
	}
	seen := map[string]bool{}
	for _, r := range Rules() {
		if !finds[r.ID] || !passes[r.ID] {
			t.Errorf("%s: has a case that is reported: %v, one that is accepted: %v", r.ID, finds[r.ID], passes[r.ID])
		}
		if seen[r.ID] {
			t.Errorf("two rules have ID %s", r.ID)
		}
		seen[r.ID] = true
		if !strings.HasPrefix(r.Page, "https://") || !message.Known(message.ID("problem."+r.ID+".message")) || !message.Known(message.ID("problem."+r.ID+".fix")) || r.Severity == "" {
			t.Errorf("%s is incomplete: %+v", r.ID, r)
		}
	}
	for id := range maps.Keys(finds) {
		if !seen[id] {
			t.Errorf("case for unknown rule %s", id)
		}
	}
}

// TestMessages checks that every message is complete: none is empty or has a placeholder without a
// value.
func TestMessages(t *testing.T) {
	t.Parallel()
	for _, c := range ruleCases() {
		app := scaffold.App{Folder: "demo"}
		c.change(&app)
		for _, p := range Problems(app) {
			for _, text := range []string{p.Message.String(), p.Fix.String()} {
				if strings.TrimSpace(text) == "" || strings.Contains(text, "  ") && p.ID != "name-spaces" && p.ID != "name-empty" {
					t.Errorf("%s at %s has message %q", p.ID, p.Path, text)
				}
			}
			words := message.For("en")
			for _, msg := range []message.Message{p.Message, p.Fix} {
				for _, name := range message.Placeholders(words.T(msg.ID)) {
					if _, ok := msg.Args[name]; !ok {
						t.Errorf("%s has no argument for {%s}", p.ID, name)
					}
				}
			}
		}
	}
}

func TestDefaultsHaveNoProblems(t *testing.T) {
	t.Parallel()
	for _, folder := range []string{"demo", "my.app", "日本語", "with space", "select", `quo"te`, strings.Repeat("x", 255), ""} {
		for _, runtime := range []scaffold.Runtime{"", scaffold.Container, scaffold.Warehouse} {
			app := scaffold.App{Folder: folder, App: scaffold.Identity{Runtime: runtime}}
			if got := Problems(app); len(got) != 0 {
				t.Errorf("Problems() of an app in folder %q with runtime %q = %v, want none", folder, runtime, got)
			}
			if got := Problems(app.Resolve()); len(got) != 0 && runtime != scaffold.Container && folder == "demo" {
				t.Errorf("Problems() of the resolved app in folder %q with runtime %q = %v, want none", folder, runtime, got)
			}
		}
	}
}

// wholeApp returns an App with every answer set.
func wholeApp() scaffold.App {
	pool := scaffold.DefaultPool
	return scaffold.App{
		Folder: "my_app",
		App: scaffold.Identity{
			Name: "my_app", Title: "My app", Database: "DB", Schema: "PUBLIC", Runtime: scaffold.Container, MainFile: scaffold.DefaultMainFile,
			QueryWarehouse: scaffold.DefaultWarehouse, ComputePool: &pool, Stage: scaffold.DefaultStage, Comment: "An app.", Language: scaffold.English,
		},
		Python:  scaffold.Python{Version: "3.11", Packages: []string{"pandas>=2,<3", "plotly", "requests"}, Source: scaffold.ArtifactRepository},
		Roles:   scaffold.Roles{Owner: "APP_OWNER", Admin: scaffold.DefaultAdmin, Viewers: []string{"ANALYST", "SALES"}},
		Network: scaffold.Network{Hosts: []string{"api.example.com", "files.example.com:8443", "*.example.com"}},
		Secrets: []scaffold.SecretDecl{
			{Key: "api_key", Type: scaffold.GenericString, Object: "API_KEY"},
			{Key: "login", Type: scaffold.Password, Access: scaffold.AccessSecrets},
			{Key: "oauth", Type: scaffold.OAuth2, Flow: scaffold.ClientCredentials, Integration: "GOOGLE", Scopes: []string{"read"}},
			{Key: "cloud", Type: scaffold.CloudProviderToken, Integration: "AWS"},
		},
		Config: map[string]any{"theme.base": "dark", "theme.primaryColor": "#ff4b4b", "theme.sidebar.textColor": "white"},
		Values: map[string]any{"api_endpoint": "https://api.example.com", "limits": map[string]any{"rows": int64(100)}},
	}
}

func TestWholeAppHasNoProblems(t *testing.T) {
	t.Parallel()
	app := wholeApp()
	if got := Problems(app); len(got) != 0 {
		t.Errorf("Problems() of a valid app = %v, want none", got)
	}
	if got := Problems(app.Resolve()); len(got) != 0 {
		t.Errorf("Problems() of a valid app with defaults = %v, want none", got)
	}
}

func TestOrder(t *testing.T) {
	t.Parallel()
	app := scaffold.App{
		App:     scaffold.Identity{Database: "D", Runtime: scaffold.Container, MainFile: "x.txt"},
		Python:  scaffold.Python{Packages: []string{"a", "b==", "c=1"}},
		Network: scaffold.Network{Hosts: []string{"*.com", "0.0.0.0"}},
		Roles:   scaffold.Roles{Owner: "SYSADMIN"},
		Secrets: []scaffold.SecretDecl{{Key: "ok"}, {Key: "class", Flow: scaffold.ClientCredentials}, {}},
		Config:  map[string]any{"theme.base": "blue", "nothing.at": 1},
	}
	var got []string
	for _, p := range Problems(app) {
		got = append(got, string(p.Severity)+" "+p.Path)
	}
	want := []string{
		"error app.main_file", "error python.packages[1]", "error python.packages[2]", "error network.hosts[0]",
		"error secrets[1].key", "error secrets[1].flow", "error secrets[2].key", "error config.theme.base",
		"warning app.schema", "warning roles.owner", "warning network.hosts[1]", "warning config.nothing.at",
	}
	if !slices.Equal(got, want) {
		t.Errorf("Problems() order =\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// wildTextGen generates text that is typical of sleet.toml and text that is not.
func wildTextGen() *rapid.Generator[string] {
	return rapid.OneOf(
		rapid.String(),
		rapid.StringMatching(`[A-Za-z_."' *:/@=\[\]<>~!;0-9-]{0,30}`),
		rapid.SampledFrom([]string{
			"", "my_app", "DB.SCHEMA.NAME", `"`, `""`, `"a""b"`, "PUBLIC", "container", "warehouse", "function", "st.secrets",
			"password", "oauth2", "class", "pandas>=1", "*.example.com:443", "[::1]:80", "1.52.2", "\x00", "\xff",
		}),
	)
}

func wildAppGen() *rapid.Generator[scaffold.App] {
	text := wildTextGen()
	return rapid.Custom(func(t *rapid.T) scaffold.App {
		draw := func(name string) string { return text.Draw(t, name) }
		list := func(name string) []string { return rapid.SliceOfN(text, 0, 3).Draw(t, name) }
		pool := draw("pool")
		a := scaffold.App{
			Folder: draw("folder"),
			App: scaffold.Identity{
				Name: draw("name"), Title: draw("title"), Database: draw("database"), Schema: draw("schema"),
				Runtime: scaffold.Runtime(draw("runtime")), MainFile: draw("main"), QueryWarehouse: draw("warehouse"),
				ComputePool: &pool, Stage: draw("stage"), Comment: draw("comment"), Language: scaffold.Language(draw("language")),
			},
			Python: scaffold.Python{Version: draw("version"), Streamlit: draw("streamlit"), Packages: list("packages"), Source: scaffold.Source(draw("source"))},
			Roles:  scaffold.Roles{Owner: draw("owner"), Admin: draw("admin"), Viewers: list("viewers")},
			Network: scaffold.Network{
				Hosts: list("hosts"), Rule: draw("rule"), Integration: draw("integration"), Rules: list("rules"),
			},
			Config: map[string]any{}, Values: map[string]any{},
		}
		for range rapid.IntRange(0, 3).Draw(t, "secrets") {
			a.Secrets = append(a.Secrets, scaffold.SecretDecl{
				Key: draw("key"), Type: scaffold.SecretType(draw("type")), Flow: scaffold.Flow(draw("flow")), Object: draw("object"),
				Existing: rapid.Bool().Draw(t, "existing"), Access: scaffold.Access(draw("access")), Integration: draw("integration"),
				Scopes: list("scopes"), Comment: draw("comment"),
			})
		}
		for range rapid.IntRange(0, 2).Draw(t, "options") {
			a.Config["theme."+draw("option")] = rapid.SampledFrom([]any{"x", true, int64(3), 1.5, []any{"y"}, nil}).Draw(t, "value")
		}
		for i := range rapid.IntRange(0, 3).Draw(t, "values") {
			a.Values[cmp.Or(draw("key"), "token")] = rapid.SampledFrom([]any{
				fmt.Sprintf("hidden-%d-value", i),
				map[string]any{"password": "hidden-in-table"},
				[]any{"hidden-in-list"},
				"ghp_hidden0123456789hidden0123456789", nil, int64(7),
				struct{}{},
			}).Draw(t, "value")
		}
		return a
	})
}

// TestProblemsOfAnyApp checks properties that hold for every App: Problems terminates, shows no value, sorts
// its result, returns the same result each time, and reports every name that SQL does not allow.
func TestProblemsOfAnyApp(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		app := wildAppGen().Draw(t, "app")
		problems := Problems(app)
		wrong := map[string]bool{}
		for i, p := range problems {
			if text := fmt.Sprintf("%v", p); strings.Contains(text, "hidden") {
				t.Fatalf("a message shows a value: %s", text)
			}
			if i > 0 && problems[i-1].Severity == Warning && p.Severity == Error {
				t.Fatalf("an error comes after a warning: %v", problems)
			}
			wrong[p.Path] = true
		}
		if again := Problems(app.Clone()); fmt.Sprint(problems) != fmt.Sprint(again) {
			t.Fatalf("Problems() of a clone differs:\n%v\n%v", problems, again)
		}
		for _, n := range nameAnswers(app) {
			_, err := snowflake.Ident(n.raw)
			if n.scope == qualifiedName {
				_, err = snowflake.Qualified(n.raw)
			}
			if err != nil && !wrong[n.path] {
				t.Fatalf("%s = %q is accepted, but: %v", n.path, n.raw, err)
			}
		}
	})
}

func BenchmarkProblems(b *testing.B) {
	app := wholeApp()
	Problems(app) // fill the cached tables
	for b.Loop() {
		Problems(app)
	}
}

// TestProblemsOfLargeApp checks that answers with too many entries are rejected quickly.
func TestProblemsOfLargeApp(t *testing.T) {
	var app scaffold.App
	for i := range 20_000 {
		app.Secrets = append(app.Secrets, scaffold.SecretDecl{Key: "key_" + strconv.Itoa(i)})
		app.Network.Hosts = append(app.Network.Hosts, strconv.Itoa(i)+".example.com")
	}
	began := time.Now()
	var got []string
	for _, p := range Problems(app) {
		got = append(got, p.ID+" "+p.Path+" "+p.Message.String())
	}
	want := []string{
		"too-many secrets the list has 20000 entries, and at most 500 are allowed",
		"too-many network.hosts the list has 20000 entries, and at most 1000 are allowed",
	}
	testtools.Equal(t, "problems", want, got)
	if took := time.Since(began); took > time.Second {
		t.Errorf("Problems() took %s, want at most a second", took)
	}
	app.Secrets, app.Network.Hosts = app.Secrets[:answers.MaxSecrets], app.Network.Hosts[:answers.MaxTexts]
	for _, p := range Problems(app) {
		if p.ID == "too-many" {
			t.Errorf("%v", p)
		}
	}
}
