package python

import (
	"strings"

	"sleet/scaffold/python/ast"
	"sleet/scaffold/python/scope"
)

func (c *nameChecker) body(list []ast.Stmt) {
	for _, s := range list {
		c.stmt(s)
	}
}

// stmt checks a statement.
func (c *nameChecker) stmt(s ast.Stmt) {
	switch s := s.(type) {
	case *ast.FunctionDef:
		c.function(s)
	case *ast.ClassDef:
		c.class(s)
	case *ast.TypeAlias:
		c.bind(s.Name)
		c.generic(s.TypeParams, func() {
			c.enter(spaceBound, func() { c.expr(s.Value) })
		})
	case *ast.AnnAssign:
		c.annotated(s)
	case *ast.Assign:
		for _, target := range s.Targets {
			c.expr(target)
		}
		c.expr(s.Value)
	case *ast.Global:
		c.declare(s, s.Names, usedGlobal)
	case *ast.Nonlocal:
		c.declare(s, s.Names, usedNonlocal)
	case *ast.Import:
		for _, a := range s.Names {
			name, _, _ := strings.Cut(a.Name, ".")
			c.imported(a, name)
		}
	case *ast.ImportFrom:
		for _, a := range s.Names {
			if a.Name == "*" {
				if c.kind != spaceModule {
					c.fail(s, "import * only allowed at module level")
				}
				continue
			}
			c.imported(a, a.Name)
		}
	default:
		c.walker.EachChild(s, c.part)
	}
}

// part checks a direct child of a node.
func (c *nameChecker) part(n ast.Node) {
	switch n := n.(type) {
	case ast.Stmt:
		c.stmt(n)
	case ast.Expr:
		c.expr(n)
	case *ast.Handler:
		c.expr(n.Type)
		if n.Name != nil {
			c.add(n, n.Name.Name, usedLocal)
		}
		c.body(n.Body)
	case *ast.Pattern:
		c.walker.EachChild(n, c.part)
		if n.Name != nil {
			c.add(n, n.Name.Name, usedLocal)
		}
	default:
		c.walker.EachChild(n, c.part)
	}
}

// imported records the name that an import binds.
func (c *nameChecker) imported(a *ast.Alias, name string) {
	if a.As != nil {
		name = a.As.Name
	}
	c.add(a, name, usedImport)
}

// bind records a bound name.
func (c *nameChecker) bind(n *ast.NameExpr) { c.add(n, n.ID, usedLocal) }

// function checks a function definition.
func (c *nameChecker) function(s *ast.FunctionDef) {
	c.add(s, s.Name.Name, usedLocal)
	c.defaults(s.Params)
	c.list(s.Decorators)
	c.generic(s.TypeParams, func() {
		for _, p := range s.Params.List {
			c.annotation(p.Annotation)
		}
		c.annotation(s.Returns)
		c.enter(spaceFunction, func() {
			c.params(s.Params)
			c.body(s.Body)
		})
	})
}

// class checks a class definition.
func (c *nameChecker) class(s *ast.ClassDef) {
	c.add(s, s.Name.Name, usedLocal)
	c.list(s.Decorators)
	c.generic(s.TypeParams, func() {
		call := &ast.Call{Func: &ast.NameExpr{}, Args: s.Bases, Keywords: s.Keywords}
		for _, n := range ast.Children(call)[1:] {
			c.part(n)
		}
		c.enter(spaceClass, func() {
			c.private = s.Name.Name
			c.body(s.Body)
		})
	})
}

// generic checks type parameters and calls look in their scope. Without type parameters it just
// calls look.
func (c *nameChecker) generic(list []*ast.TypeParam, look func()) {
	if list == nil {
		look()
		return
	}
	c.enter(spaceTypes, func() {
		for _, t := range list {
			c.add(t, t.Name.Name, usedTypeParam)
			for _, e := range []ast.Expr{t.Bound, t.Default} {
				if e != nil {
					c.enter(spaceBound, func() { c.expr(e) })
				}
			}
		}
		look()
	})
}

// defaults checks the defaults of parameters, which are evaluated outside the function.
func (c *nameChecker) defaults(p *ast.Params) {
	for _, one := range p.List {
		c.expr(one.Default)
	}
}

// params records parameters.
func (c *nameChecker) params(p *ast.Params) {
	for _, sort := range []ast.ParamSort{ast.PositionalOnly, ast.Positional, ast.KeywordOnly, ast.VarPositional, ast.VarKeyword} {
		for _, one := range p.List {
			if one.Sort == sort {
				c.add(one, one.Name.Name, usedParam)
			}
		}
	}
}

// annotation checks an annotation, in its own scope if it is not evaluated.
func (c *nameChecker) annotation(e ast.Expr) {
	switch {
	case e == nil:
	case c.future.annotations:
		c.enter(spaceAnnotation, func() { c.expr(e) })
	default:
		c.expr(e)
	}
}

// annotated checks an annotated assignment.
func (c *nameChecker) annotated(s *ast.AnnAssign) {
	if name, ok := s.Target.(*ast.NameExpr); ok {
		before := c.uses[scope.Mangle(c.private, name.ID)]
		if before&(usedGlobal|usedNonlocal) != 0 && c.kind != spaceModule && s.Simple {
			c.fail(s, "annotated name '"+name.ID+"' can't be global or nonlocal")
		}
		switch {
		case s.Simple:
			c.add(s, name.ID, usedAnnotated|usedLocal)
		case s.Value != nil:
			c.add(s, name.ID, usedLocal)
		}
	} else {
		c.expr(s.Target)
	}
	c.annotation(s.Annotation)
	c.expr(s.Value)
}
