package engine

import (
	"net/netip"
	"slices"
	"strings"
)

// creation is a CREATE statement, as far as all kinds have it in common.
type creation struct {
	kind                         string
	replace, orAlter, ifNotExist bool
	secure, transient            bool
	name                         name
	got                          map[string]given
	known                        properties
}

// create reads CREATE ….
func (p *parser) create() statement {
	c := &creation{}
	if p.word("OR") {
		c.replace = p.one("REPLACE", "ALTER") == "REPLACE"
		c.orAlter = !c.replace
	}
	c.secure = p.word("SECURE")
	if !c.secure {
		c.transient = p.word("TRANSIENT") || p.word("TEMPORARY") || p.word("TEMP")
	}
	access, category := false, ""
	switch {
	case p.word("EXTERNAL", "ACCESS", "INTEGRATION"):
		c.kind, access = kindIntegration, true
	case p.is("API", "INTEGRATION"), p.is("SECURITY", "INTEGRATION"):
		c.kind, category = kindIntegration, p.one("API", "SECURITY")
		p.need("INTEGRATION")
	default:
		c.kind = p.kind(kindDatabaseRole, kindDatabase, kindSchema, kindStage, kindSecret, kindRule, kindFunction, kindStreamlit, kindWarehouse, kindPool, kindRole)
	}
	if c.secure && c.kind != kindFunction ||
		c.transient && !slices.Contains([]string{kindDatabase, kindSchema, kindStage}, c.kind) ||
		c.orAlter && !slices.Contains([]string{kindRule, kindStage, kindSchema, kindDatabase, kindWarehouse, kindRole}, c.kind) {
		p.skip(-1)
		p.fail()
	}
	if !c.replace && !c.orAlter {
		c.ifNotExist = p.word("IF", "NOT", "EXISTS")
	}
	switch {
	case access:
		return p.createAccess(c)
	case category != "":
		return p.createIntegration(c, category)
	case c.kind == kindFunction:
		return p.createFunction(c)
	case c.kind == kindStreamlit:
		return p.createStreamlit(c)
	case c.kind == kindSecret:
		return p.createSecret(c)
	case c.kind == kindRule:
		return p.createRule(c)
	default:
		return p.createPlain(c)
	}
}

// ddl makes a statement of what runs.
func ddl(run func(*Session) (string, *Error)) statement {
	return statement{kind: kindDDL, run: func(s *Session) (*Result, *Error) {
		status, err := run(s)
		if err != nil {
			return nil, err
		}
		return &Result{Columns: []column{{"status", "text", true}}, Rows: [][]any{{status}}}, nil
	}}
}

