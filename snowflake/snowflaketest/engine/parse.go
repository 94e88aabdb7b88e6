package engine

// statement is a statement that has been read: it can be run in a session.
type statement struct {
	kind int
	run  func(*Session) (*Result, *Error)
}

// parser reads statements.
type parser struct{ *reader }

// parse reads a statement, strictly: what no reference page has is a syntax error.
func parse(sql string, binds []any) (st statement, err *Error) {
	r, err := newReader(sql, binds)
	if err != nil {
		return st, err
	}
	p := &parser{r}
	if p.end() {
		return st, refuse(900, "42000", "Empty SQL statement.")
	}
	err = try(func() {
		st = p.statement()
		if p.symbol(";") && !p.end() {
			panic(refuse(8, "0A000", "Actual statement count 2 did not match the desired statement count 1."))
		}
		if !p.end() {
			p.fail()
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
		if p.is(verb.word) {
			if verb.word != "SELECT" && verb.word != "WITH" {
				p.skip(1)
			}
			return verb.read()
		}
	}
	p.fail()
	return statement{}
}
