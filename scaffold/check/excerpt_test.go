package check

import "testing"

func TestLineAround(t *testing.T) {
	tests := []struct {
		text, ends string
		offset     int
		want       string
	}{
		{"a\nbc\r\nd", "\n", 3, "bc"},
		{"a\nbc\r\nd", "\n", 2, "bc"},
		{"a\nbc\r\nd", "\n", 0, "a"},
		{"a\nbc\r\nd", "\n", 6, "d"},
		{"a\nbc\r\nd", "\n", 99, "d"},
		{"a\rbc\rd", "\r\n", 2, "bc"},
		{"a\rb\n", "\n", 0, "a\rb"},
		{"\ufeffab", "\n", 3, "ab"},
		{"", "\n", 0, ""},
		{"a\xffb", "\n", 0, "a\uFFFDb"},
	}
	for _, test := range tests {
		if got := lineAround([]byte(test.text), test.offset, test.ends); got != test.want {
			t.Errorf("%q at %d: %q, want %q", test.text, test.offset, got, test.want)
		}
	}
}

func TestExcerptHidesCredentials(t *testing.T) {
	const token = "ghp_0123456789abcdefghijABCDEFGHIJ012345"
	tests := []struct {
		name, path, line string
		from, to         int
		want             Excerpt
	}{
		{"nothing to hide", "a.py", `x = f("a", b)`, 5, 14, Excerpt{`x = f("a", b)`, 5, 14}},
		{"before", "a.py", `f("` + token + `"); g()`, 48, 51, Excerpt{`f(•••); g()`, 9, 12}},
		{"behind", "a.py", `g(); f("` + token + `")`, 1, 4, Excerpt{`g(); f(•••)`, 1, 4}},
		{"around", "a.py", `f("` + token + `", b)`, 1, 49, Excerpt{`f(•••, b)`, 1, 10}},
		{"itself", "a.py", `f("` + token + `")`, 3, 45, Excerpt{`f(•••)`, 3, 6}},
		{"inside", "a.py", `f("` + token + `")`, 10, 12, Excerpt{`f(•••)`, 3, 4}},
		{"by its name", "a.py", `connect(password="hunter22", user="me")`, 1, 8, Excerpt{`connect(password=•••, user="me")`, 1, 8}},
		{"by its key", "a.py", `{"password": "hunter22"}`, 1, 2, Excerpt{`{"password": •••}`, 1, 2}},
		{"twice", "a.py", `f("` + token + `", "` + token + `"); g()`, 92, 95, Excerpt{`f(•••, •••); g()`, 14, 17}},
		{"SQL", "a.sql", `CREATE SECRET k TYPE = PASSWORD PASSWORD = 'hu''nter22'; x`, 57, 58, Excerpt{`CREATE SECRET k TYPE = PASSWORD PASSWORD = •••; x`, 48, 49}},
		{"a value of secrets.toml", ".streamlit/secrets.toml", `a.b = "x" # y`, 1, 4, Excerpt{"a.b = •••", 1, 4}},
		{"a quoted key of secrets.toml", ".streamlit/secrets.toml", `"a=b" = "x"`, 1, 6, Excerpt{`"a=b" = •••`, 1, 6}},
		{"a table of secrets.toml", ".streamlit/secrets.toml", `[a."b"]`, 1, 2, Excerpt{`[a."b"]`, 1, 2}},
		{"a table in braces of secrets.toml", ".streamlit/secrets.toml", `a = { b = "x", c = "y" }`, 16, 17, Excerpt{"a = •••", 5, 6}},
		{"a part of a value of secrets.toml", ".streamlit/secrets.toml", `  "hunter22",`, 1, 2, Excerpt{"•••", 1, 2}},
		{"wide characters", "a.py", `日本("` + token + `", 本)`, 47, 48, Excerpt{`日本(•••, 本)`, 8, 9}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got := masked(test.line, secretsIn(test.path, test.line), test.from, test.to)
			if got != test.want {
				t.Errorf("got  %+v\nwant %+v", got, test.want)
			}
		})
	}
}
