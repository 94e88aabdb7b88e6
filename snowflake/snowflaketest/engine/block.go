package engine

import (
	"fmt"
)

// blockStep is one step of a block of Snowflake Scripting. stop says that RETURN was reached.
type blockStep func(s *Session, caught *Error) (r *Result, stop bool, err *Error)

// execute reads EXECUTE IMMEDIATE: a statement or a block in a constant.
// https://docs.snowflake.com/en/sql-reference/sql/execute-immediate
func (p *parser) execute() statement {
	if p.word("STREAMLIT") {
		n := p.name(3)
		p.needSymbol("(")
		p.needSymbol(")")
		return statement{kind: kindDDL, run: func(s *Session) (*Result, *Error) {
			o, err := s.find(kindStreamlit, n, "EXECUTE STREAMLIT")
			if err != nil {
				return nil, err
			}
			return &Result{Columns: []column{{"status", "text", true}}, Rows: [][]any{{executed}}}, s.opens(o)
		}}
	}
	p.need("IMMEDIATE")
	body := p.text()
	return statement{kind: kindDDL, run: func(s *Session) (*Result, *Error) {
		return s.immediate(body)
	}}
}

// immediate runs the text of EXECUTE IMMEDIATE.
func (s *Session) immediate(body string) (*Result, *Error) {
	sql, err := newReader(body, nil)
	if err != nil {
		return nil, err
	}
	if (sql.is("BEGIN") || sql.is("DECLARE")) && len(sql.rest()) > 3 {
		return s.block(sql)
	}
	st, err := parse(body, nil)
	if err != nil {
		return nil, err
	}
	return st.run(s)
}

// block reads a block and runs it.
func (s *Session) block(sql *reader) (r *Result, err *Error) {
	run, err := readBlock(&parser{sql})
	if err != nil {
		return nil, err
	}
	r, _, err = run(s, nil)
	if err == nil && r == nil {
		r = &Result{Columns: []column{{"anonymous block", "text", true}}, Rows: [][]any{{nil}}}
	}
	return r, err
}

// readBlock reads a whole block.
func readBlock(p *parser) (step blockStep, err *Error) {
	err = try(func() {
		p.need("BEGIN")
		step = p.blockBody()
		p.symbol(";")
		if !p.end() {
			p.fail()
		}
	})
	return step, err
}

// blockBody reads from after BEGIN to END.
// https://docs.snowflake.com/en/developer-guide/snowflake-scripting/exceptions
func (p *parser) blockBody() blockStep {
	body := p.steps("EXCEPTION", "END")
	var handler blockStep
	if p.word("EXCEPTION") {
		p.need("WHEN")
		p.one("OTHER", "STATEMENT_ERROR")
		p.need("THEN")
		handler = p.steps("WHEN", "END")
	}
	p.need("END")
	return func(s *Session, caught *Error) (*Result, bool, *Error) {
		r, stop, err := body(s, caught)
		if err != nil && handler != nil {
			return handler(s, err)
		}
		return r, stop, err
	}
}

// steps reads statements up to one of some words.
func (p *parser) steps(ends ...string) blockStep {
	var list []blockStep
	for {
		done := false
		for _, end := range ends {
			done = done || p.is(end)
		}
		if done {
			break
		}
		list = append(list, p.step())
	}
	if len(list) == 0 {
		p.fail()
	}
	return func(s *Session, caught *Error) (*Result, bool, *Error) {
		for _, step := range list {
			if r, stop, err := step(s, caught); stop || err != nil {
				return r, stop, err
			}
		}
		return nil, false, nil
	}
}

// step reads one statement of a block, with its semicolon.
func (p *parser) step() blockStep {
	var step blockStep
	at := p.peek()
	switch {
	case p.word("BEGIN"):
		step = p.blockBody()
	case p.word("IF"):
		step = p.ifStep()
	case p.word("RAISE"):
		step = func(_ *Session, caught *Error) (*Result, bool, *Error) { return nil, true, caught }
	case p.word("NULL"):
		step = func(*Session, *Error) (*Result, bool, *Error) { return nil, false, nil }
	case p.word("RETURN"):
		e := p.expression()
		step = func(s *Session, caught *Error) (*Result, bool, *Error) {
			v, err := e.in(s, caught)
			return &Result{Columns: []column{{"anonymous block", "text", true}}, Rows: [][]any{{v}}}, true, err
		}
	default:
		st := p.statement()
		step = func(s *Session, _ *Error) (*Result, bool, *Error) {
			_, err := st.run(s)
			return nil, false, thrown(err, at)
		}
	}
	p.needSymbol(";")
	return step
}

// ifStep reads IF (…) THEN … [ELSE …] END IF.
func (p *parser) ifStep() blockStep {
	p.needSymbol("(")
	condition := p.expression()
	p.needSymbol(")")
	p.need("THEN")
	then := p.steps("ELSE", "END")
	var otherwise blockStep
	if p.word("ELSE") {
		otherwise = p.steps("END")
	}
	p.need("END", "IF")
	return func(s *Session, caught *Error) (*Result, bool, *Error) {
		v, err := condition.in(s, caught)
		if err != nil {
			return nil, true, err
		}
		if yes, _ := v.(bool); yes {
			return then(s, caught)
		}
		if otherwise != nil {
			return otherwise(s, caught)
		}
		return nil, false, nil
	}
}

// thrown is an error as a block throws it: with its code, and where it was.
func thrown(err *Error, at token) *Error {
	if err == nil {
		return nil
	}
	e := *err
	e.Message = fmt.Sprintf("Uncaught exception of type 'STATEMENT_ERROR' on line %d at position %d : %s", at.line, at.pos, err.Message)
	return &e
}
