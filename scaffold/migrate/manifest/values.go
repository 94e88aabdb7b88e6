package manifest

import (
	"maps"
	"slices"
	"strings"

	"sleet/scaffold"
	"sleet/scaffold/validate"
)

// Values is the content of .streamlit/secrets.toml: the values that are not secrets, and the keys of those that look
// like credentials. It contains no value of a credential.
type Values struct {
	// Plain is nested like the file.
	Plain map[string]any
	// Credentials are the keys to move into Snowflake secrets, with their positions.
	Credentials []Credential
}

// Credential is a value of secrets.toml that belongs in a secret, without the value.
type Credential struct {
	// Key is the dotted key. Top reports whether it is outside of any table.
	Key string
	Top bool
	// Line is the line of the key, 0 if it is unknown.
	Line int
}

// ReadValues reads secrets.toml. It does not change the file: the person must move credentials. An error is a
// *FileError and quotes nothing from the file.
// https://docs.snowflake.com/en/developer-guide/streamlit/app-development/secrets-and-configuration
func ReadValues(data []byte) (Values, error) {
	parts, all, err := parseTOML(scaffold.SecretsFile, data)
	if err != nil {
		return Values{}, err
	}
	v := Values{Plain: all}
	app := scaffold.App{Values: all}
	for _, p := range validate.Problems(app) {
		path, found := strings.CutPrefix(p.Path, "values.")
		if !found || p.Severity != validate.Error {
			continue
		}
		path, _, _ = strings.Cut(path, "[")
		path = strings.ReplaceAll(path, `"`, "")
		if slices.ContainsFunc(v.Credentials, func(c Credential) bool { return c.Key == path }) {
			continue
		}
		v.Credentials = append(v.Credentials, Credential{
			Key: path, Top: !strings.Contains(path, "."), Line: lineOf(parts, path),
		})
	}
	v.Plain = without(all, v.Credentials, "")
	return v, nil
}

// lineOf returns the line of a key, or that of its table.
func lineOf(parts []tomlPart, path string) int {
	line := 0
	for _, p := range parts {
		key := strings.Join(p.path, ".")
		if key == path {
			return p.line
		}
		if strings.HasPrefix(path, key+".") {
			line = p.line
		}
	}
	return line
}

// without returns the values except credentials, and without tables that would be empty.
func without(table map[string]any, credentials []Credential, above string) map[string]any {
	kept := map[string]any{}
	for _, key := range slices.Sorted(maps.Keys(table)) {
		path := above + key
		if slices.ContainsFunc(credentials, func(c Credential) bool { return c.Key == path }) {
			continue
		}
		inner, isTable := table[key].(map[string]any)
		if !isTable {
			kept[key] = table[key]
			continue
		}
		if inner = without(inner, credentials, path+"."); len(inner) > 0 {
			kept[key] = inner
		}
	}
	return kept
}
