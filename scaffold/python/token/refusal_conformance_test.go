package token

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"sleet/scaffold/testtools"
)

// TestRefusalsOfCPython compares what we reject, and on which line, with the newest Python.
func TestRefusalsOfCPython(t *testing.T) {
	t.Parallel()
	pythons := testtools.Pythons(t)
	newest := pythons[len(pythons)-1]
	if newest.Minor < 13 {
		t.Skipf("Python %s words its refusals otherwise", newest.Version)
	}
	testtools.CountConformance(t)
	compareRefusals(t, newest, refusedSources())
}

// refusedSources returns sources that are hard for a tokenizer.
func refusedSources() []string {
	return []string{
		// Numbers.
		"0777", "00_7", "0_7", "08.", "09e1", "08j", "0_", "0__0", "1_", "1__0", "1_a", "1_.5", "1._5", "1.5_", "1e", "1e+", "1e_5", "1e5_", "1e1a", "1e-x",
		"0x", "0xg", "0x_", "0x1_", "0x1__2", "0x1g", "0o", "0o8", "0o18", "0o_", "0o1_8", "0o1a", "0b", "0b2", "0b12", "0b1a", "0b_", "0b1_", "0B1_2",
		"1a", "1if x else y", "1else", "1or 2", "1not in x", "1is 2", "1and 2", "1for", "1in x", "1_000jx", "1jif x else y", "1.e", "1.ex", "0xfor x", "0o1for", "0b1or 2", "12é", "1.5abc", "x = 1__0 + 2",
		"9" + strings.Repeat("9", 40), "1\t2", "1.2.3", "1..real", ".5.5", "1e5.5",
		// Strings.
		"'abc", "x = 'abc\ny = 1\n", "x = \"a\\\"\n", "'''abc", "'''abc\n\nd", "x = b'abc", "x = rb\"\"\"\nabc\n", "'a\\", "'a\\\n", "'a\\\nb\n", "'''\\", "u'", "é = 'a", "'\r", "'a\\\r\nb'", "'a\\\r\nb\r\n",
		"bu'x'", "ub'x'", "bf'x'", "fb'x'", "fu'x'", "bb'x'", "rbr'x'", "x'y'",
		// Formatted strings.
		"f'", "f'a", "f'{", "f'{a", "f'{a'", "f'{a}", "f'}'", "f'a}'", "f'{a}}'", "f'{{}'", "f'{a]}'", "f'{a)}'", "f'{(a]}'", "f'{a:}}'", "f'{a:{b:{c}}}'", "f'{a:{b:{c:{d}}}}'", "f'''{a\n", "f'''a\nb", "f'{a:\n}'", "f'{a:", "f'{a:x", "f'{a:x\n}'", "f'{\na\n}'",
		"f'{a!}'", "f'{a!x}'", "f'{!r}'", "f'{}'", "f'{a:{}}'", "f'{a b}'", "f'{a $ b}'", "f'{a # b}'", "f'{a # b\n}'", "f'\\N{DASH}'", "f'\\N{'", "f'\\N'", "rf'\\N{a}'", "f'\\{a}'", "f'\\{{a}'", "f'{a\\\nb}'", "f'{\\x}'", "f'{a['b']}'", "f'{lambda x: 1}'", "f'{a:=5}'", "f'{a!r:x}'", "f'{a=!r:x}'", "f'{'''\n'''}'", "f'{f'{f'{1}'}'}'",
		strings.Repeat("f'{", 149) + "1" + strings.Repeat("}'", 149), strings.Repeat("f'{", 150), strings.Repeat("f'", 3),
		// Brackets.
		"(", "x = (1,\n2\n", "x = [\n(\n", "(]", "(\n]", "x)", "]", "}", "f(a))", "{)", "((\n)\n]", "foo(a b", "foo(a,\nfor x in y:\n  pass\n", "x = {'a': 1\ny = 2\n", strings.Repeat("(", 200), strings.Repeat("(", 201), strings.Repeat("[", 199) + "]" + strings.Repeat("]", 198), "(\n#c\n",
		// Blocks.
		"if x:\n  y\n z\n", "if x:\n\ty\n        z\n", "if x:\n        y\n\tz\n", "if x:\n  y\n\tz\n", "  x\n", "x\n  y\n", "if x:\ny\n", "if x:\n  if y:\n      z\n    w\n", "if x:\n\f  y\n", "if x:\n  \f  y\n  z\n", "if x:\n  y\n   \n # c\n  z\n",
		"if x:\n  y\n\\\n  z\n", "if x:\n  \\\n  y\n", "if x:\n\\\n  y\n", "  \\\n\nx\n", "\\\n\nx\n", "\\\n", "x\\\n", "\\", "x \\", "x \\ y", "x \\\n", "x \\\n\n", "x = (\\", "x = (\\\n", "x = (\\ 1)", "\\x", "x\\\ny",
		"if x:\n" + strings.Repeat(" ", 4) + "if y:\n" + strings.Repeat("\t", 1) + "pass\n", deep(99), deep(100), deep(101),
		// Characters.
		"x = 5\u00a0", "x = “a”", "a\u200b", "\u00b7a", "a·", "℘", "゛", "x = ½", "x€y", "é€", "\ufeffx", "x\ufeff", "x = '\ufeff'", "\x01", "x\x7f", "x\x1b[0m", "x\x0b", "x = ?", "x $ y", "`x`", "x ! y", "x <> y", "x\x00", "x = '\x00'", "# \x00\n", "\x00", "\u2028", "e\u0301", "\u0301e", "𝐱 = 1", "x𝟎 = 1", "ª", "ﬁ", "x\u0e33", "\u0e33", "\ufe70", "a\u037a", "\U00030000", "\U0001f600",
		// Encodings.
		"# coding: latin-1\nx = '\xe9'\n", "# coding: utf-8\nx = '\xe9'\n", "x = '\xe9'\n", "\n\n\n\xff", "\n# coding: latin-1\n# \xe9", "x\n# coding: latin-1\n# \xe9", "\n\n# coding: latin-1\n# \xe9", "# coding: nonsense\n", "#!/usr/bin/python\n# -*- coding: nonsense -*-\n",
		"\ufeff# coding: latin-1\n", "\ufeff# coding: utf-8\n", "\ufeff# coding: utf8\n", "\ufeff# coding: UTF_8\n", "\ufeff# coding: utf-8-sig\n", "# coding: utf-8-sig\nx = 'é'", "# coding: utf-8-foo\nx", "# coding: utf8\nx = 'é'", "# coding: u8\nx = 'é'", "# coding: ascii\nx = 'é'", "# coding: us-ascii\nx", "# coding = cp1252\nx = '\x81'", "# coding=cp1252\nx = '\x80'", "# vim: set fileencoding=cp1251 :\nx = '\xe4'", "# encoding=gbk\nx = '\xb0\xa1'", "# coding: shift_jis\nx = '\x83\x5c'", "# coding: big5\nx = '\xa4\x40'", "# coding: koi8-r\nx = '\xc1'",
		"# coding:\nx = 1", "# coding: \nx", "#coding:utf-8;\n", "# codingx: latin-1\n# \xe9", "# coding coding: latin-1\n# \xe9", "\f# coding: latin-1\n# \xe9", "'''\n# coding: latin-1\n'''\n# é", "\\\n# coding: latin-1\n# é", "# coding: latin-1\r# \xe9", "# coding: iso-8859-15\nx = '\xa4'", "# coding: Latin_1\n# \xe9", "# coding: iso-latin-1-unix\n# \xe9",
		"\xed\xa0\x80", "x = '\xf0\x9f\x98'", "x = '\xc0\xaf'", "# \xf5",
	}
}

