package cells_test

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"

	"sleet/ui"
	"sleet/ui/cells"
)

func TestClean(t *testing.T) {
	tests := []struct{ in, want string }{
		{"plain text", "plain text"},
		{"日本語", "日本語"},
		{"e\u0301", "e\u0301"},
		{"\u0301e", "◌\u0301e"},
		{"\x1b[31mred", "␛[31mred"},
		{"a\nb\tc\r", "a␊b␉c␍"},
		{"\x7f\x00", "␡␀"},
		{"\u009b2J", "<U+009B>2J"},
		{"abc\u202edef", "abc<U+202E>def"},
		{"zero\u200bwidth", "zero<U+200B>width"},
		{"\ufeffbom", "<U+FEFF>bom"},
		{"tag\U000e0041", "tag<U+E0041>"},
		{"bad\xffbyte", "bad�byte"},
		{"heart❤\ufe0f", "heart❤"},
		{"क्\u200dष", "क्<U+200D>ष"},
		{"कि", "क<U+093F>"},
		{"a\u200db", "a<U+200D>b"},
		{"می\u200cخواهم", "می\u200cخواهم"},
		{"👍🏽", "👍<U+1F3FD>"},
		{"🇯🇵", "🇯🇵"},
		{"🇯", "<U+1F1EF>"},
		{"a\u200d", "a<U+200D>"},
		{"no\u00a0break", "no break"},
		{"line\u2028sep", "line<U+2028>sep"},
	}
	for _, tt := range tests {
		if got := cells.Clean(tt.in); got != tt.want {
			t.Errorf("Clean(%q) = %q, want %q", tt.in, got, tt.want)
		}
	}
}

func FuzzClean(f *testing.F) {
	for _, s := range []string{"", "a\x1b]8;;http://x\x07b", "\u202e", "👩‍🚀", "\xff\xfe", "e\u0301\u0301"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got := cells.Clean(s)
		if !utf8.ValidString(got) {
			t.Errorf("%q is not UTF-8", got)
		}
		for _, r := range got {
			if unicode.IsControl(r) || unicode.In(r, unicode.Zl, unicode.Zp) {
				t.Errorf("%U is left in %q", r, got)
			}
			if unicode.In(r, unicode.Cf) && r != '\u200d' && r != '\u200c' {
				t.Errorf("%U is left in %q", r, got)
			}
		}
	})
}

func TestWidths(t *testing.T) {
	tests := []struct{ name, got, want string }{
		{"cut", cells.Cut("abcdef", 4, "…"), "abc…"},
		{"cut nothing", cells.Cut("abcd", 4, "…"), "abcd"},
		{"cut wide", cells.Cut("売上ダッシュ", 6, "…"), "売上…"},
		{"cut to nothing", cells.Cut("abc", 0, "…"), ""},
		{"cut combining", cells.Cut("e\u0301e\u0301e\u0301", 2, "…"), "e\u0301…"},
		{"fit wide", cells.Fit("売上ダッシュ", 6, "…"), "売上… "},
		{"fit short", cells.Fit("ab", 4, "…"), "ab  "},
		{"pad", cells.Pad("売", 4), "売  "},
		{"pad long", cells.Pad("abcdef", 4), "abcdef"},
		{"middle", cells.CutMiddle("path/to/some/file.py", 11, "…"), "path/…le.py"},
		{"middle wide", cells.CutMiddle("売上売上売上", 7, "…"), "売…上"},
		{"middle tiny", cells.CutMiddle("abcdef", 2, "…"), "a…"},
		{"middle short", cells.CutMiddle("abc", 7, "…"), "abc"},
		{"wrap", strings.Join(cells.Wrap("one two three", 8), "|"), "one two|three"},
		{"wrap japanese", strings.Join(cells.Wrap("日本語の文章です", 8), "|"), "日本語の|文章です"},
		{"wrap mixed", strings.Join(cells.Wrap("STREAMLIT オブジェクトの名前", 14), "|"), "STREAMLIT|オブジェクトの|名前"},
		{"wrap keeps words", strings.Join(cells.Wrap("閲覧者ごとで、15 分後にスリープ", 26), "|"), "閲覧者ごとで、15 分後に|スリープ"},
		{"wrap keeps particles", strings.Join(cells.Wrap("接続は Snowflake が作成。3 日間", 18), "|"), "接続は|Snowflake が作成。|3 日間"},
		{"wrap long phrase", strings.Join(cells.Wrap("オブジェクトです", 8), "|"), "オブジェ|クトです"},
		{"wrap keeps marks", strings.Join(cells.Wrap("日本語です。次「文」", 10), "|"), "日本語で|す。次|「文」"},
		{"wrap keeps lines", strings.Join(cells.Wrap("one\n\ntwo", 8), "|"), "one||two"},
		{"wrap long word", strings.Join(cells.Wrap("abcdefghij", 4), "|"), "abcd|efgh|ij"},
		{"wrap nothing", strings.Join(cells.Wrap("", 4), "|"), ""},
		{"wrap into nothing", strings.Join(cells.Wrap("abc", 0), "|"), ""},
	}
	for _, tt := range tests {
		if tt.got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, tt.got, tt.want)
		}
	}
}

