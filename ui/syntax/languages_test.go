package syntax

import (
	"strings"
	"testing"

	"github.com/alecthomas/chroma/v2"
	"github.com/alecthomas/chroma/v2/lexers"
	"github.com/google/go-cmp/cmp"
)

// spans returns the trimmed text of each run of tokens of one kind.
func spans(t *testing.T, lexer chroma.Lexer, text string, kind func(chroma.TokenType) bool) []string {
	t.Helper()
	tokens, err := chroma.Coalesce(lexer).Tokenise(nil, text)
	if err != nil {
		t.Fatal(err)
	}
	var found []string
	var run strings.Builder
	for token := tokens(); token != chroma.EOF; token = tokens() {
		if kind(token.Type) {
			run.WriteString(token.Value)
			continue
		}
		if run.Len() > 0 {
			found = append(found, strings.TrimSpace(run.String()))
			run.Reset()
		}
	}
	if run.Len() > 0 {
		found = append(found, strings.TrimSpace(run.String()))
	}
	return found
}

// TestLanguagesAgree compares comments and strings, the tokens that hide others if they are wrong, with chroma's own
// definitions.
func TestLanguagesAgree(t *testing.T) {
	comment := func(k chroma.TokenType) bool { return k.InCategory(chroma.Comment) }
	text := func(k chroma.TokenType) bool { return k.InSubCategory(chroma.LiteralString) }
	for _, c := range []struct{ file, chroma, text string }{
		{"a.py", "python", "import os  # why\n\n@st.cache_data(ttl=600)\ndef f(x: int = 1) -> str:\n    \"\"\"Return 'x'.\n\n    # no comment\n    \"\"\"\n    return 'a\\'b' + \"c#d\"\n"},
		{"a.sql", "sql", "-- head\nCREATE SECRET a.b TYPE = GENERIC_STRING SECRET_STRING = 'it''s -- no comment';\n/* two\nlines */ grant usage on secret a.b to role r;\n"},
		{"a.toml", "toml", "# head\n[app]\nname = \"a # b\"  # why\non = true\n"},
		{"a.yml", "yaml", "# head\nentities:\n  app:\n    title: \"a # b\"\n    artifacts:\n      - 'x.py'\n"},
		{"a.json", "json", "{\"a\": \"b\", \"c\": [1, true, null]}\n"},
	} {
		reference := lexers.Get(c.chroma)
		if got, want := spans(t, lexer(c.file), c.text, comment), spans(t, reference, c.text, comment); !cmp.Equal(got, want) {
			t.Errorf("%s: comments (-chroma +ours):\n%s", c.file, cmp.Diff(want, got))
		}
		if c.chroma == "json" {
			continue // its keys are strings in chroma, names here
		}
		if got, want := spans(t, lexer(c.file), c.text, text), spans(t, reference, c.text, text); !cmp.Equal(got, want) {
			t.Errorf("%s: strings (-chroma +ours):\n%s", c.file, cmp.Diff(want, got))
		}
	}
}

// TestKeywordsOfBothCases checks that the case of a keyword does not change its colour.
func TestKeywordsOfBothCases(t *testing.T) {
	keyword := func(k chroma.TokenType) bool { return k.InCategory(chroma.Keyword) }
	statement := "CREATE OR REPLACE SECURE FUNCTION f() RETURNS string"
	upper := spans(t, lexer("a.sql"), statement, keyword)
	lower := spans(t, lexer("a.sql"), strings.ToLower(statement), keyword)
	if len(upper) < 6 || len(upper) != len(lower) {
		t.Errorf("keywords in upper case %q, in lower case %q", upper, lower)
	}
	names := "SELECT * FROM APPS.PUBLIC.role"
	for _, text := range []string{names, strings.ToLower(names)} {
		if got := spans(t, lexer("a.sql"), text, keyword); len(got) != 2 {
			t.Errorf("%s: keywords %q, want 2", text, got)
		}
	}
}

// TestBodiesHaveTheirOwnLanguage checks that the text between two $$ is highlighted in its own language.
func TestBodiesHaveTheirOwnLanguage(t *testing.T) {
	keyword := func(k chroma.TokenType) bool { return k.InCategory(chroma.Keyword) }
	for text, want := range map[string][]string{
		"EXECUTE IMMEDIATE $$\nBEGIN\n  x;\nEND;\n$$;":           {"EXECUTE", "IMMEDIATE", "BEGIN", "END"},
		"AS $$\nimport _snowflake\n\ndef f():\n    return 1\n$$": {"AS", "import", "def", "return"},
	} {
		if got := spans(t, lexer("a.sql"), text, keyword); !cmp.Equal(got, want) {
			t.Errorf("%q: (-want +got)\n%s", text, cmp.Diff(want, got))
		}
	}
}

// TestEveryCharacterIsKept checks that highlighting neither loses nor adds characters.
func TestEveryCharacterIsKept(t *testing.T) {
	for _, name := range []string{"a.py", "a.sql", "a.toml", "a.yml", "a.json", ".gitignore"} {
		for _, text := range []string{"", "\n", "'", "\"\"\"open", "$$ open", "/* open", "[a\nb", "é = '日本'\n\tx\n", "a: b: c\n"} {
			got := strings.Join(spans(t, lexer(name), text, func(chroma.TokenType) bool { return true }), "")
			if got != strings.TrimSpace(text) {
				t.Errorf("%s: %q became %q", name, text, got)
			}
		}
	}
}
