package manifest

import (
	"maps"
	"slices"
	"strings"

	"sleet/scaffold"
	"sleet/scaffold/validate"
)

// Values is what .streamlit/secrets.toml holds: the values that are no secrets, and the keys of
// those that look like credentials. No value of a credential is in it.
type Values struct {
	// Plain is nested as the file is.
	Plain map[string]any
	// Credentials are the keys to move into secrets of Snowflake, with their places.
	Credentials []Credential
}

// Credential is a value of secrets.toml that belongs in a secret: never the value itself.
type Credential struct {
	// Key is its path with dots; Top reports whether it stands outside any table.
	Key string
	Top bool
	// Line is where it stands, 0 where that is not known.
	Line int
}

// ReadValues reads secrets.toml. The file stays as it is: a credential is for the person to move. An
// error is a *FileError, and repeats nothing of the file.
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

// lineOf finds the line of a key, or of the table that it is in.
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

// without returns the values but for the credentials, and but for tables that then hold nothing.
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
