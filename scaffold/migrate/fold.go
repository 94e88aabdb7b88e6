package migrate

import (
	"bytes"
	"maps"
	"slices"

	"sleet/scaffold/python"
	"sleet/ui/message"
)

// foldProbes has an if that asks whether Streamlit has an API give way to its body, where every
// Streamlit of a container has it: if hasattr(st, "rerun"): st.rerun() else: st.experimental_rerun().
// Only a body of one statement on one line is folded.
func (m *module) foldProbes() {
	python.WalkBody(m.file.Body, func(n python.Node) bool {
		branch, ok := n.(*python.If)
		if !ok || len(branch.Else) == 0 || len(branch.Body) != 1 || !m.asksForNew(branch.Test) {
			return true
		}
		body := branch.Body[0].Range()
		if !bytes.HasPrefix(m.text[branch.Start:], []byte("if")) || !m.leads(branch.Start) || !m.leads(body.Start) ||
			m.line(body.Start) != m.line(body.End) || len(m.comments(branch.Start, body.Start)) > 0 {
			return true
		}
		c := cause{rule: ruleStreamlit, why: message.New("change.streamlit-has"), kind: KindStreamlit, line: m.line(branch.Start)}
		m.put(python.Span{Start: branch.Start, End: body.Start}, "", c)
		m.put(python.Span{Start: m.lineEnd(body.End), End: branch.End}, "", c)
		return true
	})
}

// asksForNew reports whether an expression is hasattr(st, "name") for an API that another one was
// renamed to.
func (m *module) asksForNew(e python.Expr) bool {
	call, ok := e.(*python.Call)
	if !ok || len(call.Args) != 2 || len(call.Keywords) > 0 || m.scopes.Resolve(call.Func) != "builtins.hasattr" ||
		m.scopes.Resolve(call.Args[0]) != streamlitModule {
		return false
	}
	name, ok := call.Args[1].(*python.Constant)
	return ok && slices.Contains(slices.Collect(maps.Values(renamed())), name.Value)
}
