package engine

import "slices"

// drop reads DROP ….
func (p *parser) drop() statement {
	a := &alteration{}
	if p.is("EXTERNAL", "ACCESS", "INTEGRATION") {
		p.skip(2)
	}
	for _, category := range []string{"API", "SECURITY"} {
		if p.is(category, "INTEGRATION") {
			p.skip(1)
		}
	}
	a.kind = p.kind(kindDatabaseRole, kindDatabase, kindSchema, kindStage, kindSecret, kindRule, kindIntegration, kindFunction, kindStreamlit, kindWarehouse, kindPool, kindRole)
	a.ifExist = p.word("IF", "EXISTS")
	a.name = p.name(depth(a.kind))
	if a.kind == kindFunction {
		a.name[len(a.name)-1] += p.signature()
	}
	if a.kind == kindDatabase || a.kind == kindSchema {
		_ = p.word("CASCADE") || p.word("RESTRICT")
	}
	return ddl(func(s *Session) (string, *Error) {
		o, err := s.find(a.kind, a.name, "DROP "+a.kind)
		if err != nil {
			if a.ifExist {
				return "Drop statement executed successfully (" + quoteName(a.name[len(a.name)-1]) + " already dropped).", nil
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
		return quoteName(o.short()) + " successfully dropped.", nil
	})
}

// inUse refuses to drop what another object cannot be without.
func (s *Session) inUse(o *object) *Error {
	if o.kind != kindRule {
		return nil
	}
	for _, i := range s.e.all(kindIntegration) {
		if slices.Contains(i.props["ALLOWED_NETWORK_RULES"].list, o.full()) {
			return refuse(98508, "42601", "Cannot perform operation on network rule %s. It is used by the integration %s.", o.full(), i.full())
		}
	}
	return nil
}

// forget takes from a session what is not there, or not for its role.
func (s *Session) forget() {
	if o := s.e.get(kindSchema, s.database, s.schema); o == nil || !s.sees(o) {
		s.schema = ""
	}
	if o := s.e.get(kindDatabase, s.database); o == nil || !s.sees(o) {
		s.database, s.schema = "", ""
	}
	if o := s.e.get(kindWarehouse, s.warehouse); o == nil || !s.may(o, "USAGE", "OPERATE") {
		s.warehouse = ""
	}
}
