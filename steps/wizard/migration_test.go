package wizard

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"sleet/scaffold/migrate/change"
	"sleet/scaffold/workspace"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"

	"sleet/scaffold"
	"sleet/scaffold/existing"
	"sleet/scaffold/migrate"
	"sleet/steps"
	"sleet/ui/message"
)

// oldApp returns a typical warehouse app.
func oldApp() map[string]string {
	return map[string]string{
		"streamlit_app.py": `import streamlit as st
import _snowflake
from snowflake.snowpark.context import get_active_session

st.set_page_config(page_title="Weather", layout="wide")

session = get_active_session()
cache = {}


def key():
    return _snowflake.get_generic_secret_string("api_key")


st.title("Weather")
if st.button("again"):
    cache["n"] = 1
    st.experimental_rerun()
st.dataframe(session.sql("SELECT CURRENT_USER()").to_pandas())
st.write(len(key()))
`,
		"environment.yml": "name: app\nchannels:\n  - snowflake\ndependencies:\n  - python=3.8\n  - streamlit=1.26\n  - pandas\n",
		"snowflake.yml":   "definition_version: 2\nentities:\n  weather:\n    type: streamlit\n    identifier:\n      name: WEATHER\n    main_file: streamlit_app.py\n    query_warehouse: WH\n    artifacts:\n      - streamlit_app.py\n      - environment.yml\n",
	}
}

// moving returns the wizard after it has scanned an old app; wrote receives what it writes.
func moving(t testing.TB, lang string, files map[string]string, wrote *[]migrate.Change) hand {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	e := steps.Effects{
		Scan: func(func(int)) (*existing.Folder, []string, error) {
			folder, err := existing.Read(dir)
			return folder, []string{"streamlit_app.py"}, err
		},
		WriteMigration: func(changes []migrate.Change) error {
			*wrote = changes
			return nil
		},
	}
	s := steps.State{Shown: "weather", Folder: workspace.Folder{Dir: "/home/me/weather"}, Migration: &steps.Migration{}}
	h := hand{t: t, Wizard: newWizard(s, e, look{dark: true, profile: colorprofile.TrueColor, unicode: true, words: message.For(lang).T})}
	h.effects.Edit = func(_, _ string, text []byte, back func([]byte, error) tea.Msg) tea.Cmd {
		return func() tea.Msg { return back(append([]byte("# mine\n"), text...), nil) }
	}
	return h.size(120, 36).run(h.Init())
}

func changed(wrote []migrate.Change, path string) string {
	for _, c := range wrote {
		if c.Path == path {
			return string(c.New)
		}
	}
	return ""
}

// TestMove checks that accepting all proposals migrates the app.
func TestMove(t *testing.T) {
	var wrote []migrate.Change
	h := moving(t, "en", oldApp(), &wrote)
	if h.step != steps.MigrationReport || !strings.Contains(h.screen(), "manual: ") {
		t.Fatalf("on %s:\n%s", h.step, h.screen())
	}
	for _, want := range []steps.StepID{steps.Compute, steps.Secrets, steps.MigrationChanges, steps.MigrationManual} {
		if h = h.keys("enter"); h.step != want {
			t.Fatalf("on %s, want %s:\n%s", h.step, want, h.screen())
		}
	}
	if h = h.keys("enter"); h.step != steps.Done {
		t.Fatalf("on %s:\n%s", h.step, h.screen())
	}
	code := changed(wrote, "streamlit_app.py")
	for _, gone := range []string{"get_active_session", "_snowflake.", "experimental_rerun", "page_title"} {
		if strings.Contains(code, gone) {
			t.Errorf("%s is still there:\n%s", gone, code)
		}
	}
	for _, path := range []string{"pyproject.toml", "sql/migrate.sql", "sql/rollback.sql", "sleet.toml", "MIGRATION.md"} {
		if changed(wrote, path) == "" {
			t.Errorf("%s was not written", path)
		}
	}
	if !strings.Contains(h.screen(), "sleet migrate --undo") {
		t.Errorf("undo is not mentioned:\n%s", h.screen())
	}
}

// severalApps returns a folder with two old apps.
func severalApps() map[string]string {
	files := map[string]string{}
	for name, text := range oldApp() {
		files["apps/weather/"+name] = text
	}
	files["apps/sales/streamlit_app.py"] = "import streamlit as st\n\nst.set_page_config(page_icon=\"x\")\nst.title(\"Sales\")\n"
	return files
}

