package engine

import (
	"slices"

	"sleet/snowflake/snowflaketest/grammar"
)

// drop reads DROP ….
func (p *parser) drop() statement {
	a := &alteration{}
	if p.Is("EXTERNAL", "ACCESS", "INTEGRATION") {
		p.Skip(2)
	}
	for _, category := range []string{"API", "SECURITY"} {
		if p.Is(category, "INTEGRATION") {
			p.Skip(1)
		}
	}
	a.kind = p.Kind(grammar.KindDatabaseRole, grammar.KindDatabase, grammar.KindSchema, grammar.KindStage, grammar.KindSecret, grammar.KindRule, grammar.KindIntegration, grammar.KindFunction, grammar.KindStreamlit, grammar.KindWarehouse, grammar.KindPool, grammar.KindRole)
	a.ifExist = p.Word("IF", "EXISTS")
	a.name = p.Name(grammar.Depth(a.kind))
	if a.kind == grammar.KindFunction {
		a.name[len(a.name)-1] += p.Signature()
	}
	if a.kind == grammar.KindDatabase || a.kind == grammar.KindSchema {
		_ = p.Word("CASCADE") || p.Word("RESTRICT")
	}
	return ddl(func(s *Session) (string, *grammar.Error) {
		o, err := s.find(a.kind, a.name, "DROP "+a.kind)
		if err != nil {
			if a.ifExist {
				return "Drop statement executed successfully (" + grammar.QuoteName(a.name[len(a.name)-1]) + " already dropped).", nil
			}
			return "", err
		}
		if err := s.mustOwn(o); err != nil {
			return "", err
		}
		if err := s.inUse(o); err != nil {
			return "", err
		}
		s.e.drop(o)
		s.forget()
		return grammar.QuoteName(o.short()) + " successfully dropped.", nil
	})
}

// inUse refuses to drop what another object cannot be without.
func (s *Session) inUse(o *object) *grammar.Error {
	if o.kind != grammar.KindRule {
		return nil
	}
	for _, i := range s.e.all(grammar.KindIntegration) {
		if slices.Contains(i.props["ALLOWED_NETWORK_RULES"].list, o.full()) {
			return grammar.Refuse(98508, "42601", "Cannot perform operation on network rule %s. It is used by the integration %s.", o.full(), i.full())
		}
	}
	return nil
}

// forget takes from a session what is not there, or not for its role.
func (s *Session) forget() {
	if o := s.e.get(grammar.KindSchema, s.database, s.schema); o == nil || !s.sees(o) {
		s.schema = ""
	}
	if o := s.e.get(grammar.KindDatabase, s.database); o == nil || !s.sees(o) {
		s.database, s.schema = "", ""
	}
	if o := s.e.get(grammar.KindWarehouse, s.warehouse); o == nil || !s.may(o, "USAGE", "OPERATE") {
		s.warehouse = ""
	}
}
