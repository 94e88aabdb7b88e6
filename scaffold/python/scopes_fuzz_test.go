package python

import (
	"os"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"

	"sleet/scaffold/python/ast"
)

// FuzzScopes calls every method on any source that Python accepts.
func FuzzScopes(f *testing.F) {
	cases, err := os.ReadFile("scope/testdata/resolve_cases.py")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(cases)
	f.Add([]byte("class C[T: int = X](B, m=T):\n def __f[*__Ts](self, a: __Ts = (lambda: __x)): super().f; nonlocal_ = [y := 1 for z in a]\ntype A[T] = T\n"))
	f.Fuzz(func(t *testing.T, source []byte) {
		file, err := Parse(source)
		if err != nil {
			return
		}
		scopes := file.Scopes()
		ast.WalkBody(file.Body, func(n ast.Node) bool {
			file.EnclosingFunction(n)
			file.EnclosingTries(n)
			file.Loops(n)
			if file.Statement(n) == nil {
				t.Errorf("Statement(%T) = nil", n)
			}
			if e, ok := n.(ast.Expr); ok {
				scopes.ResolveAll(e)
				scopes.StringOf(e)
				if name := scopes.Resolve(e); len(name) > 1000+len(source) {
					t.Errorf("Resolve returned a name of %d bytes", len(name))
				}
			}
			if name, ok := n.(*ast.NameExpr); ok && scopes.ScopeOf(name) == nil {
				t.Errorf("Around(%s) = nil", name.ID)
			}
			return true
		})
	})
}

// BenchmarkScopes analyzes CPython's standard library: tokens, trees, scopes and name resolution.
func BenchmarkScopes(b *testing.B) {
	sources := libSources(b)
	size := 0
	for _, source := range sources {
		size += len(source)
	}
	b.SetBytes(int64(size))
	b.ReportAllocs()
	for b.Loop() {
		for _, source := range sources {
			if file, err := Parse(source); err == nil {
				runtime.KeepAlive(file.Scopes())
			}
		}
	}
}

// TestScopesAreFast analyzes inputs that are built to be slow: names bound to each other, deep
// nesting, many uses of many bindings.
func TestScopesAreFast(t *testing.T) {
	t.Parallel()
	repeat := strings.Repeat
	numbered := func(n int, line string) string {
		var out strings.Builder
		for i := range n {
			out.WriteString(strings.NewReplacer("N", strconv.Itoa(i+1), "M", strconv.Itoa(i)).Replace(line))
		}
		return out.String()
	}
	const n = 20_000
	for name, source := range map[string]string{
		"one name, bound and used":    repeat("x = x\nx\n", n),
		"one name, bound to others":   numbered(n, "x = aN\naN = x\n"),
		"a chain":                     numbered(n, "aN = aM.b\n"),
		"a chain backwards":           numbered(n, "aM = aN\n"),
		"all bound to all":            repeat(numbered(100, "aN = aM\naM = aN\n"), 100),
		"a class":                     "class C:\n" + repeat(" x = x\n x\n", n),
		"a chain of attributes":       "import a\na" + repeat(".__b", 3000) + "\n",
		"functions in a function":     "def f():\n x = 1\n" + repeat(" def g():\n  x\n", n),
		"lambdas":                     "def f(x):\n " + repeat("lambda: ", 1000) + "x\n",
		"comprehensions":              "x = " + repeat("[", 90) + "x" + repeat(" for x in x]", 90) + "\n",
		"imports in nested try":       nestedTries(9),
		"names of one try":            "try:\n" + repeat(" import a\n", n) + "except E:\n" + repeat(" import a\n", n),
		"twice as long a text a time": "a0 = 'x'\n" + numbered(n, "aN = aM + aM\n"),
	} {
		file := parsed(t, source)
		start := time.Now()
		scopes := file.Scopes()
		ast.WalkBody(file.Body, func(n ast.Node) bool {
			if e, ok := n.(ast.Expr); ok {
				scopes.Resolve(e)
			}
			return true
		})
		took := time.Since(start)
		t.Logf("%s: %v", name, took)
		if took > 3*time.Second {
			t.Errorf("%s: %d bytes took %v, want at most 3s", name, len(source), took)
		}
	}
}

// nestedTries returns nested try statements, each with an import.
func nestedTries(deep int) string {
	var out strings.Builder
	for i := range deep {
		indent := strings.Repeat(" ", i)
		out.WriteString(indent + "import a\n" + indent + "try:\n" + indent + " pass\n" + indent + "except E:\n")
	}
	return out.String() + strings.Repeat(" ", deep) + "import a\n"
}
