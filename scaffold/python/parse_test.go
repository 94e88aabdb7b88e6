package python

import (
	"testing"

	"sleet/scaffold/python/token"
)

// TestParse checks that the parser accepts and rejects the same sources as Python. TestTrees
// compares the trees.
func TestParse(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		source string
		line   int // of the error; 0 if the file is accepted
	}{
		{"", 0},
		{"match x:\n    case [1, *_] | {'a': _} | C(_, e=1) as g if g: pass", 0},
		{"match = case = type = _ = 1\nmatch[x]: int = 1\nmatch(x)\nprint(match, case)", 0},
		{"type X[T: int = str, *Ts = *A, **P = []] = list[T]\ntype = X", 0},
		{"with (open(a) as b, c,): pass\nwith (a): pass\nwith (a := b): pass\nwith (a, b) as c: pass", 0},
		{"f'{x!r:{y}>{z}} {w=}' 'plain' rf'\\d{1}'\nt'{a}'", 0},
		{"try: pass\nexcept A, B: pass", 0},
		{"try: pass\nexcept* A: pass", 0},
		{"a[*b, 1:2, ::3]\n*a, (b, [c]) = d = e", 0},
		{"if x:\npass", 2},
		{"\nf() = 1", 2},
		{"x = 1\n  y = 2", 2},
		{"f(a=1, b)", 1},
		{"(a for b in c) = 1", 1},
		{"with (a as b, c d): pass", 1},
		{"\n\nprint 'x'", 3},
		{"f(\n\n", 1},
	} {
		_, err := Parse([]byte(test.source))
		line := 0
		if e, ok := err.(*token.Error); ok { //nolint:errorlint // it is documented to be one, unwrapped
			line = e.Line
		}
		if line != test.line {
			t.Errorf("Parse(%q): error on line %d (%v), want line %d", test.source, line, err, test.line)
		}
	}
}
