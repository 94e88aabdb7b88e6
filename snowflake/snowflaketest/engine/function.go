package engine

import (
	"slices"
	"strings"

	"sleet/snowflake/snowflaketest/ddl"
	"sleet/snowflake/snowflaketest/grammar"
)

// createFunction runs CREATE FUNCTION.
func (s *Session) createFunction(c *ddl.Create) (string, *grammar.Error) {
	full, err := s.complete(grammar.KindFunction, c.Name, "CREATE FUNCTION")
	if err != nil {
		return "", err
	}
	kept := s.e.outgoing(key(grammar.KindFunction, full...))
	var owner string
	if old := s.e.get(grammar.KindFunction, full...); old != nil {
		owner = old.owner
	}
	status, err := s.make(c, func(o *object) *grammar.Error {
		o.function = c.Function
		return s.checkBindings(o)
	})
	if err == nil && c.CopyGrants && owner != "" {
		for _, g := range kept {
			s.e.give(g)
		}
	}
	return strings.Replace(status, "Function "+grammar.QuoteName(c.Name[len(c.Name)-1]), "Function "+strings.SplitN(c.Name[len(c.Name)-1], "(", 2)[0], 1), err
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

// checkBindings returns an error for a secret that none of the object's external access integrations allows, and for an
// integration of another kind.
func (s *Session) checkBindings(o *object) *grammar.Error {
	integrations := o.props["EXTERNAL_ACCESS_INTEGRATIONS"].list
	for _, name := range integrations {
		if i := s.e.lookup(grammar.KindIntegration, name); i == nil || i.props["TYPE"].text != "EXTERNAL_ACCESS" {
			return grammar.InvalidValue(name, "EXTERNAL_ACCESS_INTEGRATIONS")
		}
	}
	if s.e.Options.Trial && len(integrations) > 0 {
		return noExternalAccess()
	}
	for _, b := range o.props["SECRETS"].binds {
		if !s.e.allows(integrations, b.secret) {
			if o.kind == grammar.KindStreamlit {
				doing := "CREATE"
				if s.e.get(o.kind, o.parts...) != nil {
					doing = "ALTER"
				}
				return streamlitSecret(doing, b.secret)
			}
			return grammar.Compile(1008, "22023", "Secret '%s' is not allowed by any of the external access integrations of %s '%s'.", b.secret, grammar.Title(o.kind), o.full())
		}
	}
	return nil
}

// allows reports whether an external access integration allows a secret: by name, or by its security integration.
func (e *Engine) allows(integrations []string, secret string) bool {
	for _, name := range integrations {
		i := e.lookup(grammar.KindIntegration, name)
		if i == nil {
			continue
		}
		allowed := i.props["ALLOWED_AUTHENTICATION_SECRETS"]
		if allowed.text == "ALL" || slices.Contains(allowed.list, secret) {
			return true
		}
		if s := e.lookup(grammar.KindSecret, secret); s != nil {
			if api := s.props["API_AUTHENTICATION"].text; api != "" && slices.Contains(i.props["ALLOWED_API_AUTHENTICATION_INTEGRATIONS"].list, api) {
				return true
			}
		}
	}
	return false
}
