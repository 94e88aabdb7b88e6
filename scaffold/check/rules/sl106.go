package rules

import (
	"slices"

	"sleet/scaffold/check/facts"

	"sleet/scaffold/python/ast"
	"sleet/scaffold/python/scope"
	"sleet/ui/message"
)

// sl106 returns the rule about Streamlit APIs that the target version removed.
func sl106() Rule {
	return Rule{
		ID: "SL106", Runtimes: everywhere(), Severity: facts.Error, Local: true, Automatic: true, Item: itemStreamlit,
		Page: pageReleases, Check: removedAPIs,
		Example: Example{
			Before: `import streamlit as st

if st.button("Refresh"):
    st.experimental_rerun()
`,
			After: `import streamlit as st

if st.button("Refresh"):
    st.rerun()
`,
		},
	}
}

// removedAPIs returns the findings of SL106: removed APIs of Streamlit that are accessed through
// the module, imported from it, or passed to one of its functions.
func removedAPIs(a *facts.App, o facts.Options) []facts.Finding {
	return facts.EachCode(a, func(u *facts.Unit, n ast.Node) []facts.Finding {
		switch n := n.(type) {
		case *ast.Attribute:
			if n.Ctx == ast.Load {
				return removed(u, n, onPage(u, n), o)
			}
		case *ast.NameExpr:
			// A name without a binding comes from streamlit import *.
			if len(u.Scopes.Stars) == 0 || n.Ctx != ast.Load {
				return nil
			}
			if _, bound := u.Scopes.Lookup(n); bound == nil {
				return removed(u, n, u.Streamlit(n), o)
			}
		case *ast.ImportFrom:
			return removedImports(u, n, o)
		case *ast.Call:
			list := removedArguments(u, n, o)
			if _, _, ok := scope.Getattr(n); ok && len(n.Args) == 2 { // a third argument handles a missing name
				list = append(list, removed(u, n, u.Streamlit(n), o)...)
			}
			return list
		}
		return nil
	})
}

// onPage returns the name of an expression after "st.", including methods of a column or another
// part of the page: left.image is image.
func onPage(u *facts.Unit, e ast.Expr) string {
	if name := u.Streamlit(e); name != "" {
		return name
	}
	method, ok := e.(*ast.Attribute)
	if ok && slices.Contains([]string{"image", "bokeh_chart", "beta_columns", "beta_container", "beta_expander", "experimental_data_editor"}, method.Attr.Name) &&
		u.MayBe(facts.ContainerValue, method.Value) {
		return method.Attr.Name
	}
	return ""
}

// removed returns the finding for a name after "st." if the version lacks it.
func removed(u *facts.Unit, n ast.Node, name string, o facts.Options) []facts.Finding {
	row, gone := facts.RemovedIn(name, o.Streamlit)
	if !gone || u.HandlesMissingFeature(n, o.Streamlit) {
		return nil
	}
	f := u.Finding(n, name, message.New("finding.SL106.what", "api", row.What(), "version", row.RemovedIn))
	f.Fix, f.Manual = row.Fix(), row.Manual || name == "experimental_connection" && connectsSnowpark(u, n)
	return []facts.Finding{f}
}

// connectsSnowpark reports whether st.experimental_connection, whose name is n, is called with a
// type that was removed too.
func connectsSnowpark(u *facts.Unit, n ast.Node) bool {
	call, ok := u.File.Parent(n).(*ast.Call)
	if !ok {
		return false
	}
	value, _ := facts.Text(facts.ConnectionType(call))
	return value == "snowpark"
}

func removedImports(u *facts.Unit, s *ast.ImportFrom, o facts.Options) []facts.Finding {
	if s.Level != 0 || s.Module != "streamlit" {
		return nil
	}
	var list []facts.Finding
	for _, alias := range s.Names {
		list = append(list, removed(u, s, alias.Name, o)...)
	}
	return list
}

// removedArguments checks the arguments of a call. The findings are at the function.
func removedArguments(u *facts.Unit, call *ast.Call, o facts.Options) []facts.Finding {
	function := onPage(u, call.Func)
	if function == "" {
		return nil
	}
	var list []facts.Finding
	for _, k := range call.Keywords {
		if k.Name != nil {
			list = append(list, removed(u, call.Func, function+"."+k.Name.Name, o)...)
		}
	}
	if function == facts.ConnectionFunction {
		if value, _ := facts.Text(facts.ConnectionType(call)); value != "" {
			list = append(list, removed(u, call.Func, "connection.type="+value, o)...)
		}
	}
	return list
}
