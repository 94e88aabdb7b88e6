package scope

import "sleet/scaffold/python/ast"

func (c *collector) function(s *ast.FunctionDef) {
	c.bind(s.Name.Name, Assigned, Binding{Kind: ByDef, Node: s})
	c.defaults(s.Params)
	for _, decorator := range s.Decorators {
		c.expr(decorator)
	}
	c.generic(s.Name.Name, s, s.TypeParams, func() {
		if s.Params != nil {
			for _, param := range s.Params.List {
				c.annotation(param.Annotation)
			}
		}
		c.annotation(s.Returns)
		c.enter(Function, s.Name.Name, s, func() {
			c.params(s.Params)
			c.body(s.Body)
		})
	})
}

func (c *collector) class(s *ast.ClassDef) {
	c.bind(s.Name.Name, Assigned, Binding{Kind: ByClass, Node: s})
	for _, decorator := range s.Decorators {
		c.expr(decorator)
	}
	c.generic(s.Name.Name, s, s.TypeParams, func() {
		for _, base := range s.Bases {
			c.expr(base)
		}
		for _, keyword := range s.Keywords {
			c.expr(keyword.Value)
		}
		c.enter(Class, s.Name.Name, s, func() {
			c.scope.private, c.scope.mangled = s.Name.Name, nil
			if len(s.TypeParams) > 0 {
				c.note("__type_params__", Assigned)
			}
			c.body(s.Body)
		})
	})
}

func (c *collector) typeAlias(s *ast.TypeAlias) {
	c.recordUse(s.Name)
	c.bind(s.Name.ID, Assigned, Binding{Kind: ByTypeAlias, Node: s.Name})
	inClass := c.scope.Kind == Class
	c.generic(s.Name.ID, s, s.TypeParams, func() {
		c.annotationScope(TypeAlias, s.Name.ID, s, inClass, s.Value)
	})
}

// generic calls fill in the scope of type parameters, or directly if there are none.
func (c *collector) generic(name string, n ast.Node, params []*ast.TypeParam, fill func()) {
	if len(params) == 0 {
		fill()
		return
	}
	inClass := c.scope.Kind == Class
	c.enter(TypeParams, name, n, func() {
		c.seeClass(inClass)
		if class, ok := n.(*ast.ClassDef); ok {
			c.scope.mangleOnly(class)
		}
		for _, param := range params {
			c.bind(param.Name.Name, Assigned|TypeParameter, Binding{Kind: ByTypeParam, Node: param})
			for _, e := range []ast.Expr{param.Bound, param.Default} {
				if e != nil {
					c.annotationScope(TypeVariable, param.Name.Name, param, inClass, e)
				}
			}
		}
		fill()
	})
}

// annotationScope opens a scope for one lazily evaluated expression.
func (c *collector) annotationScope(kind Kind, name string, n ast.Node, inClass bool, e ast.Expr) {
	c.enter(kind, name, n, func() {
		c.seeClass(inClass)
		c.expr(e)
	})
}

// seeClass lets an annotation scope see the names of the class that directly contains it.
func (c *collector) seeClass(inClass bool) {
	if inClass {
		c.scope.seesClass = true
		c.note("__classdict__", Referenced)
	}
}

// defaults records the defaults of parameters, which are evaluated outside the function.
func (c *collector) defaults(params *ast.Params) {
	if params == nil {
		return
	}
	for _, param := range params.List {
		c.expr(param.Default)
	}
}

func (c *collector) params(params *ast.Params) {
	if params == nil {
		return
	}
	for _, param := range params.List {
		c.bind(param.Name.Name, Parameter, Binding{Kind: ByParam, Node: param})
	}
}

// annotation records the names of an annotation. If Python keeps annotations as text, their names
// belong to no scope, but can still be resolved where they are.
func (c *collector) annotation(e ast.Expr) {
	silent := c.silent
	c.silent = c.silent || c.future
	c.expr(e)
	c.silent = silent
}
