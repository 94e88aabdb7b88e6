package ui_test

import (
	"fmt"
	"math"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"sleet/ui"
	"sleet/ui/cells"
	"sleet/ui/codeview"
	"sleet/ui/palette"
)

func TestContrast(t *testing.T) {
	tests := []struct {
		fg, bg string
		want   float64
		ok     bool
	}{
		{"#000000", "#ffffff", 21, true},
		{"#FFF", "#ffffff", 1, true},
		{"#777777", "#ffffff", 4.48, true},
		{"#767676", "#fff", 4.54, true},
		{"#ff4b4b80", "#ffffff", 3.31, true},
		{"red", "#fff", 0, false},
		{"#ff", "#fff", 0, false},
		{"", "", 0, false},
		{"#gggggg", "#fff", 0, false},
	}
	for _, tt := range tests {
		got, ok := palette.Contrast(tt.fg, tt.bg)
		if ok != tt.ok || math.Abs(got-tt.want) > 0.01 {
			t.Errorf("Contrast(%q, %q) = %.3f, %v; want %.2f, %v", tt.fg, tt.bg, got, ok, tt.want, tt.ok)
		}
	}
}

func TestSwatches(t *testing.T) {
	for _, l := range []look{dark(), plain()} {
		t.Run(l.name, func(t *testing.T) {
			screen(t, palette.Swatches(l.context(),
				40,
				palette.Swatch{Name: "primaryColor", Colour: "#ff4b4b", Against: "#ffffff"},
				palette.Swatch{Name: "textColor", Colour: "#31333F", Against: "#ffffff"},
				palette.Swatch{Name: "odd", Colour: "rebeccapurple"},
			))
		})
	}
}

func rows() []ui.ProgressRow {
	return []ui.ProgressRow{
		{Label: "streamlit_app.py", State: ui.Finished, Detail: "1.4 kB"},
		{Label: "sql/setup.sql", State: ui.Running},
		{Label: "uv.lock", State: ui.Failed, Detail: "uv lock: no solution found: streamlit>=2 is not there, so the lock was left out"},
		{Label: "ページ/売上.py", State: ui.Waiting},
		{Label: "tests/test_app.py", State: ui.Skipped, Detail: "edited by you"},
	}
}

func TestProgress(t *testing.T) {
	for _, l := range []look{dark(), plain()} {
		t.Run(l.name, func(t *testing.T) {
			p := ui.NewProgress(l.context(), rows()...).SetSize(50, 20)
			within(t, p.View(), 50)
			screen(t, p.View())
		})
	}
}

func TestProgressEnds(t *testing.T) {
	p := ui.NewProgress(dark().context(), rows()...)
	tick := p.Init()
	if p.Done() {
		t.Error("done with a row running")
	}
	p, next := p.Update(tick())
	if next == nil {
		t.Error("the spinner stopped")
	}
	for i, row := range p.Rows() {
		row.State = ui.Finished
		p = p.SetRow(i, row)
	}
	if p, next = p.Update(tick()); next != nil || !p.Done() {
		t.Error("the spinner keeps running")
	}
	p = p.SetRow(99, ui.ProgressRow{})
	if len(p.Rows()) != len(rows()) {
		t.Error("a row beyond the end was added")
	}
}

func TestTreeKnowsFilesByTheirGivenOrder(t *testing.T) {
	k := dark().context()
	tree := ui.NewTree(k, ui.Head{ID: "t"}, files()...)
	for i, file := range files() {
		got, ok := tree.WithCursor(i).File()
		if !ok || got != i {
			t.Errorf("File() at %s = %d, %v, want %d, true", file.Path, got, ok, i)
		}
	}
}

func TestHelpScrollsAndCloses(t *testing.T) {
	k := dark().context()
	h := ui.NewHelp(k, groups(k)...).SetSize(40, 10)
	h, _ = h.Update(hit("down"))
	if h.Closed() || strings.Contains(h.View(), "Moving") {
		t.Errorf("Closed() = %v after down\n%s", h.Closed(), h.View())
	}
	if h, _ = h.Update(hit("x")); !h.Closed() {
		t.Error("another key does not close the help")
	}
}

