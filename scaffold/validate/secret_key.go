package validate

import (
	"slices"
	"strings"

	"sleet/scaffold"
	"sleet/scaffold/textedit"
)

func checkKeys(wrong func(*inspection, int, scaffold.SecretDecl) bool) func(*inspection) {
	return func(in *inspection) {
		for i, s := range in.answers.Secrets {
			if wrong(in, i, s) {
				in.found(secretPath(i, "key"), "value", s.Key)
			}
		}
	}
}

func badKey(_ *inspection, _ int, s scaffold.SecretDecl) bool {
	return s.Key != "" && !scaffold.Identifier(s.Key)
}

func noKey(_ *inspection, _ int, s scaffold.SecretDecl) bool { return s.Key == "" }

func keywordKey(_ *inspection, _ int, s scaffold.SecretDecl) bool {
	return scaffold.PythonKeyword(s.Key)
}

// reservedKey reports whether Streamlit itself uses a key of st.secrets.
// https://docs.streamlit.io/develop/concepts/connections/connecting-to-data
func reservedKey(_ *inspection, _ int, s scaffold.SecretDecl) bool {
	return strings.EqualFold(s.Key, "connections") || strings.EqualFold(s.Key, "auth")
}

func duplicateKey(in *inspection, i int, s scaffold.SecretDecl) bool {
	return s.Key != "" && slices.ContainsFunc(in.answers.Secrets[:i], func(earlier scaffold.SecretDecl) bool {
		return strings.EqualFold(earlier.Key, s.Key)
	})
}

// environment returns the environment variables that hold a secret, in upper case. A container
// names them after the key; sleet reads them with the prefix SLEET_SECRET_.
func environment(s scaffold.SecretDecl) []string {
	key := strings.ToUpper(s.Key)
	list := []string{key}
	for _, value := range s.Type.Facts().ValuesIn(s.Flow) {
		if value.Field != "" {
			list = append(list, key+"_"+strings.ToUpper(value.Field))
		}
	}
	return list
}

// checkEnvironment reports two secrets, or a secret and a value, that map to the same variable.
func checkEnvironment(in *inspection) {
	for i, s := range in.answers.Secrets {
		if s.Key == "" {
			continue
		}
		mine := environment(s)
		for j, earlier := range in.answers.Secrets[:i] {
			if earlier.Key == "" || strings.EqualFold(earlier.Key, s.Key) {
				continue
			}
			if shared := common(mine, environment(earlier)); shared != "" {
				in.found(secretPath(i, "key"), "value", s.Key, "variable", shared, "other", secretPath(j, "key"))
			}
		}
		for _, v := range in.values {
			name := strings.ToUpper(v.name)
			if v.top && name != mine[0] && slices.Contains(mine, name) {
				in.found(secretPath(i, "key"), "value", s.Key, "variable", v.name, "other", v.path)
			}
		}
	}
}

func common(a, b []string) string {
	for _, x := range a {
		if slices.Contains(b, x) {
			return x
		}
	}
	return ""
}

// checkKeyIsValue reports a secret with the same key as a value: the value in secrets.toml would
// hide the secret.
func checkKeyIsValue(in *inspection) {
	for i, s := range in.answers.Secrets {
		for name := range in.answers.Values {
			if s.Key != "" && strings.EqualFold(name, s.Key) {
				in.found(secretPath(i, "key"), "value", s.Key, "other", "values."+textedit.JoinKey(name))
			}
		}
	}
}

// vitalVariable reports whether a process depends on an environment variable.
func vitalVariable(name string) bool {
	switch name {
	case "PATH", "HOME", "PYTHONPATH", "PYTHONHOME", "LD_LIBRARY_PATH", "LD_PRELOAD", "TMPDIR":
		return true
	}
	return strings.HasPrefix(name, "SNOWFLAKE_") || strings.HasPrefix(name, "STREAMLIT_")
}

// checkVital reports secrets and values that would overwrite such a variable.
func checkVital(in *inspection) {
	if !in.known || !in.facts.SecretsFile { // Streamlit sets the variables from that file
		return
	}
	for i, s := range in.app.Secrets {
		if s.Access == scaffold.AccessSecrets && vitalVariable(s.Key) {
			in.found(secretPath(i, "key"), "value", s.Key)
		}
	}
	for _, v := range in.values {
		if v.top && vitalVariable(v.name) {
			in.found(v.path, "value", v.name)
		}
	}
}

func secretKeyRules() []Rule {
	return []Rule{
		{
			ID: "secret-key-missing", Severity: Error, Page: pageConfiguration, check: checkKeys(noKey),
		},
		{
			ID: "secret-key-form", Severity: Error, Page: "https://docs.python.org/3.11/reference/lexical_analysis.html#identifiers",
			check: checkKeys(badKey),
		},
		{
			ID: "secret-key-keyword", Severity: Error, Page: "https://docs.python.org/3.11/reference/lexical_analysis.html#keywords",
			check: checkKeys(keywordKey),
		},
		{
			ID: "secret-key-reserved", Severity: Error, Page: "https://docs.streamlit.io/develop/api-reference/connections/secrets.toml",
			check: checkKeys(reservedKey),
		},
		{
			ID: "secret-key-duplicate", Severity: Error, Page: pageConfiguration, check: checkKeys(duplicateKey),
		},
		{
			ID: "secret-key-environment", Severity: Error, Page: pageConfiguration, check: checkEnvironment,
		},
		{
			ID: "secret-key-value", Severity: Error, Page: pageConfiguration, check: checkKeyIsValue,
		},
		{
			ID: "environment-vital", Severity: Warning, Page: pageConfiguration, check: checkVital,
		},
	}
}
