//go:build unix

package command

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"
	"github.com/creack/pty"
	"github.com/google/go-cmp/cmp"

	"sleet/steps/command/exit"
)

// resize changes the terminal's size, as resizing a window does.
func (s *terminalSession) resize(t *testing.T, cells size) {
	t.Helper()
	if err := pty.Setsize(s.ptmx, &pty.Winsize{Rows: uint16(cells.rows), Cols: uint16(cells.cols)}); err != nil {
		t.Fatal(err)
	}
	s.size = cells
}

// settles waits until nothing more is shown and the program is idle, and returns how much was shown.
func (s *terminalSession) settles() int {
	const quiet = 250 * time.Millisecond
	for n := -1; ; time.Sleep(quiet) {
		now := len(s.shown())
		if now == n && !s.wants() {
			return n
		}
		n = now
	}
}

// wants reports whether a thread of the program is ready to run, if the system reports it.
func (s *terminalSession) wants() bool {
	tasks, _ := filepath.Glob(fmt.Sprintf("/proc/%d/task/*/stat", s.cmd.Process.Pid))
	return slices.ContainsFunc(tasks, func(task string) bool {
		data, err := os.ReadFile(task)
		_, state, _ := strings.Cut(string(data), ") ")
		return err == nil && strings.HasPrefix(state, "R")
	})
}

// drawn returns a terminal's content after what was sent since from.
func (s *terminalSession) drawn(from int, cells size) string {
	return emulatedOf(cells, s.shown()[from:]).String()
}

// TestResizeStorm resizes the window at any moment while keys are typed: in the end the screen must equal a fresh
// drawing. It is not parallel: keys that a busy machine delivers late and together may mean that the person quits.
func TestResizeStorm(t *testing.T) {
	keys := []string{"x", "天", "\x7f", tab, back, down, up, "\x10", "\x10", "\x06", ctrlR, "?", esc, "\x15", "\x1b[200~a\nb\x1b[201~", "\x1b[<0;20;9M", "\x1b[<65;70;9M"}
	for seed := range uint64(4) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			random := rand.New(rand.NewPCG(seed, 1))
			s := onTerminalOf(t, size{100, 30}, []string{"LC_ALL=C.UTF-8"}, t.TempDir(), "new", "demo", "--no-lock")
			s.until(t, firstFrame)
			for range 60 {
				if random.IntN(2) == 0 {
					s.resize(t, size{random.IntN(250) + 30, random.IntN(80) + 8})
				}
				if _, err := s.ptmx.WriteString(keys[random.IntN(len(keys))]); err != nil {
					t.Fatal(err)
				}
				time.Sleep(time.Duration(random.IntN(30)) * time.Millisecond)
			}
			last := size{random.IntN(200) + 60, random.IntN(60) + 16}
			s.settles()
			s.resize(t, size{last.cols, last.rows + 7})
			from := s.settles()
			s.resize(t, last)
			s.settles()
			stormy := s.drawn(from, last)
			s.resize(t, size{last.cols + 9, last.rows})
			from = s.settles()
			s.resize(t, last)
			s.settles()
			if diff := cmp.Diff(s.drawn(from, last), stormy); diff != "" {
				t.Errorf("(-fresh +after the storm):\n%s", diff)
			}
			if lines := strings.Split(stormy, "\n"); len(lines) > last.rows || !strings.Contains(stormy, "sleet") {
				t.Errorf("%d lines on %d rows:\n%s", len(lines), last.rows, stormy)
			}
			_, _ = s.ptmx.WriteString("\x03")
			time.Sleep(100 * time.Millisecond)
			_, _ = s.ptmx.WriteString("\x03") // in case there are changes to lose
			if code := s.ends(t); code != exit.Stopped {
				t.Errorf("exit code %d", code)
			}
		})
	}
}

// awkward returns texts whose width terminals disagree about.
func awkward() map[string]string {
	return map[string]string{
		"Japanese": "天気アプリ", "combining marks": "cafe\u0301 n\u0303", "right to left": "שלום", "Arabic": "مرحبا", "a flag": "🇯🇵 x", "a family": "👩\u200d👩\u200d👧 x",
		"a heart": "❤\ufe0f x", "a skin": "👍🏽 x", "Hindi": "हिन्दी x", "Thai": "กำลัง", "Korean jamo": "\u1112\u1161\u11ab x", "zero width": "a\u200bb", "overrides": "a\u202eb\u2066c", "half width": "ｱﾌﾟﾘ",
	}
}

// TestAwkwardTextStandsStraight types such text: the border between the panes stays straight, the cursor is after the
// text, and backspace deletes whole letters.
func TestAwkwardTextStandsStraight(t *testing.T) {
	t.Parallel()
	for name, text := range awkward() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := onTerminalOf(t, size{120, 30}, []string{"LC_ALL=C.UTF-8"}, t.TempDir(), "new", "demo", "--no-lock")
			s.until(t, firstFrame)
			s.take(t, walk{{"What do you want", down + enter}, {"The app", ""}})
			s.settles()
			before := s.emulated()
			start := before.CursorPosition()
			wall := strings.Index(ansi.Strip(strings.Split(before.String(), "\n")[4]), "│")
			for _, r := range text {
				if _, err := s.ptmx.WriteString(string(r)); err != nil {
					t.Fatal(err)
				}
			}
			s.settles()
			after := s.emulated()
			at := after.CursorPosition()
			lines := strings.Split(after.String(), "\n")
			for y := 2; y < 28; y++ {
				if cell := after.CellAt(wall, y); cell == nil || cell.Content != "│" {
					t.Errorf("line %d is not straight: %q", y, lines[y])
				}
			}
			// There is nothing after the text; the cell of the cursor may have the last letter.
			if cell := after.CellAt(at.X, at.Y); at.Y != start.Y || at.X <= start.X || cell != nil && strings.TrimSpace(cell.Content) != "" {
				t.Errorf("the cursor is at %v, it was at %v: %q", at, start, lines[at.Y])
			}
			if cell := after.CellAt(at.X-1, at.Y); cell != nil && cell.Content == " " {
				t.Errorf("the cursor is not after the text, but at %v: %q", at, lines[at.Y])
			}
			letters := 0
			for rest := text; rest != ""; letters++ {
				letter, _ := ansi.FirstGraphemeCluster(rest, ansi.GraphemeWidth)
				rest = rest[len(letter):]
			}
			if _, err := s.ptmx.WriteString(strings.Repeat("\x7f", letters)); err != nil {
				t.Fatal(err)
			}
			s.settles()
			empty := s.emulated()
			if now := empty.CursorPosition(); now != start {
				t.Errorf("after %d times backspace the cursor is at %v, it was at %v:\n%s", letters, now, start, strings.Split(empty.String(), "\n")[start.Y])
			}
		})
	}
}
