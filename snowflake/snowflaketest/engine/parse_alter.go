package engine

import (
	"slices"
	"strings"

	"sleet/snowflake/snowflaketest/grammar"
)

// alteration is an ALTER statement that changes one object.
type alteration struct {
	kind    string
	ifExist bool
	name    grammar.Name
}

// alter reads ALTER ….
func (p *parser) alter() statement {
	switch {
	case p.Word("SESSION"):
		return p.alterSession()
	case p.Word("ACCOUNT"):
		return p.alterAccount()
	}
	a := &alteration{}
	for _, category := range []string{"API", "SECURITY"} {
		if p.Is(category, "INTEGRATION") {
			p.Skip(1)
		}
	}
	if p.Is("EXTERNAL", "ACCESS", "INTEGRATION") {
		p.Skip(2)
	}
	a.kind = p.Kind(grammar.KindDatabase, grammar.KindSchema, grammar.KindStage, grammar.KindSecret, grammar.KindRule, grammar.KindIntegration, grammar.KindFunction, grammar.KindStreamlit, grammar.KindWarehouse, grammar.KindPool, grammar.KindRole, grammar.KindUser)
	a.ifExist = p.Word("IF", "EXISTS")
	a.name = p.Name(grammar.Depth(a.kind))
	if a.kind == grammar.KindFunction {
		a.name[len(a.name)-1] += p.Signature()
	}
	switch {
	case p.Word("RENAME", "TO"):
		return p.rename(a)
	case p.Word("SET"):
		return p.alterSet(a)
	case p.Word("UNSET"):
		return p.alterUnset(a)
	case a.kind == grammar.KindStreamlit:
		return p.alterStreamlit(a)
	case a.kind == grammar.KindSchema && (p.Is("ENABLE") || p.Is("DISABLE")):
		return p.managed(a)
	case (a.kind == grammar.KindWarehouse || a.kind == grammar.KindPool) && (p.Is("SUSPEND") || p.Is("RESUME") || p.Is("STOP")):
		p.Skip(1)
		if a.kind == grammar.KindPool {
			p.Word("ALL")
		}
		if p.Word("IF") {
			p.Need("SUSPENDED")
		}
		return a.change("OPERATE", func(*Session, *object) *grammar.Error { return nil })
	case a.kind == grammar.KindStage && p.Word("REFRESH"):
		return a.change("", func(*Session, *object) *grammar.Error { return nil })
	}
	p.Fail()
	return statement{}
}

// change makes a statement that finds the object, checks that the role may change it, and does.
// privilege is one that is enough beside OWNERSHIP.
func (a *alteration) change(privilege string, do func(*Session, *object) *grammar.Error) statement {
	return ddl(func(s *Session) (string, *grammar.Error) {
		o, err := s.find(a.kind, a.name, "ALTER "+a.kind)
		if err != nil {
			if a.ifExist {
				return executed, nil
			}
			return "", err
		}
		if err := s.must(o, "OWNERSHIP", privilege); err != nil {
			return "", err
		}
		if err := do(s, o); err != nil {
			return "", err
		}
		return executed, nil
	})
}

// saying returns a DDL statement with another status.
func (st statement) saying(status string) statement {
	run := st.run
	st.run = func(s *Session) (*Result, *grammar.Error) {
		r, err := run(s)
		if err == nil && r.Rows[0][0] == any(executed) {
			r.Rows[0][0] = status
		}
		return r, err
	}
	return st
}

// alterProperties returns what SET can change.
func alterProperties(kind string) grammar.Properties {
	var known grammar.Properties
	switch kind {
	case grammar.KindStreamlit:
		known = grammar.StreamlitProperties(false)
		known["ROOT_LOCATION"] = grammar.TextProperty()
	case grammar.KindFunction:
		f := grammar.FunctionProperties()
		known = grammar.Properties{}
		for _, word := range []string{"COMMENT", "EXTERNAL_ACCESS_INTEGRATIONS", "SECRETS"} {
			known[word] = f[word]
		}
	case grammar.KindRule:
		known = grammar.Properties{"VALUE_LIST": {Shape: grammar.ShapeTexts}, "COMMENT": grammar.TextProperty()}
	case grammar.KindSecret:
		known = grammar.SecretProperties()
		delete(known, "TYPE")
		delete(known, "ALGORITHM")
	case grammar.KindIntegration:
		known = grammar.OtherIntegrationProperties()
		for word, prop := range grammar.AccessProperties() {
			known[word] = prop
		}
		delete(known, "TYPE")
	case grammar.KindUser:
		known = grammar.Properties{
			"DEFAULT_ROLE": {Shape: grammar.ShapeName, Refers: grammar.KindRole}, "DEFAULT_WAREHOUSE": {Shape: grammar.ShapeName}, "DEFAULT_NAMESPACE": {Shape: grammar.ShapeName},
			"DEFAULT_SECONDARY_ROLES": {Shape: grammar.ShapeTexts}, "COMMENT": grammar.TextProperty(), "RSA_PUBLIC_KEY": grammar.TextProperty(), "RSA_PUBLIC_KEY_2": grammar.TextProperty(), "NETWORK_POLICY": {Shape: grammar.ShapeName},
		}
	default:
		known = grammar.PlainProperties(kind)
		delete(known, "ENCRYPTION")
	}
	return known
}