func TestLinkCanBeClickedWhereThereAreColours(t *testing.T) {
	link := ui.Link{URL: "https://docs.example.com/en/page", Text: "page"}
	got := dark().context().RenderLink(link, 40)
	if !strings.Contains(got, ansi.SetHyperlink(link.URL)) || ansi.Strip(got) != "docs.example.com › page" {
		t.Errorf("got %q", got)
	}
	got = noColor().context().RenderLink(link, 40)
	if strings.Contains(got, "\x1b]8") || ansi.Strip(got) != "docs.example.com/en/page" {
		t.Errorf("got %q", got)
	}
	evil := ui.Link{URL: "https://x/\x1b\\\x07evil", Text: "\x1b]8;;"}
	if got = dark().context().RenderLink(evil, 60); strings.Contains(got, "\x07evil") {
		t.Errorf("got %q", got)
	}
}

// TestKeyLine checks that the footer keeps the last two keys if room is short.
func TestKeyLine(t *testing.T) {
	k := dark().context()
	keys := groups(k)[0].Keys
	got := ansi.Strip(k.KeyLine(append(keys, k.Keys.Help, k.Keys.Quit), 40))
	if !strings.HasSuffix(got, "? help   ctrl+c quit") || cells.Width(got) > 40 || !strings.HasPrefix(got, "tab next") {
		t.Errorf("got %q", got)
	}
}

func TestPages(t *testing.T) {
	colours := palette.PageColours{Ground: "#ffffff", Second: "#f0f2f6", Text: "#31333F", Primary: "#ff4b4b", Link: "#777777"}
	mock := palette.PageMock{Name: "Light", Menu: "メニュー", Title: "天気アプリ", Body: "Text", Button: "Go", LinkWords: "A link", Colours: colours}
	words := [4]string{"Text", "Text on widgets", "Links", "Buttons"}
	drawn := palette.Pages(dark().context(), 50, words, mock, mock)
	within(t, strings.Join(drawn, "\n"), 50)
	screen(t, strings.Join(drawn, "\n"))
	if got := palette.Pages(plain().context(), 50, words, mock); got != nil {
		t.Error("Pages without colours is not nil")
	}
	if got := palette.Pages(dark().context(), 30, words, mock, mock); got != nil {
		t.Error("Pages in 30 cells is not nil")
	}
	mock.Colours.Text = "rebeccapurple"
	if got := palette.Pages(dark().context(), 50, words, mock); got != nil {
		t.Error("Pages with an unknown colour is not nil")
	}
}

func TestSplitDiff(t *testing.T) {
	was := "import streamlit as st\nfrom snowflake.snowpark.context import get_active_session\n\nsession = get_active_session()\n\na = 1\nb = 2\nc = 3\nd = 4\ne = 5\nf = 6\ng = 7\n\nst.title(\"天気\")\nst.experimental_rerun()\n"
	now := "import streamlit as st\n\n\n@st.cache_resource\ndef get_session():\n    return st.connection(\"snowflake\").session()\n\n\nsession = get_session()\n\na = 1\nb = 2\nc = 3\nd = 4\ne = 5\nf = 6\ng = 7\n\nst.title(\"天気\")\nst.rerun()\n"
	for _, l := range []look{dark(), plain()} {
		for _, width := range []int{60, 110} {
			t.Run(fmt.Sprint(l.name, width), func(t *testing.T) {
				s := codeview.NewSplitDiff(l.context(), "streamlit_app.py", was, now).SetSize(width, 30)
				within(t, s.View(), width)
				screen(t, s.View())
			})
		}
	}
	short := codeview.NewSplitDiff(dark().context(), "streamlit_app.py", was, now).SetSize(110, 8)
	end := short
	for range 40 {
		end, _ = end.Update(tea.KeyPressMsg{Code: tea.KeyDown})
	}
	if !strings.Contains(end.View(), "st.rerun()") || strings.Contains(short.View(), "st.rerun()") {
		t.Errorf("the view does not scroll to the end:\n%s", end.View())
	}
}
