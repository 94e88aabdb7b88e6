package engine

import (
	"net/netip"
	"slices"
	"strings"

	"sleet/snowflake/snowflaketest/grammar"
)

// creation is a CREATE statement, as far as all kinds have it in common.
type creation struct {
	kind                         string
	replace, orAlter, ifNotExist bool
	secure, transient            bool
	name                         grammar.Name
	got                          map[string]grammar.Given
	known                        grammar.Properties
}

// create reads CREATE ….
func (p *parser) create() statement {
	c := &creation{}
	if p.Word("OR") {
		c.replace = p.One("REPLACE", "ALTER") == "REPLACE"
		c.orAlter = !c.replace
	}
	c.secure = p.Word("SECURE")
	if !c.secure {
		c.transient = p.Word("TRANSIENT") || p.Word("TEMPORARY") || p.Word("TEMP")
	}
	access, category := false, ""
	switch {
	case p.Word("EXTERNAL", "ACCESS", "INTEGRATION"):
		c.kind, access = grammar.KindIntegration, true
	case p.Is("API", "INTEGRATION"), p.Is("SECURITY", "INTEGRATION"):
		c.kind, category = grammar.KindIntegration, p.One("API", "SECURITY")
		p.Need("INTEGRATION")
	default:
		c.kind = p.Kind(grammar.KindDatabaseRole, grammar.KindDatabase, grammar.KindSchema, grammar.KindStage, grammar.KindSecret, grammar.KindRule, grammar.KindFunction, grammar.KindStreamlit, grammar.KindWarehouse, grammar.KindPool, grammar.KindRole)
	}
	if c.secure && c.kind != grammar.KindFunction ||
		c.transient && !slices.Contains([]string{grammar.KindDatabase, grammar.KindSchema, grammar.KindStage}, c.kind) ||
		c.orAlter && !slices.Contains([]string{grammar.KindRule, grammar.KindStage, grammar.KindSchema, grammar.KindDatabase, grammar.KindWarehouse, grammar.KindRole}, c.kind) {
		p.Skip(-1)
		p.Fail()
	}
	if !c.replace && !c.orAlter {
		c.ifNotExist = p.Word("IF", "NOT", "EXISTS")
	}
	switch {
	case access:
		return p.createAccess(c)
	case category != "":
		return p.createIntegration(c, category)
	case c.kind == grammar.KindFunction:
		return p.createFunction(c)
	case c.kind == grammar.KindStreamlit:
		return p.createStreamlit(c)
	case c.kind == grammar.KindSecret:
		return p.createSecret(c)
	case c.kind == grammar.KindRule:
		return p.createRule(c)
	default:
		return p.createPlain(c)
	}
}

// ddl makes a statement of what runs.
func ddl(run func(*Session) (string, *grammar.Error)) statement {
	return statement{kind: kindDDL, run: func(s *Session) (*Result, *grammar.Error) {
		status, err := run(s)
		if err != nil {
			return nil, err
		}
		return &Result{Columns: []column{{"status", "text", true}}, Rows: [][]any{{status}}}, nil
	}}
}

// createPlain reads the kinds that are made of properties alone.
func (p *parser) createPlain(c *creation) statement {
	c.name = p.Name(grammar.Depth(c.kind))
	c.known = grammar.PlainProperties(c.kind)
	managed := false
	if c.kind == grammar.KindSchema {
		managed = p.Word("WITH", "MANAGED", "ACCESS")
	}
	if c.kind == grammar.KindWarehouse {
		p.Word("WITH")
	}
	c.got = p.ReadProperties(c.kind, c.known, false)
	p.Ended()
	if c.kind == grammar.KindPool {
		for _, must := range []string{"MIN_NODES", "MAX_NODES", "INSTANCE_FAMILY"} {
			if _, ok := c.got[must]; !ok {
				panic(grammar.MissingProperty(must))
			}
		}
	}
	return ddl(func(s *Session) (string, *grammar.Error) {
		return s.make(c, func(o *object) *grammar.Error {
			if managed {
				o.props["MANAGED ACCESS"] = value{text: "true"}
			}
			s.afterPlain(o)
			return nil
		})
	})
}

// afterPlain does what the making of some kinds brings with it.
func (s *Session) afterPlain(o *object) {
	switch o.kind {
	case grammar.KindStage:
		if _, ok := o.props["ENCRYPTION"]; !ok {
			o.props["ENCRYPTION"] = value{text: "TYPE=SNOWFLAKE_FULL"}
		}
		o.files = newStageFiles()
	case grammar.KindDatabase:
		public := &object{kind: grammar.KindSchema, parts: grammar.Name{o.parts[0], "PUBLIC"}, owner: o.owner}
		s.e.add(public)
		s.database, s.schema = o.parts[0], "PUBLIC"
	case grammar.KindSchema:
		s.database, s.schema = o.parts[0], o.parts[1]
	case grammar.KindPool:
		if _, ok := o.props["AUTO_RESUME"]; !ok {
			o.props["AUTO_RESUME"] = value{text: "true"}
		}
	case grammar.KindWarehouse:
		s.warehouse = o.parts[0]
	}
}

