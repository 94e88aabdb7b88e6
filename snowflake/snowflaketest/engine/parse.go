package engine

import "sleet/snowflake/snowflaketest/grammar"

// statement is a statement that has been read: it can be run in a session.
type statement struct {
	kind int
	run  func(*Session) (*Result, *grammar.Error)
}

// parser reads statements.
type parser struct{ *grammar.Reader }

// parse reads a statement, strictly: what no reference page has is a syntax error.
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
	for _, verb := range []struct {
		word string
		read func() statement
	}{
		{"USE", p.use},
		{"CREATE", p.create},
		{"ALTER", p.alter},
		{"DROP", p.drop},
		{"GRANT", p.grant},
		{"REVOKE", p.revoke},
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
		{"COMMENT", p.commentOn},
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
