package rules

import (
	"maps"
	"path"
	"slices"

	"sleet/scaffold"
	"sleet/scaffold/check/facts"
	"sleet/scaffold/credential"
	"sleet/scaffold/existing"
	"sleet/ui/message"
)

// sl302 returns the rule about secrets.toml in the wrong place.
func sl302() Rule {
	return Rule{
		ID: "SL302", Runtimes: everywhere(), Severity: facts.Warning, Item: itemSecrets,
		Page: pageSecrets, Check: secretsFile,
		Example: Example{
			Before: `## .streamlit/secrets.toml
api_url = "https://api.example.com"
password = "correct-horse-battery"
`,
			After: `## .streamlit/secrets.toml
api_url = "https://api.example.com"
`,
		},
	}
}

// secretsFile returns the findings of SL302: what does not belong in secrets.toml. No finding
// contains a value.
func secretsFile(a *facts.App, o facts.Options) []facts.Finding {
	var list []facts.Finding
	for _, p := range a.FindFiles(scaffold.SecretsFile) {
		for _, k := range existing.TOMLKeys(a.Files[p]) {
			if f, found := misplacedValue(a, p, k, o); found {
				list = append(list, f)
			}
		}
	}
	return list
}

func misplacedValue(a *facts.App, p string, k existing.TOMLKey, o facts.Options) (facts.Finding, bool) {
	why := credentialIn(k.Names, k.Value)
	warehouse := !scaffold.Facts(o.Runtime).SecretsFile
	if why.IsZero() && !warehouse {
		return facts.Finding{}, false
	}
	f := a.TextFinding(p, k.Start, k.End, k.Dotted(), message.Message{})
	file, key := path.Base(p), k.Dotted()
	switch {
	case why.IsZero():
		f.Message = message.New("finding.SL302.what.warehouse", "file", file, "key", key)
		f.Fix = message.New("finding.SL302.fix.warehouse")
		return f, true
	case warehouse:
		f.Message = message.New("finding.SL302.what.warehouse_credential", "file", file, "key", key, "why", why)
		f.Fix = message.New("finding.SL302.fix.warehouse_credential")
	default:
		f.Message = message.New("finding.SL302.what.credential", "file", file, "key", key, "why", why)
		f.Fix = message.New("finding.SL302.fix.credential")
	}
	f.Severity = facts.Error
	return f, true
}

// credentialIn returns why a value, or a nested one, looks like a credential.
func credentialIn(names []string, value any) message.Message {
	switch v := value.(type) {
	case []any:
		for _, e := range v {
			if why := credentialIn(names, e); !why.IsZero() {
				return why
			}
		}
		return message.Message{}
	case map[string]any:
		for _, key := range slices.Sorted(maps.Keys(v)) {
			if why := credentialIn(append(append([]string{}, names...), key), v[key]); !why.IsZero() {
				return why
			}
		}
		return message.Message{}
	}
	return credential.InValue(names, value)
}
