package check

import (
	"sleet/scaffold/python"
	"sleet/ui/message"
)

// sl105 is the rule about st.set_page_config argument without effect.
func sl105() Rule {
	return Rule{
		ID: "SL105", Runtimes: everywhere(), Severity: Advice, Automatic: true, Item: itemPage,
		Page: pageLimits, check: pageArguments,
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

// pageArguments finds SL105: the arguments of st.set_page_config that Snowsight ignores, by name or
// by place.
func pageArguments(a *App, _ Options) []Finding {
	places := []struct {
		name  string
		index int
	}{{"page_title", 0}, {"page_icon", 1}, {"menu_items", 4}}
	return eachCode(a, func(u *unit, call *python.Call) []Finding {
		if u.streamlit(call.Func) != "set_page_config" {
			return nil
		}
		var list []Finding
		for _, place := range places {
			what := message.New("finding.SL105.what", "argument", place.name)
			if k := keyword(call, place.name); k != nil {
				list = append(list, u.at(k, place.name, what))
			} else if arg := positional(call, place.index); arg != nil {
				f := u.at(arg, place.name, what)
				list = append(list, f)
			}
		}
		return list
	})
}
