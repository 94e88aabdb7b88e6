package ast

// Parts of statements.
type (
	// Alias is one name in an import. Name may be dotted; As is nil if absent.
	Alias struct {
		Base
		Name string
		As   *Ident
	}
	// Handler is except T as name.
	Handler struct {
		Base
		Type Expr // nil for a bare except
		Name *Ident
		Body []Stmt
	}
	// WithItem is expr as target.
	WithItem struct {
		Base
		Context Expr
		Target  Expr
	}
	// MatchCase is case pattern if guard.
	MatchCase struct {
		Base
		Pattern *Pattern
		Guard   Expr
		Body    []Stmt
	}
	// Pattern is a pattern of any kind. Sort is the kind: value, singleton, sequence, mapping,
	// class, star, as or or, like the classes of the ast module. Exprs are the expressions in it
	// (value, keys or class). Name is the name that it binds, including the rest of a mapping.
	// Attrs are the keywords of a class pattern.
	Pattern struct {
		Base
		Sort     string
		Exprs    []Expr
		Patterns []*Pattern
		Name     *Ident
		Attrs    []Ident
	}
	// TypeParam is T, *T or **T; Stars is the number of stars.
	TypeParam struct {
		Base
		Stars          int
		Name           Ident
		Bound, Default Expr
	}
	// Params holds the parameters of a function or a lambda, in source order.
	Params struct {
		Base
		List []*Param
	}
	// Param is one parameter.
	Param struct {
		Base
		Sort       ParamSort
		Name       Ident
		Annotation Expr
		Default    Expr
	}
	// Keyword is name=value in a call or a class; Name is nil for **value.
	Keyword struct {
		Base
		Name  *Ident
		Value Expr
	}
	// Clause is one for … in … if … of a comprehension.
	Clause struct {
		Base
		Async        bool
		Target, Iter Expr
		Ifs          []Expr
	}
)

// The kinds of patterns.
const (
	PatternValue     = "value"
	PatternSingleton = "singleton"
	PatternSequence  = "sequence"
	PatternMapping   = "mapping"
	PatternClass     = "class"
	PatternStar      = "star"
	PatternAs        = "as"
	PatternOr        = "or"
)

// ParamSort is how a parameter can be passed.
type ParamSort uint8

// The kinds of parameters.
const (
	PositionalOnly ParamSort = iota
	Positional               // by position or by name
	VarPositional            // *args
	KeywordOnly
	VarKeyword // **kwargs
)
