package ast

// Parts of statements.
type (
	// Alias is one name of an import: Name may have dots; As is nil when absent.
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
	// Pattern is a pattern of any sort: Sort is value, singleton, sequence, mapping, class, star, as
	// or or, as the ast module's classes are named. Exprs are the values in it (keys, the class);
	// Name is what it binds, the rest of a mapping too; Attrs are a class pattern's keywords.
	Pattern struct {
		Base
		Sort     string
		Exprs    []Expr
		Patterns []*Pattern
		Name     *Ident
		Attrs    []Ident
	}
	// TypeParam is T, *T or **T; Stars counts the stars.
	TypeParam struct {
		Base
		Stars          int
		Name           Ident
		Bound, Default Expr
	}
	// Params are the parameters of a function or a lambda.
	Params struct {
		Base
		List []*Param
	}
	// Param is one parameter, in the order of the source.
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

// The sorts of patterns.
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

// ParamSort tells how a parameter may be passed.
type ParamSort uint8

// The sorts of parameters.
const (
	PositionalOnly ParamSort = iota
	Positional               // by place or by name
	VarPositional            // *args
	KeywordOnly
	VarKeyword // **kwargs
)
