package snowflake_test

import (
	"errors"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"pgregory.net/rapid"

	"sleet/snowflake"
)

func TestIdent(t *testing.T) {
	long := strings.Repeat("N", snowflake.MaxName)
	longest := strings.Repeat("雪", snowflake.MaxName)
	for raw, want := range map[string]string{
		"my_app":                  "my_app",
		"_x$1":                    "_x$1",
		"sales$$app":              `"SALES$$APP"`,
		"COMPUTE_WH":              "COMPUTE_WH",
		"my-app":                  `"my-app"`,
		"my app":                  `"my app"`,
		"1st":                     `"1st"`,
		"$x":                      `"$x"`,
		"select":                  `"select"`,
		"SELECT":                  `"SELECT"`,
		"Account":                 `"Account"`,
		"true":                    `"true"`,
		"public":                  "public",
		"雪のアプリ":                   `"雪のアプリ"`,
		"é":                       `"é"`,
		`5" pipe`:                 `"5"" pipe"`,
		`"my_app"`:                `"my_app"`,
		`"MY_APP"`:                `"MY_APP"`,
		`"a ""b"" c"`:             `"a ""b"" c"`,
		`"`:                       `""""`,
		`"open`:                   `"""open"`,
		"a.b":                     `"a.b"`,
		"it's":                    `"it's"`,
		" padded ":                `" padded "`,
		long:                      long,
		longest:                   `"` + longest + `"`,
		`"` + longest + `"`:       `"` + longest + `"`,
		"x); DROP DATABASE y; --": `"x); DROP DATABASE y; --"`,
	} {
		got, err := snowflake.Ident(raw)
		if err != nil || got != want {
			t.Errorf("Ident(%q) = %q, %v; want %q", raw, got, err, want)
		}
	}
}

func TestIdentRefuses(t *testing.T) {
	for raw, want := range map[string]string{
		"":                       "is empty",
		`""`:                     "is empty",
		"a\x00b":                 "U+0000",
		"a\nb":                   "U+000A",
		"\x1b[31m":               "U+001B",
		"\u0085":                 "U+0085",
		"\xff":                   "UTF-8",
		`"a"b"`:                  "single double quote",
		`"A"."B"`:                "single double quote",
		strings.Repeat("x", 256): "256 characters",
		strings.Repeat("雪", 256): "256 characters",
	} {
		got, err := snowflake.Ident(raw)
		var name *snowflake.NameError
		if !errors.As(err, &name) {
			t.Errorf("Ident(%q) = %q, %v; want a NameError", raw, got, err)
			continue
		}
		if !strings.Contains(err.Error(), want) || name.Fix.IsZero() || name.Page == "" {
			t.Errorf("Ident(%q): %v; want a NameError with %q, a fix and a page", raw, err, want)
		}
		if strings.ContainsFunc(err.Error(), unicode.IsControl) {
			t.Errorf("Ident(%q): the message %q has control characters", raw, err)
		}
	}
}

func TestReserved(t *testing.T) {
	words := snowflake.ReservedWords()
	if len(words) != 92 {
		t.Errorf("got %d reserved words, want the 92 of the page", len(words))
	}
	for _, w := range words {
		for _, raw := range []string{w, strings.ToLower(w)} {
			if got, err := snowflake.Ident(raw); err != nil || got != `"`+raw+`"` {
				t.Errorf("Ident(%q) = %q, %v; want it quoted", raw, got, err)
			}
		}
	}
}

func TestStored(t *testing.T) {
	for raw, want := range map[string]string{
		"my_app": "MY_APP", "my-app": "my-app", `"my_app"`: "my_app", `"a""b"`: `a"b`, "select": "select",
	} {
		if got, err := snowflake.Stored(raw); err != nil || got != want {
			t.Errorf("Stored(%q) = %q, %v; want %q", raw, got, err, want)
		}
	}
	if !snowflake.SameName("my_app", `"MY_APP"`) || snowflake.SameName("my_app", `"my_app"`) || snowflake.SameName("", "a") {
		t.Error("Same is wrong for names that differ in case")
	}
}

