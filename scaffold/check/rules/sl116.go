package rules

import (
	"regexp"
	"slices"
	"strings"
	"sync"

	"sleet/scaffold/check/facts"

	"sleet/scaffold/python/ast"
	"sleet/ui/message"
)

// foreign matches external content that a page loads, and code that is evaluated from text.
// https://docs.snowflake.com/en/developer-guide/streamlit/limitations
var foreign = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?is)<(script|iframe)\b[^>]*\bsrc\s*=\s*["']?\s*(?:https?:)?//[^\s"'>]+|<(link)\b[^>]*\bhref\s*=\s*["']?\s*(?:https?:)?//[^\s"'>]+|@import\s+(?:url\()?["']?(?:https?:)?//|\b(eval)\s*\(|\bnew\s+(Function)\s*\(`)
})

// sl116 returns the rule about content that the browser blocks.
func sl116() Rule {
	return Rule{
		ID: "SL116", Runtimes: everywhere(), Severity: facts.Warning, Local: true, Item: itemPage,
		Page: pageSecurity, Check: blockedContent,
		Example: Example{
			Before: `import streamlit as st

st.iframe("https://example.com/report")
`,
			After: `import streamlit as st

st.link_button("Open the report", "https://example.com/report")
`,
		},
	}
}

// blockedContent returns the findings of SL116: external scripts, styles and frames, eval, and
// custom components v2 in a warehouse.
func blockedContent(a *facts.App, o facts.Options) []facts.Finding {
	return facts.EachCode(a, func(u *facts.Unit, call *ast.Call) []facts.Finding {
		name := u.Streamlit(call.Func)
		switch {
		case name == "components.v1.iframe" || name == "iframe":
			if address, ok := u.SQLText(facts.Argument(call, "src", 0), 3); ok && isElsewhere(address) {
				return []facts.Finding{u.Finding(call, "iframe", message.New("finding.SL116.what.iframe", "address", hostPart(address)))}
			}
			return nil
		case strings.HasPrefix(name, "components.v2.") && !o.Facts().ComponentsV2:
			return []facts.Finding{u.Finding(call, "components.v2", message.New("finding.SL116.what.v2"))}
		case !slices.Contains([]string{"markdown", "html", "components.v1.html", "write"}, name) || len(call.Args) == 0:
			return nil
		case name == "markdown" && facts.Keyword(call, "unsafe_allow_html") == nil, name == "write" && facts.Keyword(call, "unsafe_allow_html") == nil:
			return nil // it is shown as text
		}
		markup, ok := u.SQLText(call.Args[0], 3)
		if !ok {
			return nil
		}
		m := foreign().FindStringSubmatch(markup)
		if m == nil {
			return nil
		}
		what := "style"
		for _, group := range m[1:] {
			if group != "" {
				what = strings.ToLower(group)
			}
		}
		if what == "link" {
			what = "style"
		}
		if what == "eval" || what == "function" {
			return []facts.Finding{u.Finding(call, what, message.New("finding.SL116.what.eval"))}
		}
		return []facts.Finding{u.Finding(call, what, message.New("finding.SL116.what.loads", "element", what))}
	})
}

// isElsewhere reports whether an address is outside of the app.
func isElsewhere(address string) bool {
	return strings.HasPrefix(address, "https://") || strings.HasPrefix(address, "http://") || strings.HasPrefix(address, "//")
}

// hostPart returns the host of an address.
func hostPart(address string) string {
	_, rest, found := strings.Cut(address, "//")
	if !found {
		return address
	}
	host, _, _ := strings.Cut(rest, "/")
	return host
}
