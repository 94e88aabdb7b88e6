package diagnosis

import (
	"strconv"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/exp/golden"
	"pgregory.net/rapid"

	"sleet/snowflake"
	"sleet/steps/doctor"
	"sleet/ui/cells"
	"sleet/ui/message"
)

// sample returns a diagnosis with a chain in each state.
func sample(lang string, unicode bool) Report {
	admin := snowflake.StoredObject("ACCOUNTADMIN")
	ok := func(name, detail string) doctor.Link {
		return doctor.Link{Name: name, State: doctor.OK, Detail: message.Verbatim(detail)}
	}
	name, err := snowflake.ParseName("APPS.SALES.TREND")
	if err != nil {
		panic(err)
	}
	chains := []doctor.Chain{
		{Kind: doctor.KindSecret, Subject: "api_key", Links: []doctor.Link{
			{Name: "code", State: doctor.OK, Object: "streamlit_app.py:12", Detail: message.Verbatim("reads api_key")},
			ok("secret", "APPS.SALES.API_KEY is a GENERIC_STRING"),
			{
				Name: "integration", State: doctor.Broken, Detail: message.Verbatim("TREND_ACCESS does not allow the secret: a secret must be in ALLOWED_AUTHENTICATION_SECRETS of an integration that is attached to the app"),
				Statements: []snowflake.Statement{{SQL: "ALTER EXTERNAL ACCESS INTEGRATION TREND_ACCESS\n  SET ALLOWED_AUTHENTICATION_SECRETS = (APPS.SALES.API_KEY)", Role: admin}},
			},
		}},
		{Kind: doctor.KindHost, Subject: "api.example.com", Links: []doctor.Link{ok("rule", "TREND_EGRESS allows it")}},
		{Kind: doctor.KindPackage, Subject: "pandas", Links: []doctor.Link{ok("list", "pyproject.toml lists it")}},
		{Kind: doctor.KindStart, Subject: "APPS.SALES.TREND", Links: []doctor.Link{
			ok("main", "streamlit_app.py is there"),
			{Name: "pool", State: doctor.Unknown, Detail: message.Verbatim("the compute pool is not visible to DEV"), Statements: []snowflake.Statement{{SQL: "SHOW COMPUTE POOLS", Role: admin}}},
		}},
	}
	for i := range 12 {
		chains = append(chains, doctor.Chain{Kind: doctor.KindPackage, Subject: "module" + strconv.Itoa(i), Links: []doctor.Link{ok("list", "pyproject.toml lists it")}})
	}
	return Report{Input: doctor.Input{Name: name}, Chains: chains, T: message.For(lang).T, Unicode: unicode}
}

// press sends keys, named as in Bubble Tea.
func press(t tree, keys ...string) (tree, bool) {
	quit := false
	for _, name := range keys {
		codes := map[string]rune{"up": tea.KeyUp, "down": tea.KeyDown, "enter": tea.KeyEnter, "left": tea.KeyLeft, "right": tea.KeyRight, "end": tea.KeyEnd, "home": tea.KeyHome, "esc": tea.KeyEscape, "pgdown": tea.KeyPgDown, "pgup": tea.KeyPgUp}
		k := tea.KeyPressMsg{Code: codes[name]}
		if k.Code == 0 {
			k = tea.KeyPressMsg{Code: rune(name[0]), Text: name}
		}
		if name == "ctrl+c" {
			k = tea.KeyPressMsg{Code: 'c', Mod: tea.ModCtrl}
		}
		model, cmd := t.Update(k)
		t = model.(tree) //nolint:forcetypeassert // It returns nothing else.
		if cmd != nil {
			_, quit = cmd().(tea.QuitMsg)
		}
	}
	return t, quit
}

func sized(r Report, w, h int) tree {
	model, _ := newTree(r, true, colorprofile.NoTTY).Update(tea.WindowSizeMsg{Width: w, Height: h})
	return model.(tree) //nolint:forcetypeassert // As above.
}

// TestTree compares the screens with golden files.
func TestTree(t *testing.T) {
	for name, test := range map[string]struct {
		lang    string
		unicode bool
		w, h    int
		keys    []string
	}{
		"start_80x24":     {"en", true, 80, 24, nil},
		"start_60x16":     {"en", false, 60, 16, nil},
		"all_100x30":      {"en", true, 100, 30, []string{"a", "end"}},
		"closed_80x24":    {"ja", true, 80, 24, []string{"left", "end"}},
		"unknown_80x24":   {"ja", true, 80, 24, []string{"enter", "down", "down", "down", "right"}},
		"too_small_40x10": {"en", true, 40, 10, nil},
	} {
		t.Run(name, func(t *testing.T) {
			tr, _ := press(sized(sample(test.lang, test.unicode), test.w, test.h), test.keys...)
			golden.RequireEqual(t, []byte(ansi.Strip(tr.View().Content)+"\n"))
		})
	}
}

