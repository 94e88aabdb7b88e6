//go:build unix

package command

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/vt"

	"sleet/ui/cells"
)

// film is a recording of the built program as an animated picture.
type film struct {
	name   string
	args   []string
	old    bool // the folder weather has a warehouse app
	scenes []scene
}

// scene is what is typed, the text to wait for on the screen, and how many seconds the screen is shown; 0 skips it.
type scene struct {
	types, sees string
	hold        float64
}

// typed returns the scenes of typing a text, a few letters at a time.
func typed(text string) []scene {
	const letters, moment = 3, 0.25
	var all []scene
	for at := 0; at < len(text); at += letters {
		end := min(at+letters, len(text))
		all = append(all, scene{text[at:end], text[:end], moment})
	}
	return all
}

// filmCells is the size of a film's terminal.
var filmCells = size{100, 30}

// films returns the README's films.
func films() []film {
	join := func(parts ...[]scene) []scene {
		var all []scene
		for _, part := range parts {
			all = append(all, part...)
		}
		return all
	}
	return []film{
		{
			name: "new", args: []string{"new", "weather", "--no-lock"},
			scenes: join(
				[]scene{{"", "Create with defaults", 2.5}, {enter, "API keys, passwords", 1.5}, {up + enter, "The name that the code uses", 1}},
				typed("weather_key"),
				[]scene{{tab, "Hosts", 0.5}},
				typed("api.weather.dev"),
				[]scene{
					{tab, "api.weather.dev", 1.5},
					{down, "● Password", 2.5},
					{enter, "Continue", 2},
					{enter, "[ Create ", 3},
					{enter, "files written", 4},
				},
			),
		},
		{
			name: "migrate", args: []string{"migrate", "weather", "--no-lock"}, old: true,
			scenes: []scene{
				{"", "Backup", 3},
				{enter, "What runs the app", 1},
				{enter, "API keys, passwords", 1},
				{enter, "Nothing is written until the end", 2.5},
				{down, "Nothing is written until the end", 2},
				{down, "Nothing is written until the end", 2},
				{enter, "MIGRATION.md lists", 2},
				{enter, "sleet migrate --undo", 2.5},
				{down, "enter deploy", 1},
				{enter, "demo", 1.5},

				{enter, "Sent to your account", 1.5},
				{"p1geon-h0le", "•••", 1.5},
				{enter, "to create", 3},
				{enter, "Apply the plan", 2},
				{"y", "enter finish", 4},
			},
		},
	}
}

