package check

import (
	"strings"

	"sleet/scaffold"
	"sleet/ui/message"
)

// sl303 is the rule about secret that nothing provides, or that nothing reads.
func sl303() Rule {
	return Rule{
		ID: "SL303", Runtimes: everywhere(), Severity: Warning, Item: itemSecrets,
		Page: pageSecrets, check: looseSecrets,
		Example: Example{
			Before: `import streamlit as st

token = st.secrets["token"]

## .streamlit/secrets.toml
api_url = "https://api.example.com"
`,
			After: `import streamlit as st

api_url = st.secrets["api_url"]

## .streamlit/secrets.toml
api_url = "https://api.example.com"
`,
		},
	}
}

// looseSecrets finds keys of st.secrets that nothing provides, and secrets that nothing reads
// (SL303).
func looseSecrets(a *App, o Options) []Finding {
	bound, unread := a.boundSecrets(), a.unreadInFunctions()
	reads := a.secretReads(len(bound)+len(unread) > 0)
	var list []Finding
	keys, all := a.provided(bound, o.Runtime)
	told := map[string]bool{}
	for _, r := range reads.needed {
		place := r.unit.Path + "\x00" + r.key
		if !keys[r.key] && !all && !told[place] {
			list = append(list, unprovided(r, o))
			told[place] = true
		}
	}
	if reads.dynamic || len(a.Code()) == 0 {
		return list
	}
	seen := map[string]bool{}
	for _, b := range bound {
		if !seen[b.key] && !reads.reads(b.key) && !a.calls(b) {
			f := b.finding
			f.Said = message.New("finding.SL303.what.unread", "key", b.key)
			f.FixSaid = message.New("finding.SL303.fix.unread", "key", b.key)
			if b.function != "" {
				f.FixSaid = message.New("finding.SL303.fix.uncalled", "function", b.function)
			}
			list = append(list, f)
		}
		seen[b.key] = true
	}
	return append(list, unread...)
}

// calls reports whether some Python of the app names the function that holds a secret.
func (a *App) calls(b boundSecret) bool {
	if b.function == "" {
		return false
	}
	for _, file := range a.Python {
		source := strings.ToUpper(string(file.Text))
		// An app without a name is called after its folder, and the function after that.
		if strings.Contains(source, strings.ToUpper(b.function)) || strings.Contains(source, "_GET_"+strings.ToUpper(b.key)) {
			return true
		}
	}
	return false
}

func unprovided(r secretRead, o Options) Finding {
	f := r.unit.at(r.node, r.key, message.New("finding.SL303.what.unprovided", "key", r.key))
	f.FixSaid = message.New("finding.SL303.fix.unprovided", "key", r.key)
	if !scaffold.Facts(o.Runtime).SecretsFile {
		f.Said = message.New("finding.SL303.what.warehouse", "key", r.key)
		f.FixSaid = message.New("finding.SL303.fix.warehouse")
	}
	return f
}

// unreadInFunctions finds secrets of functions whose body stands there and does not name them.
func (a *App) unreadInFunctions() []Finding {
	var list []Finding
	for _, o := range a.SQLObjects() {
		if o.kind == kindStreamlit || o.body == "" {
			continue
		}
		for _, s := range o.secrets() {
			if !strings.Contains(o.body, s.key) {
				f := a.inText(o.path, s.at.start, s.at.end, s.key, message.New("finding.SL303.what.function", "key", s.key))
				f.FixSaid = message.New("finding.SL303.fix.function")
				list = append(list, f)
			}
		}
	}
	return list
}
