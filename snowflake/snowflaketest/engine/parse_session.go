package engine

import (
	"slices"
	"strings"
)

// executed is the answer of a statement that only says that it ran.
const executed = "Statement executed successfully."

// use reads USE ….
func (p *parser) use() statement {
	if p.word("SECONDARY", "ROLES") {
		// A list of roles counts as all.
		all := true
		switch {
		case p.word("NONE"):
			all = false
		case p.word("ALL"):
		default:
			p.ident()
			for p.symbol(",") {
				p.ident()
			}
		}
		return ddl(func(s *Session) (string, *Error) {
			s.Secondary = all
			return executed, nil
		})
	}
	kind := kindDatabase
	switch {
	case p.word("ROLE"):
		kind = kindRole
	case p.word("WAREHOUSE"):
		kind = kindWarehouse
	case p.word("SCHEMA"):
		kind = kindSchema
	case p.word("DATABASE"):
	default: // USE name, or USE db.schema
		n := p.name(2)
		if len(n) == 2 {
			kind = kindSchema
		}
		return ddl(func(s *Session) (string, *Error) { return executed, s.enter(kind, n) })
	}
	n := p.name(depth(kind))
	return ddl(func(s *Session) (string, *Error) { return executed, s.enter(kind, n) })
}

// enter makes an object the session's.
func (s *Session) enter(kind string, n name) *Error {
	switch kind {
	case kindRole:
		return s.enterRole(n[0])
	case kindWarehouse:
		o, err := s.find(kind, n, "USE WAREHOUSE")
		if err != nil {
			return err
		}
		if !s.may(o, "USAGE", "OPERATE") {
			return impossible()
		}
		s.warehouse = o.parts[0]
	case kindDatabase:
		o, err := s.find(kind, n, "USE DATABASE")
		if err != nil {
			return impossible()
		}
		s.database, s.schema = o.parts[0], ""
		if public := s.e.get(kindSchema, o.parts[0], "PUBLIC"); public != nil {
			s.schema = "PUBLIC"
		}
	default:
		o, err := s.find(kind, n, "USE SCHEMA")
		if err != nil {
			if err.Code == 2003 {
				return impossible()
			}
			return err
		}
		s.database, s.schema = o.parts[0], o.parts[1]
	}
	return nil
}

// hasWarehouse reports whether the session has a warehouse that its role may use.
func (s *Session) hasWarehouse() bool {
	o := s.e.get(kindWarehouse, s.warehouse)
	return o != nil && s.may(o, "USAGE")
}

// enterRole makes a role the session's, if the user has it.
func (s *Session) enterRole(role string) *Error {
	if s.bound && role != s.role {
		return refuse(3107, "42501", "Current session is restricted. USE ROLE not allowed.")
	}
	if !slices.Contains(s.e.available(s.user), role) {
		if s.e.get(kindRole, role) == nil {
			return impossible()
		}
		return refuse(3013, "42501", "SQL compilation error:\nRequested role '%s' is not assigned to the executing user. Specify another role to activate.", role)
	}
	s.role = role
	return nil
}

// transaction reads what a driver sends about transactions; there is nothing to commit.
func (p *parser) transaction() statement {
	_ = p.word("TRANSACTION") || p.word("WORK")
	return ddl(func(*Session) (string, *Error) { return executed, nil })
}

// alterSession reads SET or UNSET of session parameters.
func (p *parser) alterSession() statement {
	type setting struct{ word, value string }
	var list []setting
	unset := p.one("SET", "UNSET") == "UNSET"
	for {
		t := p.peek()
		if t.kind != tokenWord {
			break
		}
		p.skip(1)
		entry := setting{word: strings.ToUpper(t.text)}
		if !unset {
			p.needSymbol("=")
			p.symbol("-")
			entry.value = p.scalar()
		}
		list = append(list, entry)
		p.symbol(",")
	}
	if len(list) == 0 {
		p.fail()
	}
	return ddl(func(s *Session) (string, *Error) {
		for _, entry := range list {
			if unset {
				delete(s.parameters, entry.word)
				continue
			}
			s.parameters[entry.word] = entry.value
		}
		return executed, nil
	})
}

// setVariable reads SET name = value.
func (p *parser) setVariable() statement {
	n := p.ident()
	p.needSymbol("=")
	value := p.scalar()
	return ddl(func(s *Session) (string, *Error) {
		s.parameters["$"+n] = value
		return executed, nil
	})
}

// commentOn reads COMMENT [IF EXISTS] ON kind name IS 'text'.
func (p *parser) commentOn() statement {
	a := &alteration{ifExist: p.word("IF", "EXISTS")}
	p.need("ON")
	a.kind = p.kind(grantKinds()...)
	a.name = p.name(depth(a.kind))
	if a.kind == kindFunction {
		a.name[len(a.name)-1] += p.signature()
	}
	p.need("IS")
	comment := p.text()
	return a.change(alterPrivilege(a.kind), func(_ *Session, o *object) *Error {
		o.comment = comment
		return nil
	})
}

// call reads CALL of the system's procedures.
func (p *parser) call() statement {
	n := p.name(3)
	var arguments []func(*Session) (any, *Error)
	p.needSymbol("(")
	for !p.symbol(")") {
		if len(arguments) > 0 {
			p.needSymbol(",")
		}
		e := p.expression()
		arguments = append(arguments, e.eval)
	}
	procedure := n[len(n)-1]
	return statement{kind: kindDDL, run: func(s *Session) (*Result, *Error) {
		values := make([]any, len(arguments))
		for i, a := range arguments {
			v, err := a(s)
			if err != nil {
				return nil, err
			}
			values[i] = v
		}
		v, err := s.procedure(procedure, values)
		if err != nil {
			return nil, err
		}
		return &Result{Columns: []column{{procedure, "text", true}}, Rows: [][]any{{v}}}, nil
	}}
}

// procedure runs a procedure of the system's.
func (s *Session) procedure(procedure string, values []any) (any, *Error) {
	switch procedure {
	case "SYSTEM$RESTART_STREAMLIT":
		if len(values) == 0 || s.e.is(RestartUnknown) {
			return nil, compile(2141, "42601", "Unknown function %s", procedure)
		}
		text, _ := values[0].(string)
		n, _, ok := nameBefore(text)
		if !ok {
			return nil, invalidValue(text, procedure)
		}
		o, err := s.refer(kindStreamlit, n, "CALL", "OWNERSHIP")
		if err != nil {
			return nil, err
		}
		if o.props["RUNTIME_NAME"].text != ContainerRuntime {
			return nil, compile(1008, "22023", "Streamlit '%s' does not run in a container runtime.", o.full())
		}
		o.restarts++
		s.e.starts(o)
		return executed, nil
	case "SYSTEM$BOOTSTRAP_DATA_REQUEST":
		return asJSON(map[string]any{"clientParamsInfo": []any{}, "clientInfo": map[string]any{"clientParams": []any{}}}), nil
	default:
		return nil, compile(2140, "42601", "Unknown function %s", procedure)
	}
}
