package check

import (
	"path"

	"sleet/scaffold"
)

// secretsPath is where Streamlit looks for its secrets, from the root.
const secretsPath = streamlitFolder + "/secrets.toml"

// secretsFile finds what should not stand in secrets.toml (SL302). No finding holds a value.
func secretsFile(a *App, o Options) []Finding {
	var list []Finding
	for _, p := range a.inFolders(secretsPath) {
		for _, k := range tomlKeys(a.Files[p]) {
			if f, found := a.misplacedValue(p, k, o); found {
				list = append(list, f)
			}
		}
	}
	return list
}

func (a *App) misplacedValue(p string, k tomlKey, o Options) (Finding, bool) {
	why := credentialIn(k.names, k.value)
	warehouse := !scaffold.Facts(o.Runtime).SecretsFile
	if why == "" && !warehouse {
		return Finding{}, false
	}
	const lies = "secrets.toml lies on a stage as plain text"
	name := path.Base(p) + " gives " + k.dotted()
	f := a.inText(p, k.start, k.end, k.dotted(), "")
	switch {
	case why == "":
		f.Message = name + ", but a warehouse app reads no secrets.toml"
		f.Fix = "put it into the code or a table; a credential belongs into a SECRET that the app is bound to"
	case warehouse:
		f.Message = name + ", but a warehouse app reads no secrets.toml, and the value looks like a credential: " + why
		f.Fix = "make a SECRET of it, bind the app to that and read it through _snowflake; then replace the credential where it came from if others saw the file"
		f.Severity = Error
	default:
		f.Message = name + ", and the value looks like a credential: " + why + "; " + lies
		f.Fix = "make a SECRET of it, bind the app to that, and take it out here; then replace the credential where it came from if others saw the file"
		f.Severity = Error
	}
	return f, true
}

// credentialIn says why a value, or one in a list or a table of it, looks like a credential.
func credentialIn(names []string, value any) string {
	switch v := value.(type) {
	case []any:
		for _, e := range v {
			if why := credentialIn(names, e); why != "" {
				return why
			}
		}
		return ""
	case map[string]any:
		for _, key := range sortedKeys(v) {
			if why := credentialIn(append(append([]string{}, names...), key), v[key]); why != "" {
				return why
			}
		}
		return ""
	}
	return scaffold.Credential(names, value)
}