// TestMoveSeveral checks that only the chosen one of several apps is migrated. Going back from its report leads to the
// list of apps, and going back from a later step to the report, keeping all answers.
func TestMoveSeveral(t *testing.T) {
	var wrote []migrate.Change
	h := moving(t, "en", severalApps(), &wrote)
	for _, want := range []string{"apps/sales/streamlit_app.py", "apps/weather/streamlit_app.py", h.context.T("migration.which")} {
		if !strings.Contains(h.screen(), want) {
			t.Errorf("%s is not offered:\n%s", want, h.screen())
		}
	}
	if h = h.keys("down", "enter"); h.state.Migration.Root != "apps/weather" || h.step != steps.MigrationReport {
		t.Fatalf("%q on %s:\n%s", h.state.Migration.Root, h.step, h.screen())
	}
	if h = h.keys("esc"); !h.state.Migration.NeedsApp() || h.step != steps.MigrationReport {
		t.Fatalf("esc leads to %s:\n%s", h.step, h.screen())
	}
	h = h.keys("enter", "enter")
	h.state.App.App.Comment = "kept"
	if h = h.keys("esc"); h.step != steps.MigrationReport || h.state.Migration.NeedsApp() || h.state.App.App.Comment != "kept" {
		t.Fatalf("back on %s, asking %v, comment %q", h.step, h.state.Migration.NeedsApp(), h.state.App.App.Comment)
	}
	if h = h.keys("enter", "enter", "enter", "enter", "enter"); h.step != steps.Done {
		t.Fatalf("on %s:\n%s", h.step, h.screen())
	}
	for _, c := range wrote {
		if !strings.HasPrefix(c.Path, "apps/weather/") {
			t.Errorf("%s was changed too", c.Path)
		}
	}
	if !strings.Contains(h.screen(), "sleet apply weather/apps/weather") {
		t.Errorf("the app's folder is not named:\n%s", h.screen())
	}
}

// TestMigrationAsksForTheMainFile checks that the wizard asks if several scripts could be the main file, and that
// sleet.toml and the generated SQL name the chosen one.
func TestMigrationAsksForTheMainFile(t *testing.T) {
	script := "import streamlit as st\nfrom snowflake.snowpark.context import get_active_session\n\n" +
		"session = get_active_session()\nst.title(%q)\nst.dataframe(session.sql(\"SELECT 1\").to_pandas())\n"
	var wrote []migrate.Change
	h := moving(t, "en", map[string]string{
		"budget.py":       fmt.Sprintf(script, "Budget"),
		"sales.py":        fmt.Sprintf(script, "Sales"),
		"environment.yml": "name: app\nchannels:\n  - snowflake\ndependencies:\n  - streamlit=1.35.0\n",
	}, &wrote)
	asked := false
	for range 12 {
		if strings.Contains(h.screen(), h.context.T("ask.app.main_file.label")) && h.step != steps.MigrationReport {
			asked = true
			for _, want := range []string{"budget.py", "sales.py"} {
				if !strings.Contains(h.screen(), want) {
					t.Errorf("%s is not offered:\n%s", want, h.screen())
				}
			}
			break
		}
		h = h.keys("enter")
	}
	if !asked {
		t.Fatalf("the main file was not asked for; the wizard ended on %s:\n%s", h.step, h.screen())
	}
	h = h.keys("down")
	for range 12 {
		if h.step == steps.Done {
			break
		}
		h = h.keys("enter")
	}
	if h.step != steps.Done || h.state.App.App.MainFile != "sales.py" {
		t.Fatalf("main file %q on %s:\n%s", h.state.App.App.MainFile, h.step, h.screen())
	}
	if answers := changed(wrote, "sleet.toml"); !strings.Contains(answers, `main_file = "sales.py"`) {
		t.Errorf("sleet.toml does not name it:\n%s", answers)
	}
}

func changeGroups(t *testing.T, h hand) []steps.MigrationGroup {
	t.Helper()
	groups, err := h.state.Migration.Groups(h.state.App)
	if err != nil {
		t.Fatal(err)
	}
	return groups
}

// TestMoveByChoice checks that skipped changes are not made, that edited files are written as edited, and that ticked
// items are written as ticked.
func TestMoveByChoice(t *testing.T) {
	var wrote []migrate.Change
	h := moving(t, "en", oldApp(), &wrote).keys("enter", "enter", "enter")
	for i, g := range changeGroups(t, h) {
		if g.Kind == change.KindStreamlit {
			h = h.keys("home")
			for range i {
				h = h.keys("down")
			}
			h = h.keys("space")
		}
	}
	h.keys("enter", "space", "enter")
	if code := changed(wrote, "streamlit_app.py"); !strings.Contains(code, "experimental_rerun") || strings.Contains(code, "get_active_session") {
		t.Errorf("the code does not match the choices:\n%s", code)
	}
	if list := changed(wrote, "MIGRATION.md"); strings.Count(list, "- [x] ") != 1 {
		t.Errorf("the ticked item is not ticked:\n%s", list)
	}
	h = moving(t, "en", oldApp(), &wrote).keys("enter", "enter", "enter", "home", "e")
	if !strings.Contains(h.screen(), h.context.T("migration.mine")) {
		t.Errorf("the edited file is not marked:\n%s", h.screen())
	}
	path := changeGroups(t, h)[0].Path
	h.keys("enter", "enter")
	if text := changed(wrote, path); !strings.HasPrefix(text, "# mine\n") {
		t.Errorf("%s is not as edited:\n%s", path, text)
	}
}