// createPlain reads the kinds that are made of properties alone.
func (p *parser) createPlain(c *creation) statement {
	c.name = p.name(depth(c.kind))
	c.known = plainProperties(c.kind)
	managed := false
	if c.kind == kindSchema {
		managed = p.word("WITH", "MANAGED", "ACCESS")
	}
	if c.kind == kindWarehouse {
		p.word("WITH")
	}
	c.got = p.readProperties(c.kind, c.known, false)
	p.ended()
	if c.kind == kindPool {
		for _, must := range []string{"MIN_NODES", "MAX_NODES", "INSTANCE_FAMILY"} {
			if _, ok := c.got[must]; !ok {
				panic(missingProperty(must))
			}
		}
	}
	return ddl(func(s *Session) (string, *Error) {
		return s.make(c, func(o *object) *Error {
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
	case kindStage:
		if _, ok := o.props["ENCRYPTION"]; !ok {
			o.props["ENCRYPTION"] = value{text: "TYPE=SNOWFLAKE_FULL"}
		}
		o.files = newStageFiles()
	case kindDatabase:
		public := &object{kind: kindSchema, parts: name{o.parts[0], "PUBLIC"}, owner: o.owner}
		s.e.add(public)
		s.database, s.schema = o.parts[0], "PUBLIC"
	case kindSchema:
		s.database, s.schema = o.parts[0], o.parts[1]
	case kindPool:
		if _, ok := o.props["AUTO_RESUME"]; !ok {
			o.props["AUTO_RESUME"] = value{text: "true"}
		}
	case kindWarehouse:
		s.warehouse = o.parts[0]
	}
}

// createRule reads CREATE NETWORK RULE. IF NOT EXISTS is not on its page, but taken everywhere.
func (p *parser) createRule(c *creation) statement {
	c.name = p.name(3)
	c.known = ruleProperties()
	c.got = p.readProperties(c.kind, c.known, false)
	p.ended()
	for _, must := range []string{"TYPE", "VALUE_LIST"} {
		if _, ok := c.got[must]; !ok {
			panic(missingProperty(must))
		}
	}
	if err := checkHosts(c.got["TYPE"].text, c.got["VALUE_LIST"].texts); err != nil {
		panic(err)
	}
	if _, ok := c.got["MODE"]; !ok {
		c.got["MODE"] = given{text: "INGRESS"}
	}
	if isHost, mode := c.got["TYPE"].text == "HOST_PORT", c.got["MODE"].text; isHost != (mode == "EGRESS") && c.got["TYPE"].text != "IPV4" && c.got["TYPE"].text != "PRIVATE_HOST_PORT" {
		panic(invalidValue(mode, "MODE"))
	}
	return ddl(func(s *Session) (string, *Error) {
		if err := s.resolves(c.got["TYPE"].text, c.got["VALUE_LIST"].texts); err != nil {
			return "", err
		}
		return s.make(c, nil)
	})
}

// createAccess reads CREATE EXTERNAL ACCESS INTEGRATION.
func (p *parser) createAccess(c *creation) statement {
	c.name = p.name(1)
	c.known = accessProperties()
	c.got = p.readProperties(c.kind, c.known, false)
	p.ended()
	if _, ok := c.got["ENABLED"]; !ok {
		panic(missingProperty("ENABLED"))
	}
	return ddl(func(s *Session) (string, *Error) {
		if s.e.Options.Trial {
			return "", noExternalAccess()
		}
		return s.make(c, func(o *object) *Error {
			o.props["TYPE"] = value{text: "EXTERNAL_ACCESS"}
			return s.checkAccess(o)
		})
	})
}

// noExternalAccess is what a trial account says.
func noExternalAccess() *Error {
	return refuse(509009, "0A000", "External access is not supported for trial accounts.")
}

// checkAccess checks what an external access integration refers to.
func (s *Session) checkAccess(o *object) *Error {
	for _, rule := range o.props["ALLOWED_NETWORK_RULES"].list {
		r := s.e.lookup(kindRule, rule)
		if r == nil || r.props["MODE"].text != "EGRESS" {
			return compile(1008, "22023", "Network rule '%s' is not an egress rule and cannot be allowed by an external access integration.", rule)
		}
	}
	for _, other := range o.props["ALLOWED_API_AUTHENTICATION_INTEGRATIONS"].list {
		if i := s.e.lookup(kindIntegration, other); i == nil || i.props["TYPE"].text != "API_AUTHENTICATION" {
			return invalidValue(other, "ALLOWED_API_AUTHENTICATION_INTEGRATIONS")
		}
	}
	return nil
}

// createIntegration reads CREATE API INTEGRATION and CREATE SECURITY INTEGRATION.
func (p *parser) createIntegration(c *creation, category string) statement {
	c.name = p.name(1)
	c.known = otherIntegrationProperties()
	c.got = p.readProperties(c.kind, c.known, false)
	p.ended()
	if _, ok := c.got["TYPE"]; category == "SECURITY" && !ok {
		panic(missingProperty("TYPE"))
	}
	return ddl(func(s *Session) (string, *Error) {
		return s.make(c, func(o *object) *Error {
			o.props["CATEGORY"] = value{text: category}
			if category == "API" {
				o.props["TYPE"] = value{text: "EXTERNAL_API"}
			}
			return nil
		})
	})
}

// resolves refuses hosts of a network rule that no name server can know. Nothing is asked on a network.
func (s *Session) resolves(kind string, values []string) *Error {
	if kind != "HOST_PORT" || !s.e.is(HostsResolved) {
		return nil
	}
	for _, v := range values {
		host, _, _ := strings.Cut(strings.ToLower(v), ":")
		_, notIP := netip.ParseAddr(host)
		if host == "0.0.0.0" || notIP != nil && strings.Contains(host, ".") && !strings.HasSuffix(host, ".invalid") {
			continue
		}
		return compile(1008, "22023", "invalid value '[%s]' for property 'VALUE_LIST', Reason: One or more values might be an unresolvable host name or an IP address.", v)
	}
	return nil
}

// createSecret reads CREATE SECRET.
func (p *parser) createSecret(c *creation) statement {
	c.name = p.name(3)
	c.known = secretProperties()
	c.got = p.readProperties(c.kind, c.known, false)
	p.ended()
	kind, ok := c.got["TYPE"]
	if !ok {
		panic(missingProperty("TYPE"))
	}
	if err := checkSecret(kind.text, c.got, true); err != nil {
		panic(err)
	}
	return ddl(func(s *Session) (string, *Error) {
		return s.make(c, func(o *object) *Error {
			api := o.props["API_AUTHENTICATION"].text
			if api == "" {
				return nil
			}
			if i := s.e.lookup(kindIntegration, api); i == nil || i.props["TYPE"].text != "API_AUTHENTICATION" {
				return invalidValue(api, "API_AUTHENTICATION")
			}
			return nil
		})
	})
}
