package rewrite

import (
	"bytes"
	"slices"
	"sort"
	"strings"
	"sync"

	"sleet/scaffold"
	"sleet/scaffold/check/facts"
	"sleet/scaffold/existing"
	"sleet/scaffold/python"
	"sleet/scaffold/python/ast"
	"sleet/scaffold/python/scope"
	"sleet/scaffold/python/token"
)

// module is one file of app code while it is edited. Offsets are those of File.Text until collect converts them.
type module struct {
	*fileFacts

	// taken are the places that take the session. warehouse are the places that name a function of _snowflake. Both are
	// nil until they are found.
	taken, warehouse []reference
	// handled are the places that named something of _snowflake and were replaced. needs are the imports that replace
	// it.
	handled []reference
	needs   map[*scope.Symbol]*newImports

	changes
}

// fileFacts are facts about a file that the edits need. They are computed once for each app, and no edit changes them.
type fileFacts struct {
	path   string
	file   *python.File
	scopes *scope.Table
	text   []byte
	// utf8 reports whether the file on disk is UTF-8, so that any text may be written into it.
	utf8 bool
	// nodes are all nodes in source order.
	nodes []ast.Node
	// named are the expressions that start with a name, resolve to a dotted name, and are read, in source order.
	named []reference
	// words are all identifiers of the file. A name that is not one of them is free in every scope.
	words map[string]bool
	// handlers are the parts of the file that run as stored procedures or functions.
	handlers []token.Span
	// uses are the places where a symbol is read.
	uses map[*scope.Symbol][]*ast.NameExpr
	// imports are the imported names in source order.
	imports []*imported
	// exported are the names of the file that other files import or use.
	exported map[string]bool
	// once reports whether other files import the file, so that it runs once for all viewers.
	once bool
	// annotations are the strings in annotations, which may contain names.
	annotations []string
}

// imported is one name that an import binds.
type imported struct {
	alias  *ast.Alias
	stmt   ast.Stmt // *ast.Import or *ast.ImportFrom
	scope  *scope.Scope
	symbol *scope.Symbol
	target string
}

// factsKey is the key under which an app caches the facts about its modules.
type factsKey struct{}

// modulesOf returns the modules of an app's code, without edits.
func modulesOf(app *existing.App) []*module {
	all := app.Cached(factsKey{}, func() any {
		units := app.CodeUnits()
		list := make([]*fileFacts, len(units))
		var group sync.WaitGroup
		for i, u := range units {
			group.Go(func() { list[i] = newFacts(u, app.Files[u.Path]) })
		}
		group.Wait()
		markExports(list, app.Main)
		return list
	}).([]*fileFacts)
	modules := make([]*module, len(all))
	for i, f := range all {
		modules[i] = &module{fileFacts: f}
	}
	return modules
}

// newFacts computes the facts about a file.
func newFacts(u *existing.Unit, source []byte) *fileFacts {
	f := &fileFacts{
		path: u.Path, file: u.File, scopes: u.Scopes, text: u.File.Text, nodes: u.Nodes,
		utf8:  bytes.HasSuffix(source, u.File.Text),
		words: map[string]bool{}, uses: map[*scope.Symbol][]*ast.NameExpr{}, exported: map[string]bool{},
	}
	for _, tok := range f.file.Tokens {
		if tok.Kind != token.Name {
			continue
		}
		if word := f.text[tok.Start:tok.End]; !f.words[string(word)] {
			f.words[string(word)] = true
		}
	}
	f.handlers = facts.HandlerSpans(f.nodes, f.scopes)
	for _, n := range f.nodes {
		f.place(n)
		f.annotations = append(f.annotations, annotated(n)...)
	}
	f.bind(f.scopes.Module)
	f.imports = slices.DeleteFunc(f.imports, f.ofHandlers)
	sort.SliceStable(f.imports, func(i, j int) bool { return f.imports[i].alias.Start < f.imports[j].alias.Start })
	return f
}

