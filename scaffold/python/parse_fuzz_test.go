package python

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"sleet/scaffold/python/ast"
	"sleet/scaffold/python/token"
)

// FuzzParse checks that no input makes the parser panic, and that each node is within the file,
// within its parent and after its preceding sibling.
func FuzzParse(f *testing.F) {
	for _, part := range strings.Split(snippets, "\n--- ") {
		_, source, _ := strings.Cut(part, "\n")
		f.Add([]byte(source))
	}
	f.Fuzz(func(t *testing.T, source []byte) {
		file, err := parse(source)
		if err != nil {
			if err.Line < 1 || err.Column < 1 || err.Offset < 0 || err.Reason == "" {
				t.Fatalf("incomplete error: %+v, %q", err.Position, err.Reason)
			}
			return
		}
		last := 0
		for _, s := range file.Body {
			if problem := misplaced(s, token.Span{Start: last, End: len(file.Text)}); problem != "" {
				t.Fatal(problem)
			}
			last = s.Range().End
		}
	})
}

// misplaced returns a description of a node outside the span it may have, "" if there is none.
func misplaced(n ast.Node, in token.Span) string {
	span := n.Range()
	if span.Start < in.Start || span.End > in.End || span.Start > span.End {
		return fmt.Sprintf("%T at %v, not in %v", n, span, in)
	}
	last := span.Start
	for _, child := range ast.Children(n) {
		at := child.Range()
		inside := token.Span{Start: last, End: span.End}
		switch n := n.(type) {
		case *ast.FunctionDef, *ast.ClassDef:
			if at.Start < span.Start { // a decorator
				inside = token.Span{Start: in.Start, End: span.Start}
			}
		case *ast.Param:
			inside.End = in.End // its default
		case *ast.JoinedStr:
			inside.Start = span.Start // the text of {value=} is in the span that follows
		case *ast.Params:
			inside.End = in.End
			_ = n
		}
		if problem := misplaced(child, inside); problem != "" {
			return fmt.Sprintf("%T: %s", n, problem)
		}
		last = max(last, at.End)
	}
	return ""
}

// TestDeep checks that deeply nested input is rejected or parsed quickly.
func TestDeep(t *testing.T) {
	t.Parallel()
	const n = 200_000
	for name, test := range map[string][3]string{
		"brackets":      {"(", "x", ")"},
		"lists":         {"[", "", "]"},
		"calls":         {"f(", "", ")"},
		"subscripts":    {"a[", "0", "]"},
		"minus":         {"-", "x", ""},
		"not":           {"not ", "x", ""},
		"power":         {"x**", "x", ""},
		"lambda":        {"lambda:", "x", ""},
		"if":            {"x if y else ", "z", ""},
		"sum":           {"x+", "x", ""},
		"and":           {"x and ", "x", ""},
		"less":          {"x<", "x", ""},
		"attributes":    {"", "x", ".y"},
		"results":       {"", "x", "()"},
		"targets":       {"x=", "y", ""},
		"strings":       {"'x' ", "'x'", ""},
		"statements":    {"x;", "x", ""},
		"clauses":       {"", "[x", " for x in y"},
		"elif":          {"", "if x: y\n", "elif x: y\n"},
		"decorators":    {"@x\n", "def f(): pass", ""},
		"blocks":        {"", "", ""},
		"f-strings":     {"f'{", "x", "}'"},
		"await":         {"await ", "x", ""},
		"star":          {"*", "x", ""},
		"parameters":    {"", "def f(x", ",\ny"},
		"or patterns":   {"", "match x:\n case 1", "|1"},
		"with":          {"", "with x", ",x"},
		"long names":    {"x", "", ""},
		"unclosed":      {"[{(", "", ""},
		"closed":        {")", "", ""},
		"match":         {"match\n", "", ""},
		"match lines":   {"match x:\n", "", ""},
		"with brackets": {"with (", "x", ")"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			source := strings.Repeat(test[0], n) + test[1] + strings.Repeat(test[2], n)
			start := time.Now()
			file, err := Parse([]byte(source))
			if err == nil {
				ast.WalkBody(file.Body, func(ast.Node) bool { return true })
				file.Scopes()
			}
			if took := time.Since(start); took > 20*time.Second {
				t.Errorf("parsing took %v, want at most 20s", took)
			}
		})
	}
}

// TestDeepChains checks that nested long chains are rejected before they are too deep to walk.
func TestDeepChains(t *testing.T) {
	t.Parallel()
	source := "x"
	for range 150 {
		source = "(" + source + strings.Repeat("+x", 9000) + ")"
	}
	if _, err := Parse([]byte(source)); err == nil || !strings.Contains(err.Error(), "too deeply nested") {
		t.Errorf("Parse error = %v, want one about deep nesting", err)
	}
}
