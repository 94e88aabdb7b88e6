package token

import (
	"bytes"
	"strings"
	"testing"
)

func TestDecode(t *testing.T) {
	for _, test := range []struct {
		name, source string
		want         string // the end of the decoded text
	}{
		{"nothing", "", ""},
		{"UTF-8", "# é 日本", "é 日本"},
		{"byte order mark", "\ufeffé", "é"},
		{"byte order mark and declaration", "\ufeff# coding: utf-8\né", "\né"},
		{"a name of UTF-8", "# -*- coding: UTF_8-unix -*-\né", "\né"},
		{"Latin 1", "#!/usr/bin/python\n# vim: set fileencoding=Latin_1 :\n'\xe9\x85'", "\n'é\u0085'"},
		{"Latin 1 with CRLF", "# coding: iso-8859-1-dos\r\n'\xe9'\r\n", "\r\n'é'\r\n"},
		{"Latin 1 with lone CR", "# coding: l1\r'\xe9'", "\r'é'"},
		{"Latin 9", "# coding=iso-8859-15\n'\xa4'", "\n'€'"},
		{"Windows", "# coding=windows-1252\n'\x80'", "\n'€'"},
		{"Windows, Cyrillic", "# coding:cp1251\n'\xcf\xf0'", "\n'Пр'"},
		{"KOI8-R", "# coding: koi8-r\n'\xf0\xd2'", "\n'Пр'"},
		{"Shift JIS", "# coding: shift_jis\n'\x93\xfa\x83\x5c'", "\n'日ソ'"},
		{"Shift JIS of Windows", "# coding: cp932\n'\x93\xfa\x83\x5c\x81\x60'", "\n'日ソ～'"},
		{"EUC-JP", "# coding: euc-jp\n'\xc6\xfc\xcb\xdc'", "\n'日本'"},
		{"GBK", "# coding: gbk\n'\xd6\xd0\xb9\xfa'", "\n'中国'"},
		{"GB 18030", "# coding: gb18030\n'\xd6\xd0\x81\x30\x8a\x30'", "\n'中ã'"},
		{"Big5", "# coding: big5\n'\xa4\xa4'", "\n'中'"},
		{"EUC-KR", "# coding: euc-kr\n'\xc7\xd1'", "\n'한'"},
		{"a declaration too late", "x\n# coding: latin-1\n# é", "é"},
		{"a declaration in a string", "'''\n# coding: latin-1\n'''\né", "é"},
	} {
		t.Run(test.name, func(t *testing.T) {
			text, from, err := decode([]byte(test.source))
			if err != nil || !strings.HasSuffix(string(text), test.want) {
				t.Fatalf("decode() = %q, %v; want …%q", text, err, test.want)
			}
			checkOrigin(t, []byte(test.source), text, from)
		})
	}
}

// checkOrigin checks that the positions in the source match for ASCII characters.
func checkOrigin(t *testing.T, source, text []byte, from origin) {
	t.Helper()
	if got := from.original(len(text)); got != len(source) {
		t.Errorf("original(end) = %d, want %d", got, len(source))
	}
	last := -1
	for i, c := range string(text) {
		at := from.original(i)
		if at <= last || at >= len(source) {
			t.Fatalf("original(%d) = %d, but the previous character is at %d", i, at, last)
		}
		last = at
		if c == '\n' && source[at] != '\n' {
			t.Errorf("original(%d) of a newline = %d, where the source has %q", i, at, source[at])
		}
	}
}

func TestDecodeErrors(t *testing.T) {
	for _, test := range []struct{ name, source, want string }{
		{"not UTF-8", "x\ny = '\xe9'", `line 2, column 6: byte 0xe9 is not UTF-8; a file in another encoding declares it: https://peps.python.org/pep-0263/`},
		{"not UTF-8 before the declaration", "# \xe9\n# coding: latin-1\n", `line 1, column 3: byte 0xe9 is not UTF-8; a file in another encoding declares it: https://peps.python.org/pep-0263/`},
		{"not the UTF-8 declared", "# coding: utf8\n\xe9", "line 2, column 1: byte 0xe9 is not UTF-8; a file in another encoding declares it: https://peps.python.org/pep-0263/"},
		{"surrogate", "\xed\xa0\x80", `line 1, column 1: byte 0xed is not UTF-8; a file in another encoding declares it: https://peps.python.org/pep-0263/`},
		{"not ASCII", "# coding: us-ascii\né", "line 2, column 1: byte 0xc3 is not us-ascii"},
		{"unknown", "\n# coding: klingon\n", "line 2, column 1: unknown encoding: klingon"},
		{"mark and declaration differ", "\ufeff# coding: latin-1\n", "line 1, column 1: encoding problem: iso-8859-1 with BOM"},
		{"no character", "# coding: gbk\n\n'\xff'", "line 3, column 2: byte 0xff is not gbk"},
		{"half a character", "# coding: shift_jis\n#\x93", "line 2, column 2: byte 0x93 is not shift_jis"},
		{"null", "x\n \x00", "line 2, column 2: source code cannot contain null bytes"},
	} {
		t.Run(test.name, func(t *testing.T) {
			text, _, err := decode([]byte(test.source))
			if err == nil || err.Error() != test.want {
				t.Errorf("decode() = %q, %v; want error %s", text, err, test.want)
			}
		})
	}
}

func TestPosition(t *testing.T) {
	file, err := Read([]byte("\ufeffé = 1\r\n\t日本 = 2\rz"))
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		of   string
		want Position
		from int
	}{
		{"é", Position{0, 1, 1}, 3},
		{" =", Position{2, 1, 2}, 5},
		{"本", Position{12, 2, 3}, 15},
		{"z", Position{20, 3, 1}, 23},
	} {
		offset := bytes.Index(file.Text, []byte(test.of))
		if got := file.Position(offset); got != test.want || positionIn(file.Text, offset) != got {
			t.Errorf("Position of %s = %v, positionIn = %v; want %v", test.of, got, positionIn(file.Text, offset), test.want)
		}
		if got := file.Original(offset); got != test.from {
			t.Errorf("Original of %s = %d, want %d", test.of, got, test.from)
		}
		if got := file.Source(Span{offset, offset + len(test.of)}); got != test.of {
			t.Errorf("Source = %q, want %q", got, test.of)
		}
	}
	if got, want := file.Position(len(file.Text)), (Position{21, 3, 2}); got != want {
		t.Errorf("Position(end) = %v, want %v", got, want)
	}
}
