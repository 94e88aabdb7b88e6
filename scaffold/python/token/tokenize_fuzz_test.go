package token

import (
	"bytes"
	"strings"
	"testing"
	"time"
)

// FuzzRead checks for arbitrary bytes that the result has the properties that callers rely on.
func FuzzRead(f *testing.F) {
	for _, seed := range []string{
		"", "x", "if x:\n\ty\n", "f'{a!r:{b}}{{'", "x = (1,\\\n  2)\n", "'''", "# coding: gbk\n'\xd6\xd0'", "\ufeffx", "é = 0x_1j",
		"f'''{\n#c\n}'''", "rb'\\''", "f'{x:\n}'", "\f x\r\ny\rz", "t'\\N{a}{b}'", "if x:\n \\\n  y\n", "((]",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, source []byte) {
		file, refused := Read(source)
		if file == nil {
			if refused == nil {
				t.Fatal("Read returned neither a file nor an error")
			}
			return
		}
		checkTokens(t, file, refused)
		last := -1
		for i := range string(file.Text) {
			at := file.Original(i)
			if at <= last || at >= len(source) {
				t.Fatalf("Original(%d) = %d of %d, but the previous character is at %d", i, at, len(source), last)
			}
			last = at
		}
	})
}

// checkTokens checks that tokens are in order and inside the text, that only spaces, joined lines
// and doubled braces are between them, and that the last one is as expected.
func checkTokens(t *testing.T, file *File, refused *Error) {
	t.Helper()
	at, depth := 0, 0
	for i, token := range file.Tokens {
		if token.Start < at || token.End < token.Start || token.End > len(file.Text) {
			t.Fatalf("token %d of %q: %v starts before %d or ends outside the text", i, file.Text, token, at)
		}
		gap := file.Text[at:token.Start]
		if refused != nil && token.Start == len(file.Text) {
			gap = bytes.TrimSuffix(gap, []byte("\\")) // at the end of a file with an open bracket
		}
		if !isGap(gap) {
			t.Fatalf("token %d of %q: unexpected %q before it", i, file.Text, gap)
		}
		at = token.End
		switch token.Kind {
		case Indent:
			depth++
		case Dedent:
			depth--
		default:
		}
	}
	if refused != nil {
		if p := refused.Position; p.Offset < 0 || p.Offset > len(file.Text) || file.Position(p.Offset) != p {
			t.Fatalf("%q: %v is not a position in it", file.Text, p)
		}
		return
	}
	if depth != 0 || file.Tokens[len(file.Tokens)-1].Kind != EndMarker || at != len(file.Text) {
		t.Fatalf("%q: ends at %d, in %d blocks", file.Text, at, depth)
	}
}

func isGap(gap []byte) bool {
	if string(gap) == "{" || string(gap) == "}" {
		return true
	}
	for i := 0; i < len(gap); i++ {
		switch gap[i] {
		case ' ', '\t', '\f':
		case '\\':
			size := lineEndSize(gap, i+1)
			if size == 0 {
				return false
			}
			i += size
		default:
			return false
		}
	}
	return true
}

// TestTokenizeIsLinear scans inputs for which a quadratic tokenizer would be slow: megabytes must
// take only a moment.
func TestTokenizeIsLinear(t *testing.T) {
	for _, test := range []struct {
		name string
		make func(n int) string
	}{
		{"brackets", func(n int) string { return strings.Repeat("([{", 60) + strings.Repeat("()", n) }},
		{"one line", func(n int) string { return strings.Repeat("x+", n) + "x" }},
		{"one string", func(n int) string { return "'" + strings.Repeat(`\'`, n) }},
		{"long strings", func(n int) string { return strings.Repeat("'''", n) }},
		{"one f-string", func(n int) string { return "f'" + strings.Repeat("{x}{{", n) + "'" }},
		{"f-strings in f-strings", func(n int) string {
			return strings.Repeat(strings.Repeat("f'{", 100)+"1"+strings.Repeat("}'", 100)+"\n", n/500+1)
		}},
		{"one number", func(n int) string { return strings.Repeat("1_1", n) }},
		{"numbers", func(n int) string { return strings.Repeat("1if ", n) }},
		{"one name", func(n int) string { return strings.Repeat("é", n) }},
		{"joined lines", func(n int) string { return strings.Repeat("x \\\n", n) + "x" }},
		{"joined empty lines", func(n int) string { return strings.Repeat("\\\n", n) + "x" }},
		{"blocks", func(n int) string { return strings.Repeat(deep(90), n/9000+1) }},
		{"empty lines", func(n int) string { return strings.Repeat("\r\n", n) }},
		{"declarations", func(n int) string { return "# " + strings.Repeat("coding:", n) }},
		{"another encoding", func(n int) string { return "# coding: gbk\n# " + strings.Repeat("\xd6\xd0", n) }},
	} {
		t.Run(test.name, func(t *testing.T) {
			source := []byte(test.make(1 << 20))
			start := time.Now()
			file, refused := Read(source)
			if took := time.Since(start); took > 5*time.Second {
				t.Errorf("%d bytes took %v, want at most 5s", len(source), took)
			}
			if file != nil {
				checkTokens(t, file, refused)
			}
		})
	}
}