func TestQualified(t *testing.T) {
	for raw, want := range map[string]string{
		"name":                    "name",
		"db.schema1.name":         "db|schema1|name",
		"db.public.my key":        `db|public|"my key"`,
		`"my.db"."s".n`:           `"my.db"|"s"|n`,
		`"a""b".c`:                `"a""b"|c`,
		"データ.公開.鍵":                `"データ"|"公開"|"鍵"`,
		"order.select.x":          `"order"|"select"|x`,
		`db."""quoted"".dot".key`: `db|"""quoted"".dot"|key`,
	} {
		got, err := snowflake.Qualified(raw)
		if err != nil || strings.Join(got, "|") != want {
			t.Errorf("Qualified(%q) = %q, %v; want %s", raw, got, err, want)
		}
	}
	for raw, want := range map[string]string{
		"":                                 "is empty",
		"a..b":                             "empty part",
		"a.":                               "empty part",
		".a":                               "empty part",
		"a.b.c.d":                          "4 parts",
		`"a`:                               "never closes",
		`x."a`:                             "never closes",
		`"a"b`:                             "right after",
		`"a"b.c`:                           "right after",
		"a.b\x07.c":                        "U+0007",
		"a." + "\xff":                      "UTF-8",
		"db.s." + strings.Repeat("x", 300): "300 characters",
	} {
		got, err := snowflake.Qualified(raw)
		var name *snowflake.NameError
		if !errors.As(err, &name) || !strings.Contains(err.Error(), want) {
			t.Errorf("Qualified(%q) = %q, %v; want an error with %q", raw, got, err, want)
		}
	}
}

func TestJoin(t *testing.T) {
	for _, c := range []struct{ database, schema, name, want string }{
		{"db", "s", "n", "db.s.n"},
		{"db", "s", "other.n", "db.other.n"},
		{"db", "s", "d2.s2.n", "d2.s2.n"},
		{"", "s", "n", "s.n"},
		{"db", "", "n", "n"},
		{"", "", "n", "n"},
		{"my db", "order", `"n.n"`, `"my db"."order"."n.n"`},
	} {
		got, err := snowflake.Join(c.database, c.schema, c.name)
		if err != nil || got != c.want {
			t.Errorf("Join(%q, %q, %q) = %q, %v; want %q", c.database, c.schema, c.name, got, err, c.want)
		}
		if lenient := snowflake.LenientJoin(c.database, c.schema, c.name); lenient != c.want {
			t.Errorf("LenientJoin(%q, %q, %q) = %q; want %q", c.database, c.schema, c.name, lenient, c.want)
		}
	}
	for _, c := range [][3]string{{"", "\x00", "n"}, {"\x00", "s", "n"}, {"", "", ""}} {
		if got, err := snowflake.Join(c[0], c[1], c[2]); err == nil {
			t.Errorf("Join(%q) = %q; want an error", c, got)
		}
	}
	if got, want := snowflake.LenientJoin("d\x00", "s", `"x`), `"d".s."""x"`; got != want {
		t.Errorf("LenientJoin = %s; want %s", got, want)
	}
}

// readIdent reads one identifier as Snowflake does and returns its stored form and the rest of the text.
func readIdent(t failer, sql string) (stored, rest string) {
	if !strings.HasPrefix(sql, `"`) {
		end := strings.IndexFunc(sql, func(r rune) bool {
			return r != '_' && r != '$' && (r < '0' || r > '9') && (r < 'a' || r > 'z') && (r < 'A' || r > 'Z')
		})
		if end < 0 {
			end = len(sql)
		}
		if end == 0 || sql[0] == '$' || sql[0] >= '0' && sql[0] <= '9' || snowflake.Reserved(sql[:end]) {
			t.Fatalf("%q is not an unquoted identifier", sql)
		}
		return strings.ToUpper(sql[:end]), sql[end:]
	}
	var b strings.Builder
	for i := 1; i < len(sql); i++ {
		if sql[i] != '"' {
			b.WriteByte(sql[i])
			continue
		}
		if i+1 == len(sql) || sql[i+1] != '"' {
			return b.String(), sql[i+1:]
		}
		b.WriteByte('"')
		i++
	}
	t.Fatalf("%q never closes", sql)
	return "", ""
}

