package engine

import (
	"slices"
	"strings"
)

// alteration is an ALTER statement that changes one object.
type alteration struct {
	kind    string
	ifExist bool
	name    name
}

// alter reads ALTER ….
func (p *parser) alter() statement {
	switch {
	case p.word("SESSION"):
		return p.alterSession()
	case p.word("ACCOUNT"):
		return p.alterAccount()
	}
	a := &alteration{}
	for _, category := range []string{"API", "SECURITY"} {
		if p.is(category, "INTEGRATION") {
			p.skip(1)
		}
	}
	if p.is("EXTERNAL", "ACCESS", "INTEGRATION") {
		p.skip(2)
	}
	a.kind = p.kind(kindDatabase, kindSchema, kindStage, kindSecret, kindRule, kindIntegration, kindFunction, kindStreamlit, kindWarehouse, kindPool, kindRole, kindUser)
	a.ifExist = p.word("IF", "EXISTS")
	a.name = p.name(depth(a.kind))
	if a.kind == kindFunction {
		a.name[len(a.name)-1] += p.signature()
	}
	switch {
	case p.word("RENAME", "TO"):
		return p.rename(a)
	case p.word("SET"):
		return p.alterSet(a)
	case p.word("UNSET"):
		return p.alterUnset(a)
	case a.kind == kindStreamlit:
		return p.alterStreamlit(a)
	case a.kind == kindSchema && (p.is("ENABLE") || p.is("DISABLE")):
		return p.managed(a)
	case (a.kind == kindWarehouse || a.kind == kindPool) && (p.is("SUSPEND") || p.is("RESUME") || p.is("STOP")):
		p.skip(1)
		if a.kind == kindPool {
			p.word("ALL")
		}
		if p.word("IF") {
			p.need("SUSPENDED")
		}
		return a.change("OPERATE", func(*Session, *object) *Error { return nil })
	case a.kind == kindStage && p.word("REFRESH"):
		return a.change("", func(*Session, *object) *Error { return nil })
	}
	p.fail()
	return statement{}
}

