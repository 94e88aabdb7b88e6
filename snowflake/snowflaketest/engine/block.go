package engine

import (
	"fmt"

	"sleet/snowflake/snowflaketest/grammar"
)

// blockStep is one step of a Snowflake Scripting block. stop reports whether RETURN was reached.
type blockStep func(s *Session, caught *grammar.Error) (r *Result, stop bool, err *grammar.Error)

// execute reads EXECUTE IMMEDIATE with a statement or block in a string constant, or EXECUTE STREAMLIT.
// https://docs.snowflake.com/en/sql-reference/sql/execute-immediate
func (p *parser) execute() statement {
	if p.Word("STREAMLIT") {
		n := p.Name(3)
		p.NeedSymbol("(")
		p.NeedSymbol(")")
		return statement{kind: kindDDL, run: func(s *Session) (*Result, *grammar.Error) {
			o, err := s.find(grammar.KindStreamlit, n, "EXECUTE STREAMLIT")
			if err != nil {
				return nil, err
			}
			return &Result{Columns: []column{{"status", "text", true}}, Rows: [][]any{{executed}}}, s.opens(o)
		}}
	}
	p.Need("IMMEDIATE")
	body := p.Text()
	return statement{kind: kindDDL, run: func(s *Session) (*Result, *grammar.Error) {
		return s.immediate(body)
	}}
}

// immediate runs the text of EXECUTE IMMEDIATE.
func (s *Session) immediate(body string) (*Result, *grammar.Error) {
	sql, err := grammar.NewReader(body, nil)
	if err != nil {
		return nil, err
	}
	if (sql.Is("BEGIN") || sql.Is("DECLARE")) && len(sql.Rest()) > 3 {
		return s.block(sql)
	}
	st, err := parse(body, nil)
	if err != nil {
		return nil, err
	}
	return st.run(s)
}

// block reads a block and runs it.
func (s *Session) block(sql *grammar.Reader) (r *Result, err *grammar.Error) {
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
func readBlock(p *parser) (step blockStep, err *grammar.Error) {
	err = grammar.Try(func() {
		p.Need("BEGIN")
		step = p.blockBody()
		p.Symbol(";")
		if !p.End() {
			p.Fail()
		}
	})
	return step, err
}

// blockBody reads a block from after BEGIN to END.
// https://docs.snowflake.com/en/developer-guide/snowflake-scripting/exceptions
func (p *parser) blockBody() blockStep {
	body := p.steps("EXCEPTION", "END")
	var handler blockStep
	if p.Word("EXCEPTION") {
		p.Need("WHEN")
		p.One("OTHER", "STATEMENT_ERROR")
		p.Need("THEN")
		handler = p.steps("WHEN", "END")
	}
	p.Need("END")
	return func(s *Session, caught *grammar.Error) (*Result, bool, *grammar.Error) {
		r, stop, err := body(s, caught)
		if err != nil && handler != nil {
			return handler(s, err)
		}
		return r, stop, err
	}
}

// steps reads statements until one of some keywords.
func (p *parser) steps(ends ...string) blockStep {
	var list []blockStep
	for {
		done := false
		for _, end := range ends {
			done = done || p.Is(end)
		}
		if done {
			break
		}
		list = append(list, p.step())
	}
	if len(list) == 0 {
		p.Fail()
	}
	return func(s *Session, caught *grammar.Error) (*Result, bool, *grammar.Error) {
		for _, step := range list {
			if r, stop, err := step(s, caught); stop || err != nil {
				return r, stop, err
			}
		}
		return nil, false, nil
	}
}

// step reads one statement of a block, including the semicolon.
func (p *parser) step() blockStep {
	var step blockStep
	at := p.Peek()
	switch {
	case p.Word("BEGIN"):
		step = p.blockBody()
	case p.Word("IF"):
		step = p.ifStep()
	case p.Word("RAISE"):
		step = func(_ *Session, caught *grammar.Error) (*Result, bool, *grammar.Error) { return nil, true, caught }
	case p.Word("NULL"):
		step = func(*Session, *grammar.Error) (*Result, bool, *grammar.Error) { return nil, false, nil }
	case p.Word("RETURN"):
		e := p.expression()
		step = func(s *Session, caught *grammar.Error) (*Result, bool, *grammar.Error) {
			v, err := e.in(s, caught)
			return &Result{Columns: []column{{"anonymous block", "text", true}}, Rows: [][]any{{v}}}, true, err
		}
	default:
		st := p.statement()
		step = func(s *Session, _ *grammar.Error) (*Result, bool, *grammar.Error) {
			_, err := st.run(s)
			return nil, false, thrown(err, at)
		}
	}
	p.NeedSymbol(";")
	return step
}

// ifStep reads IF (…) THEN … [ELSE …] END IF.
func (p *parser) ifStep() blockStep {
	p.NeedSymbol("(")
	condition := p.expression()
	p.NeedSymbol(")")
	p.Need("THEN")
	then := p.steps("ELSE", "END")
	var otherwise blockStep
	if p.Word("ELSE") {
		otherwise = p.steps("END")
	}
	p.Need("END", "IF")
	return func(s *Session, caught *grammar.Error) (*Result, bool, *grammar.Error) {
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

// thrown returns an error as a block raises it: with its code and position.
func thrown(err *grammar.Error, at grammar.Token) *grammar.Error {
	if err == nil {
		return nil
	}
	e := *err
	e.Message = fmt.Sprintf("Uncaught exception of type 'STATEMENT_ERROR' on line %d at position %d : %s", at.Line, at.Pos, err.Message)
	return &e
}
