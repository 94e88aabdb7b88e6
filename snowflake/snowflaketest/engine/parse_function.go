package engine

import (
	"slices"
	"strings"
)

// createFunction reads CREATE FUNCTION.
func (p *parser) createFunction(c *creation) statement {
	f := &function{secure: c.secure, language: "SQL"}
	n := p.name(3)
	f.arguments = p.arguments()
	c.name = functionName(n, f.arguments)
	copyGrants := p.word("COPY", "GRANTS")
	p.need("RETURNS")
	f.returns = p.dataType()
	p.word("NOT", "NULL")
	c.known, c.got = functionProperties(), map[string]given{}
	for !p.is("AS") {
		p.functionClause(c, f)
	}
	p.need("AS")
	f.body = p.text()
	if err := checkFunction(c.got, f); err != nil {
		panic(err)
	}
	return ddl(func(s *Session) (string, *Error) {
		full, err := s.complete(kindFunction, c.name, "CREATE FUNCTION")
		if err != nil {
			return "", err
		}
		kept := s.e.outgoing(key(kindFunction, full...))
		var owner string
		if old := s.e.get(kindFunction, full...); old != nil {
			owner = old.owner
		}
		status, err := s.make(c, func(o *object) *Error {
			o.function = f
			return s.checkBindings(o)
		})
		if err == nil && copyGrants && owner != "" {
			for _, g := range kept {
				s.e.give(g)
			}
		}
		return strings.Replace(status, "Function "+quoteName(c.name[len(c.name)-1]), "Function "+strings.SplitN(c.name[len(c.name)-1], "(", 2)[0], 1), err
	})
}

// functionClause reads one clause of CREATE FUNCTION.
func (p *parser) functionClause(c *creation, f *function) {
	switch {
	case p.word("LANGUAGE"):
		f.language = p.one("PYTHON", "SQL", "JAVASCRIPT", "JAVA", "SCALA")
		if f.language != "PYTHON" && f.language != "SQL" {
			panic(unsupported("LANGUAGE " + f.language))
		}
	case p.word("CALLED", "ON", "NULL", "INPUT"), p.word("RETURNS", "NULL", "ON", "NULL", "INPUT"),
		p.word("STRICT"), p.word("VOLATILE"), p.word("IMMUTABLE"), p.word("MEMOIZABLE"):
	default:
		got := p.readProperties(c.kind, c.known, false)
		if len(got) == 0 {
			p.fail()
		}
		for word, g := range got {
			if _, twice := c.got[word]; twice {
				panic(compile(1424, "22023", "duplicate property '%s' for 'FUNCTION'", word))
			}
			c.got[word] = g
		}
	}
}

// outgoing returns the grants on an object.
func (e *Engine) outgoing(on string) []grant {
	var list []grant
	for _, g := range e.grants {
		if g.on == on {
			list = append(list, g)
		}
	}
	return list
}

// checkBindings refuses secrets that no external access integration of the same object allows, and
// integrations that are no external access integrations.
func (s *Session) checkBindings(o *object) *Error {
	integrations := o.props["EXTERNAL_ACCESS_INTEGRATIONS"].list
	for _, name := range integrations {
		if i := s.e.lookup(kindIntegration, name); i == nil || i.props["TYPE"].text != "EXTERNAL_ACCESS" {
			return invalidValue(name, "EXTERNAL_ACCESS_INTEGRATIONS")
		}
	}
	if s.e.Options.Trial && len(integrations) > 0 {
		return noExternalAccess()
	}
	for _, b := range o.props["SECRETS"].binds {
		if !s.e.allows(integrations, b.secret) {
			if o.kind == kindStreamlit {
				doing := "CREATE"
				if s.e.get(o.kind, o.parts...) != nil {
					doing = "ALTER"
				}
				return streamlitSecret(doing, b.secret)
			}
			return compile(1008, "22023", "Secret '%s' is not allowed by any of the external access integrations of %s '%s'.", b.secret, title(o.kind), o.full())
		}
	}
	return nil
}

// allows reports whether an external access integration allows a secret: by name, or by the
// integration that issued it.
func (e *Engine) allows(integrations []string, secret string) bool {
	for _, name := range integrations {
		i := e.lookup(kindIntegration, name)
		if i == nil {
			continue
		}
		allowed := i.props["ALLOWED_AUTHENTICATION_SECRETS"]
		if allowed.text == "ALL" || slices.Contains(allowed.list, secret) {
			return true
		}
		if s := e.lookup(kindSecret, secret); s != nil {
			if api := s.props["API_AUTHENTICATION"].text; api != "" && slices.Contains(i.props["ALLOWED_API_AUTHENTICATION_INTEGRATIONS"].list, api) {
				return true
			}
		}
	}
	return false
}