// change makes a statement that finds the object, checks that the role may change it, and does.
// privilege is one that is enough beside OWNERSHIP.
func (a *alteration) change(privilege string, do func(*Session, *object) *Error) statement {
	return ddl(func(s *Session) (string, *Error) {
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
	st.run = func(s *Session) (*Result, *Error) {
		r, err := run(s)
		if err == nil && r.Rows[0][0] == any(executed) {
			r.Rows[0][0] = status
		}
		return r, err
	}
	return st
}

// alterProperties returns what SET can change.
func alterProperties(kind string) properties {
	var known properties
	switch kind {
	case kindStreamlit:
		known = streamlitProperties(false)
		known["ROOT_LOCATION"] = textProperty()
	case kindFunction:
		f := functionProperties()
		known = properties{}
		for _, word := range []string{"COMMENT", "EXTERNAL_ACCESS_INTEGRATIONS", "SECRETS"} {
			known[word] = f[word]
		}
	case kindRule:
		known = properties{"VALUE_LIST": {shape: shapeTexts}, "COMMENT": textProperty()}
	case kindSecret:
		known = secretProperties()
		delete(known, "TYPE")
		delete(known, "ALGORITHM")
	case kindIntegration:
		known = otherIntegrationProperties()
		for word, prop := range accessProperties() {
			known[word] = prop
		}
		delete(known, "TYPE")
	case kindUser:
		known = properties{
			"DEFAULT_ROLE": {shape: shapeName, refers: kindRole}, "DEFAULT_WAREHOUSE": {shape: shapeName}, "DEFAULT_NAMESPACE": {shape: shapeName},
			"DEFAULT_SECONDARY_ROLES": {shape: shapeTexts}, "COMMENT": textProperty(), "RSA_PUBLIC_KEY": textProperty(), "RSA_PUBLIC_KEY_2": textProperty(), "NETWORK_POLICY": {shape: shapeName},
		}
	default:
		known = plainProperties(kind)
		delete(known, "ENCRYPTION")
	}
	return known
}

// alterPrivilege is what is enough for SET beside OWNERSHIP.
func alterPrivilege(kind string) string {
	switch kind {
	case kindSecret, kindDatabase, kindSchema, kindWarehouse, kindPool:
		return "MODIFY"
	default:
		return ""
	}
}

// unsettable is what UNSET takes of a kind.
func unsettable(kind string) []string {
	switch kind {
	case kindStreamlit:
		return []string{"SECRETS", "EXTERNAL_ACCESS_INTEGRATIONS", "ARTIFACT_REPOSITORIES", "QUERY_WAREHOUSE", "TITLE", "COMMENT"}
	case kindRule:
		return []string{"VALUE_LIST", "COMMENT"}
	case kindIntegration:
		return []string{
			"ALLOWED_NETWORK_RULES", "ALLOWED_API_AUTHENTICATION_INTEGRATIONS", "ALLOWED_AUTHENTICATION_SECRETS",
			"COMMENT", "ENABLED", "OAUTH_ALLOWED_SCOPES",
		}
	case kindFunction:
		return []string{"COMMENT", "SECURE", "EXTERNAL_ACCESS_INTEGRATIONS", "SECRETS"}
	case kindSecret:
		return nil // https://docs.snowflake.com/en/sql-reference/sql/alter-secret#usage-notes
	default:
		return sorted(plainProperties(kind))
	}
}

// alterUnset reads the properties after UNSET.
func (p *parser) alterUnset(a *alteration) statement {
	var list []string
	for {
		word := strings.ToUpper(p.peek().text)
		if p.peek().kind != tokenWord || !slices.Contains(unsettable(a.kind), word) {
			p.fail()
		}
		p.skip(1)
		list = append(list, word)
		if !p.symbol(",") {
			break
		}
	}
	return a.change(alterPrivilege(a.kind), func(s *Session, o *object) *Error {
		if _, legacy := o.props["ROOT_LOCATION"]; legacy {
			return invalidProperty(list[0], kindStreamlit)
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
		if o.kind == kindStreamlit && slices.Contains(list, "TITLE") {
			s.defaultTitle(&changed)
		}
		if o.kind == kindFunction && slices.Contains(list, "SECURE") {
			o.function.secure = false
		}
		if o.kind == kindStreamlit || o.kind == kindFunction {
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
	on := p.one("ENABLE", "DISABLE") == "ENABLE"
	p.need("MANAGED", "ACCESS")
	return a.change("", func(s *Session, o *object) *Error {
		if !s.e.hasGlobal(s.roles(), "MANAGE GRANTS") && on {
			return denied("schema", quoteName(o.short()))
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
	var do func(*Session, *object) *Error
	status := ""
	switch {
	case p.word("ADD", "LIVE", "VERSION", "FROM", "LAST"):
		status, do = "Live version successfully created.", func(s *Session, o *object) *Error {
			if o.live != nil {
				return refuse(99106, "42710", "There is already a live version. Please commit it first.")
			}
			o.live = newStageFiles()
			o.live.copyFrom(o.versions[len(o.versions)-1].files, "")
			s.e.starts(o)
			return nil
		}
	case p.word("COMMIT"):
		status, do = "Live version successfully committed.", func(s *Session, o *object) *Error {
			if o.live == nil {
				return noLiveVersion()
			}
			o.commit(s.e.tick())
			if s.e.is(CommitEndsLive) {
				o.live = nil
			}
			return nil
		}
	case p.word("ABORT"):
		status, do = "Live version successfully aborted.", func(_ *Session, o *object) *Error {
			if o.live == nil {
				return noLiveVersion()
			}
			o.live = nil
			return nil
		}
	case p.is("PUSH"), p.is("PULL"):
		panic(unsupported("ALTER STREAMLIT " + strings.ToUpper(p.peek().text)))
	default:
		p.fail()
	}
	return a.change("", func(s *Session, o *object) *Error {
		if _, legacy := o.props["ROOT_LOCATION"]; legacy {
			return refuse(1008, "22023", "Attached stage not exists.")
		}
		return do(s, o)
	}).saying(status)
}
