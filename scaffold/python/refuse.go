package python

import (
	"sleet/scaffold/python/ast"
	"sleet/scaffold/python/token"
)

// refuser looks for what Python refuses although the grammar allows it. Like the parser it reports by a
// panic with an *Error.
type refuser struct {
	file   *File
	future future
	walker ast.Walker // of the nodes that are looked at
}

// future is what a file imports from __future__, and where the last such import ends.
type future struct {
	annotations bool
	end         int
}

// refuse returns what Python would say first: it looks at the imports from __future__, then at all names,
// then at all else.
func (f *File) refuse() (err *token.Error) {
	defer func() {
		switch r := recover().(type) {
		case nil:
		case *token.Error:
			err = r
		default:
			panic(r)
		}
	}()
	r := &refuser{file: f}
	r.readFuture()
	r.names()
	r.flow()
	return nil
}

// fail refuses the file.
func (r *refuser) fail(at ast.Ranged, reason string) {
	panic(&token.Error{Position: r.file.Position(at.Range().Start), Reason: reason})
}

// readFuture reads the imports from __future__ that stand where they may: at the top, after the
// docstring (https://docs.python.org/3/reference/simple_stmts.html#future).
func (r *refuser) readFuture() {
	for i, s := range r.file.Body {
		if i == 0 && ast.IsDocstring(s) {
			continue
		}
		from, ok := s.(*ast.ImportFrom)
		if !ok || from.Module != "__future__" || from.Level > 0 {
			return
		}
		r.future.end = from.End
		for _, name := range from.Names {
			r.feature(from, name.Name)
		}
	}
}

// feature looks at one name from __future__.
func (r *refuser) feature(from *ast.ImportFrom, name string) {
	switch name {
	case "annotations":
		r.future.annotations = true
	case "nested_scopes", "generators", "division", "absolute_import", "with_statement", "print_function",
		"unicode_literals", "barry_as_FLUFL", "generator_stop":
	default:
		r.fail(from, "future feature "+name+" is not defined")
	}
}

// lateFuture refuses an import from __future__ that stands after the last good one.
func (r *refuser) lateFuture(from *ast.ImportFrom) {
	if from.Module == "__future__" && from.Level == 0 && from.Start >= r.future.end {
		r.fail(from, "from __future__ imports must occur at the beginning of the file")
	}
}
