package python

import (
	"os"
	"testing"
)

// FuzzScopes asks everything of whatever Python accepts.
func FuzzScopes(f *testing.F) {
	cases, err := os.ReadFile("testdata/resolve_cases.py")
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
		WalkBody(file.Body, func(n Node) bool {
			file.EnclosingFunction(n)
			file.EnclosingTries(n)
			file.Loops(n)
			if file.Statement(n) == nil {
				t.Errorf("%T stands in no statement", n)
			}
			if e, ok := n.(Expr); ok {
				scopes.ResolveAll(e)
				scopes.StringOf(e)
				if name := scopes.Resolve(e); len(name) > longest+len(source) {
					t.Errorf("a name of %d bytes", len(name))
				}
			}
			if name, ok := n.(*NameExpr); ok && scopes.Around(name) == nil {
				t.Errorf("%s stands in no scope", name.ID)
			}
			return true
		})
	})
}
