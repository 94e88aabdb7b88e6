package sqltext

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestStatements(t *testing.T) {
	tests := []struct {
		name, src string
		want      []string
	}{
		{"empty", " \n-- nothing\n;;", nil},
		{"two", "USE ROLE a; SELECT 1", []string{"w:USE w:ROLE w:a", "w:SELECT n:1"}},
		{"comments", "a -- ; b\nc // ; d\ne /* ; \n f */ g", []string{"w:a w:c w:e w:g"}},
		{"an open comment", "a /* b; c", []string{"w:a"}},
		{"a string", `SELECT 'a;b''c\'d\\'; x`, []string{`w:SELECT t:a;b'c'd\`, "w:x"}},
		{"an open string", "a 'b; c", []string{"w:a t:b; c"}},
		{"quoted names", `"a;b""c".d`, []string{`q:a;b"c s:. w:d`}},
		{"no comment in a string", "'-- no' x", []string{"t:-- no w:x"}},
		{"a body", "AS $$ a; 'b -- $$ ; c", []string{"w:AS b: a; 'b -- ", "w:c"}},
		{"an open body", "AS $$ a; ", []string{"w:AS b: a; "}},
		{"an empty body", "AS $$$$;x", []string{"w:AS b:", "w:x"}},
		{"places", `PUT file:///tmp/a.py @db.sc."my stage"/x; ls @~/y`, []string{`w:PUT p:file:///tmp/a.py p:@db.sc."my stage"/x`, "w:ls p:@~/y"}},
		{"an address", "COPY INTO 's3://x' FROM snow://streamlit/a/b;", []string{"w:COPY w:INTO t:s3://x w:FROM p:snow://streamlit/a/b"}},
		{"variables", "$x &y :z ?", []string{"w:$x w:&y w::z s:?"}},
		{"templates", "CREATE STREAMLIT {{ name }} <% x %>", []string{"w:CREATE w:STREAMLIT s:{ s:{ w:name s:} s:} s:< s:% w:x s:% s:>"}},
		{"properties", "SECRETS=('k'=db.s)", []string{"w:SECRETS s:= s:( t:k s:= w:db s:. w:s s:)"}},
		{"a runtime's name", "SYSTEM$WAREHOUSE_RUNTIME", []string{"w:SYSTEM$WAREHOUSE_RUNTIME"}},
		{"letters", "売上 é", []string{"w:売上 w:é"}},
		{"byte order mark", "\ufeffa", []string{"w:a"}},
		{"no UTF-8", "a \xff b", []string{"w:a s:\xff w:b"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var got []string
			for _, s := range Statements([]byte(test.src)) {
				got = append(got, show(s))
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func show(s Statement) string {
	letters := map[Kind]string{Symbol: "s", Word: "w", Quoted: "q", Text: "t", Body: "b", Place: "p", Number: "n"}
	tokens := make([]string, 0, len(s.Tokens))
	for _, token := range s.Tokens {
		tokens = append(tokens, letters[token.Kind]+":"+token.Text)
	}
	return strings.Join(tokens, " ")
}

func TestPlaces(t *testing.T) {
	const src = "\ufeffUSE a;\n/* x\n*/ CREATE 'b\nc' d;\r\n  e $$\n$$ f"
	var got []string
	for _, s := range Statements([]byte(src)) {
		got = append(got, fmt.Sprintf("%d %q", s.Line, src[s.Start:s.End]))
		for _, token := range s.Tokens {
			if token.Raw != src[token.Start:token.End] || token.Line != 1+strings.Count(src[:token.Start], "\n") {
				t.Errorf("wrong text or line: %+v", token)
			}
		}
	}
	want := []string{`1 "USE a"`, `3 "CREATE 'b\nc' d"`, `5 "e $$\n$$ f"`}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func FuzzStatements(f *testing.F) {
	for _, seed := range []string{"CREATE 'a''b' \"c\" $$d$$;", "-- x\n/* y */ @a/\"b\"", "@'x", "$$", "'\\", "\"", "a://b", "\xff\ufeff"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, src string) {
		at := 0
		for _, s := range Statements([]byte(src)) {
			if len(s.Tokens) == 0 || s.Start != s.Tokens[0].Start || s.End != s.Tokens[len(s.Tokens)-1].End {
				t.Fatalf("wrong offsets: %+v", s)
			}
			for _, token := range s.Tokens {
				if token.Start < at || token.End <= token.Start || token.End > len(src) || token.Raw != src[token.Start:token.End] {
					t.Fatalf("wrong offsets after %d: %+v", at, token)
				}
				if token.Line != 1+strings.Count(src[:token.Start], "\n") {
					t.Fatalf("wrong line: %+v", token)
				}
				at = token.End
			}
		}
	})
}
