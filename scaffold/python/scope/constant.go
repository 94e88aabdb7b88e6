package scope

import (
	"strings"

	"sleet/scaffold/python/ast"
)

// text is one evaluation of StringOf, which gives up if it takes too long.
type text struct {
	scopes *Table
	steps  int
}

const (
	mostSteps = 10_000
	mostText  = 1 << 20
)

// StringOf returns the text of an expression if it is the same each time and the file alone
// determines it: a literal, texts joined by +, f-strings or adjacent literals, and names whose only
// binding is an assignment of such a text. It returns false for anything else.
func (s *Table) StringOf(e ast.Expr) (string, bool) {
	t := text{scopes: s}
	return t.of(e)
}

func (t *text) of(e ast.Expr) (string, bool) {
	if t.steps++; t.steps > mostSteps {
		return "", false
	}
	switch e := e.(type) {
	case *ast.Constant:
		return e.Value, e.Sort == ast.Str
	case *ast.NameExpr:
		value := t.scopes.onlyValue(e)
		if value == nil {
			return "", false
		}
		return t.of(value)
	case *ast.NamedExpr:
		return t.of(e.Value)
	case *ast.BinOp:
		if e.Op != "+" {
			return "", false
		}
		return t.join(e.Left, e.Right)
	case *ast.JoinedStr:
		if e.Template {
			return "", false
		}
		return t.join(e.Values...)
	case *ast.Formatted:
		if e.Spec != nil || e.Conversion != 0 && e.Conversion != 's' {
			return "", false
		}
		return t.of(e.Value)
	default:
		return "", false
	}
}

// join concatenates the texts of expressions.
func (t *text) join(parts ...ast.Expr) (string, bool) {
	var all strings.Builder
	for _, part := range parts {
		piece, ok := t.of(part)
		if !ok || all.Len()+len(piece) > mostText {
			return "", false
		}
		all.WriteString(piece)
	}
	return all.String(), true
}

// onlyValue returns the expression that a name is bound to if it has exactly one binding.
func (s *Table) onlyValue(name *ast.NameExpr) ast.Expr {
	_, symbol := s.Lookup(name)
	if symbol == nil || len(symbol.Bindings) != 1 {
		return nil
	}
	switch b := symbol.Bindings[0]; b.Kind {
	case ByAssignment, ByNamedExpr:
		return b.Value
	default:
		return nil
	}
}
