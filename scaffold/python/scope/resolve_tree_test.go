package scope

import (
	"testing"

	"sleet/scaffold/python/ast"
)

// TestResolveTree resolves names in a tree that is built by hand.
func TestResolveTree(t *testing.T) {
	name := func(id string) *ast.NameExpr { return &ast.NameExpr{ID: id} }
	attr := func(of ast.Expr, name string) *ast.Attribute {
		return &ast.Attribute{Value: of, Attr: ast.Ident{Name: name}}
	}
	outside := attr(name("st"), "title")
	shadowed := attr(name("st"), "title")
	dotted := attr(attr(attr(name("snowflake"), "snowpark"), "context"), "get_active_session")
	again := name("rerun")
	body := []ast.Stmt{
		&ast.Import{Names: []*ast.Alias{
			{Name: "streamlit", As: &ast.Ident{Name: "st"}},
			{Name: "snowflake.snowpark.context"},
		}},
		&ast.Assign{Targets: []ast.Expr{&ast.NameExpr{ID: "rerun", Ctx: ast.Store}}, Value: attr(name("st"), "experimental_rerun")},
		&ast.FunctionDef{
			Name: ast.Ident{Name: "page"}, Params: &ast.Params{List: []*ast.Param{{Sort: ast.Positional, Name: ast.Ident{Name: "st"}}}},
			Body: []ast.Stmt{&ast.ExprStmt{Value: shadowed}, &ast.ExprStmt{Value: again}},
		},
		&ast.ExprStmt{Value: outside},
		&ast.ExprStmt{Value: dotted},
	}
	scopes := Analyze(body, ast.NewIndex(body, 0))
	for _, test := range []struct {
		name string
		expr ast.Expr
		want string
	}{
		{"alias", outside, "streamlit.title"},
		{"shadowed by a parameter", shadowed, ""},
		{"submodule", dotted, "snowflake.snowpark.context.get_active_session"},
		{"rebinding, read in a function", again, "streamlit.experimental_rerun"},
	} {
		if got := scopes.Resolve(test.expr); got != test.want {
			t.Errorf("Resolve(%s) = %q, want %q", test.name, got, test.want)
		}
	}
}
