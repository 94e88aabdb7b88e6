package engine

import (
	"encoding/json"
	"slices"
	"strings"

	"sleet/snowflake/snowflaketest/grammar"
)

// describe reads DESCRIBE.
func (p *parser) describe() statement {
	p.SkipCategory()
	kind := p.Kind(grammar.KindDatabase, grammar.KindSchema, grammar.KindStage, grammar.KindSecret, grammar.KindRule, grammar.KindIntegration, grammar.KindFunction, grammar.KindStreamlit, grammar.KindWarehouse, grammar.KindPool, grammar.KindUser)
	n := p.ObjectName(kind)
	return statement{kind: kindShow, run: func(s *Session) (*Result, *grammar.Error) {
		o, err := s.find(kind, n, "DESCRIBE "+kind)
		if err != nil {
			return nil, err
		}
		if err := s.mayDescribe(o); err != nil {
			return nil, err
		}
		return s.described(o)
	}}
}

// mayDescribe checks the privileges that the page of each DESCRIBE requires.
func (s *Session) mayDescribe(o *object) *grammar.Error {
	needs := []string{"USAGE"}
	switch o.kind {
	case grammar.KindSecret:
		needs = []string{"USAGE", "READ", "MODIFY"}
	case grammar.KindRule:
		needs = []string{"OWNERSHIP", "USAGE"} // only Snowflake's own rules have USAGE
	case grammar.KindStage:
		needs = []string{"READ", "USAGE", "WRITE"}
	case grammar.KindWarehouse, grammar.KindPool:
		needs = []string{"USAGE", "MONITOR", "OPERATE", "MODIFY"}
	case grammar.KindDatabase, grammar.KindSchema:
		return nil
	case grammar.KindUser:
		if o.short() == s.user {
			return nil
		}
		needs = []string{"OWNERSHIP", "MONITOR"}
	}
	if s.may(o, needs...) {
		return nil
	}
	// A role sees nothing of an object that it may not use, unless it has MANAGE GRANTS.
	return s.lacks(o, needs...)
}

func (s *Session) described(o *object) (*Result, *grammar.Error) {
	one := []*object{o}
	switch o.kind {
	case grammar.KindStreamlit:
		return s.table(s.describeStreamlit(o), one), nil
	case grammar.KindSecret:
		return s.table(describeSecret(), one), nil
	case grammar.KindRule:
		return s.table(slices.Concat(stamp(), placed(), []field{
			ownerField(), commentField(), propField("type", "TYPE"), propField("mode", "MODE"),
			textField("value_list", func(_ *Session, o *object) any { return strings.Join(o.props["VALUE_LIST"].list, ",") }),
		}), one), nil
	case grammar.KindIntegration:
		return s.describeIntegration(o), nil
	case grammar.KindFunction:
		return s.describeFunction(o), nil
	case grammar.KindStage:
		return describeStage(o), nil
	case grammar.KindDatabase, grammar.KindSchema:
		return s.describePlace(o), nil
	case grammar.KindWarehouse:
		return s.table(append(stamp(), nameField(), fixedText("kind", "WAREHOUSE")), one), nil
	case grammar.KindUser:
		r := propertyTable("property", "value", "default", "description")
		for _, word := range []string{"NAME", "DEFAULT_ROLE", "DEFAULT_WAREHOUSE", "DEFAULT_NAMESPACE", "RSA_PUBLIC_KEY_FP"} {
			v := any(o.props[word].text)
			if word == "NAME" {
				v = o.short()
			}
			r.Rows = append(r.Rows, []any{word, v, nil, ""})
		}
		return r, nil
	default:
		return s.table(showFields(o.kind), one), nil
	}
}

// describeSecret returns the columns of DESCRIBE SECRET, which never include a value.
// https://docs.snowflake.com/en/sql-reference/sql/desc-secret
func describeSecret() []field {
	return append(stamp(), nameField(),
		textField("schema_name", func(_ *Session, o *object) any { return o.parts[1] }),
		textField("database_name", func(_ *Session, o *object) any { return o.parts[0] }),
		ownerField(),
		textField("comment", func(_ *Session, o *object) any {
			if o.comment == "" {
				return nil
			}
			return o.comment
		}),
		textField("secret_type", secretType), propField("username", "USERNAME"),
		fixedText("oauth_access_token_expiry_time", nil), propField("oauth_refresh_token_expiry_time", "OAUTH_REFRESH_TOKEN_EXPIRY_TIME"),
		textField("oauth_scopes", scopes), propField("integration_name", "API_AUTHENTICATION"),
		propField("algorithm", "ALGORITHM"), fixedText("key_length", nil),
		fixedText("workload_identity_federation_issuer", nil), fixedText("workload_identity_federation_subject", nil))
}

// propertyTable returns an empty result with text columns.
func propertyTable(columns ...string) *Result {
	r := &Result{Rows: [][]any{}}
	for _, c := range columns {
		r.Columns = append(r.Columns, column{c, "text", true})
	}
	return r
}

