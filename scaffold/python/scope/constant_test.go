package scope

import (
	"strings"
	"testing"

	"sleet/scaffold/python/ast"
)

func TestStringOf(t *testing.T) {
	t.Parallel()
	const unknown = "\x00"
	for _, test := range []struct{ source, want string }{
		{"X = 'a'", "a"},
		{"X = r'a\\b' \"c\"", "a\\bc"},
		{"X = 'a' + 'b' + 'c'", "abc"},
		{"N = 'n'\nX = 'a' + N", "an"},
		{"N = 'n'\nX = f'a{N}b{N!s}{{c}}'", "anbn{c}"},
		{"N = 'n'\ndef f():\n X = N", "n"},
		{"X = (n := 'a') + n", "aa"},
		{"N: str = 'n'\nX = N", "n"},
		{"N, M = 'n', 'm'\nX = N + M", "nm"},
		{"X = b'a'", unknown},
		{"X = 1", unknown},
		{"N = 1\nX = f'{N}'", unknown},
		{"N = 'n'\nX = f'{N!r}'", unknown},
		{"N = 'n'\nX = f'{N:>3}'", unknown},
		{"N = 'n'\nN = 'm'\nX = N", unknown},
		{"N = 'n'\nN += 'm'\nX = N", unknown},
		{"def f(N='n'):\n X = N", unknown},
		{"for N in 'n': X = N", unknown},
		{"N = 'n'\ndef f():\n global N\n N = 'm'\nX = N", unknown},
		{"X = 'a' % 1", unknown},
		{"X = 'a'.upper()", unknown},
		{"X = X", unknown},
		{"N = M\nM = N\nX = N", unknown},
		{"a00 = ''\n" + doubled(60) + "X = a60", unknown},
	} {
		file := mustParse(t, test.source)
		var x ast.Expr // the value of X
		ast.WalkBody(file.Body, func(n ast.Node) bool {
			if assign, ok := n.(*ast.Assign); ok {
				if name, ok := assign.Targets[0].(*ast.NameExpr); ok && name.ID == "X" {
					x = assign.Value
				}
			}
			return true
		})
		got, ok := file.scopes.StringOf(x)
		if !ok {
			got = unknown
		}
		if got != test.want {
			t.Errorf("StringOf(X) in %q = %q, want %q", test.source, got, test.want)
		}
	}
}

// doubled returns assignments that each double the previous text.
func doubled(n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(strings.NewReplacer("N", itoa(i+1), "M", itoa(i)).Replace("aN = aM + aM\n"))
	}
	return b.String()
}

func itoa(n int) string { return string(rune('0'+n/10)) + string(rune('0'+n%10)) }
