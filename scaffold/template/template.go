// Package template fills in templates in the syntax of text/template, with data from maps, structs
// and lists.
//
// It supports no methods, no variables except $, and few functions; a function in the data is
// called as a method would be. It does not use text/template, which looks up methods by name at run
// time: the linker then keeps every exported method of every type, which adds 10 MB to the program.
package template

import (
	"fmt"
	"io/fs"
	"path"
	"reflect"
	"strings"
	"text/template/parse"
)

// Functions are the functions that a template can call, by name. A function takes any values and
// returns one.
type Functions map[string]any

// builtins returns the functions of text/template that our templates use. Unlike there, "and" and
// "or" evaluate all their arguments.
func builtins() Functions {
	return Functions{
		"not":   func(v any) bool { return !isTrue(v) },
		"len":   func(list any) int { return reflect.ValueOf(list).Len() },
		"print": fmt.Sprint,
		"and":   func(values ...any) any { return firstOrLast(values, false) },
		"or":    func(values ...any) any { return firstOrLast(values, true) },
	}
}

// firstOrLast returns the first value whose truth is wanted, otherwise the last value.
func firstOrLast(values []any, wanted bool) any {
	for _, v := range values {
		if isTrue(v) == wanted {
			return v
		}
	}
	return values[len(values)-1]
}

// Set holds templates by name: a file by its base name, a definition by its own name.
type Set struct {
	trees     map[string]*parse.Tree
	functions Functions
	// escape is applied to every value that is written, but not to the template's text.
	escape func(string) string
}

// Options configure a Set.
type Options struct {
	// Left and Right delimit actions; the defaults are {{ and }}.
	Left, Right string
	Functions   Functions
	// Escape escapes each value before it is written; nil leaves values unchanged.
	Escape func(string) string
}

// Parse parses the files that match a pattern.
func Parse(files fs.FS, pattern string, o Options) (*Set, error) {
	s := &Set{trees: map[string]*parse.Tree{}, functions: builtins(), escape: o.Escape}
	for name, f := range o.Functions {
		s.functions[name] = f
	}
	if s.escape == nil {
		s.escape = func(text string) string { return text }
	}
	names, err := fs.Glob(files, pattern)
	if err != nil {
		return nil, fmt.Errorf("find templates: %w", err)
	}
	for _, name := range names {
		text, err := fs.ReadFile(files, name)
		if err != nil {
			return nil, fmt.Errorf("read template: %w", err)
		}
		trees, err := parse.Parse(path.Base(name), string(text), o.Left, o.Right, s.functions)
		if err != nil {
			return nil, fmt.Errorf("read template: %w", err)
		}
		for name, tree := range trees {
			if !parse.IsEmptyTree(tree.Root) || s.trees[name] == nil {
				s.trees[name] = tree
			}
		}
	}
	return s, nil
}

// Fill executes a template with data and returns the text.
func (s *Set) Fill(name string, data any) (text string, err error) {
	// Errors in a template are found deep in the call stack, so they panic up to here.
	defer func() {
		if broken, ok := recover().(templateError); ok {
			text, err = "", broken.error
		}
	}()
	f := execution{set: s, root: data}
	f.template(name, data)
	return f.out.String(), nil
}

// templateError is the value that execution panics with.
type templateError struct{ error }

func errorf(format string, args ...any) any {
	return templateError{fmt.Errorf("fill in template: "+format, args...)}
}

// execution is the state of one execution of a template.
type execution struct {
	set *Set
	// root is the value of $.
	root any
	out  strings.Builder
}

// template executes a template, with its data as $.
func (f *execution) template(name string, data any) {
	tree := f.set.trees[name]
	if tree == nil {
		panic(errorf("no template %q", name))
	}
	outer := f.root
	f.root = data
	f.list(tree.Root, data)
	f.root = outer
}

func (f *execution) list(list *parse.ListNode, dot any) {
	if list == nil {
		return
	}
	for _, node := range list.Nodes {
		f.node(node, dot)
	}
}

func (f *execution) node(node parse.Node, dot any) {
	switch n := node.(type) {
	case *parse.TextNode:
		f.out.Write(n.Text)
	case *parse.ActionNode:
		f.out.WriteString(f.set.escape(fmt.Sprint(f.pipe(n.Pipe, dot))))
	case *parse.IfNode:
		if isTrue(f.pipe(n.Pipe, dot)) {
			f.list(n.List, dot)
		} else {
			f.list(n.ElseList, dot)
		}
	case *parse.RangeNode:
		list := reflect.ValueOf(f.pipe(n.Pipe, dot))
		for i := range list.Len() {
			f.list(n.List, list.Index(i).Interface())
		}
	case *parse.TemplateNode:
		f.template(n.Name, f.pipe(n.Pipe, dot))
	case *parse.CommentNode:
	default:
		panic(errorf("%s is not supported", node))
	}
}

// pipe evaluates a field, a constant or a call.
func (f *execution) pipe(p *parse.PipeNode, dot any) any {
	if len(p.Cmds) != 1 || len(p.Decl) > 0 {
		panic(errorf("%s: pipelines and variables are not supported", p))
	}
	args := p.Cmds[0].Args
	value := f.value(args[0], dot)
	if len(args) == 1 && reflect.ValueOf(value).Kind() != reflect.Func {
		return value
	}
	callArgs := make([]reflect.Value, 0, len(args))
	for _, arg := range args[1:] {
		callArgs = append(callArgs, reflect.ValueOf(f.value(arg, dot)))
	}
	return reflect.ValueOf(value).Call(callArgs)[0].Interface()
}

// value evaluates an argument.
func (f *execution) value(node parse.Node, dot any) any {
	switch n := node.(type) {
	case *parse.IdentifierNode:
		return f.set.functions[n.Ident]
	case *parse.DotNode:
		return dot
	case *parse.FieldNode:
		return fields(dot, n.Ident)
	case *parse.VariableNode:
		if n.Ident[0] == "$" {
			return fields(f.root, n.Ident[1:])
		}
	case *parse.StringNode:
		return n.Text
	case *parse.NumberNode:
		if n.IsInt {
			return int(n.Int64)
		}
	case *parse.PipeNode:
		return f.pipe(n, dot)
	}
	panic(errorf("%s is not supported", node))
}

// fields looks up names in nested maps and structs.
func fields(value any, names []string) any {
	for _, name := range names {
		v := reflect.ValueOf(value)
		switch v.Kind() {
		case reflect.Map:
			v = v.MapIndex(reflect.ValueOf(name))
		case reflect.Struct:
			v = v.FieldByName(name)
		default:
			v = reflect.Value{}
		}
		if !v.IsValid() {
			panic(errorf("%T has no %s", value, name))
		}
		value = v.Interface()
	}
	return value
}

// isTrue reports whether {{if}} treats a value as true: it is not empty.
func isTrue(value any) bool {
	v := reflect.ValueOf(value)
	switch v.Kind() { //nolint:exhaustive // All else is true unless it is the zero value.
	case reflect.Invalid:
		return false
	case reflect.Slice, reflect.Map:
		return v.Len() > 0
	}
	return !v.IsZero()
}
