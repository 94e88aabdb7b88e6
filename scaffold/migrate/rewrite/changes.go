package rewrite

import (
	"slices"
	"strings"

	"sleet/scaffold/migrate/change"

	"sleet/scaffold/python/ast"
	"sleet/scaffold/python/scope"
	"sleet/scaffold/python/token"
	"sleet/ui/message"
)

// cause is the reason for an edit.
type cause struct {
	rule, symbol string
	why          message.Message
	kind         change.Kind
	flagged      bool
	// tried reports whether the edit is flagged only because of the try statement around it.
	tried bool
	line  int
}

// doubted returns c flagged for review, with a reason.
func (c cause) doubted(why message.Message) cause {
	if c.flagged {
		why = message.New("change.both", "first", c.why, "second", why)
	}
	c.why = why
	c.flagged = true
	return c
}

// changes are the edits of a module so far.
type changes struct {
	edits []change.Edit // in offsets of File.Text
	// dropped are the imported names to remove, with their replacements.
	dropped map[*ast.Alias]*newImports
	// extra are the imports to add after a statement that stays.
	extra map[ast.Stmt]*newImports
	// given are the names in arguments that are removed.
	given []*ast.NameExpr
	// left are other statements to remove.
	left map[ast.Stmt]cause
	// collapsed are the try statements to replace with their body.
	collapsed []*collapse
	// top are the imports to add at the top of a file that has none. helper is the code to add below the imports.
	top    newImports
	helper helper
	// lost are the spans that are removed, whose names are no longer read.
	lost []token.Span
	// fixed are the findings that the edits fix.
	fixed []change.Mark
	notes []change.Note
}

// helper is code to insert after the first statements of a module. after is their number.
type helper struct {
	cause
	after int
	lines []string
}

// newImports are the import statements that replace a name, with the reason.
type newImports struct {
	cause
	lines []string
}

func (n *newImports) add(lines ...string) {
	for _, line := range lines {
		if !slices.Contains(n.lines, line) {
			n.lines = append(n.lines, line)
		}
	}
}

// put replaces a span of the text.
func (m *module) put(span token.Span, text string, c cause) {
	if c.flagged && c.tried {
		c.why = change.JoinReasons(c.why, message.New("change.in-try"))
	}
	m.edits = append(m.edits, change.Edit{
		Path: m.path, Start: span.Start, End: span.End, New: text,
		Rule: c.rule, Symbol: c.symbol, Why: c.why, Automatic: !c.flagged, Kind: c.kind,
		Group: m.group(c.kind), Line: c.line,
	})
	m.lost = append(m.lost, span)
}

// group returns the group of a file's edits of one kind.
func (m *module) group(kind change.Kind) string { return m.path + ":" + string(kind) }

// fix records that a finding is fixed.
func (m *module) fix(c cause) {
	m.fixed = append(m.fixed, change.Mark{Rule: c.rule, Path: m.path, Line: c.line})
}

// note adds a manual change. args fill in the message; the id of its fix is id with .fix appended.
func (m *module) note(c cause, id message.ID, args ...any) {
	m.notes = append(m.notes, change.Note{
		Rule: c.rule, Symbol: c.symbol, Path: m.path, Line: c.line, Message: message.New(id, args...), Fix: message.New(id + ".fix"), Manual: true,
	})
}

// drop removes an imported name and replaces it with import statements.
func (m *module) drop(i *imported, c cause, lines ...string) {
	if m.dropped == nil {
		m.dropped = map[*ast.Alias]*newImports{}
	}
	if m.dropped[i.alias] == nil {
		m.dropped[i.alias] = &newImports{cause: c}
	}
	m.dropped[i.alias].add(lines...)
}

// follow adds import statements after a statement.
func (m *module) follow(s ast.Stmt, c cause, lines ...string) {
	if len(lines) == 0 {
		return
	}
	if m.extra == nil {
		m.extra = map[ast.Stmt]*newImports{}
	}
	if m.extra[s] == nil {
		m.extra[s] = &newImports{cause: c}
	}
	m.extra[s].add(lines...)
}

// writes reports whether the text of an edit contains a name.
func (m *module) writes(name string) bool {
	return slices.ContainsFunc(m.edits, func(e change.Edit) bool { return HasWord(e.New, name) }) ||
		slices.ContainsFunc(m.collapsed, func(c *collapse) bool { return HasWord(c.text, name) }) ||
		slices.ContainsFunc(m.helper.lines, func(line string) bool { return HasWord(line, name) })
}

// HasWord reports whether a text contains a name as a whole word.
func HasWord(text, name string) bool {
	for at := 0; ; {
		n := strings.Index(text[at:], name)
		if n < 0 {
			return false
		}
		start, end := at+n, at+n+len(name)
		if (start == 0 || !wordByte(text[start-1])) && (end == len(text) || !wordByte(text[end])) {
			return true
		}
		at = start + 1
	}
}

func wordByte(c byte) bool {
	return c == '_' || c >= 0x80 || '0' <= c && c <= '9' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z'
}

// isLost reports whether a node is in a span that is removed.
func (m *module) isLost(n ast.Node) bool {
	span := n.Range()
	return slices.ContainsFunc(m.lost, func(l token.Span) bool { return within(span, l) })
}

// dropUnused removes imported names that the edits left unused, and returns their number.
func (m *module) dropUnused() int {
	count := 0
	for _, i := range m.imports {
		uses := m.uses[i.symbol]
		switch {
		case m.dropped[i.alias] != nil, m.isLost(i.alias), len(uses) == 0, i.alias.Name == "*":
			continue
		case m.exported[i.symbol.Name], m.writes(i.symbol.Name), m.annotates(i.symbol.Name), m.isFuture(i):
			continue
		case slices.ContainsFunc(uses, func(n *ast.NameExpr) bool { return !m.isLost(n) }):
			continue
		case slices.ContainsFunc(i.symbol.Bindings, func(b scope.Binding) bool {
			return b.Kind != scope.ByImport && !m.isLost(b.Node)
		}):
			continue
		}
		c := m.whyLost(uses)
		c.why, c.flagged = message.New("change.unused"), false
		m.drop(i, c)
		count++
	}
	return count
}

// whyLost returns the cause of the edit that removed a use.
func (m *module) whyLost(uses []*ast.NameExpr) cause {
	for _, e := range m.edits {
		for _, n := range uses {
			if within(n.Span, token.Span{Start: e.Start, End: e.End}) {
				return cause{rule: e.Rule, symbol: e.Symbol, kind: e.Kind, line: e.Line, flagged: !e.Automatic}
			}
		}
	}
	for _, c := range m.collapsed {
		for _, n := range uses {
			if within(n.Span, c.try.Span) {
				return c.cause
			}
		}
	}
	return cause{kind: change.KindSession}
}

func (m *module) isFuture(i *imported) bool {
	from, ok := i.stmt.(*ast.ImportFrom)
	return ok && from.Module == "__future__"
}
