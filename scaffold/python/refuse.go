package python

import (
	"sleet/scaffold/python/ast"
	"sleet/scaffold/python/token"
)

// refuser finds what Python rejects although the grammar allows it. Like the parser, it panics with
// a *token.Error to report it.
type refuser struct {
	file   *File
	future future
	walker ast.Walker // for the nodes being checked
}

// future holds the imports from __future__ and the end of the last of them.
type future struct {
	annotations bool
	end         int
}

// refuse returns the error that Python would report first: it checks the imports from __future__,
// then all names, then everything else.
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

// fail reports an error at a node or a part of one.
func (r *refuser) fail(at ast.Ranged, reason string) {
	panic(&token.Error{Position: r.file.Position(at.Range().Start), Reason: reason})
}

// readFuture reads the imports from __future__ at the top of the file, where they must be, after an
// optional docstring (https://docs.python.org/3/reference/simple_stmts.html#future).
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

// feature checks one name from __future__.
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

// lateFuture rejects an import from __future__ after the last valid one.
func (r *refuser) lateFuture(from *ast.ImportFrom) {
	if from.Module == "__future__" && from.Level == 0 && from.Start >= r.future.end {
		r.fail(from, "from __future__ imports must occur at the beginning of the file")
	}
}