// alterPrivilege is what is enough for SET beside OWNERSHIP.
func alterPrivilege(kind string) string {
	switch kind {
	case grammar.KindSecret, grammar.KindDatabase, grammar.KindSchema, grammar.KindWarehouse, grammar.KindPool:
		return "MODIFY"
	default:
		return ""
	}
}

// unsettable is what UNSET takes of a kind.
func unsettable(kind string) []string {
	switch kind {
	case grammar.KindStreamlit:
		return []string{"SECRETS", "EXTERNAL_ACCESS_INTEGRATIONS", "ARTIFACT_REPOSITORIES", "QUERY_WAREHOUSE", "TITLE", "COMMENT"}
	case grammar.KindRule:
		return []string{"VALUE_LIST", "COMMENT"}
	case grammar.KindIntegration:
		return []string{
			"ALLOWED_NETWORK_RULES", "ALLOWED_API_AUTHENTICATION_INTEGRATIONS", "ALLOWED_AUTHENTICATION_SECRETS",
			"COMMENT", "ENABLED", "OAUTH_ALLOWED_SCOPES",
		}
	case grammar.KindFunction:
		return []string{"COMMENT", "SECURE", "EXTERNAL_ACCESS_INTEGRATIONS", "SECRETS"}
	case grammar.KindSecret:
		return nil // https://docs.snowflake.com/en/sql-reference/sql/alter-secret#usage-notes
	default:
		return sorted(grammar.PlainProperties(kind))
	}
}

// alterUnset reads the properties after UNSET.
func (p *parser) alterUnset(a *alteration) statement {
	var list []string
	for {
		word := strings.ToUpper(p.Peek().Text)
		if p.Peek().Kind != grammar.TokenWord || !slices.Contains(unsettable(a.kind), word) {
			p.Fail()
		}
		p.Skip(1)
		list = append(list, word)
		if !p.Symbol(",") {
			break
		}
	}
	return a.change(alterPrivilege(a.kind), func(s *Session, o *object) *grammar.Error {
		if _, legacy := o.props["ROOT_LOCATION"]; legacy {
			return grammar.InvalidProperty(list[0], grammar.KindStreamlit)
		}
		changed := *o
		changed.props = map[string]value{}
		for word, v := range o.props {
			if !slices.Contains(list, word) {
				changed.props[word] = v
			}
		}
		if slices.Contains(list, "COMMENT") {
			changed.comment = ""
		}
		if o.kind == grammar.KindStreamlit && slices.Contains(list, "TITLE") {
			s.defaultTitle(&changed)
		}
		if o.kind == grammar.KindFunction && slices.Contains(list, "SECURE") {
			o.function.Secure = false
		}
		if o.kind == grammar.KindStreamlit || o.kind == grammar.KindFunction {
			if err := s.checkBindings(&changed); err != nil {
				return err
			}
		}
		o.props, o.comment = changed.props, changed.comment
		return nil
	})
}

// managed reads ENABLE or DISABLE MANAGED ACCESS.
func (p *parser) managed(a *alteration) statement {
	on := p.One("ENABLE", "DISABLE") == "ENABLE"
	p.Need("MANAGED", "ACCESS")
	return a.change("", func(s *Session, o *object) *grammar.Error {
		if !s.e.hasGlobal(s.roles(), "MANAGE GRANTS") && on {
			return grammar.Denied("schema", grammar.QuoteName(o.short()))
		}
		delete(o.props, "MANAGED ACCESS")
		if on {
			o.props["MANAGED ACCESS"] = value{text: "true"}
		}
		return nil
	})
}

// alterStreamlit reads what only an app has: its versions.
// https://docs.snowflake.com/en/sql-reference/sql/alter-streamlit
func (p *parser) alterStreamlit(a *alteration) statement {
	var do func(*Session, *object) *grammar.Error
	status := ""
	switch {
	case p.Word("ADD", "LIVE", "VERSION", "FROM", "LAST"):
		status, do = "Live version successfully created.", func(s *Session, o *object) *grammar.Error {
			if o.live != nil {
				return grammar.Refuse(99106, "42710", "There is already a live version. Please commit it first.")
			}
			o.live = newStageFiles()
			o.live.copyFrom(o.versions[len(o.versions)-1].files, "")
			s.e.starts(o)
			return nil
		}
	case p.Word("COMMIT"):
		status, do = "Live version successfully committed.", func(s *Session, o *object) *grammar.Error {
			if o.live == nil {
				return grammar.NoLiveVersion()
			}
			o.commit(s.e.tick())
			if s.e.is(CommitEndsLive) {
				o.live = nil
			}
			return nil
		}
	case p.Word("ABORT"):
		status, do = "Live version successfully aborted.", func(_ *Session, o *object) *grammar.Error {
			if o.live == nil {
				return grammar.NoLiveVersion()
			}
			o.live = nil
			return nil
		}
	case p.Is("PUSH"), p.Is("PULL"):
		panic(grammar.Unsupported("ALTER STREAMLIT " + strings.ToUpper(p.Peek().Text)))
	default:
		p.Fail()
	}
	return a.change("", func(s *Session, o *object) *grammar.Error {
		if _, legacy := o.props["ROOT_LOCATION"]; legacy {
			return grammar.Refuse(1008, "22023", "Attached stage not exists.")
		}
		return do(s, o)
	}).saying(status)
}
