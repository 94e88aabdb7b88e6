package python

// Span is a piece of a file: bytes from Start up to, not with, End, of File.Text.
type Span struct{ Start, End int }

// Range gives the piece itself, so that every node that embeds a Span is a Node.
func (s Span) Range() Span { return s }

// Node is any part of the tree. The tree is that of CPython's ast module
// (https://docs.python.org/3/library/ast.html), with the places kept as spans of bytes.
type Node interface{ Range() Span }

// Stmt is a statement.
type Stmt interface {
	Node
	stmt()
}

// Expr is an expression, a target of an assignment too.
type Expr interface {
	Node
	expr()
}

// Ident is a name where the grammar takes only a name: what is defined, bound by import or except,
// passed as a keyword, or an attribute. Name is NFKC normal, as Python compares names; the span is
// that of the name's own token.
type Ident struct {
	Span
	Name string
}

// Statements.
type (
	// FunctionDef is def or async def. Its span starts at def or async, not at its decorators.
	FunctionDef struct {
		Span
		Async      bool
		Decorators []Expr
		Name       Ident
		TypeParams []*TypeParam
		Params     *Params
		Returns    Expr // nil when absent
		Body       []Stmt
	}
	// ClassDef is class. Its span starts at class, not at its decorators.
	ClassDef struct {
		Span
		Decorators []Expr
		Name       Ident
		TypeParams []*TypeParam
		Bases      []Expr
		Keywords   []*Keyword
		Body       []Stmt
	}
	// Return is return, with or without a value.
	Return struct {
		Span
		Value Expr
	}
	// Delete is del.
	Delete struct {
		Span
		Targets []Expr
	}
	// Assign is a = b = value.
	Assign struct {
		Span
		Targets []Expr
		Value   Expr
	}
	// AugAssign is a += value; Op is the operator without its equals sign.
	AugAssign struct {
		Span
		Target Expr
		Op     string
		Value  Expr
	}
	// AnnAssign is a: T, with or without a value. Simple tells that the target is a bare name.
	AnnAssign struct {
		Span
		Target     Expr
		Annotation Expr
		Value      Expr
		Simple     bool
	}
	// TypeAlias is type X[T] = value.
	TypeAlias struct {
		Span
		Name       *NameExpr
		TypeParams []*TypeParam
		Value      Expr
	}
	// For is for or async for.
	For struct {
		Span
		Async        bool
		Target, Iter Expr
		Body, Else   []Stmt
	}
	// While is while.
	While struct {
		Span
		Test       Expr
		Body, Else []Stmt
	}
	// If is if; an elif is an If alone in Else, whose span starts at elif.
	If struct {
		Span
		Test       Expr
		Body, Else []Stmt
	}
	// With is with or async with.
	With struct {
		Span
		Async bool
		Items []*WithItem
		Body  []Stmt
	}
	// Match is match.
	Match struct {
		Span
		Subject Expr
		Cases   []*MatchCase
	}
	// Raise is raise.
	Raise struct {
		Span
		Exc, Cause Expr
	}
	// Try is try; Star tells except*.
	Try struct {
		Span
		Body     []Stmt
		Handlers []*Handler
		Else     []Stmt
		Finally  []Stmt
		Star     bool
	}
	// Assert is assert.
	Assert struct {
		Span
		Test, Msg Expr
	}
	// Import is import a.b as c, d.
	Import struct {
		Span
		Names []*Alias
	}
	// ImportFrom is from ..module import a as b; Level counts the dots, Module may be empty.
	ImportFrom struct {
		Span
		Level  int
		Module string
		Names  []*Alias // one with the name * for all
	}
	// Global is global.
	Global struct {
		Span
		Names []Ident
	}
	// Nonlocal is nonlocal.
	Nonlocal struct {
		Span
		Names []Ident
	}
	// ExprStmt is an expression that stands alone.
	ExprStmt struct {
		Span
		Value Expr
	}
	// Pass is pass.
	Pass struct{ Span }
	// Break is break.
	Break struct{ Span }
	// Continue is continue.
	Continue struct{ Span }
)

