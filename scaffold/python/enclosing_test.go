package python

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sleet/scaffold/python/ast"
)

// parsed parses a valid module.
func parsed(t testing.TB, source string) *File {
	t.Helper()
	file, err := Parse([]byte(source))
	if err != nil {
		t.Fatalf("%v in\n%s", err, source)
	}
	return file
}

// nameIn returns the first name X in a module.
func nameIn(t testing.TB, file *File) *ast.NameExpr {
	t.Helper()
	var found *ast.NameExpr
	ast.WalkBody(file.Body, func(n ast.Node) bool {
		if name, ok := n.(*ast.NameExpr); ok && name.ID == "X" && found == nil {
			found = name
		}
		return true
	})
	if found == nil {
		t.Fatalf("no X in\n%s", file.Text)
	}
	return found
}

// place returns what surrounds X in a module: function, class, try statements and loops.
func place(t *testing.T, source string) string {
	t.Helper()
	file := parsed(t, source)
	x := nameIn(t, file)
	var words []string
	switch function := file.EnclosingFunction(x).(type) {
	case *ast.FunctionDef:
		words = append(words, "def "+function.Name.Name)
	case *ast.Lambda:
		words = append(words, "lambda")
	}
	if file.RunsAtImport(x) != (len(words) == 0) {
		t.Error("RunsAtImport and EnclosingFunction disagree")
	}
	if class := file.EnclosingClass(x); class != nil {
		words = append(words, "class "+class.Name.Name)
	}
	for _, try := range file.EnclosingTries(x) {
		part := [...]string{"body", "handler", "else", "finally"}[try.Part]
		if try.Handler != nil {
			part += fmt.Sprint(slices.Index(try.Try.Handlers, try.Handler))
		}
		words = append(words, part)
	}
	for _, loop := range file.Loops(x) {
		words = append(words, strings.TrimPrefix(fmt.Sprintf("%T", loop), "*ast."))
	}
	return strings.Join(words, " ")
}

func TestEnclosing(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ source, want string }{
		{"X", ""},
		{"def f():\n X", "def f"},
		{"def f(a=X): pass", ""},
		{"def f(a: X): pass", ""},
		{"@X\ndef f(): pass", ""},
		{"@X\nclass C: pass", ""},
		{"class C(X): pass", ""},
		{"class C:\n X", "class C"},
		{"class C:\n def m(self):\n  X", "def m class C"},
		{"class C:\n class D:\n  def m(self, a=X): pass", "class D"},
		{"lambda: X", "lambda"},
		{"lambda a=X: 1", ""},
		{"try: X\nexcept E: pass", "body"},
		{"try: pass\nexcept X: pass", "handler0"},
		{"try: pass\nexcept E: pass\nexcept F: X", "handler1"},
		{"try: pass\nexcept E: pass\nelse: X", "else"},
		{"try: pass\nexcept E: pass\nelse: pass\nfinally: X", "finally"},
		{"try: pass\nfinally:\n try: X\n finally: pass", "body finally"},
		{"try:\n def f(): X\nfinally: pass", "def f"},
		{"try:\n def f(a=X): pass\nfinally: pass", "body"},
		{"for i in X: pass", ""},
		{"for X in y: pass", "For"},
		{"for i in y: X", "For"},
		{"for i in y: pass\nelse: X", ""},
		{"while X: pass", "While"},
		{"while y: X\nelse: pass", "While"},
		{"while y: pass\nelse: X", ""},
		{"[i for i in X]", ""},
		{"[X for i in y]", "Comprehension"},
		{"[i for i in y if X]", "Comprehension"},
		{"[i for i in y for j in X]", "Comprehension"},
		{"for i in y:\n [j for j in X]", "For"},
		{"for i in y:\n [(k for k in X) for j in z]", "Comprehension For"},
		{"for i in y:\n def f(): X", "def f"},
	} {
		if got := place(t, test.source); got != test.want {
			t.Errorf("place(%q) = %q, want %q", test.source, got, test.want)
		}
	}
}

func TestStatement(t *testing.T) {
	t.Parallel()
	file := parsed(t, "if a:\n  f(lambda: [X])\n")
	x := nameIn(t, file)
	if got := file.Source(file.Statement(x).Range()); got != "f(lambda: [X])" {
		t.Errorf("Statement = %q", got)
	}
	var kinds []string
	for ancestor := range file.Ancestors(x) {
		kinds = append(kinds, strings.TrimPrefix(fmt.Sprintf("%T", ancestor), "*ast."))
	}
	if diff := cmp.Diff([]string{"List", "Lambda", "Call", "ExprStmt", "If"}, kinds); diff != "" {
		t.Errorf("Ancestors mismatch (-want +got):\n%s", diff)
	}
}
