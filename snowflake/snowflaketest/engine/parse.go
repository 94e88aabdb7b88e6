package engine

import (
	"fmt"

	"sleet/snowflake/snowflaketest/ddl"
	"sleet/snowflake/snowflaketest/grammar"
)

// statement is a parsed statement, which a session can run.
type statement struct {
	kind int
	run  func(*Session) (*Result, *grammar.Error)
}

// parser reads statements.
type parser struct{ *grammar.Reader }

// parse reads a statement strictly: syntax that no reference page documents is an error.
func parse(sql string, binds []any) (st statement, err *grammar.Error) {
	r, err := grammar.NewReader(sql, binds)
	if err != nil {
		return st, err
	}
	p := &parser{r}
	if p.End() {
		return st, grammar.Refuse(900, "42000", "Empty SQL statement.")
	}
	err = grammar.Try(func() {
		st = p.statement()
		if p.Symbol(";") && !p.End() {
			panic(grammar.Refuse(8, "0A000", "Actual statement count 2 did not match the desired statement count 1."))
		}
		if !p.End() {
			p.Fail()
		}
	})
	return st, err
}

// statement reads a statement, up to its semicolon.
func (p *parser) statement() statement {
	if st := ddl.Read(p.Reader); st != nil {
		return definition(func(s *Session) (string, *grammar.Error) { return s.define(st) })
	}
	for _, verb := range []struct {
		word string
		read func() statement
	}{
		{"USE", p.use},
		{"ALTER", p.alter},
		{"SHOW", p.show},
		{"DESCRIBE", p.describe},
		{"DESC", p.describe},
		{"LIST", p.list},
		{"LS", p.list},
		{"REMOVE", p.remove},
		{"RM", p.remove},
		{"PUT", p.put},
		{"GET", p.get},
		{"COPY", p.copyFiles},
		{"EXECUTE", p.execute},
		{"CALL", p.call},
		{"SELECT", p.query},
		{"WITH", p.query},
		{"BEGIN", p.transaction},
		{"COMMIT", p.transaction},
		{"ROLLBACK", p.transaction},
		{"SET", p.setVariable},
	} {
		if p.Is(verb.word) {
			if verb.word != "SELECT" && verb.word != "WITH" {
				p.Skip(1)
			}
			return verb.read()
		}
	}
	p.Fail()
	return statement{}
}

// alter reads ALTER SESSION or ALTER ACCOUNT.
func (p *parser) alter() statement {
	if p.One("SESSION", "ACCOUNT") == "SESSION" {
		return p.alterSession()
	}
	return p.alterAccount()
}

// definition returns a statement that answers with a status.
func definition(run func(*Session) (string, *grammar.Error)) statement {
	return statement{kind: kindDDL, run: func(s *Session) (*Result, *grammar.Error) {
		status, err := run(s)
		if err != nil {
			return nil, err
		}
		return &Result{Columns: []column{{"status", "text", true}}, Rows: [][]any{{status}}}, nil
	}}
}

// define runs a statement that creates, changes, drops or grants.
func (s *Session) define(st ddl.Statement) (string, *grammar.Error) {
	switch st := st.(type) {
	case *ddl.Create:
		return s.create(st)
	case *ddl.Alter:
		return s.alter(st)
	case *ddl.Drop:
		return s.drop(st)
	case *ddl.Grant:
		return s.grant(st)
	case *ddl.GrantOwnership:
		return s.grantOwnership(st)
	case *ddl.GrantRole:
		return s.grantRole(st)
	case *ddl.GrantApplicationRole:
		return s.grantApplicationRole(st)
	case *ddl.GrantInherited:
		return s.grantInherited(st)
	case *ddl.GrantCaller:
		return s.grantCaller(st)
	}
	return "", grammar.Unsupported(fmt.Sprintf("%T", st))
}