// TestFilms compares the README's films with the current program. -update-pictures draws them again.
func TestFilms(t *testing.T) {
	t.Parallel()
	for _, f := range films() {
		t.Run(f.name, func(t *testing.T) {
			t.Parallel()
			drawn := f.shoot(t)
			path := filepath.Join("..", "..", ".github", f.name+".svg")
			if *refresh {
				if err := os.WriteFile(path, []byte(drawn), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			kept, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if string(kept) != drawn {
				t.Errorf("%s shows the program as it was; -update-pictures draws it again", path)
			}
		})
	}
}

// shoot runs the program through the scenes and returns the picture.
func (f film) shoot(t *testing.T) string {
	t.Helper()
	dir := fmt.Sprintf("/tmp/s%010d", time.Now().UnixNano()%1e10) // the path always has the same length, so that lines break at the same place
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	if f.old {
		writeOldApp(t, filepath.Join(dir, "weather"))
		path := filepath.Join(dir, "weather", "snowflake.yml")
		project, err := os.ReadFile(path)
		if err == nil { // the demo account has another warehouse
			err = os.WriteFile(path, []byte(strings.ReplaceAll(string(project), ": WH\n", ": COMPUTE_WH\n")), 0o600)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	environ := []string{"COLORTERM=truecolor", "LC_ALL=C.UTF-8", "NO_COLOR=", "COLORFGBG=15;0", "SNOWFLAKE_HOME=" + t.TempDir(), "XDG_STATE_HOME=" + t.TempDir()}
	s := onTerminalOf(t, filmCells, environ, dir, append(append([]string(nil), f.args...), "--lang", "en")...)
	var reel reel
	last := ""
	for _, each := range f.scenes {
		if _, err := s.ptmx.WriteString(each.types); err != nil {
			t.Fatal(err)
		}
		for deadline := time.Now().Add(20 * time.Second); s.coloured() == last; time.Sleep(10 * time.Millisecond) {
			if time.Now().After(deadline) {
				t.Fatalf("%q changes nothing:\n%s", each.types, s.screen())
			}
		}
		s.take(t, walk{{each.sees, ""}})
		last = s.settled()
		if each.hold > 0 {
			reel.add(s, dir, each.hold)
		}
	}
	return reel.svg()
}

// coloured returns the terminal's content with its colours.
func (s *terminalSession) coloured() string {
	screen := s.emulated()
	return screen.Render()
}

// settled waits until the terminal has not changed for a while, since code is highlighted a moment after it is shown,
// and returns its content.
func (s *terminalSession) settled() string {
	const quiet = 400 * time.Millisecond
	was, since := s.coloured(), time.Now()
	for time.Since(since) < quiet {
		time.Sleep(20 * time.Millisecond)
		if now := s.coloured(); now != was {
			was, since = now, time.Now()
		}
	}
	return was
}

// reel holds the frames of a film. Equal rows are drawn once.
type reel struct {
	rows   []string
	frames []frame
}

// frame has the row numbers of one screen, and how long it is shown.
type frame struct {
	rows []int
	hold float64
}

// add appends the terminal's content.
func (r *reel) add(s *terminalSession, dir string, hold float64) {
	screen := s.emulated()
	f := frame{hold: hold}
	for y := range s.size.rows {
		f.rows = append(f.rows, r.row(rowSVG(screen, y, s.size, dir)))
	}
	r.frames = append(r.frames, f)
}

// row returns the number of a row, which it draws only once.
func (r *reel) row(drawn string) int {
	for i, each := range r.rows {
		if each == drawn {
			return i
		}
	}
	r.rows = append(r.rows, drawn)
	return len(r.rows) - 1
}

// rowSVG draws one row of a screen at the top.
func rowSVG(screen *vt.Emulator, y int, cells size, dir string) string {
	var b strings.Builder
	for x := 0; x < cells.cols; {
		run, n := runAt(screen, x, y, cells.cols)
		run.text = timeless(run.text, dir)
		b.WriteString(run.draw(x, 0, n, darkPaper()))
		x += n
	}
	return b.String()
}

// The parts of a text that differ between runs: times, and the ids of apps and queries.
var (
	queryID = regexp.MustCompile(`[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}`)
	seconds = regexp.MustCompile(`\d\.\d s`)
	appID   = regexp.MustCompile(`[0-9a-f]{20}`)
)

// timeless replaces the parts of a text that differ between runs, and keeps its width.
func timeless(text, dir string) string {
	wide := cells.Width(text)
	text = strings.ReplaceAll(text, dir, "~")
	text = seconds.ReplaceAllString(text, "0.2 s")
	text = queryID.ReplaceAllString(text, "01b00000-0000-0000-0000-000000000000")
	text = appID.ReplaceAllString(text, strings.Repeat("0", 20))
	return cells.Pad(text, wide)
}

// svg draws the frames one after the other, in a loop.
func (r reel) svg() string {
	var b strings.Builder
	w, h := float64(filmCells.cols+2)*cellWidth, float64(filmCells.rows+1)*cellHeight
	total := 0.0
	for _, f := range r.frames {
		total += f.hold
	}
	fmt.Fprintf(&b, "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %.1f %.1f\" font-family=\"ui-monospace,'JetBrains Mono',Menlo,Consolas,'Noto Sans Mono CJK JP',monospace\" font-size=\"%.0f\">\n<style>\n", w, h, fontSize)
	// A viewer that plays no animation, or a person who wants none, sees the frame before the last.
	fmt.Fprintf(&b, ".f{visibility:hidden}.f%d{visibility:visible}\n", max(len(r.frames)-2, 0))
	from := 0.0
	for i, f := range r.frames {
		fmt.Fprintf(&b, "@keyframes k%d{0%%{visibility:%s}%.3f%%{visibility:visible}%.3f%%{visibility:hidden}}.f%d{animation:k%d %.2fs step-end infinite}\n",
			i, map[bool]string{true: "visible", false: "hidden"}[i == 0], 100*from/total, 100*(from+f.hold)/total, i, i, total)
		from += f.hold
	}
	b.WriteString("@media (prefers-reduced-motion:reduce){.f{animation:none}}\n</style>\n<defs>\n")
	for i, row := range r.rows {
		if row != "" {
			fmt.Fprintf(&b, "<g id=\"r%d\">%s</g>\n", i, strings.ReplaceAll(row, "\n", ""))
		}
	}
	fmt.Fprintf(&b, "</defs>\n<rect width=\"100%%\" height=\"100%%\" rx=\"8\" fill=\"%s\"/>\n", darkPaper().ground)
	for i, f := range r.frames {
		fmt.Fprintf(&b, "<g class=\"f f%d\">\n", i)
		for y, row := range f.rows {
			if r.rows[row] != "" {
				fmt.Fprintf(&b, "<use href=\"#r%d\" y=\"%.0f\"/>\n", row, float64(y)*cellHeight)
			}
		}
		b.WriteString("</g>\n")
	}
	return b.String() + "</svg>\n"
}
