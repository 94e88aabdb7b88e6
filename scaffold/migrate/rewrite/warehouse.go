package rewrite

import (
	"cmp"
	"slices"
	"strings"
	"sync"

	"sleet/scaffold"
	"sleet/scaffold/existing"
	"sleet/scaffold/migrate/change"

	"sleet/scaffold/python/ast"
	"sleet/scaffold/python/scope"
	"sleet/ui/message"
)

const sendFunction = warehouseModule + ".send_snow_api_request"

// reader is a function of _snowflake that reads a secret.
// https://docs.snowflake.com/en/developer-guide/external-network-access/secret-api-reference
type reader struct {
	of    scaffold.SecretType // "" for any
	parts bool
}

// readers maps the full names of those functions to what they read.
var readers = sync.OnceValue(func() map[string]reader {
	list := map[string]reader{warehouseModule + ".get_secret_type": {}}
	for _, f := range scaffold.SecretTypeTable() {
		list[warehouseModule+"."+f.Reader] = reader{of: f.Type, parts: len(f.Parts) > 0}
	}
	return list
})

// isWarehouse reports whether a name is that of a known function of _snowflake.
func isWarehouse(name string) bool {
	_, reads := readers()[name]
	return reads || name == sendFunction
}

// warehouseReferences returns the places that name such a function, including through other modules of the app.
func (m *module) warehouseReferences(w *rewriting) []reference {
	if m.warehouse != nil || !w.usesWarehouse() {
		return m.warehouse
	}
	m.warehouse = m.referencesThrough(isWarehouse, func(name string) (string, []existing.ModuleName) { return w.through(m, name) })
	if m.warehouse == nil {
		m.warehouse = []reference{}
	}
	return m.warehouse
}

// warehouseImports returns the imports of _snowflake or of a known function in it.
func (m *module) warehouseImports(w *rewriting) []*imported {
	var list []*imported
	for _, i := range m.imports {
		target, _ := w.through(m, i.target)
		if isWarehouse(target) || target == warehouseModule {
			list = append(list, i)
		}
	}
	return list
}

// keyOf returns the constant key that a call reads.
func keyOf(call *ast.Call) (*ast.Constant, bool) {
	if call == nil || len(call.Args)+len(call.Keywords) != 1 {
		return nil, false
	}
	var arg ast.Expr
	if len(call.Args) == 1 {
		arg = call.Args[0]
	} else if call.Keywords[0].Name != nil {
		arg = call.Keywords[0].Value
	}
	c, ok := arg.(*ast.Constant)
	return c, ok && c.Sort == ast.Str && c.Value != ""
}

// editWarehouse replaces the functions of _snowflake.
func (m *module) editWarehouse(refs []reference, w *rewriting) {
	m.needs = map[*scope.Symbol]*newImports{}
	for _, r := range refs {
		c := cause{rule: "SL104", symbol: lastPart(r.name), line: m.Line(r.expr.Range().Start), tried: m.doubtfulTry(r.expr, w)}
		c.flagged = c.tried
		if r.symbol == nil {
			if len(r.passed) == 0 { // the check reports one that comes through another module
				m.note(c, "manual.star-import", "module", warehouseModule)
			}
			continue
		}
		line, ok := "", false
		if r.name == sendFunction {
			c.kind = change.KindCortex
			line, ok = m.editSend(r, c, w)
		} else {
			c.kind = change.KindSecret
			line, ok = m.editRead(r, c, w)
		}
		if !ok {
			continue
		}
		m.handled = append(m.handled, r)
		if r.call != nil {
			m.fix(c)
		}
		if m.needs[r.symbol] == nil {
			m.needs[r.symbol] = &newImports{cause: c}
		}
		if line != "" {
			m.needs[r.symbol].add(line)
		}
	}
}

// editWarehouseImports removes _snowflake from a file once nothing in the app uses it.
func (m *module) editWarehouseImports(w *rewriting) {
	done := map[*scope.Symbol]bool{}
	for _, i := range m.warehouseImports(w) {
		done[i.symbol] = true
		m.editWarehouseImport(i, w)
	}
	for _, i := range m.imports {
		if need := m.needs[i.symbol]; need != nil && !done[i.symbol] {
			done[i.symbol] = true
			m.follow(i.stmt, need.cause, need.lines...)
		}
	}
}