// place records the uses of a name, and an expression that starts with a name and may resolve to an import.
func (f *fileFacts) place(n ast.Node) {
	e, ok := n.(ast.Expr)
	if !ok {
		return
	}
	base := baseOf(e)
	if base == nil || base.Ctx != ast.Load || ctxOf(e) != ast.Load {
		return
	}
	_, symbol := f.scopes.Lookup(base)
	if e == ast.Expr(base) && symbol != nil {
		f.uses[symbol] = append(f.uses[symbol], base)
	}
	if name := f.scopes.Resolve(e); name != "" && !f.inHandlers(e) {
		f.named = append(f.named, reference{expr: e, name: name, base: base, symbol: symbol})
	}
}

// annotated returns the strings in the annotations of a node.
func annotated(n ast.Node) []string {
	var annotation ast.Expr
	switch n := n.(type) {
	case *ast.AnnAssign:
		annotation = n.Annotation
	case *ast.Param:
		annotation = n.Annotation
	case *ast.FunctionDef:
		annotation = n.Returns
	}
	if annotation == nil {
		return nil
	}
	var list []string
	ast.Walk(annotation, func(n ast.Node) bool {
		if c, ok := n.(*ast.Constant); ok && c.Sort == ast.Str {
			list = append(list, c.Value)
		}
		return true
	})
	return list
}

// annotates reports whether a name is in a string annotation.
func (f *fileFacts) annotates(name string) bool {
	return slices.ContainsFunc(f.annotations, func(text string) bool { return HasWord(text, name) })
}

// inHandlers reports whether a node is in the code of a stored procedure or function, which is not changed.
func (f *fileFacts) inHandlers(n ast.Node) bool {
	return slices.ContainsFunc(f.handlers, func(s token.Span) bool { return within(n.Range(), s) })
}

// ofHandlers reports whether such code needs an import unchanged.
func (f *fileFacts) ofHandlers(i *imported) bool {
	if f.inHandlers(i.stmt) {
		return true
	}
	warehouses := scaffold.ReturnsActiveSession(i.target) || strings.HasPrefix(i.target, facts.ContextPackage) || isWarehouse(i.target) || i.target == warehouseModule
	return warehouses && slices.ContainsFunc(f.uses[i.symbol], func(n *ast.NameExpr) bool { return f.inHandlers(n) })
}

// bind collects the imports of a scope and of the scopes in it.
func (f *fileFacts) bind(s *scope.Scope) {
	for _, symbol := range s.Names {
		for _, b := range symbol.Bindings {
			alias, ok := b.Node.(*ast.Alias)
			if !ok || b.Kind != scope.ByImport {
				continue
			}
			if stmt, ok := f.file.Parent(alias).(ast.Stmt); ok {
				f.imports = append(f.imports, &imported{alias, stmt, s, symbol, b.Target})
			}
		}
	}
	for _, child := range s.Children {
		f.bind(child)
	}
}

// fresh returns the first of some names that the file does not use, or the last one with a number.
func (m *module) fresh(names ...string) string {
	for _, name := range names {
		if !m.words[name] {
			return name
		}
	}
	return numbered(names[len(names)-1], func(name string) bool { return m.words[name] })
}

// source returns the text of a node.
func (m *module) source(n ast.Node) string {
	span := n.Range()
	return string(m.text[span.Start:span.End])
}

// Line returns the line number of an offset.
func (m *module) Line(offset int) int { return m.file.Position(offset).Line }

// outermost returns the top-level statement that contains a node.
func (m *module) outermost(n ast.Node) ast.Stmt {
	for m.file.Parent(n) != nil {
		n = m.file.Parent(n)
	}
	s, _ := n.(ast.Stmt)
	return s
}