// TestMoveLeft checks that leaving asks, and says that choices are not saved.
func TestMoveLeft(t *testing.T) {
	var wrote []migrate.Change
	h := moving(t, "en", oldApp(), &wrote).keys("enter", "ctrl+c")
	if h.ask == nil || !strings.Contains(h.screen(), "your choices are not saved") || strings.Contains(h.screen(), "are saved for") {
		t.Fatalf("asked:\n%s", h.screen())
	}
	if h = h.keys("ctrl+c"); h.Ending() != Quit || wrote != nil {
		t.Errorf("ends %v, %d files written", h.Ending(), len(wrote))
	}
}

// TestMoveRefused checks that a folder without an app says what is missing, and that a failed write shows its error.
func TestMoveRefused(t *testing.T) {
	var wrote []migrate.Change
	h := moving(t, "en", map[string]string{"notes.txt": "hello"}, &wrote)
	if !strings.Contains(h.screen(), "streamlit_app.py") {
		t.Errorf("the screen does not say what is missing:\n%s", h.screen())
	}
	h = moving(t, "en", oldApp(), &wrote)
	h.effects.WriteMigration = func([]migrate.Change) error { return errors.New("the disk is full") }
	if h = h.keys("enter", "enter", "enter", "enter", "enter"); !strings.Contains(h.screen(), "the disk is full") {
		t.Errorf("on %s:\n%s", h.step, h.screen())
	}
}

func TestMoveScreens(t *testing.T) {
	var wrote []migrate.Change
	for _, lang := range []string{"en", "ja"} {
		for name, keys := range map[string][]string{
			"apps":    {"down"},
			"report":  {"down", "down", "down", "down"},
			"changes": {"enter", "enter", "enter"},
			"skipped": {"enter", "enter", "enter", "space", "down"},
			"manual":  {"enter", "enter", "enter", "enter", "space"},
			"done":    {"enter", "enter", "enter", "enter", "enter"},
		} {
			t.Run(lang+"/"+name, func(t *testing.T) {
				var all strings.Builder
				for _, size := range sizes() {
					files := oldApp()
					if name == "apps" {
						files = severalApps()
					}
					h := moving(t, lang, files, &wrote).keys(keys...).size(size[0], size[1])
					all.WriteString(strings.Repeat("=", size[0]) + "\n")
					for i, line := range strings.Split(h.screen(), "\n") {
						if w := ansi.StringWidth(line); w != size[0] {
							t.Errorf("line %d is %d cells wide", i, w)
						}
						all.WriteString(strings.TrimRight(line, " ") + "\n")
					}
				}
				golden(t, "screens/move_"+lang+"_"+name, all.String())
			})
		}
	}
}

// TestMigrationCountsAddUp checks that the totals above the report are the sums of its rows.
func TestMigrationCountsAddUp(t *testing.T) {
	var wrote []migrate.Change
	h := moving(t, "en", oldApp(), &wrote).size(120, 60)
	number := func(pattern string) int {
		sum := 0
		for _, m := range regexp.MustCompile(pattern).FindAllStringSubmatch(h.screen(), -1) {
			n, err := strconv.Atoi(m[1])
			if err != nil {
				t.Fatal(err)
			}
			sum += n
		}
		return sum
	}
	for of, patterns := range map[string][2]string{
		"automatic": {`(\d+) automatic fix`, `automatic: (\d+)`}, "manual": {`(\d+) manual\b`, `manual: (\d+)`}, "review": {`(\d+) to review`, `review: (\d+)`},
	} {
		if total, rows := number(patterns[0]), number(patterns[1]); total != rows || total == 0 {
			t.Errorf("%s: total %d, sum of the rows %d:\n%s", of, total, rows, h.screen())
		}
	}
	if manual, steps := number(`(\d+) manual\b`), h.state.Migration; manual != len(mustPlan(t, steps, h.state.App).Manual) {
		t.Errorf("%d manual steps are counted, %d are shown later", manual, len(mustPlan(t, steps, h.state.App).Manual))
	}
}

func mustPlan(t *testing.T, m *steps.Migration, a scaffold.App) migrate.Migration {
	t.Helper()
	plan, err := m.Plan(a)
	if err != nil {
		t.Fatal(err)
	}
	return plan
}
