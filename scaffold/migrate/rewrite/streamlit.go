package rewrite

import (
	"slices"
	"strings"

	"sleet/scaffold"
	"sleet/scaffold/check"
	"sleet/scaffold/check/facts"
	"sleet/scaffold/migrate/change"

	"sleet/scaffold/python/ast"
	"sleet/scaffold/python/scope"
	"sleet/scaffold/python/token"
	"sleet/ui/message"
)

// RuleStreamlit is the rule about removed Streamlit APIs.
const RuleStreamlit = "SL106"

// renamed maps the Streamlit APIs that were only renamed to their new names.
// https://docs.streamlit.io/develop/quick-reference/release-notes
func renamed() map[string]string {
	return map[string]string{
		"experimental_rerun":       "rerun",
		"experimental_dialog":      "dialog",
		"experimental_fragment":    "fragment",
		"experimental_data_editor": "data_editor",
		"experimental_user":        "user",
		"experimental_audio_input": "audio_input",
		"experimental_memo":        "cache_data",
		"experimental_singleton":   "cache_resource",
		"experimental_connection":  "connection",
		"beta_columns":             "columns",
		"beta_container":           "container",
		"beta_expander":            "expander",
	}
}

// removed returns the findings about Streamlit in a file: APIs that the target version does not have, and arguments
// without effect.
func (w *rewriting) removed(m *module) []facts.Finding {
	if w.gone == nil {
		w.gone = map[string][]facts.Finding{}
		o := facts.Options{Runtime: scaffold.Container, Streamlit: w.options.Streamlit, Select: []string{RulePage, RuleStreamlit}}
		for _, f := range check.Findings(w.app, o) {
			w.gone[f.Path] = append(w.gone[f.Path], f)
		}
	}
	return w.gone[m.path]
}

// editStreamlit replaces removed APIs with their equivalents.
func (m *module) editStreamlit(gone []facts.Finding) {
	found := map[change.Mark]bool{}
	for _, f := range gone {
		found[change.Mark{Rule: f.Rule, Path: f.Path, Line: f.Line}] = true
	}
	is := func(c cause) bool { return found[change.Mark{Rule: c.rule, Path: m.path, Line: c.line}] }
	names := renamed()
	for _, i := range m.imports {
		name, ok := strings.CutPrefix(i.target, streamlitModule+".")
		c := m.renaming(name, i.stmt)
		if now := names[name]; ok && now != "" && is(c) && !m.refuses(name, i.symbol) {
			m.renameImport(i, name, now, c)
			m.fix(c)
		}
	}
	for _, r := range m.references(func(name string) bool { return strings.HasPrefix(name, streamlitModule+".") }) {
		name := strings.TrimPrefix(strings.TrimPrefix(r.name, streamlitModule+"."), "sidebar.")
		m.editAPI(r, names, is)
		if r.call != nil {
			m.editArguments(r.call, name, is)
		}
	}
	m.editMethods(gone, names)
}

// editMethods renames methods called on elements of the page, and APIs reached through another module.
func (m *module) editMethods(gone []facts.Finding, names map[string]string) {
	for _, n := range m.nodes {
		a, ok := n.(*ast.Attribute)
		if !ok || names[a.Attr.Name] == "" {
			continue
		}
		call, _ := m.file.Parent(a).(*ast.Call)
		c := m.renaming(a.Attr.Name, a)
		if !slices.Contains(m.fixed, change.Mark{Rule: c.rule, Path: m.path, Line: c.line}) && !refusesCall(a.Attr.Name, call) &&
			slices.ContainsFunc(gone, func(f facts.Finding) bool {
				start, end := f.Span()
				return f.Rule == c.rule && f.Path == m.path && f.Symbol == a.Attr.Name && a.Start == start && a.End == end
			}) {
			m.put(a.Attr.Span, names[a.Attr.Name], c)
			m.fix(c)
		}
	}
}

func (m *module) renaming(name string, n ast.Node) cause {
	return cause{rule: RuleStreamlit, symbol: name, why: message.New("change.streamlit-renamed"), kind: change.KindStreamlit, line: m.Line(n.Range().Start)}
}

// editAPI renames the Streamlit attribute in a chain such as st.experimental_user.email.
func (m *module) editAPI(r reference, names map[string]string, is func(cause) bool) {
	if call, ok := r.expr.(*ast.Call); ok {
		m.editGetattr(call, r, names, is)
	}
	for a, ok := r.expr.(*ast.Attribute); ok; a, ok = a.Value.(*ast.Attribute) {
		name := strings.TrimPrefix(strings.TrimPrefix(m.scopes.Resolve(a), streamlitModule+"."), "sidebar.")
		c := m.renaming(name, a)
		call, _ := m.file.Parent(a).(*ast.Call)
		switch {
		case !is(c):
		case name == "experimental_set_query_params" && call != nil:
			m.editQuery(a, call, c)
		case names[name] != "" && !refusesCall(name, call):
			m.put(a.Attr.Span, names[name], c)
			m.fix(c)
		}
	}
}

