package python

import "testing"

// TestResolveTree resolves names in a tree built by hand.
func TestResolveTree(t *testing.T) {
	name := func(id string) *NameExpr { return &NameExpr{ID: id} }
	attr := func(of Expr, name string) *Attribute { return &Attribute{Value: of, Attr: Ident{Name: name}} }
	outside := attr(name("st"), "title")
	shadowed := attr(name("st"), "title")
	dotted := attr(attr(attr(name("snowflake"), "snowpark"), "context"), "get_active_session")
	again := name("rerun")
	scopes := analyze([]Stmt{
		&Import{Names: []*Alias{
			{Name: "streamlit", As: &Ident{Name: "st"}},
			{Name: "snowflake.snowpark.context"},
		}},
		&Assign{Targets: []Expr{&NameExpr{ID: "rerun", Ctx: Store}}, Value: attr(name("st"), "experimental_rerun")},
		&FunctionDef{
			Name: Ident{Name: "page"}, Params: &Params{List: []*Param{{Sort: Positional, Name: Ident{Name: "st"}}}},
			Body: []Stmt{&ExprStmt{Value: shadowed}, &ExprStmt{Value: again}},
		},
		&ExprStmt{Value: outside},
		&ExprStmt{Value: dotted},
	})
	for _, test := range []struct {
		name string
		expr Expr
		want string
	}{
		{"alias", outside, "streamlit.title"},
		{"shadowed by a parameter", shadowed, ""},
		{"submodule", dotted, "snowflake.snowpark.context.get_active_session"},
		{"rebinding, read in a function", again, "streamlit.experimental_rerun"},
	} {
		if got := scopes.Resolve(test.expr); got != test.want {
			t.Errorf("%s: %q, want %q", test.name, got, test.want)
		}
	}
}
