package snowflake_test

import (
	"errors"
	"strconv"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"sleet/snowflake"
)

func TestLiteral(t *testing.T) {
	for text, want := range map[string]string{
		"":                 `''`,
		"plain":            `'plain'`,
		"it's":             `'it''s'`,
		`C:\dir`:           `'C:\\dir'`,
		`\'`:               `'\\'''`,
		"a\nb\r\tc":        `'a\nb\r\tc'`,
		"\x00\x1b\u0085":   `'\u0000\u001B\u0085'`,
		"雪$$":              `'雪$$'`,
		"'; DROP ROLE x--": `'''; DROP ROLE x--'`,
		"\xff":             "'\uFFFD'",
	} {
		if got := snowflake.Literal(text); got != want {
			t.Errorf("Literal(%q) = %s; want %s", text, got, want)
		}
	}
}

// readLiteral reads a string constant as Snowflake does.
func readLiteral(t *testing.T, sql string) string {
	t.Helper()
	if len(sql) < 2 || sql[0] != '\'' || sql[len(sql)-1] != '\'' {
		t.Fatalf("%q is not a string constant", sql)
	}
	var b strings.Builder
	for s := sql[1 : len(sql)-1]; s != ""; {
		switch {
		case strings.HasPrefix(s, "''"):
			b.WriteByte('\'')
			s = s[2:]
		case s[0] == '\'':
			t.Fatalf("%q ends early", sql)
		case strings.HasPrefix(s, `\u`):
			n, err := strconv.ParseInt(s[2:6], 16, 32)
			if err != nil {
				t.Fatal(err)
			}
			b.WriteRune(rune(n))
			s = s[6:]
		case s[0] == '\\':
			plain, ok := map[byte]byte{'n': '\n', 'r': '\r', 't': '\t', '\\': '\\'}[s[1]]
			if !ok {
				t.Fatalf("%q has the unknown escape %q", sql, s[:2])
			}
			b.WriteByte(plain)
			s = s[2:]
		default:
			b.WriteByte(s[0])
			s = s[1:]
		}
	}
	return b.String()
}

func FuzzLiteral(f *testing.F) {
	for _, s := range []string{"", "'", `\`, `\'`, "\n", "\x00", "雪", "\xff", `\\''`} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		sql := snowflake.Literal(text)
		if got := readLiteral(t, sql); utf8.ValidString(text) && got != text {
			t.Fatalf("Literal(%q) = %s: read back as %q", text, sql, got)
		}
		if strings.ContainsFunc(sql, unicode.IsControl) {
			t.Fatalf("Literal(%q) = %q has control characters", text, sql)
		}
	})
}

func TestDollar(t *testing.T) {
	for _, body := range []string{"", "\nx\n", "a$b", `'\`} {
		if got, err := snowflake.Dollar(body); err != nil || got != "$$"+body+"$$" {
			t.Errorf("Dollar(%q) = %q, %v", body, got, err)
		}
	}
	for _, body := range []string{"$$", "a$$b", "$a", "a$", "$"} {
		if got, err := snowflake.Dollar(body); !errors.Is(err, snowflake.ErrDollar) {
			t.Errorf("Dollar(%q) = %q, %v; want ErrDollar", body, got, err)
		}
		if got, want := snowflake.Body(body), snowflake.Literal(body); got != want {
			t.Errorf("Body(%q) = %q; want %q", body, got, want)
		}
	}
	if got := snowflake.Body("x"); got != "$$x$$" {
		t.Errorf("Body(x) = %q", got)
	}
}

func TestClauses(t *testing.T) {
	got := snowflake.Clauses("CREATE THING x",
		"TITLE = "+snowflake.Literal("it's"), "", "LIST = "+snowflake.List(snowflake.Literals([]string{"a", "b'"})...), snowflake.List())
	if want := "CREATE THING x\n  TITLE = 'it''s'\n  LIST = ('a', 'b''')"; got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}