// editWarehouseImport removes an import of _snowflake if nothing uses it any more.
func (m *module) editWarehouseImport(i *imported, w *rewriting) {
	need, through := m.needs[i.symbol], i.target != warehouseModule && !isWarehouse(i.target)
	c := cause{
		rule: "SL103", why: message.New("change.module"), kind: change.KindSecret, line: m.Line(i.stmt.Range().Start),
		tried: m.doubtfulTry(i.stmt, w),
	}
	c.flagged = c.tried
	var lines []string
	if need != nil {
		c.kind, lines = need.kind, need.lines
	}
	rest := m.others(i.symbol, m.handled)
	switch {
	case i.target == sendFunction && need != nil:
	case m.exported[i.symbol.Name] && i.scope == m.scopes.Module && !w.freed(m, i.symbol.Name):
		m.follow(i.stmt, c, lines...)
		return
	case len(rest) > 0 && reboundElsewhere(i.symbol) && m.allBare(rest):
		c.why, c.flagged = message.New("change.module-probe"), true
		lines = append(slices.Clone(lines), i.symbol.Name+" = True")
	case len(rest) > 0:
		m.follow(i.stmt, c, lines...)
		return
	case need == nil && len(m.uses[i.symbol]) > 0:
		return
	}
	m.drop(i, c, lines...)
	if !through {
		m.fix(c)
	}
}

// allBare reports whether names are read without an attribute.
func (m *module) allBare(uses []*ast.NameExpr) bool {
	return !slices.ContainsFunc(uses, func(n *ast.NameExpr) bool {
		_, ok := m.file.Parent(n).(*ast.Attribute)
		return ok
	})
}

// editSend replaces a request with our helper and returns the import that this needs.
func (m *module) editSend(r reference, c cause, w *rewriting) (line string, ok bool) {
	w.code.Cortex = true
	if w.skips(m, change.KindCortex) {
		return "", false
	}
	c.why = message.New("change.module-send")
	api := w.addModule("snowflake_api", w.texts.apiModule())
	if r.base == r.expr {
		line = "from " + api + " import send_snow_api_request"
		if r.base.ID != "send_snow_api_request" {
			line += " as " + r.base.ID
		}
		return line, true
	}
	name, line := m.moduleName(api)
	m.put(r.expr.Range(), name+".send_snow_api_request", c)
	return line, true
}

// moduleName returns the name by which a file refers to a generated module, and its import.
func (m *module) moduleName(module string) (name, line string) {
	if !m.words[module] {
		return module, "import " + module
	}
	name = m.fresh(module + "_module")
	return name, "import " + module + " as " + name
}

// editRead reads a secret by the chosen access method and returns the import that this needs.
func (m *module) editRead(r reference, c cause, w *rewriting) (line string, ok bool) {
	key, constant := keyOf(r.call)
	if !constant {
		if w.skips(m, change.KindSecret) {
			return "", false
		}
		return m.editRuntimeRead(r, c, w)
	}
	read := readers()[r.name]
	s := w.secret(key.Value, read.of)
	if w.skips(m, change.KindSecret) {
		return "", false
	}
	kind := cmp.Or(read.of, s.Type)
	switch {
	case read.of == "" && kind == "":
		m.note(c, "manual.secret-type")
		return "", false
	case read.of == "":
		c.why = message.New("change.module-type")
		m.put(r.call.Span, `"`+strings.ToUpper(string(kind))+`"`, c)
		return "", true
	case s.Access == scaffold.AccessSecrets && slices.Contains(waysOf(kind), scaffold.AccessSecrets):
		c.why = message.New("change.module-secrets")
		text := m.source(key)
		if s.Key != key.Value || strings.ContainsAny(text, "\r\n") || !isASCII(text) {
			text = `"` + s.Key + `"`
		}
		m.put(r.call.Span, m.streamlit(m.begin(m.outermost(r.expr)), c)+".secrets["+text+"]", c)
		return "", true
	}
	c.why = message.New("change.module-function")
	name, line := m.moduleName(w.secretsModule)
	m.put(r.call.Span, name+".get_"+s.Key+"()", c)
	return line, true
}