func FuzzWidths(f *testing.F) {
	f.Add("売上ダッシュ e\u0301 👩‍🚀 \x1b[1m", 7)
	f.Fuzz(func(t *testing.T, s string, w int) {
		w = min(max(w, -2), 200)
		s = cells.Clean(s)
		for name, got := range map[string]string{"Cut": cells.Cut(s, w, "…"), "CutMiddle": cells.CutMiddle(s, w, "…"), "Fit": cells.Fit(s, w, "…")} {
			if cells.Width(got) > max(w, 0) {
				t.Errorf("%s(%q, %d) is %d cells wide: %q", name, s, w, cells.Width(got), got)
			}
		}
		if got := cells.Width(cells.Fit(s, w, "…")); got != max(w, 0) {
			t.Errorf("Fit(%q, %d) is %d cells wide", s, w, got)
		}
		for _, line := range cells.Wrap(s, w) {
			if cells.Width(line) > max(w, 0) {
				t.Errorf("Wrap(%q, %d) has a line of %d cells", s, w, cells.Width(line))
			}
		}
	})
}

func TestDark(t *testing.T) {
	for ground, want := range map[string]bool{"": true, "15;0": true, "0;15": false, "0;default;7": false, "7": false, "odd": true} {
		if got := ui.Dark(func(string) string { return ground }); got != want {
			t.Errorf("Dark with COLORFGBG=%q = %v, want %v", ground, got, want)
		}
	}
}

func TestUTF8(t *testing.T) {
	tests := []struct {
		env  map[string]string
		want bool
	}{
		{nil, true},
		{map[string]string{"LANG": "C"}, false},
		{map[string]string{"LANG": "C.UTF-8"}, true},
		{map[string]string{"LANG": "ja_JP.utf8"}, true},
		{map[string]string{"LANG": "ja_JP.eucJP"}, false},
		{map[string]string{"LANG": "en_US.UTF-8", "LC_ALL": "POSIX"}, false},
		{map[string]string{"LANG": "de_DE"}, true},
	}
	for _, tt := range tests {
		if got := ui.UTF8(func(name string) string { return tt.env[name] }); got != tt.want {
			t.Errorf("UTF8(%v) = %v, want %v", tt.env, got, tt.want)
		}
	}
}

// TestCleanWidthIsAgreed checks that every cleaned character takes as many cells in a terminal that counts grapheme
// clusters as in one that counts characters.
func TestCleanWidthIsAgreed(t *testing.T) {
	around := []struct{ before, after string }{{"", ""}, {"a", "b"}, {"क", "क"}, {"क्", ""}, {"👍", ""}, {"ᄀ", "x"}, {"", "🇯"}, {"가", "\u0301"}}
	check := func(r rune) {
		for i, each := range around {
			if i > 1 && unicode.In(r, unicode.L, unicode.N, unicode.P) { // they join only with combining marks
				return
			}
			s := cells.Clean(each.before + string(r) + each.after)
			if letters, characters := ansi.StringWidth(s), ansi.StringWidthWc(s); letters != characters {
				t.Errorf("%U in %q is %q: %d cells by grapheme clusters, %d by characters", r, each, s, letters, characters)
				return
			}
		}
	}
	for r := rune(0); r < 0x3400; r++ { // every script except the ideographs, which are all alike
		check(r)
	}
	for r := rune(0xa000); r < 0x20000; r++ {
		if r < 0xac00 || r >= 0xf900 && r < 0x17000 || r >= 0x1b000 {
			check(r)
		}
	}
	for r := rune(0xe0000); r < 0xe0200; r++ {
		check(r)
	}
}
