package rules

import (
	"maps"
	"path"
	"slices"
	"strings"

	"sleet/scaffold/check/facts"
	"sleet/scaffold/credential"
	"sleet/ui/message"
)

// sl118 returns the rule about private keys in the app's folder.
func sl118() Rule {
	return Rule{
		ID: "SL118", Runtimes: everywhere(), Severity: facts.Error,
		Page: pageSecrets, Check: privateKeys,
		Example: Example{
			Before: `## rsa_key.p8
-----BEGIN PRIVATE KEY-----
MIIEvg
`,
			After: `import streamlit as st

private_key = st.secrets["private_key"]

## app.sql
ALTER STREAMLIT sales SET
  EXTERNAL_ACCESS_INTEGRATIONS = (sales_access)
  SECRETS = ('private_key' = sales_private_key);
`,
		},
	}
}

// privateKeys returns the findings of SL118: files of the app that contain a private key. Keys
// under tests are test data.
func privateKeys(a *facts.App, _ facts.Options) []facts.Finding {
	var list []facts.Finding
	for _, p := range slices.Sorted(maps.Keys(a.Keys)) {
		rest := strings.TrimPrefix(p, a.Root+"/")
		if first, _, in := strings.Cut(rest, "/"); in && (first == "tests" || first == "test") {
			continue
		}
		what := message.New("finding.SL118.what.key", "file", path.Base(p))
		if a.Keys[p] == credential.ServiceAccount {
			what = message.New("finding.SL118.what.account", "file", path.Base(p))
		}
		list = append(list, a.FileFinding(p, "", what))
	}
	return list
}
