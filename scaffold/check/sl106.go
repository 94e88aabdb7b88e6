package check

import (
	"slices"

	"sleet/scaffold/python"
	"sleet/ui/message"
)

// sl106 is the rule about Streamlit API that the target version removed.
func sl106() Rule {
	return Rule{
		ID: "SL106", Runtimes: everywhere(), Severity: Error, Automatic: true, Item: itemStreamlit,
		Page: pageReleases, check: removedAPIs,
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

// removedAPIs finds SL106: what the target version of Streamlit has no more, where it is reached
// through the module, imported from it, or passed to one of its functions.
func removedAPIs(a *App, o Options) []Finding {
	return eachCode(a, func(u *unit, n python.Node) []Finding {
		switch n := n.(type) {
		case *python.Attribute:
			if n.Ctx == python.Load {
				return u.removed(n, u.onPage(n), o)
			}
		case *python.NameExpr:
			// A name that nothing binds comes from streamlit import *.
			if _, bound := u.Scopes.Holder(n); bound == nil && n.Ctx == python.Load {
				return u.removed(n, u.streamlit(n), o)
			}
		case *python.ImportFrom:
			return u.removedImports(n, o)
		case *python.Call:
			list := u.removedArguments(n, o)
			if _, _, ok := python.Getattr(n); ok && len(n.Args) == 2 { // with a third it may be missing
				list = append(list, u.removed(n, u.streamlit(n), o)...)
			}
			return list
		}
		return nil
	})
}

// onPage returns the name of an expression after "st.", of a method of a column or another part of the
// page as well: left.image is image.
func (u *unit) onPage(e python.Expr) string {
	if name := u.streamlit(e); name != "" {
		return name
	}
	method, ok := e.(*python.Attribute)
	if ok && slices.Contains([]string{"image", "bokeh_chart", "beta_columns", "beta_container", "beta_expander", "experimental_data_editor"}, method.Attr.Name) &&
		u.may(containerValue, method.Value) {
		return method.Attr.Name
	}
	return ""
}

// removed makes the finding of a name after "st.", if the version lacks it.
func (u *unit) removed(n python.Node, name string, o Options) []Finding {
	row, gone := removedIn(name, o.Streamlit)
	if !gone || u.ready(n, o.Streamlit) {
		return nil
	}
	f := u.at(n, name, message.New("finding.SL106.what", "api", row.what(), "version", row.gone))
	f.FixSaid, f.manual = row.fixSaid(), row.manual || name == "experimental_connection" && u.connectsSnowpark(n)
	return []Finding{f}
}

// connectsSnowpark reports whether st.experimental_connection, of which n is the name, is asked for a
// type that is gone as well.
func (u *unit) connectsSnowpark(n python.Node) bool {
	call, ok := u.Up[n].(*python.Call)
	if !ok {
		return false
	}
	value, _ := text(connectionType(call))
	return value == "snowpark"
}

func (u *unit) removedImports(s *python.ImportFrom, o Options) []Finding {
	if s.Level != 0 || s.Module != "streamlit" {
		return nil
	}
	var list []Finding
	for _, alias := range s.Names {
		list = append(list, u.removed(s, alias.Name, o)...)
	}
	return list
}

// removedArguments looks at the arguments of a call; the finding is that of the function.
func (u *unit) removedArguments(call *python.Call, o Options) []Finding {
	function := u.onPage(call.Func)
	if function == "" {
		return nil
	}
	var list []Finding
	for _, k := range call.Keywords {
		if k.Name != nil {
			list = append(list, u.removed(call.Func, function+"."+k.Name.Name, o)...)
		}
	}
	if function == connectionFunction {
		if value, _ := text(connectionType(call)); value != "" {
			list = append(list, u.removed(call.Func, "connection.type="+value, o)...)
		}
	}
	return list
}