// eol returns the file's line ending: that of its first line.
func (m *module) eol() string {
	at := bytes.IndexAny(m.text, "\r\n")
	switch {
	case at < 0 || m.text[at] == '\n':
		return "\n"
	case at+1 < len(m.text) && m.text[at+1] == '\n':
		return "\r\n"
	default:
		return "\r"
	}
}

// unit returns the file's indentation: that of its first indented line.
func (m *module) unit() string {
	for _, tok := range m.file.Tokens {
		if tok.Kind == token.Indent {
			return string(m.text[tok.Start:tok.End])
		}
	}
	return "    "
}

// lineStart returns the start of the line of an offset.
func (m *module) lineStart(offset int) int {
	return bytes.LastIndexAny(m.text[:offset], "\r\n") + 1
}

// lineEnd returns the end of the line of an offset, without its line ending.
func (m *module) lineEnd(offset int) int {
	if n := bytes.IndexAny(m.text[offset:], "\r\n"); n >= 0 {
		return offset + n
	}
	return len(m.text)
}

// nextLine returns the start of the line after that of an offset.
func (m *module) nextLine(offset int) int {
	end := m.lineEnd(offset)
	switch {
	case bytes.HasPrefix(m.text[end:], []byte("\r\n")):
		return end + 2
	case end < len(m.text):
		return end + 1
	default:
		return end
	}
}

// indent returns the indentation of the line of an offset.
func (m *module) indent(offset int) string {
	line := m.text[m.lineStart(offset):offset]
	return string(line[:len(line)-len(bytes.TrimLeft(line, " \t\f"))])
}

// leads reports whether only white space precedes an offset on its line.
func (m *module) leads(offset int) bool {
	return len(bytes.TrimSpace(m.text[m.lineStart(offset):offset])) == 0
}

// trails reports whether only white space or a comment follows an offset on its line.
func (m *module) trails(offset int) bool {
	rest := bytes.TrimSpace(m.text[offset:m.lineEnd(offset)])
	return len(rest) == 0 || rest[0] == '#'
}

// tokenAt returns the index of the first token that starts at or after an offset.
func (m *module) tokenAt(offset int) int {
	return sort.Search(len(m.file.Tokens), func(i int) bool { return m.file.Tokens[i].Start >= offset })
}

// sign returns the text and the start of the first token at or after an offset that is not a line ending or a comment.
func (m *module) sign(offset int) (text string, start int) {
	for _, tok := range m.file.Tokens[m.tokenAt(offset):] {
		switch tok.Kind {
		case token.NL, token.Comment, token.Indent, token.Dedent:
			continue
		default:
			return string(m.text[tok.Start:tok.End]), tok.Start
		}
	}
	return "", len(m.text)
}

// comments returns the comments between two offsets.
func (m *module) comments(start, end int) []token.Token {
	var list []token.Token
	for _, tok := range m.file.Tokens[m.tokenAt(start):] {
		if tok.Start >= end {
			break
		}
		if tok.Kind == token.Comment {
			list = append(list, tok)
		}
	}
	return list
}

// trailing returns the comment after an offset on its line, with the white space before it; "" if there is none.
func (m *module) trailing(offset int) string {
	rest := string(m.text[offset:m.lineEnd(offset)])
	if strings.HasPrefix(strings.TrimSpace(rest), "#") {
		return strings.TrimRight(rest, " \t\f")
	}
	return ""
}

// begin returns the start of a statement, including its decorators.
func (m *module) begin(s ast.Stmt) int {
	var decorators []ast.Expr
	switch s := s.(type) {
	case *ast.FunctionDef:
		decorators = s.Decorators
	case *ast.ClassDef:
		decorators = s.Decorators
	}
	if len(decorators) == 0 {
		return s.Range().Start
	}
	return bytes.LastIndexByte(m.text[:decorators[0].Range().Start], '@')
}

// within reports whether a span is inside another.
func within(inner, outer token.Span) bool {
	return outer.Start <= inner.Start && inner.End <= outer.End
}
