package rules

import (
	"strings"

	"sleet/scaffold"
	"sleet/scaffold/check/facts"
	"sleet/ui/message"
)

// sl303 returns the rule about secrets that nothing provides or nothing reads.
func sl303() Rule {
	return Rule{
		ID: "SL303", Runtimes: everywhere(), Severity: facts.Warning, Item: itemSecrets,
		Page: pageSecrets, Check: looseSecrets,
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

// looseSecrets returns the findings of SL303: keys of st.secrets that nothing provides, and secrets
// that nothing reads.
func looseSecrets(a *facts.App, o facts.Options) []facts.Finding {
	bound, unread := a.BoundSecrets(), unreadInFunctions(a)
	reads := a.SecretReads(len(bound)+len(unread) > 0)
	var list []facts.Finding
	keys, all := a.SecretKeys(bound, o.Runtime)
	reported := map[string]bool{}
	for _, r := range reads.Needed {
		place := r.Unit.Path + "\x00" + r.Key
		if !keys[r.Key] && !all && !reported[place] {
			list = append(list, unprovided(r, o))
			reported[place] = true
		}
	}
	if reads.Dynamic || len(a.Code()) == 0 {
		return list
	}
	seen := map[string]bool{}
	for _, b := range bound {
		if !seen[b.Key] && !reads.Reads(b.Key) && !calls(a, b) {
			f := b.Finding
			f.Message = message.New("finding.SL303.what.unread", "key", b.Key)
			f.Fix = message.New("finding.SL303.fix.unread", "key", b.Key)
			if b.Function != "" {
				f.Fix = message.New("finding.SL303.fix.uncalled", "function", b.Function)
			}
			list = append(list, f)
		}
		seen[b.Key] = true
	}
	return append(list, unread...)
}

// calls reports whether any Python of the app refers to the function that holds a secret.
func calls(a *facts.App, b facts.BoundSecret) bool {
	if b.Function == "" {
		return false
	}
	for _, file := range a.Python {
		source := strings.ToUpper(string(file.Text))
		// An app without a name is named after its folder, and so is the function.
		if strings.Contains(source, strings.ToUpper(b.Function)) || strings.Contains(source, "_GET_"+strings.ToUpper(b.Key)) {
			return true
		}
	}
	return false
}

func unprovided(r facts.KeyRead, o facts.Options) facts.Finding {
	f := r.Unit.Finding(r.Node, r.Key, message.New("finding.SL303.what.unprovided", "key", r.Key))
	f.Fix = message.New("finding.SL303.fix.unprovided", "key", r.Key)
	if !scaffold.Facts(o.Runtime).SecretsFile {
		f.Message = message.New("finding.SL303.what.warehouse", "key", r.Key)
		f.Fix = message.New("finding.SL303.fix.warehouse")
	}
	return f
}

// unreadInFunctions returns the findings for secrets of functions whose body does not refer to
// them.
func unreadInFunctions(a *facts.App) []facts.Finding {
	var list []facts.Finding
	for _, o := range a.SQLObjects() {
		if o.Kind == facts.KindStreamlit || o.Body == "" {
			continue
		}
		for _, s := range o.Secrets() {
			if !strings.Contains(o.Body, s.Key) {
				f := a.TextFinding(o.Path, s.At.Start, s.At.End, s.Key, message.New("finding.SL303.what.function", "key", s.Key))
				f.Fix = message.New("finding.SL303.fix.function")
				list = append(list, f)
			}
		}
	}
	return list
}
