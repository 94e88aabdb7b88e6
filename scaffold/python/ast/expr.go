package ast

// Context is how a name, attribute, subscript, starred expression, list or tuple is used: read, bound or deleted.
type Context uint8

// The contexts.
const (
	Load Context = iota
	Store
	Del
)

// Expressions. As in CPython, the span of an expression excludes the parentheses around it, except
// those of a tuple.
type (
	// NameExpr is a name; ID is in NFKC.
	NameExpr struct {
		Base
		ID  string
		Ctx Context
	}
	// Attribute is value.attr.
	Attribute struct {
		Base
		Value Expr
		Attr  Ident
		Ctx   Context
	}
	// Subscript is value[index].
	Subscript struct {
		Base
		Value, Index Expr
		Ctx          Context
	}
	// Slice is lower:upper:step inside a subscript.
	Slice struct {
		Base
		Lower, Upper, Step Expr
	}
	// Starred is *value.
	Starred struct {
		Base
		Value Expr
		Ctx   Context
	}
	// Call is func(args). Args holds the positional arguments, including starred ones. Both lists
	// are in source order.
	Call struct {
		Base
		Func     Expr
		Args     []Expr
		Keywords []*Keyword
	}
	// Constant is an unformatted literal, or several adjacent ones.
	Constant struct {
		Base
		Sort  ConstantSort
		Value string // the value of a Str or Bytes (byte by byte for Bytes), otherwise the text
	}
	// JoinedStr is an f-string or a t-string, or adjacent literals that include one. Values are
	// *Constant and *Formatted.
	JoinedStr struct {
		Base
		Template bool
		Values   []Expr
	}
	// Formatted is {value!r:spec} in a JoinedStr; Conversion is 0 if absent.
	Formatted struct {
		Base
		Value      Expr
		Conversion byte
		Spec       *JoinedStr
	}
	// BoolOp is a and b and c; Op is and or or.
	BoolOp struct {
		Base
		Op     string
		Values []Expr
	}
	// BinOp is left op right.
	BinOp struct {
		Base
		Left  Expr
		Op    string
		Right Expr
	}
	// UnaryOp is op value; Op is not, -, + or ~.
	UnaryOp struct {
		Base
		Op    string
		Value Expr
	}
	// Compare is left op right op right; an Op may be two words (not in, is not).
	Compare struct {
		Base
		Left   Expr
		Ops    []string
		Rights []Expr
	}
	// NamedExpr is target := value.
	NamedExpr struct {
		Base
		Target *NameExpr
		Value  Expr
	}
	// Lambda is lambda params: body.
	Lambda struct {
		Base
		Params *Params
		Body   Expr
	}
	// IfExp is body if test else else.
	IfExp struct {
		Base
		Test, Body, Else Expr
	}
	// Dict is {key: value}; a nil key means **value.
	Dict struct {
		Base
		Keys, Values []Expr
	}
	// Set is {a, b}.
	Set struct {
		Base
		Elts []Expr
	}
	// List is [a, b].
	List struct {
		Base
		Elts []Expr
		Ctx  Context
	}
	// Tuple is a, b.
	Tuple struct {
		Base
		Elts []Expr
		Ctx  Context
	}
	// Comprehension is [elt for …], {elt for …}, {key: elt for …} or (elt for …). Sort is the
	// opening bracket, and Key is nil except in a dict.
	Comprehension struct {
		Base
		Sort     byte
		Key, Elt Expr
		Clauses  []*Clause
	}
	// Await is await value.
	Await struct {
		Base
		Value Expr
	}
	// Yield is yield value, or yield from value.
	Yield struct {
		Base
		From  bool
		Value Expr
	}
)

// ConstantSort is the kind of a literal.
type ConstantSort uint8

// The kinds of literals.
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