type failer interface{ Fatalf(string, ...any) }

func FuzzIdent(f *testing.F) {
	for _, s := range []string{"my_app", `"x"`, `a"b`, "select", "雪", "", "\x00", `"a"b"`, "a.b"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, raw string) {
		lenient, rest := readIdent(t, snowflake.LenientIdent(raw)+")")
		if rest != ")" || strings.ContainsFunc(lenient, unicode.IsControl) || !utf8.ValidString(lenient) {
			t.Fatalf("LenientIdent(%q) = %q, want a single harmless name", raw, snowflake.LenientIdent(raw))
		}
		sql, err := snowflake.Ident(raw)
		if err != nil {
			return
		}
		stored, rest := readIdent(t, sql)
		want, _ := snowflake.Stored(raw)
		if rest != "" || stored != want {
			t.Fatalf("Ident(%q) = %s: read back as %q and %q", raw, sql, stored, rest)
		}
		if stored != snowflake.Unquote(raw) && stored != strings.ToUpper(raw) {
			t.Fatalf("Ident(%q) has the stored form %q", raw, stored)
		}
		if again, err := snowflake.Ident(sql); err != nil || again != sql {
			t.Fatalf("Ident(%s) = %s, %v; want it unchanged", sql, again, err)
		}
	})
}

func FuzzQualified(f *testing.F) {
	for _, s := range []string{"a.b.c", `"a.b".c`, `"a""b"."c"`, "a..b", `"`, "データ.x"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, raw string) {
		parts, err := snowflake.Qualified(raw)
		if err != nil {
			return
		}
		again, err := snowflake.Qualified(strings.Join(parts, "."))
		if err != nil || strings.Join(again, "\x00") != strings.Join(parts, "\x00") {
			t.Fatalf("Qualified(%q) = %q, but a second call returned %q, %v", raw, parts, again, err)
		}
		rest := strings.Join(parts, ".")
		for range parts {
			_, rest = readIdent(t, strings.TrimPrefix(rest, "."))
		}
		if rest != "" {
			t.Fatalf("Qualified(%q) = %q, which leaves %q", raw, parts, rest)
		}
	})
}

func TestQualifiedKeepsParts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		texts := rapid.SliceOfN(rapid.StringOfN(rapid.RuneFrom([]rune(`ab."' 雪$1_`)), 1, 8, -1), 1, 3).Draw(t, "texts")
		var raws []string
		for _, text := range texts {
			raws = append(raws, `"`+strings.ReplaceAll(text, `"`, `""`)+`"`)
		}
		parts, err := snowflake.Qualified(strings.Join(raws, "."))
		if err != nil || strings.Join(parts, ".") != strings.Join(raws, ".") {
			t.Fatalf("Qualified(%s) = %q, %v", strings.Join(raws, "."), parts, err)
		}
	})
}

func TestFromStored(t *testing.T) {
	t.Parallel()
	for stored, want := range map[string]string{
		"MY_APP": "MY_APP", "my_app": `"my_app"`, "MY APP": `"MY APP"`, `A"B`: `"A""B"`, "TABLE": `"TABLE"`, "天気": `"天気"`,
		`"X"`: `"""X"""`,
	} {
		if got := snowflake.FromStored(stored); got != want {
			t.Errorf("FromStored(%q) = %q, want %q", stored, got, want)
		}
		if again, err := snowflake.Stored(snowflake.FromStored(stored)); err != nil || again != stored {
			t.Errorf("Stored(FromStored(%q)) = %q, %v; want it unchanged", stored, again, err)
		}
	}
}
