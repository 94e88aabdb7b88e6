package rules

import (
	"sleet/scaffold/check/facts"

	"sleet/scaffold/python/ast"
	"sleet/ui/message"
)

// sl105 returns the rule about arguments of st.set_page_config that have no effect.
func sl105() Rule {
	return Rule{
		ID: "SL105", Runtimes: everywhere(), Severity: facts.Advice, Local: true, Automatic: true, Item: itemPage,
		Page: pageLimits, Check: pageArguments,
		Example: Example{
			Before: `import streamlit as st

st.set_page_config(page_title="Sales", layout="wide")
`,
			After: `import streamlit as st

st.set_page_config(layout="wide")
`,
		},
	}
}

// pageArguments returns the findings of SL105: the arguments of st.set_page_config that Snowsight
// ignores, by name or by position.
func pageArguments(a *facts.App, _ facts.Options) []facts.Finding {
	places := []struct {
		name  string
		index int
	}{{"page_title", 0}, {"page_icon", 1}, {"menu_items", 4}}
	return facts.EachCode(a, func(u *facts.Unit, call *ast.Call) []facts.Finding {
		if u.Streamlit(call.Func) != "set_page_config" {
			return nil
		}
		var list []facts.Finding
		for _, place := range places {
			what := message.New("finding.SL105.what", "argument", place.name)
			if k := facts.Keyword(call, place.name); k != nil {
				list = append(list, u.Finding(k, place.name, what))
			} else if arg := facts.Positional(call, place.index); arg != nil {
				f := u.Finding(arg, place.name, what)
				list = append(list, f)
			}
		}
		return list
	})
}
