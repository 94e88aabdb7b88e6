//go:build unix

package command

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"sleet/ui/message"
)

var (
	picturesTo = flag.String("pictures", "", "draw every picture of the wizard into this folder")
	refresh    = flag.Bool("update-pictures", false, "draw the README's films again")
)

// picture is a screen of the built program to draw.
type picture struct {
	name  string
	args  []string
	walk  walk
	sees  string // the text on the complete screen
	cells size
	light bool
	lang  string
	old   bool // the folder weather has a warehouse app
}

// pictures returns every step in the dark theme, and some in the light theme or in Japanese.
func pictures() []picture {
	app := []string{
		"new", "weather", "--no-lock", "--database", "APPS", "--schema", "PUBLIC", "--host", "api.example.com", "--secret", "api_key:generic_string",
		"--secret", "login:password:st.secrets", "--set", `config.theme.primaryColor="#0b7285"`, "--package", "pandas>=2",
	}
	first := walk{{"What do you want", down + enter}, {"The app", enter}, {"Choose where the app", enter}, {"API keys, passwords", enter}}
	long := append(append(walk{}, first...), walk{{"Create ", back + enter}}...)
	to := func(titles ...string) walk {
		all := append(walk{}, long...)
		for _, title := range titles {
			all = append(all, walk{{title, enter}}...)
		}
		return all
	}
	ways := []string{"What runs the app", "Packages the app imp", "External hosts the a", "API keys, passwords", "Options for .streaml", "Settings that are no"}
	done := append(append(walk{}, first...), walk{{"Create ", enter}}...)
	account := append(append(walk{}, done...), walk{{"Deploy to Snowflake now", down}, {"enter deploy", enter}, {"demo", up + enter}}...)
	given := append(append(walk{}, account...), walk{{"Sent to your account", "pass-word" + enter}, {"Sent to your account", "user" + enter}, {"Sent to your account", "pass-word" + enter}}...)
	list := []picture{
		{name: "new", sees: "What do you want"},
		{name: "app", walk: first[:1], sees: "The app"},
		{name: "runtime", walk: first[:2], sees: "Choose where the app"},
		{name: "compute", walk: long, sees: "What runs the app"},
		{name: "packages", walk: to(ways[:1]...), sees: "Packages the app imp"},
		{name: "hosts", walk: to(ways[:2]...), sees: "External hosts the a"},
		{name: "secrets", walk: to(ways[:3]...), sees: "API keys, passwords"},
		{name: "config", walk: to(ways[:4]...), sees: "Options for .streaml"},
		{name: "values", walk: to(ways[:5]...), sees: "Settings that are no"},
		{name: "roles", walk: to(ways...), sees: "Who owns the app and"},
		{name: "review", walk: first, sees: "Create "},
		{name: "done", walk: done, sees: "Next steps"},
		{name: "account", walk: account[:len(account)-1], sees: "Choose a connection"},
		{name: "given", walk: account, sees: "Sent to your account"},
		{name: "plan", walk: given, sees: "to create"},
		{name: "live", walk: append(append(walk{}, given...), walk{{"enter apply", enter}, {"Apply the plan", "y"}}...), sees: "finish"},
	}
	for i := range list {
		list[i].args = app
	}
	move := walk{{"Backup", enter}, {"What runs the app", enter}, {"API keys, passwords", enter}, {"Nothing is written until the end", enter}, {"MIGRATION.md lists", enter}}
	list = append(list,
		picture{name: "start", sees: "import streamlit as st", args: []string{"new", "weather"}, old: true},
		picture{name: "move-report", walk: walk{{"Backup", down + down + down + down + down}}, sees: "SL101"},
		picture{name: "move-changes", walk: append(append(walk{}, move[:3]...), walk{{"Nothing is written until the end", down + down}}...), sees: "Nothing is written until the end"},
		picture{name: "move-manual", walk: move[:4], sees: "MIGRATION.md lists"},
		picture{name: "move-done", walk: move, sees: "sleet migrate --undo"},
	)
	for i := range list {
		if list[i].args == nil {
			list[i].args, list[i].old = []string{"migrate", "weather", "--no-lock"}, true
		}
		list[i].cells, list[i].lang = size{120, 36}, "en"
	}
	for _, name := range []string{"runtime", "secrets", "config", "review"} {
		list = append(list, variant(list, name, "light"))
	}
	list = append(list, movesInJapanese()...)
	return append(list,
		picture{name: "app-ja", args: app, cells: size{120, 36}, lang: "ja", walk: walk{{"デフォルトで作成する", down + enter}}, sees: "Snowflake での作成場所"},
		picture{name: "runtime-ja", args: app, cells: size{120, 36}, lang: "ja", walk: walk{{"デフォルトで作成する", down + enter}, {"Snowflake での作成場所", enter}}, sees: "コンテナ"},
	)
}

// movesInJapanese returns the steps of a migration, on a large screen and a small one.
func movesInJapanese() []picture {
	say := message.For("ja").T
	about := func(step string) string {
		line := []rune(say(message.ID("step." + step + ".about")))
		return string(line[:min(len(line), 18)])
	}
	all := walk{{say("migration.item.session"), enter}, {about("compute"), enter}, {about("secrets"), enter}, {about("changes"), enter}, {about("manual"), enter}}
	var list []picture
	for at, name := range []string{"report", "compute", "secrets", "changes", "manual", "done"} {
		sees := about("done")
		if at < len(all) {
			sees = all[at].sees
		}
		for _, cells := range []size{{120, 36}, {80, 24}} {
			list = append(list, picture{
				name: fmt.Sprintf("move-%s-ja-%d", name, cells.cols), args: []string{"migrate", "weather", "--no-lock"}, old: true,
				walk: all[:at], sees: sees, cells: cells, lang: "ja",
			})
		}
	}
	return list
}

// variant returns a picture in other colours.
func variant(list []picture, name, look string) picture {
	for _, p := range list {
		if p.name == name {
			p.name, p.light = name+"-"+look, true
			return p
		}
	}
	return picture{}
}

// draw runs the program to the picture's screen and draws it.
func (p picture) draw(t *testing.T) string {
	t.Helper()
	ground := "COLORFGBG=15;0"
	colours := darkPaper()
	if p.light {
		ground, colours = "COLORFGBG=0;15", lightPaper()
	}
	environ := []string{"COLORTERM=truecolor", "LC_ALL=C.UTF-8", "NO_COLOR=", ground, "SNOWFLAKE_HOME=" + t.TempDir(), "XDG_STATE_HOME=" + t.TempDir()}
	dir := t.TempDir()
	if p.old {
		writeOldApp(t, filepath.Join(dir, "weather"))
	}
	s := onTerminalOf(t, p.cells, environ, dir, append(append([]string(nil), p.args...), "--lang", p.lang)...)
	s.take(t, append(append(walk{}, p.walk...), walk{{p.sees, ""}}...))
	for was := ""; was != s.screen(); time.Sleep(300 * time.Millisecond) { // code is highlighted a moment later
		was = s.screen()
	}
	screen := s.emulated()
	return svg(screen, p.cells, colours)
}

// TestPictures draws all pictures into the folder of -pictures. TestFilms tests the README's films.
func TestPictures(t *testing.T) {
	t.Parallel()
	if *picturesTo == "" {
		t.Skip("-pictures DIR draws them")
	}
	for _, p := range pictures() {
		t.Run(p.name, func(t *testing.T) {
			t.Parallel()
			if err := os.WriteFile(filepath.Join(*picturesTo, p.name+".svg"), []byte(p.draw(t)), 0o600); err != nil {
				t.Fatal(err)
			}
		})
	}
}