// deep returns nested blocks.
func deep(levels int) string {
	var b strings.Builder
	for i := range levels {
		b.WriteString(strings.Repeat(" ", i) + "if x:\n")
	}
	return b.String() + strings.Repeat(" ", levels) + "y\n"
}

// compareRefusals compares with one Python. The tokenizer does not need to reject what only
// Python's parser rejects.
func compareRefusals(t *testing.T, python testtools.Python, sources []string) {
	t.Helper()
	dir := t.TempDir()
	paths := make([]string, len(sources))
	for i, source := range sources {
		paths[i] = filepath.Join(dir, fmt.Sprint(i))
		if err := os.WriteFile(paths[i], []byte(source), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	syntax, tokens := ask(t, python, "syntax", paths), ask(t, python, "tokens", paths)
	for _, source := range sources {
		var refused []any
		syntax.next(t, &refused)
		theirs := tokens.list(t)
		file, ours := Read([]byte(source))
		switch {
		case ours != nil && refused == nil:
			t.Errorf("%.60q: Read rejects what Python accepts: %v", source, ours)
		case ours != nil:
			if !sameRefusal(ours, refused) {
				t.Errorf("%.60q: Read error = %v, Python's %v", source, ours, refused)
			}
		default:
			if diff := tokens.difference(file, theirs, python.Minor); diff != "" {
				t.Errorf("%.60q: %s; compile says %v", source, diff, refused)
			}
		}
	}
}

// TestNamesOfCPython asks every Python which characters may start a name and which may be part of
// one. A newer version may accept more than an older one, and characters unknown to a version are
// skipped.
func TestNamesOfCPython(t *testing.T) {
	t.Parallel()
	const script = `
import sys, unicodedata
ours = sys.stdin.read()
for i in range(sys.maxunicode + 1):
    c = chr(i)
    theirs = ("a" + c).isidentifier() + c.isidentifier()
    if int(ours[i]) != theirs and unicodedata.category(c) != "Cn":
        print(f"U+{i:04X}: we say {ours[i]}, Python {theirs}")`
	var ours strings.Builder
	for r := rune(0); r <= utf8.MaxRune; r++ {
		switch {
		case isNameRune(r, true):
			ours.WriteByte('2')
		case isNameRune(r, false):
			ours.WriteByte('1')
		default:
			ours.WriteByte('0')
		}
	}
	for _, python := range testtools.Pythons(t) {
		t.Run(python.Version, func(t *testing.T) {
			t.Parallel()
			testtools.CountConformance(t)
			command := exec.CommandContext(t.Context(), python.Path, "-I", "-c", script)
			command.Stdin = strings.NewReader(ours.String())
			out, err := command.CombinedOutput()
			if err != nil {
				t.Fatal(err)
			}
			for line := range strings.Lines(string(out)) {
				if python.Minor >= 13 || !isNewer(line) {
					t.Error(line)
				}
			}
		})
	}
}

// isNewer reports whether a character is allowed in names since Unicode 15.1.
func isNewer(line string) bool {
	return slices.Contains([]string{"U+200C", "U+200D", "U+30FB", "U+FF65"}, line[:6])
}
