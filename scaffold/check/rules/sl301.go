package rules

import (
	"path"
	"strings"

	"sleet/scaffold"
	"sleet/scaffold/catalogue"
	"sleet/scaffold/check/facts"
	"sleet/scaffold/existing"
	"sleet/ui/message"
)

// sl301 returns the rule about configuration that the runtime ignores or rejects.
func sl301() Rule {
	return Rule{
		ID: "SL301", Runtimes: everywhere(), Severity: facts.Warning, Automatic: true, Item: itemConfiguration,
		Page: pageSecrets, Check: ignoredConfig,
		Example: Example{
			Before: `## .streamlit/config.toml
[theme]
base = "dark"

[server]
port = 8080
`,
			After: `## .streamlit/config.toml
[theme]
base = "dark"
`,
		},
	}
}

// ignoredConfig returns the findings of SL301: options in config.toml that a runtime does not read.
func ignoredConfig(a *facts.App, o facts.Options) []facts.Finding {
	var list []facts.Finding
	for _, p := range a.FindFiles(path.Join(scaffold.StreamlitDir, "config.toml")) {
		for _, k := range existing.TOMLKeys(a.Files[p]) {
			if f, found := ignoredOption(a, p, k, o); found {
				list = append(list, f)
			}
		}
	}
	return list
}

func ignoredOption(a *facts.App, p string, k existing.TOMLKey, o facts.Options) (facts.Finding, bool) {
	key := k.Dotted()
	if len(k.Names) == 1 {
		f := a.TextFinding(p, k.Start, k.End, key, message.New("finding.SL301.what.no_section", "key", key))
		f.Fix, f.Manual = message.New("finding.SL301.fix.no_section"), true
		return f, true
	}
	support := catalogue.Supported(string(o.Runtime), key)
	if !support.Written {
		return a.TextFinding(p, k.Start, k.End, key, message.New("finding.SL301.what.ignored", "key", key, "why", support.Reason)), true
	}
	if option := topOption(key); option == "" {
		f := a.TextFinding(p, k.Start, k.End, key, message.New("finding.SL301.what.unknown", "version", catalogue.StreamlitVersion, "key", key))
		f.Fix, f.Manual = message.New("finding.SL301.fix.unknown"), true
		if meant, near := catalogue.Nearest(key); near {
			f.Fix = message.New("finding.SL301.fix.meant", "key", meant)
		}
		return f, true
	}
	return doubtfulOption(a, p, k)
}

// doubtfulOption returns the finding for an invalid value or a deprecated option.
func doubtfulOption(a *facts.App, p string, k existing.TOMLKey) (facts.Finding, bool) {
	key := k.Dotted()
	option, known := catalogue.Lookup(key)
	if !known {
		return facts.Finding{}, false // part of an option's value
	}
	if option.Check(k.Value) != catalogue.None {
		f := a.TextFinding(p, k.Start, k.End, key, message.New("finding.SL301.what.value", "key", key, "want", option.ExpectedMessage()))
		f.Fix, f.Manual = message.New("finding.SL301.fix.value", "want", option.ExpectedMessage()), true
		return f, true
	}
	if !option.Deprecated {
		return facts.Finding{}, false
	}
	f := a.TextFinding(p, k.Start, k.End, key, message.New("finding.SL301.what.deprecated", "key", key))
	f.Fix, f.Manual, f.Severity = option.Instead(), true, facts.Advice
	return f, true
}

// topOption returns the option that a key belongs to, "" if none.
func topOption(key string) string {
	for key != "" {
		if _, known := catalogue.Lookup(key); known {
			return key
		}
		key = key[:max(0, strings.LastIndexByte(key, '.'))]
	}
	return ""
}
