package ast

// Context reports whether a name, attribute, subscript, starred, list or tuple is read, bound or deleted.
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
	// Call is func(args). Args holds the positional ones, starred ones too; both lists are in the
	// order of the source.
	Call struct {
		Base
		Func     Expr
		Args     []Expr
		Keywords []*Keyword
	}
	// Constant is a literal that is not formatted, or literals joined by standing side by side.
	Constant struct {
		Base
		Sort  ConstantSort
		Value string // of a Str or Bytes its value (Bytes byte by byte), of the rest its text
	}
	// JoinedStr is an f-string or a t-string, or literals side by side of which one is. Values are
	// Constant and Formatted.
	JoinedStr struct {
		Base
		Template bool
		Values   []Expr
	}
	// Formatted is {value!r:spec} in a JoinedStr; Conversion is 0 when absent.
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
	// Dict is {key: value}; a nil key stands for **value.
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
	// Comprehension is [elt for …], {elt for …}, {key: elt for …} or (elt for …); Sort is the opening
	// sign, Key is nil but in a dict.
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
