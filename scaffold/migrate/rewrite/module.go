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

// module is one file of app code while its edits are made. Offsets are those of File.Text until
// edited returns the edits.
type module struct {
	*fileFacts

	// taken are the places that take the session, warehouse those that name a function of _snowflake, once they
	// are found.
	taken, warehouse []reference
	// handled are the places that named something of _snowflake, needs the imports in its place.
	handled []reference
	needs   map[*scope.Symbol]*newImports

	changes
}

// fileFacts are what the edits need to know of a file. They are found out once for each app, and no edit changes them.
type fileFacts struct {
	path   string
	file   *python.File
	scopes *scope.Table
	text   []byte
	// utf8 tells that the file on disk is UTF-8, so that any text may be written into it.
	utf8 bool
	// nodes are all nodes in the order of the source.
	nodes []ast.Node
	// named are the expressions that start with a name, mean something by one and are read, in the order of the source.
	named []reference
	// words are all identifiers of the file, so that a name that is not among them is free in every
	// scope.
	words map[string]bool
	// handlers are the pieces of the file that run as stored procedures or functions.
	handlers []token.Span
	// uses are the places where what a symbol holds is read.
	uses map[*scope.Symbol][]*ast.NameExpr
	// imports are what imports bind, in the order of the source.
	imports []*imported
	// exported are the names of the file that other files take from it.
	exported map[string]bool
	// once tells that others import the file: it runs once for all viewers.
	once bool
	// annotations are the strings in annotations, in which names may be.
	annotations []string
}

// imported is one name that an import binds.
type imported struct {
	alias  *ast.Alias
	stmt   ast.Stmt // *python.Import or *python.ImportFrom
	scope  *scope.Scope
	symbol *scope.Symbol
	target string
}

// factsKey is what an app keeps the facts about its modules under.
type factsKey struct{}

// modulesOf returns the modules of an app's code, with no edits yet.
func modulesOf(app *existing.App) []*module {
	all := app.Keep(factsKey{}, func() any {
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

// newFacts reads what the edits need to know of a file.
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

// place notes what a name is used for, and an expression that a name starts and that may mean something imported.
func (f *fileFacts) place(n ast.Node) {
	e, ok := n.(ast.Expr)
	if !ok {
		return
	}
	base := baseOf(e)
	if base == nil || base.Ctx != ast.Load || ctxOf(e) != ast.Load {
		return
	}
	_, symbol := f.scopes.Holder(base)
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

// annotates reports whether a name is in an annotation that is a string.
func (f *fileFacts) annotates(name string) bool {
	return slices.ContainsFunc(f.annotations, func(text string) bool { return HasWord(text, name) })
}

// inHandlers reports whether a node is in the code of a stored procedure or a function, which stays as it is.
func (f *fileFacts) inHandlers(n ast.Node) bool {
	return slices.ContainsFunc(f.handlers, func(s token.Span) bool { return within(n.Range(), s) })
}

// ofHandlers reports whether such code needs an import as it is.
func (f *fileFacts) ofHandlers(i *imported) bool {
	if f.inHandlers(i.stmt) {
		return true
	}
	warehouses := scaffold.TakesActiveSession(i.target) || strings.HasPrefix(i.target, facts.ContextPackage) || isWarehouse(i.target) || i.target == warehouseModule
	return warehouses && slices.ContainsFunc(f.uses[i.symbol], func(n *ast.NameExpr) bool { return f.inHandlers(n) })
}

// bind collects the imports of a scope and those within.
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

// fresh returns the first of these names that the file does not use, or the last with a number.
func (m *module) fresh(names ...string) string {
	for _, name := range names {
		if !m.words[name] {
			return name
		}
	}
	return numbered(names[len(names)-1], func(name string) bool { return m.words[name] })
}

// source is the text of a node.
func (m *module) source(n ast.Node) string {
	span := n.Range()
	return string(m.text[span.Start:span.End])
}

// Line is the number of the line that an offset is on.
func (m *module) Line(offset int) int { return m.file.Position(offset).Line }

// outermost returns the statement of the module itself that a node is in.
func (m *module) outermost(n ast.Node) ast.Stmt {
	for m.file.Parent(n) != nil {
		n = m.file.Parent(n)
	}
	s, _ := n.(ast.Stmt)
	return s
}

// eol is the file's line end: that of its first line.
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

// unit is the file's indentation: that of its first indented line.
func (m *module) unit() string {
	for _, tok := range m.file.Tokens {
		if tok.Kind == token.Indent {
			return string(m.text[tok.Start:tok.End])
		}
	}
	return "    "
}

// lineStart is where the line of an offset starts.
func (m *module) lineStart(offset int) int {
	return bytes.LastIndexAny(m.text[:offset], "\r\n") + 1
}

// lineEnd is where the line of an offset ends, without its line end.
func (m *module) lineEnd(offset int) int {
	if n := bytes.IndexAny(m.text[offset:], "\r\n"); n >= 0 {
		return offset + n
	}
	return len(m.text)
}

// nextLine is where the line after that of an offset starts.
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

// indent is the white space that the line of an offset starts with.
func (m *module) indent(offset int) string {
	line := m.text[m.lineStart(offset):offset]
	return string(line[:len(line)-len(bytes.TrimLeft(line, " \t\f"))])
}

// leads tells that only white space stands before an offset on its line.
func (m *module) leads(offset int) bool {
	return len(bytes.TrimSpace(m.text[m.lineStart(offset):offset])) == 0
}

// trails tells that only a comment may stand after an offset on its line.
func (m *module) trails(offset int) bool {
	rest := bytes.TrimSpace(m.text[offset:m.lineEnd(offset)])
	return len(rest) == 0 || rest[0] == '#'
}

// before returns the index of the first token that starts at an offset or after it.
func (m *module) tokenAt(offset int) int {
	return sort.Search(len(m.file.Tokens), func(i int) bool { return m.file.Tokens[i].Start >= offset })
}

// sign is the text of the first token that starts at an offset or after it, line ends and comments
// apart, and where it starts.
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

// comments are the comments between two offsets.
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

// trailing is the comment after an offset on its line with the white space before it, "" without one.
func (m *module) trailing(offset int) string {
	rest := string(m.text[offset:m.lineEnd(offset)])
	if strings.HasPrefix(strings.TrimSpace(rest), "#") {
		return strings.TrimRight(rest, " \t\f")
	}
	return ""
}

// begin is where a statement starts, with its decorators.
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

// within tells that a span lies in another.
func within(inner, outer token.Span) bool {
	return outer.Start <= inner.Start && inner.End <= outer.End
}
