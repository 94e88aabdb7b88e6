package engine

import (
	"slices"
	"strings"

	"sleet/snowflake/snowflaketest/grammar"
)

// executed is the status of a statement that has no other.
const executed = "Statement executed successfully."

// use reads USE.
func (p *parser) use() statement {
	if p.Word("SECONDARY", "ROLES") {
		// Any list of roles counts as ALL.
		all := true
		switch {
		case p.Word("NONE"):
			all = false
		case p.Word("ALL"):
		default:
			p.Ident()
			for p.Symbol(",") {
				p.Ident()
			}
		}
		return definition(func(s *Session) (string, *grammar.Error) {
			s.Secondary = all
			return executed, nil
		})
	}
	kind := grammar.KindDatabase
	switch {
	case p.Word("ROLE"):
		kind = grammar.KindRole
	case p.Word("WAREHOUSE"):
		kind = grammar.KindWarehouse
	case p.Word("SCHEMA"):
		kind = grammar.KindSchema
	case p.Word("DATABASE"):
	default: // USE name, or USE db.schema
		n := p.Name(2)
		if len(n) == 2 {
			kind = grammar.KindSchema
		}
		return definition(func(s *Session) (string, *grammar.Error) { return executed, s.enter(kind, n) })
	}
	n := p.Name(grammar.Depth(kind))
	return definition(func(s *Session) (string, *grammar.Error) { return executed, s.enter(kind, n) })
}

// enter makes an object the current one of the session.
func (s *Session) enter(kind string, n grammar.Name) *grammar.Error {
	switch kind {
	case grammar.KindRole:
		return s.enterRole(n[0])
	case grammar.KindWarehouse:
		o, err := s.find(kind, n, "USE WAREHOUSE")
		if err != nil {
			return err
		}
		if !s.may(o, "USAGE", "OPERATE") {
			return grammar.Impossible()
		}
		s.warehouse = o.parts[0]
	case grammar.KindDatabase:
		o, err := s.find(kind, n, "USE DATABASE")
		if err != nil {
			return grammar.Impossible()
		}
		s.database, s.schema = o.parts[0], ""
		if public := s.e.get(grammar.KindSchema, o.parts[0], "PUBLIC"); public != nil {
			s.schema = "PUBLIC"
		}
	default:
		o, err := s.find(kind, n, "USE SCHEMA")
		if err != nil {
			if err.Code == 2003 {
				return grammar.Impossible()
			}
			return err
		}
		s.database, s.schema = o.parts[0], o.parts[1]
	}
	return nil
}

// hasWarehouse reports whether the session has a warehouse that its role may use.
func (s *Session) hasWarehouse() bool {
	o := s.e.get(grammar.KindWarehouse, s.warehouse)
	return o != nil && s.may(o, "USAGE")
}

// enterRole switches the session's role if the user has the role.
func (s *Session) enterRole(role string) *grammar.Error {
	if s.bound && role != s.role {
		return grammar.Refuse(3107, "42501", "Current session is restricted. USE ROLE not allowed.")
	}
	if !slices.Contains(s.e.available(s.user), role) {
		if s.e.get(grammar.KindRole, role) == nil {
			return grammar.Impossible()
		}
		return grammar.Refuse(3013, "42501", "SQL compilation error:\nRequested role '%s' is not assigned to the executing user. Specify another role to activate.", role)
	}
	s.role = role
	return nil
}

// transaction reads the transaction statements of drivers. They have no effect.
func (p *parser) transaction() statement {
	_ = p.Word("TRANSACTION") || p.Word("WORK")
	return definition(func(*Session) (string, *grammar.Error) { return executed, nil })
}

// alterSession reads SET or UNSET of session parameters.
func (p *parser) alterSession() statement {
	type setting struct{ word, value string }
	var list []setting
	unset := p.One("SET", "UNSET") == "UNSET"
	for {
		t := p.Peek()
		if t.Kind != grammar.TokenWord {
			break
		}
		p.Skip(1)
		entry := setting{word: strings.ToUpper(t.Text)}
		if !unset {
			p.NeedSymbol("=")
			p.Symbol("-")
			entry.value = p.Scalar()
		}
		list = append(list, entry)
		p.Symbol(",")
	}
	if len(list) == 0 {
		p.Fail()
	}
	return definition(func(s *Session) (string, *grammar.Error) {
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
	n := p.Ident()
	p.NeedSymbol("=")
	value := p.Scalar()
	return definition(func(s *Session) (string, *grammar.Error) {
		s.parameters["$"+n] = value
		return executed, nil
	})
}

// call reads CALL of a system procedure.
func (p *parser) call() statement {
	n := p.Name(3)
	var arguments []func(*Session) (any, *grammar.Error)
	p.NeedSymbol("(")
	for !p.Symbol(")") {
		if len(arguments) > 0 {
			p.NeedSymbol(",")
		}
		e := p.expression()
		arguments = append(arguments, e.eval)
	}
	procedure := n[len(n)-1]
	return statement{kind: kindDDL, run: func(s *Session) (*Result, *grammar.Error) {
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

// procedure runs a system procedure.
func (s *Session) procedure(procedure string, values []any) (any, *grammar.Error) {
	switch procedure {
	case "SYSTEM$RESTART_STREAMLIT":
		if len(values) == 0 || s.e.is(RestartUnknown) {
			return nil, grammar.Compile(2141, "42601", "Unknown function %s", procedure)
		}
		text, _ := values[0].(string)
		n, _, ok := nameBefore(text)
		if !ok {
			return nil, grammar.InvalidValue(text, procedure)
		}
		o, err := s.refer(grammar.KindStreamlit, n, "CALL", "OWNERSHIP")
		if err != nil {
			return nil, err
		}
		if o.props["RUNTIME_NAME"].text != ContainerRuntime {
			return nil, grammar.Compile(1008, "22023", "Streamlit '%s' does not run in a container runtime.", o.full())
		}
		o.restarts++
		s.e.starts(o)
		return executed, nil
	case "SYSTEM$BOOTSTRAP_DATA_REQUEST":
		return asJSON(map[string]any{"clientParamsInfo": []any{}, "clientInfo": map[string]any{"clientParams": []any{}}}), nil
	default:
		return nil, grammar.Compile(2140, "42601", "Unknown function %s", procedure)
	}
}

// forget removes from a session objects that do not exist or that its role may not use.
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
