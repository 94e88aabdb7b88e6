package python

import (
	"bytes"

	"sleet/scaffold/python/ast"
)

// maxBlocks is the maximum depth of nested loops, with and try statements in a function, as
// CPython's CO_MAXBLOCKS.
const maxBlocks = 21

// frame is the state of the function, class or module being checked.
type frame struct {
	function, async bool
	generator       bool // contains a yield
	loop            bool // inside a loop
	star            bool // inside an except* and not in a loop within it
	blocks          int  // enclosing loops, with and try statements
	comprehension   bool // inside a comprehension, which may await
}

// flowChecker checks where statements and expressions are allowed.
type flowChecker struct {
	*refuser
	frame
}

// flow checks what CPython's compiler rejects.
func (r *refuser) flow() {
	c := &flowChecker{refuser: r}
	c.body(r.file.Body)
}

// within calls look with a new frame.
func (c *flowChecker) within(f frame, look func()) {
	saved := c.frame
	c.frame = f
	look()
	c.frame = saved
}

// block calls look with more enclosing blocks.
func (c *flowChecker) block(n ast.Node, more int, look func()) {
	saved := c.frame
	c.blocks += more
	if c.blocks > maxBlocks {
		c.fail(n, "too many statically nested blocks")
	}
	look()
	c.frame = saved
}

func (c *flowChecker) body(list []ast.Stmt) {
	for _, s := range list {
		c.stmt(s)
	}
}

// stmt checks a statement.
func (c *flowChecker) stmt(s ast.Stmt) {
	switch s := s.(type) {
	case *ast.FunctionDef:
		c.debug(s, s.Name.Name)
		c.exprs(s.Decorators)
		c.typeParams(s.TypeParams)
		c.params(s.Params)
		c.expr(s.Returns)
		c.within(frame{function: true, async: s.Async, generator: c.yields(s)}, func() { c.body(s.Body) })
	case *ast.ClassDef:
		c.debug(s, s.Name.Name)
		c.exprs(s.Decorators)
		c.typeParams(s.TypeParams)
		c.arguments(s.Bases, s.Keywords)
		c.within(frame{}, func() { c.body(s.Body) })
	case *ast.For:
		c.loop(s)
	case *ast.While:
		c.expr(s.Test)
		c.block(s, 1, func() {
			c.frame.loop, c.star = true, false
			c.body(s.Body)
		})
		c.body(s.Else)
	case *ast.If:
		c.expr(s.Test)
		c.body(s.Body)
		c.body(s.Else)
	case *ast.With:
		c.with(s)
	case *ast.Match:
		c.match(s)
	case *ast.Try:
		c.try(s)
	default:
		c.simple(s)
	}
}

// loop checks a for statement.
func (c *flowChecker) loop(s *ast.For) {
	if s.Async && !(c.function && c.async) {
		c.fail(s, "'async for' outside async function")
	}
	c.expr(s.Iter)
	c.block(s, 1, func() {
		c.frame.loop, c.star = true, false
		c.target(s.Target)
		c.body(s.Body)
	})
	c.body(s.Else)
}

// with checks a with statement.
func (c *flowChecker) with(s *ast.With) {
	if s.Async && !(c.function && c.async) {
		c.fail(s, "'async with' outside async function")
	}
	saved := c.frame
	for _, item := range s.Items {
		c.expr(item.Context)
		if c.blocks++; c.blocks > maxBlocks {
			c.fail(s, "too many statically nested blocks")
		}
		c.target(item.Target)
	}
	c.body(s.Body)
	c.frame = saved
}

// try checks a try statement.
func (c *flowChecker) try(s *ast.Try) {
	if s.Finally != nil {
		c.block(s, 1, func() { c.tryExcept(s) })
		c.block(s, 1, func() { c.body(s.Finally) })
		return
	}
	c.tryExcept(s)
}

// tryExcept checks a try statement without its finally block.
func (c *flowChecker) tryExcept(s *ast.Try) {
	if len(s.Handlers) == 0 {
		c.body(s.Body)
		return
	}
	c.block(s, 1, func() { c.body(s.Body) })
	for i, h := range s.Handlers {
		if h.Type == nil && i < len(s.Handlers)-1 {
			c.fail(h, "default 'except:' must be last")
		}
		c.expr(h.Type)
		if h.Name != nil {
			c.debug(h, h.Name.Name)
		}
		c.block(h, 2, func() {
			if s.Star {
				c.star, c.frame.loop = true, false
			}
			c.body(h.Body)
		})
	}
	c.body(s.Else)
}

// simple checks a simple statement.
func (c *flowChecker) simple(s ast.Stmt) {
	switch s := s.(type) {
	case *ast.Return:
		c.returns(s)
	case *ast.Break:
		c.jump(s, "'break' outside loop")
	case *ast.Continue:
		c.jump(s, "'continue' not properly in loop")
	case *ast.Import:
		c.imported(s.Names)
	case *ast.ImportFrom:
		c.lateFuture(s)
		c.imported(s.Names)
	case *ast.Assign:
		c.expr(s.Value)
		for _, target := range s.Targets {
			c.target(target)
		}
	case *ast.AugAssign:
		c.target(s.Target)
		c.expr(s.Value)
	case *ast.AnnAssign:
		c.expr(s.Value)
		c.target(s.Target)
		c.expr(s.Annotation)
	case *ast.TypeAlias:
		c.typeParams(s.TypeParams)
		c.within(frame{function: true}, func() { c.expr(s.Value) })
	case *ast.Delete:
		for _, target := range s.Targets {
			c.target(target)
		}
	default:
		c.exprsBelow(s)
	}
}

// exprsBelow checks the expressions directly below a node.
func (c *flowChecker) exprsBelow(n ast.Node) {
	c.walker.EachChild(n, func(child ast.Node) {
		if e, ok := child.(ast.Expr); ok {
			c.expr(e)
		}
	})
}

// returns checks a return statement.
func (c *flowChecker) returns(s *ast.Return) {
	switch {
	case !c.function:
		c.fail(s, "'return' outside function")
	case s.Value != nil && c.async && c.generator:
		c.fail(s, "'return' with value in async generator")
	}
	c.expr(s.Value)
	if c.star {
		c.fail(s, starJump)
	}
}

// starJump is Python's message for a jump out of an except* block.
const starJump = "'break', 'continue' and 'return' cannot appear in an 'except*' block"

// jump checks a break or continue statement.
func (c *flowChecker) jump(s ast.Stmt, outside string) {
	switch {
	case c.star:
		c.fail(s, starJump)
	case !c.frame.loop:
		c.fail(s, outside)
	}
}

// yields reports whether a function contains a yield, ignoring nested functions.
func (c *flowChecker) yields(def *ast.FunctionDef) bool {
	if !bytes.Contains(c.file.Text[def.Start:def.End], []byte("yield")) {
		return false
	}
	found := false
	ast.WalkBody(def.Body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FunctionDef, *ast.Lambda, *ast.ClassDef:
			return false
		case *ast.Yield:
			found = found || n != nil
		}
		return !found
	})
	return found
}