// editGetattr renames a Streamlit attribute that getattr reads by name.
func (m *module) editGetattr(call *ast.Call, r reference, names map[string]string, is func(cause) bool) {
	name := strings.TrimPrefix(strings.TrimPrefix(r.name, streamlitModule+"."), "sidebar.")
	_, literal, ok := scope.Getattr(call)
	if c := m.renaming(name, call); ok && is(c) && names[name] != "" && !refusesCall(name, r.call) {
		m.put(literal.Span, `"`+names[name]+`"`, c)
		m.fix(c)
	}
}

// editQuery replaces st.experimental_set_query_params with st.query_params.
func (m *module) editQuery(a *ast.Attribute, call *ast.Call, c cause) {
	if len(call.Args) > 0 {
		return
	}
	c.why = message.New("change.streamlit-query")
	_, open, shut := m.arguments(call)
	m.put(a.Attr.Span, "query_params.from_dict", c)
	if len(call.Keywords) == 0 {
		m.put(token.Span{Start: open + 1, End: open + 1}, "{}", c)
	} else {
		m.put(token.Span{Start: open + 1, End: open + 1}, "dict(", c)
		m.put(token.Span{Start: shut, End: shut}, ")", c)
	}
	m.fix(c)
}

// renameImport renames an imported name, and its uses if the new name is free.
func (m *module) renameImport(i *imported, old, now string, c cause) {
	at := token.Span{Start: i.alias.Start, End: i.alias.Start + len(old)}
	switch {
	case i.alias.As != nil && i.alias.As.Name == now:
		m.put(i.alias.Span, now, c)
	case i.alias.As != nil:
		m.put(at, now, c)
	case m.words[now] || m.exported[old] || len(i.symbol.Bindings) > 1:
		m.put(at, now+" as "+old, c)
	default:
		m.put(at, now, c)
		for _, use := range m.uses[i.symbol] {
			m.put(use.Span, now, c)
		}
	}
}

// refuses reports whether a renamed import would have another meaning because of the arguments of one of its calls.
func (m *module) refuses(name string, symbol *scope.Symbol) bool {
	return slices.ContainsFunc(m.uses[symbol], func(use *ast.NameExpr) bool {
		call, ok := m.file.Parent(use).(*ast.Call)
		return ok && refusesCall(name, call)
	})
}

// refusesCall reports whether a call of an API would have another meaning under its new name: a connection of the type
// snowpark has .session as a property, not a method.
func refusesCall(name string, call *ast.Call) bool {
	return call != nil && name == "experimental_connection" && slices.ContainsFunc(argumentsOf(call), func(a argument) bool {
		c, ok := a.value.(*ast.Constant)
		return ok && c.Value == "snowpark"
	})
}

// editArguments changes the arguments of a call that have a replacement or need none.
func (m *module) editArguments(call *ast.Call, name string, is func(cause) bool) {
	args := argumentsOf(call)
	for i, a := range args {
		c := cause{rule: RuleStreamlit, symbol: name + "." + a.name, kind: change.KindStreamlit, line: m.Line(call.Func.Range().Start)}
		constant, isConstant := a.value.(*ast.Constant)
		switch {
		case a.name == "suppress_st_warning" && (name == "experimental_memo" || name == "experimental_singleton"):
			c.why, c.flagged = message.New("change.streamlit-warning"), true
			m.dropArguments(call, only(len(args), i), c)
		case !isConstant:
		case a.name == "experimental_allow_widgets" && (name == "cache_data" || name == "cache_resource") && constant.Sort == ast.False:
			c.why = message.New("change.streamlit-widgets")
			m.dropArguments(call, only(len(args), i), c)
			m.fix(c)
		case a.name == "use_column_width" && name == "image" && !hasArgument(args, "width", "use_container_width") && len(call.Args) < 3:
			m.editWidth(call, i, constant, c)
			if is(c) {
				m.fix(c)
			}
		}
	}
}

// editWidth replaces use_column_width, the argument with index i, with width.
func (m *module) editWidth(call *ast.Call, i int, value *ast.Constant, c cause) {
	c.why = message.New("change.streamlit-width")
	args := argumentsOf(call)
	if value.Sort == ast.True || value.Sort == ast.Str && value.Value == "always" {
		m.put(args[i].node.Range(), `width="stretch"`, c)
		return
	}
	m.dropArguments(call, only(len(args), i), c)
}

// only returns marks of which one is set.
func only(count, which int) []bool {
	marks := make([]bool, count)
	marks[which] = true
	return marks
}

func hasArgument(args []argument, names ...string) bool {
	return slices.ContainsFunc(args, func(a argument) bool { return a.spread || slices.Contains(names, a.name) && a.name != "" })
}
