package check

import (
	"fmt"
	"path"
	"strings"

	"sleet/scaffold/catalogue"
)

// ignoredConfig finds what a runtime does not read of config.toml (SL301).
func ignoredConfig(a *App, o Options) []Finding {
	var list []Finding
	for _, p := range a.inFolders(path.Join(streamlitFolder, "config.toml")) {
		for _, k := range tomlKeys(a.Files[p]) {
			if f, found := a.ignoredOption(p, k, o); found {
				list = append(list, f)
			}
		}
	}
	return list
}

func (a *App) ignoredOption(p string, k tomlKey, o Options) (Finding, bool) {
	key := k.dotted()
	if len(k.names) == 1 {
		f := a.inText(p, k.start, k.end, key, fmt.Sprintf("%s stands in no section, so Streamlit does not read it", key))
		f.Fix, f.manual = "put it under the head of its section, such as [theme]", true
		return f, true
	}
	support := catalogue.Supported(string(o.Runtime), key)
	if !support.Written {
		return a.inText(p, k.start, k.end, key, key+" has no effect. "+support.Reason), true
	}
	if option := topOption(key); option == "" {
		f := a.inText(p, k.start, k.end, key, fmt.Sprintf("Streamlit %s has no option %s", catalogue.StreamlitVersion, key))
		f.Fix, f.manual = "take it out", true
		if meant, near := catalogue.Nearest(key); near {
			f.Fix = "did you mean " + meant + "?"
		}
		return f, true
	}
	return Finding{}, false
}

// topOption is the option that a key is, or is a part of the value of; "" for none.
func topOption(key string) string {
	for key != "" {
		if _, known := catalogue.Lookup(key); known {
			return key
		}
		key = key[:max(0, strings.LastIndexByte(key, '.'))]
	}
	return ""
}