// createRule reads CREATE NETWORK RULE. IF NOT EXISTS is not on its page, but taken everywhere.
func (p *parser) createRule(c *creation) statement {
	c.name = p.Name(3)
	c.known = grammar.RuleProperties()
	c.got = p.ReadProperties(c.kind, c.known, false)
	p.Ended()
	for _, must := range []string{"TYPE", "VALUE_LIST"} {
		if _, ok := c.got[must]; !ok {
			panic(grammar.MissingProperty(must))
		}
	}
	if err := grammar.CheckHosts(c.got["TYPE"].Text, c.got["VALUE_LIST"].Texts); err != nil {
		panic(err)
	}
	if _, ok := c.got["MODE"]; !ok {
		c.got["MODE"] = grammar.Given{Text: "INGRESS"}
	}
	if isHost, mode := c.got["TYPE"].Text == "HOST_PORT", c.got["MODE"].Text; isHost != (mode == "EGRESS") && c.got["TYPE"].Text != "IPV4" && c.got["TYPE"].Text != "PRIVATE_HOST_PORT" {
		panic(grammar.InvalidValue(mode, "MODE"))
	}
	return ddl(func(s *Session) (string, *grammar.Error) {
		if err := s.resolves(c.got["TYPE"].Text, c.got["VALUE_LIST"].Texts); err != nil {
			return "", err
		}
		return s.make(c, nil)
	})
}

// createAccess reads CREATE EXTERNAL ACCESS INTEGRATION.
func (p *parser) createAccess(c *creation) statement {
	c.name = p.Name(1)
	c.known = grammar.AccessProperties()
	c.got = p.ReadProperties(c.kind, c.known, false)
	p.Ended()
	if _, ok := c.got["ENABLED"]; !ok {
		panic(grammar.MissingProperty("ENABLED"))
	}
	return ddl(func(s *Session) (string, *grammar.Error) {
		if s.e.Options.Trial {
			return "", noExternalAccess()
		}
		return s.make(c, func(o *object) *grammar.Error {
			o.props["TYPE"] = value{text: "EXTERNAL_ACCESS"}
			return s.checkAccess(o)
		})
	})
}

// noExternalAccess is what a trial account says.
func noExternalAccess() *grammar.Error {
	return grammar.Refuse(509009, "0A000", "External access is not supported for trial accounts.")
}

// checkAccess checks what an external access integration refers to.
func (s *Session) checkAccess(o *object) *grammar.Error {
	for _, rule := range o.props["ALLOWED_NETWORK_RULES"].list {
		r := s.e.lookup(grammar.KindRule, rule)
		if r == nil || r.props["MODE"].text != "EGRESS" {
			return grammar.Compile(1008, "22023", "Network rule '%s' is not an egress rule and cannot be allowed by an external access integration.", rule)
		}
	}
	for _, other := range o.props["ALLOWED_API_AUTHENTICATION_INTEGRATIONS"].list {
		if i := s.e.lookup(grammar.KindIntegration, other); i == nil || i.props["TYPE"].text != "API_AUTHENTICATION" {
			return grammar.InvalidValue(other, "ALLOWED_API_AUTHENTICATION_INTEGRATIONS")
		}
	}
	return nil
}

// createIntegration reads CREATE API INTEGRATION and CREATE SECURITY INTEGRATION.
func (p *parser) createIntegration(c *creation, category string) statement {
	c.name = p.Name(1)
	c.known = grammar.OtherIntegrationProperties()
	c.got = p.ReadProperties(c.kind, c.known, false)
	p.Ended()
	if _, ok := c.got["TYPE"]; category == "SECURITY" && !ok {
		panic(grammar.MissingProperty("TYPE"))
	}
	return ddl(func(s *Session) (string, *grammar.Error) {
		return s.make(c, func(o *object) *grammar.Error {
			o.props["CATEGORY"] = value{text: category}
			if category == "API" {
				o.props["TYPE"] = value{text: "EXTERNAL_API"}
			}
			return nil
		})
	})
}

// resolves refuses hosts of a network rule that no name server can know. Nothing is asked on a network.
func (s *Session) resolves(kind string, values []string) *grammar.Error {
	if kind != "HOST_PORT" || !s.e.is(HostsResolved) {
		return nil
	}
	for _, v := range values {
		host, _, _ := strings.Cut(strings.ToLower(v), ":")
		_, notIP := netip.ParseAddr(host)
		if host == "0.0.0.0" || notIP != nil && strings.Contains(host, ".") && !strings.HasSuffix(host, ".invalid") {
			continue
		}
		return grammar.Compile(1008, "22023", "invalid value '[%s]' for property 'VALUE_LIST', Reason: One or more values might be an unresolvable host name or an IP address.", v)
	}
	return nil
}

// createSecret reads CREATE SECRET.
func (p *parser) createSecret(c *creation) statement {
	c.name = p.Name(3)
	c.known = grammar.SecretProperties()
	c.got = p.ReadProperties(c.kind, c.known, false)
	p.Ended()
	kind, ok := c.got["TYPE"]
	if !ok {
		panic(grammar.MissingProperty("TYPE"))
	}
	if err := grammar.CheckSecret(kind.Text, c.got, true); err != nil {
		panic(err)
	}
	return ddl(func(s *Session) (string, *grammar.Error) {
		return s.make(c, func(o *object) *grammar.Error {
			api := o.props["API_AUTHENTICATION"].text
			if api == "" {
				return nil
			}
			if i := s.e.lookup(grammar.KindIntegration, api); i == nil || i.props["TYPE"].text != "API_AUTHENTICATION" {
				return grammar.InvalidValue(api, "API_AUTHENTICATION")
			}
			return nil
		})
	})
}
