package steps

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"sleet/scaffold"
	"sleet/scaffold/answers"
)

// secretRow describes one question about a secret.
type secretRow struct {
	field string
	kind  Kind
	page  string
	asked func(s State, d scaffold.SecretDecl) bool
	// options returns the values of a Choice.
	options func(s State, d scaffold.SecretDecl) []string
	get     func(d scaffold.SecretDecl) string
	set     func(d *scaffold.SecretDecl, v string)
}

// SecretQuestions returns the questions about the i-th secret, in order.
func SecretQuestions(s State, i int) []Question {
	var all []Question
	for _, row := range secretRows() {
		if q := row.question(i); q.asked(s) {
			all = append(all, q)
		}
		if row.field == "key" {
			all = append(all, secretHosts())
		}
	}
	return all
}

// NewSecretQuestions returns the questions about a new secret. Its key is the suggested one until another is typed: the
// field shows a placeholder, not text to delete.
func NewSecretQuestions(s State, i int, suggested string) []Question {
	all := SecretQuestions(s, i)
	key := all[0]
	all[0].Preset = suggested
	all[0].Get = func(a scaffold.App) string {
		if text := key.Get(a); text != suggested {
			return text
		}
		return ""
	}
	all[0].Set = func(a *scaffold.App, v string) {
		if v == "" {
			v = suggested
		}
		key.Set(a, v)
	}
	return all
}

// secretHosts asks for the hosts of a secret, in one line: a secret reaches an app only through an integration, which
// allows certain hosts.
// https://docs.snowflake.com/en/developer-guide/external-network-access/creating-using-external-network-access
func secretHosts() Question {
	return Question{
		ID: "secrets.hosts", Path: "network.hosts", Kind: Text, Page: pageRule, File: FileSetup,
		Get: func(a scaffold.App) string { return strings.Join(a.Network.Hosts, ", ") },
		Set: func(a *scaffold.App, v string) {
			a.Network.Hosts = hostsOf(strings.FieldsFunc(v, func(r rune) bool { return r == ',' || unicode.IsSpace(r) }))
		},
		Rewrite: HostOf,
		Anchor:  func(State) string { return "VALUE_LIST" },
	}
}

func secretRows() []secretRow {
	type decl = scaffold.SecretDecl
	return []secretRow{
		{
			field: "key", page: PageSecrets,
			get: func(d decl) string { return d.Key }, set: func(d *decl, v string) { d.Key = v },
		},
		{
			field: "type", kind: Choice, page: pageSecret, options: secretTypes,
			get: func(d decl) string { return string(d.Type) },
			set: func(d *decl, v string) { setType(d, scaffold.SecretType(v)) },
		},
		{
			field: "access", kind: Choice, page: PageSecrets, options: secretAccess,
			// An answer that the runtime does not support is asked again, so that its problem is shown.
			asked: func(s State, d decl) bool {
				ways := secretAccess(s, d)
				return len(ways) > 1 || d.Access != "" && !slices.Contains(ways, string(d.Access))
			},
			get: func(d decl) string { return string(d.Access) },
			set: func(d *decl, v string) { d.Access = scaffold.Access(v) },
		},
		{
			field: "flow", kind: Choice, page: pageSecret, options: secretFlows,
			asked: func(s State, d decl) bool { return len(secretFlows(s, d)) > 0 },
			get:   func(d decl) string { return string(d.Flow) }, set: func(d *decl, v string) { d.Flow = scaffold.Flow(v) },
		},
		{
			field: "integration", page: pageSecret, asked: func(_ State, d decl) bool { return SecretType(d).NeedsIntegration() },
			get: func(d decl) string { return d.Integration }, set: func(d *decl, v string) { d.Integration = v },
		},
		{
			field: "scopes", page: pageSecret,
			asked: func(_ State, d decl) bool { return d.Flow == scaffold.ClientCredentials },
			get:   func(d decl) string { return strings.Join(d.Scopes, " ") },
			set:   func(d *decl, v string) { d.Scopes = strings.Fields(v) },
		},
		{
			field: "existing", kind: Toggle, page: pageSecret,
			get: func(d decl) string { return BoolText(d.Existing) }, set: func(d *decl, v string) { d.Existing = v == BoolText(true) },
		},
		{
			field: "object", page: pageSecret,
			get: func(d decl) string { return d.Object }, set: func(d *decl, v string) { d.Object = v },
		},
		{
			field: "comment", page: pageSecret, asked: func(_ State, d decl) bool { return !d.Existing },
			get: func(d decl) string { return d.Comment }, set: func(d *decl, v string) { d.Comment = v },
		},
	}
}

// question returns the row as a question about the i-th secret.
func (r secretRow) question(i int) Question {
	at := func(a scaffold.App) scaffold.SecretDecl {
		if i < len(a.Secrets) {
			return a.Secrets[i]
		}
		return scaffold.SecretDecl{}
	}
	q := Question{
		ID: "secrets." + r.field, Path: fmt.Sprintf("secrets[%d].%s", i, r.field),
		Kind: r.kind, Page: r.page, File: FileSetup,
		Get: func(a scaffold.App) string { return r.get(at(a)) },
		Set: func(a *scaffold.App, v string) {
			if i < len(a.Secrets) {
				r.set(&a.Secrets[i], v)
			}
		},
	}
	if r.field == "key" || r.field == "access" {
		q.File = ""
		q.Anchor = func(s State) string { return "def secret_" + at(s.App).Key + "(" }
	}
	if r.asked != nil {
		q.Asked = func(s State) bool { return r.asked(s, at(s.App)) }
	}
	if r.options != nil {
		q.Options = func(s State) []Option { return options(q.ID, r.options(s, at(s.App))...)(s) }
		q = meaning(q, func(a scaffold.App, value string) []Meaning { return secretMeans(r.field, a, i, value) })
	}
	return q
}

// SecretType returns the secret's type, or the default if none is set.
func SecretType(d scaffold.SecretDecl) scaffold.SecretType {
	if d.Type == "" {
		return scaffold.GenericString
	}
	return d.Type
}

// setType changes the type and removes answers that do not apply to it.
func setType(d *scaffold.SecretDecl, t scaffold.SecretType) {
	d.Type = t
	if flows := t.Facts().Flows; len(flows) == 0 {
		d.Flow, d.Scopes = "", nil
	} else if d.Flow == "" {
		d.Flow = flows[0]
	}
	if !t.NeedsIntegration() {
		d.Integration = ""
	}
}

// secretFlows returns the OAuth flows of the secret's type.
func secretFlows(_ State, d scaffold.SecretDecl) []string {
	return answers.Choices(SecretType(d).Facts().Flows...)
}

// secretTypes returns the types that the runtime supports.
func secretTypes(s State, _ scaffold.SecretDecl) []string {
	var types []string
	for _, t := range scaffold.SecretTypes() {
		if len(s.facts().Access[t]) > 0 {
			types = append(types, string(t))
		}
	}
	return types
}

// secretAccess returns the access methods of the secret's type in the runtime.
func secretAccess(s State, d scaffold.SecretDecl) []string {
	var ways []string
	for _, w := range s.facts().Access[SecretType(d)] {
		ways = append(ways, string(w))
	}
	return ways
}

// SuggestedKey returns a key that no secret has.
func SuggestedKey(secrets []scaffold.SecretDecl) string {
	key := "api_key"
	for n := 2; slices.ContainsFunc(secrets, func(d scaffold.SecretDecl) bool { return strings.EqualFold(d.Key, key) }); n++ {
		key = fmt.Sprintf("api_key_%d", n)
	}
	return key
}