// describeIntegration returns one row per property, and never a client secret.
// https://docs.snowflake.com/en/sql-reference/sql/desc-integration
func (s *Session) describeIntegration(o *object) *Result {
	r := propertyTable("property", "property_type", "property_value", "property_default")
	add := func(property, typ string, value, standard any) {
		r.Rows = append(r.Rows, []any{property, typ, value, standard})
	}
	add("ENABLED", "Boolean", o.props["ENABLED"].text, "true")
	if o.props["TYPE"].text == "EXTERNAL_ACCESS" {
		for _, word := range []string{"ALLOWED_NETWORK_RULES", "ALLOWED_API_AUTHENTICATION_INTEGRATIONS", "ALLOWED_AUTHENTICATION_SECRETS"} {
			v := o.props[word]
			text := v.text
			if len(v.list) > 0 {
				text = "[" + strings.Join(v.list, ", ") + "]"
			} else if text == "" && !s.e.is(ListsEmpty) {
				text = "[]"
			}
			add(word, "List", text, "[]")
		}
	} else {
		for _, word := range sorted(o.props) {
			if word != "ENABLED" && word != "CATEGORY" && word != "TYPE" && word != "OAUTH_CLIENT_SECRET" {
				v := o.props[word]
				add(word, "String", v.text+strings.Join(v.list, ","), nil)
			}
		}
	}
	add("COMMENT", "String", o.comment, "")
	return r
}

// describeFunction returns one row per property.
// https://docs.snowflake.com/en/sql-reference/sql/desc-function
func (s *Session) describeFunction(o *object) *Result {
	r := propertyTable("property", "value")
	add := func(property string, value any) { r.Rows = append(r.Rows, []any{property, value}) }
	args := make([]string, 0, len(o.function.Arguments))
	for _, a := range o.function.Arguments {
		args = append(args, a.Name+" "+a.Type)
	}
	add("signature", "("+strings.Join(args, ", ")+")")
	add("returns", o.function.Returns)
	add("language", o.function.Language)
	if o.function.Secure && s.e.is(SecureHidden) && !s.primary()[o.owner] {
		return r
	}
	if o.function.Language == "PYTHON" {
		add("null handling", "CALLED ON NULL INPUT")
		add("volatility", "VOLATILE")
	}
	add("body", o.function.Body)
	if o.function.Language == "PYTHON" {
		packages := listOrEmpty(o.props["PACKAGES"])
		integrations := "[" + strings.Join(o.props["EXTERNAL_ACCESS_INTEGRATIONS"].list, ",") + "]"
		if s.e.is(FunctionLists) {
			packages = pythonList(o.props["PACKAGES"].list)
			integrations = asJSON(append([]string{}, o.props["EXTERNAL_ACCESS_INTEGRATIONS"].list...))
		}
		add("imports", listOrEmpty(o.props["IMPORTS"]))
		add("handler", o.props["HANDLER"].text)
		add("runtime_version", o.props["RUNTIME_VERSION"].text)
		add("packages", packages)
		add("installed_packages", "")
		add("is_aggregate", "false")
		add("external_access_integrations", integrations)
		add("secrets", functionSecrets(s, o))
	}
	return r
}

// pythonList returns a Python list of strings.
func pythonList(list []string) string {
	quoted := make([]string, len(list))
	for i, text := range list {
		quoted[i] = "'" + text + "'"
	}
	return "[" + strings.Join(quoted, ", ") + "]"
}

// describeStage returns one row per property.
// https://docs.snowflake.com/en/sql-reference/sql/desc-stage
func describeStage(o *object) *Result {
	r := propertyTable("parent_property", "property", "property_type", "property_value", "property_default")
	r.Rows = append(r.Rows,
		[]any{"STAGE_LOCATION", "URL", "String", "", ""},
		[]any{"DIRECTORY", "ENABLE", "Boolean", strings.ToLower(strings.TrimPrefix(o.props["DIRECTORY"].text, "ENABLE=")), "false"},
		[]any{"ENCRYPTION", "TYPE", "String", strings.TrimPrefix(o.props["ENCRYPTION"].text, "TYPE="), "SNOWFLAKE_FULL"},
	)
	return r
}

// describePlace lists the objects in a database or schema.
func (s *Session) describePlace(o *object) *Result {
	r := propertyTable("created_on", "name", "kind")
	r.Columns[0].Type = "timestamp_ltz"
	for _, k := range sorted(s.e.objects) {
		inner := s.e.objects[k]
		if len(inner.parts) == len(o.parts)+1 && grammar.Depth(inner.kind) == len(o.parts)+1 && slices.Equal(inner.parts[:len(o.parts)], o.parts) && s.sees(inner) {
			r.Rows = append(r.Rows, []any{stampText(inner.created), inner.short(), inner.kind})
		}
	}
	return r
}

// asJSON returns a value as JSON text.
func asJSON(v any) string {
	text, err := json.Marshal(v)
	if err != nil {
		return "null"
	}
	return string(text)
}
