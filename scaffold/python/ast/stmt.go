// Package ast defines the tree of a Python file, with the nodes of CPython's ast module, and
// functions to walk it. It does not parse.
package ast

import "sleet/scaffold/python/token"

// Node is any part of the tree. The tree is that of CPython's ast module
// (https://docs.python.org/3/library/ast.html), with positions as byte spans.
type Node interface {
	Ranged
	// Number returns the number of the node in the index of its file.
	Number() int

	setNumber(number int)
}

// Ranged is implemented by everything with a position in the text: a node, an Ident, a span.
type Ranged interface{ Range() token.Span }

// Stmt is a statement.
type Stmt interface {
	Node
	stmt()
}

// Expr is an expression or a target of an assignment.
type Expr interface {
	Node
	expr()
}

// Ident is a name where the grammar allows only a name: a definition, a binding of import or
// except, a keyword argument or an attribute. Name is in NFKC, as Python compares names. The span
// is that of the name's own token.
type Ident struct {
	token.Span
	Name string
}

// Statements.
type (
	// FunctionDef is def or async def. Its span starts at def or async, not at its decorators.
	FunctionDef struct {
		Base
		Async      bool
		Decorators []Expr
		Name       Ident
		TypeParams []*TypeParam
		Params     *Params
		Returns    Expr // nil if absent
		Body       []Stmt
	}
	// ClassDef is class. Its span starts at class, not at its decorators.
	ClassDef struct {
		Base
		Decorators []Expr
		Name       Ident
		TypeParams []*TypeParam
		Bases      []Expr
		Keywords   []*Keyword
		Body       []Stmt
	}
	// Return is return, with or without a value.
	Return struct {
		Base
		Value Expr
	}
	// Delete is del.
	Delete struct {
		Base
		Targets []Expr
	}
	// Assign is a = b = value.
	Assign struct {
		Base
		Targets []Expr
		Value   Expr
	}
	// AugAssign is a += value; Op is the operator without its equals sign.
	AugAssign struct {
		Base
		Target Expr
		Op     string
		Value  Expr
	}
	// AnnAssign is a: T, with or without a value. Simple reports whether the target is a bare name.
	AnnAssign struct {
		Base
		Target     Expr
		Annotation Expr
		Value      Expr
		Simple     bool
	}
	// TypeAlias is type X[T] = value.
	TypeAlias struct {
		Base
		Name       *NameExpr
		TypeParams []*TypeParam
		Value      Expr
	}
	// For is for or async for.
	For struct {
		Base
		Async        bool
		Target, Iter Expr
		Body, Else   []Stmt
	}
	// While is while.
	While struct {
		Base
		Test       Expr
		Body, Else []Stmt
	}
	// If is if; an elif is a single If in Else, whose span starts at elif.
	If struct {
		Base
		Test       Expr
		Body, Else []Stmt
	}
	// With is with or async with.
	With struct {
		Base
		Async bool
		Items []*WithItem
		Body  []Stmt
	}
	// Match is match.
	Match struct {
		Base
		Subject Expr
		Cases   []*MatchCase
	}
	// Raise is raise.
	Raise struct {
		Base
		Exc, Cause Expr
	}
	// Try is try; Star reports whether it has except*.
	Try struct {
		Base
		Body     []Stmt
		Handlers []*Handler
		Else     []Stmt
		Finally  []Stmt
		Star     bool
	}
	// Assert is assert.
	Assert struct {
		Base
		Test, Msg Expr
	}
	// Import is import a.b as c, d.
	Import struct {
		Base
		Names []*Alias
	}
	// ImportFrom is from ..module import a as b. Level is the number of dots; Module may be empty.
	ImportFrom struct {
		Base
		Level  int
		Module string
		Names  []*Alias // a single name "*" for all
	}
	// Global is global.
	Global struct {
		Base
		Names []Ident
	}
	// Nonlocal is nonlocal.
	Nonlocal struct {
		Base
		Names []Ident
	}
	// ExprStmt is an expression used as a statement.
	ExprStmt struct {
		Base
		Value Expr
	}
	// Pass is pass.
	Pass struct{ Base }
	// Break is break.
	Break struct{ Base }
	// Continue is continue.
	Continue struct{ Base }
)
