package validate

import (
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/pelletier/go-toml/v2"

	"sleet/scaffold"
	"sleet/scaffold/credential"
	"sleet/scaffold/textedit"
	"sleet/ui/message"
)

// valueAnswer is one value in [values] that is not a table. Each element of a list is a value of
// its own.
type valueAnswer struct {
	// path is its path, names are the keys that lead to it, and name is the last key. top reports
	// whether it is at the top level, where it becomes an environment variable.
	path, name string
	names      []string
	top        bool
	value      any
}

func valueAnswers(values map[string]any) []valueAnswer {
	var all []valueAnswer
	var walk func(path string, names []string, value any)
	walk = func(path string, names []string, value any) {
		switch v := value.(type) {
		case map[string]any:
			for _, key := range slices.Sorted(maps.Keys(v)) {
				walk(path+"."+textedit.JoinKey(key), append(slices.Clip(names), key), v[key])
			}
			return
		case []any:
			for i, e := range v {
				walk(item(path, i), names, e)
			}
			return
		case []string:
			for i, e := range v {
				walk(item(path, i), names, e)
			}
			return
		}
		name := ""
		if len(names) > 0 {
			name = names[len(names)-1]
		}
		all = append(all, valueAnswer{
			path: path, names: names, name: name, value: value,
			top: len(names) == 1 && !strings.HasSuffix(path, "]"),
		})
	}
	walk("values", nil, values)
	return all
}

func checkValuesWarehouse(in *inspection) {
	if in.known && !in.facts.SecretsFile && len(in.answers.Values) > 0 {
		in.found("values", "runtime", runtimeText(in.facts.Runtime))
	}
}

// checkValueCredential reports credentials. The message never contains the value.
func checkValueCredential(in *inspection) {
	for _, v := range in.values {
		if why := credential.InValue(v.names, v.value); !why.IsZero() {
			in.found(v.path, "why", why, "key", secretKeyFor(v.names))
		}
	}
}

// secretKeyFor turns the keys of a value into the key of a secret.
func secretKeyFor(names []string) string {
	key := strings.Map(func(r rune) rune {
		if strings.ContainsRune(credential.WordCharacters+"_", r) {
			return r
		}
		return '_'
	}, strings.Join(names, "_"))
	if !scaffold.Identifier(key) || scaffold.PythonKeyword(key) {
		return "api_key"
	}
	return key
}

// checkValueType reports values of types that secrets.toml does not support.
func checkValueType(in *inspection) {
	for _, v := range in.values {
		switch v.value.(type) {
		case string, bool, int, int64, float64, time.Time, toml.LocalDate, toml.LocalTime, toml.LocalDateTime:
		default:
			in.found(v.path, "name", v.name)
		}
	}
}

// checkValueEnvironment reports values that Streamlit cannot turn into an environment variable: it
// stops with an error there.
// https://docs.streamlit.io/develop/concepts/connections/secrets-management
func checkValueEnvironment(in *inspection) {
	for _, v := range in.values {
		text, isText := v.value.(string)
		_, isBool := v.value.(bool)
		if v.top && !isBool && (v.name == "" || strings.ContainsAny(v.name, "=\x00") || isText && strings.Contains(text, "\x00")) {
			in.found(v.path, "name", v.name)
		}
	}
}

// checkConnections reports a [connections] table, which st.connection reads before it checks
// whether it runs in Snowflake.
// https://docs.streamlit.io/develop/api-reference/connections/st.connections.snowflakeconnection
func checkConnections(in *inspection) {
	if _, ok := in.answers.Values["connections"]; ok {
		in.found("values.connections")
	}
}

// checkTextCredential reports credentials pasted into text that everybody can see.
func checkTextCredential(in *inspection) {
	a := in.answers
	look := func(path, text string) {
		if why := credential.InText(text); !why.IsZero() {
			in.found(path, "why", why)
		}
	}
	look("app.title", a.App.Title)
	look("app.comment", a.App.Comment)
	for _, p := range in.packages {
		look(p.path, p.raw)
	}
	for _, h := range in.hosts {
		look(h.path, h.raw)
	}
	for i, s := range a.Secrets {
		look(secretPath(i, "key"), s.Key)
		look(secretPath(i, "object"), s.Object)
		look(secretPath(i, "comment"), s.Comment)
	}
	for _, o := range in.options {
		if why := optionCredential(o); !why.IsZero() {
			in.found(o.path(), "why", why)
		}
	}
}

// optionCredential returns the reason why an option of config.toml looks like a credential. Mapbox
// tokens that begin with "pk." are public.
// https://docs.mapbox.com/help/dive-deeper/access-tokens/
func optionCredential(o optionAnswer) message.Message {
	text, isText := o.value.(string)
	switch {
	case isText && o.option.Sensitive && strings.HasPrefix(text, "pk."):
		return message.Message{}
	case isText && o.option.Sensitive && text != "":
		return message.New("problem.credential.option")
	case o.known && isText:
		return credential.InText(text)
	case o.known:
		return message.Message{}
	}
	for _, v := range valueAnswers(map[string]any{o.key: o.value}) {
		if why := credential.InValue(append(strings.Split(o.key, "."), v.names[1:]...), v.value); !why.IsZero() {
			return why
		}
	}
	return message.Message{}
}

func valueRules() []Rule {
	const pageStreamlit = "https://docs.streamlit.io/develop/concepts/connections/secrets-management"
	return []Rule{
		{
			ID: "values-warehouse", Severity: Error, Page: pageConfiguration, check: checkValuesWarehouse,
		},
		{
			ID: "value-credential", Severity: Error, Page: pageConfiguration, check: checkValueCredential,
		},
		{
			ID: "text-credential", Severity: Error, Page: pageConfiguration, check: checkTextCredential,
		},
		{
			ID: "value-type", Severity: Error, Page: pageStreamlit, check: checkValueType,
		},
		{
			ID: "value-connections", Severity: Warning, Page: "https://docs.streamlit.io/develop/api-reference/connections/st.connections.snowflakeconnection",
			check: checkConnections,
		},
		{
			ID: "value-environment", Severity: Error, Page: pageStreamlit, check: checkValueEnvironment,
		},
	}
}