// TestTreeKeys expands, collapses, and quits in each way.
func TestTreeKeys(t *testing.T) {
	tr := sized(sample("en", true), 80, 24)
	if got := ansi.Strip(tr.View().Content); !strings.Contains(got, "ALTER EXTERNAL ACCESS INTEGRATION TREND_ACCESS") || !strings.Contains(got, "enter close") {
		t.Errorf("the broken chain is not expanded:\n%s", got)
	}
	tr, _ = press(tr, "enter")
	if got := ansi.Strip(tr.View().Content); strings.Contains(got, "ALTER EXTERNAL") || !strings.Contains(got, "enter open") {
		t.Errorf("enter does not collapse:\n%s", got)
	}
	tr, _ = press(tr, "right", "down", "down", "down", "left")
	if tr.cursor != 0 || tr.open[0] {
		t.Errorf("left in an expanded chain: cursor %d, open %v", tr.cursor, tr.open)
	}
	tr, _ = press(tr, "a")
	for i, open := range tr.open {
		if !open {
			t.Errorf("chain %d is collapsed", i)
		}
	}
	tr, _ = press(tr, "pgdown", "pgdown", "pgup")
	if tr.cursor == 0 {
		t.Error("page down does not move the cursor")
	}
	if tr, _ = press(tr, "a"); len(tr.items) != len(tr.report.Chains) {
		t.Error("a does not collapse all")
	}
	for _, key := range []string{"q", "esc", "ctrl+c"} {
		if _, quit := press(tr, key); !quit {
			t.Errorf("%s does not quit", key)
		}
	}
	model, _ := tr.Update(tea.MouseClickMsg{X: 10, Y: 6, Button: tea.MouseLeft})
	if clicked := model.(tree); clicked.cursor != 1 || !clicked.open[1] { //nolint:forcetypeassert // As above.
		t.Errorf("after a click on the second chain: cursor %d, open %v", clicked.cursor, clicked.open)
	}
}

// TestTreeTallLink scrolls line by line through a link that is taller than the screen.
func TestTreeTallLink(t *testing.T) {
	r := sample("en", true)
	var sql []string
	for i := range 40 {
		sql = append(sql, "line"+strconv.Itoa(i))
	}
	r.Chains[0].Links[2].Statements[0].SQL = strings.Join(sql, "\n")
	tr := sized(r, 80, 20)
	seen := map[string]bool{}
	for range 60 {
		for _, line := range strings.Fields(ansi.Strip(tr.View().Content)) {
			seen[strings.TrimSuffix(line, ";")] = true
		}
		tr, _ = press(tr, "down")
	}
	for _, line := range append(sql, "module11") {
		if !seen[line] {
			t.Errorf("%s is never visible", line)
		}
	}
	for range 60 {
		tr, _ = press(tr, "up")
	}
	if tr.cursor != 0 || tr.top != 0 {
		t.Errorf("up ends at item %d, line %d", tr.cursor, tr.top)
	}
}

// TestTreeAnyKeys presses random keys: the cursor remains visible, and the screen keeps its size.
func TestTreeAnyKeys(t *testing.T) {
	names := []string{"up", "down", "enter", "left", "right", "end", "home", "pgdown", "pgup", "a", "x"}
	rapid.Check(t, func(r *rapid.T) {
		w, h := rapid.IntRange(60, 130).Draw(r, "width"), rapid.IntRange(16, 50).Draw(r, "height")
		report := sample(rapid.SampledFrom(message.Languages()).Draw(r, "language"), rapid.Bool().Draw(r, "unicode"))
		if rapid.Bool().Draw(r, "empty") {
			report.Chains = nil
		}
		tr, _ := press(sized(report, w, h), rapid.SliceOf(rapid.SampledFrom(names)).Draw(r, "keys")...)
		view := ansi.Strip(tr.View().Content)
		lines := strings.Split(view, "\n")
		if len(lines) != h {
			r.Fatalf("%d lines for %d", len(lines), h)
		}
		pointers := 0
		for _, line := range lines {
			if cells.Width(line) != w {
				r.Fatalf("%d cells for %d: %q", cells.Width(line), w, line)
			}
			if strings.HasPrefix(line, " "+tr.context.Glyphs.Pointer+" ") {
				pointers++
			}
		}
		if want := min(len(report.Chains), 1); pointers > want || pointers < want && tr.top == 0 {
			r.Fatalf("%d pointers\n%s", pointers, view)
		}
	})
}

// TestText checks the text report: one line for a healthy chain, all links of any other.
func TestText(t *testing.T) {
	r := sample("en", true)
	r.Width = 80
	golden.RequireEqual(t, []byte(ansi.Strip(r.Text())))
}