// Parts of statements.
type (
	// Alias is one name of an import: Name may have dots; As is nil when absent.
	Alias struct {
		Span
		Name string
		As   *Ident
	}
	// Handler is except T as name.
	Handler struct {
		Span
		Type Expr // nil for a bare except
		Name *Ident
		Body []Stmt
	}
	// WithItem is expr as target.
	WithItem struct {
		Span
		Context Expr
		Target  Expr
	}
	// MatchCase is case pattern if guard.
	MatchCase struct {
		Span
		Pattern *Pattern
		Guard   Expr
		Body    []Stmt
	}
	// Pattern is a pattern of any sort: Sort is value, singleton, sequence, mapping, class, star, as
	// or or, as the ast module's classes are named. Exprs are the values in it (keys, the class);
	// Name is what it binds, the rest of a mapping too; Attrs are a class pattern's keywords.
	Pattern struct {
		Span
		Sort     string
		Exprs    []Expr
		Patterns []*Pattern
		Name     *Ident
		Attrs    []Ident
	}
	// TypeParam is T, *T or **T; Stars counts the stars.
	TypeParam struct {
		Span
		Stars          int
		Name           Ident
		Bound, Default Expr
	}
	// Params are the parameters of a function or a lambda.
	Params struct {
		Span
		List []*Param
	}
	// Param is one parameter, in the order of the source.
	Param struct {
		Span
		Sort       ParamSort
		Name       Ident
		Annotation Expr
		Default    Expr
	}
	// Keyword is name=value in a call or a class; Name is nil for **value.
	Keyword struct {
		Span
		Name  *Ident
		Value Expr
	}
	// Clause is one for … in … if … of a comprehension.
	Clause struct {
		Span
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

// Context tells whether a name, attribute, subscript, starred, list or tuple is read, bound or deleted.
type Context uint8

// The contexts.
const (
	Load Context = iota
	Store
	Del
)

// Expressions. As in CPython, an expression's span leaves out the parentheses round it, except those
// of a tuple.
type (
	// NameExpr is a name; ID is NFKC normal.
	NameExpr struct {
		Span
		ID  string
		Ctx Context
	}
	// Attribute is value.attr.
	Attribute struct {
		Span
		Value Expr
		Attr  Ident
		Ctx   Context
	}
	// Subscript is value[index].
	Subscript struct {
		Span
		Value, Index Expr
		Ctx          Context
	}
	// Slice is lower:upper:step inside a subscript.
	Slice struct {
		Span
		Lower, Upper, Step Expr
	}
	// Starred is *value.
	Starred struct {
		Span
		Value Expr
		Ctx   Context
	}
	// Call is func(args). Args holds the positional ones, starred ones too; both lists are in the
	// order of the source.
	Call struct {
		Span
		Func     Expr
		Args     []Expr
		Keywords []*Keyword
	}
	// Constant is a literal that is not formatted, or literals joined by standing side by side.
	Constant struct {
		Span
		Sort  ConstantSort
		Value string // of a Str or Bytes its value (Bytes byte by byte), of the rest its text
	}
	// JoinedStr is an f-string or a t-string, or literals side by side of which one is. Values are
	// Constant and Formatted.
	JoinedStr struct {
		Span
		Template bool
		Values   []Expr
	}
	// Formatted is {value!r:spec} in a JoinedStr; Conversion is 0 when absent.
	Formatted struct {
		Span
		Value      Expr
		Conversion byte
		Spec       *JoinedStr
	}
	// BoolOp is a and b and c; Op is and or or.
	BoolOp struct {
		Span
		Op     string
		Values []Expr
	}
	// BinOp is left op right.
	BinOp struct {
		Span
		Left  Expr
		Op    string
		Right Expr
	}
	// UnaryOp is op value; Op is not, -, + or ~.
	UnaryOp struct {
		Span
		Op    string
		Value Expr
	}
	// Compare is left op right op right; an Op may be two words (not in, is not).
	Compare struct {
		Span
		Left   Expr
		Ops    []string
		Rights []Expr
	}
	// NamedExpr is target := value.
	NamedExpr struct {
		Span
		Target *NameExpr
		Value  Expr
	}
	// Lambda is lambda params: body.
	Lambda struct {
		Span
		Params *Params
		Body   Expr
	}
	// IfExp is body if test else else.
	IfExp struct {
		Span
		Test, Body, Else Expr
	}
	// Dict is {key: value}; a nil key stands for **value.
	Dict struct {
		Span
		Keys, Values []Expr
	}
	// Set is {a, b}.
	Set struct {
		Span
		Elts []Expr
	}
	// List is [a, b].
	List struct {
		Span
		Elts []Expr
		Ctx  Context
	}
	// Tuple is a, b.
	Tuple struct {
		Span
		Elts []Expr
		Ctx  Context
	}
	// Comprehension is [elt for …], {elt for …}, {key: elt for …} or (elt for …); Sort is the opening
	// sign, Key is nil but in a dict.
	Comprehension struct {
		Span
		Sort     byte
		Key, Elt Expr
		Clauses  []*Clause
	}
	// Await is await value.
	Await struct {
		Span
		Value Expr
	}
	// Yield is yield value, or yield from value.
	Yield struct {
		Span
		From  bool
		Value Expr
	}
)

// ConstantSort is the sort of a literal.
type ConstantSort uint8

// The sorts of literals.
const (
	Str ConstantSort = iota
	Bytes
	Int
	Float
	Imaginary
	True
	False
	None
	Ellipsis
)
