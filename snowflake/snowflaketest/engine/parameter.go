package engine

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"sleet/snowflake/snowflaketest/grammar"
)

// Account parameters that apps depend on.
// https://docs.snowflake.com/en/sql-reference/parameters
const (
	defaultPool = "DEFAULT_STREAMLIT_COMPUTE_POOL"
	allowed     = "ALLOWED_SPCS_WORKLOAD_TYPES"
	disallowed  = "DISALLOWED_SPCS_WORKLOAD_TYPES"
)

// accountParameters returns their values in a new account.
func accountParameters() map[string]string {
	return map[string]string{defaultPool: "SYSTEM_COMPUTE_POOL_CPU", allowed: "ALL", disallowed: "", eventTable: events}
}

// alterAccount reads ALTER ACCOUNT for the parameters that apps depend on.
func (p *parser) alterAccount() statement {
	unset := p.One("SET", "UNSET") == "UNSET"
	parameter := p.One(defaultPool, allowed, disallowed, eventTable)
	value := accountParameters()[parameter]
	switch {
	case parameter == eventTable && unset:
		value = ""
	case parameter == eventTable:
		p.NeedSymbol("=")
		if value = strings.Join(p.Name(3), "."); value != events {
			panic(grammar.Absent("Event table", value))
		}
	case !unset:
		p.NeedSymbol("=")
		value = p.Scalar()
	}
	return definition(func(s *Session) (string, *grammar.Error) {
		if !s.primary()[roleKey(AccountAdmin)] {
			return "", grammar.Denied("account", s.e.Options.account)
		}
		s.e.parameters[parameter] = value
		return executed, nil
	})
}

// forbidden reports whether the account does not allow apps in compute pools.
func (e *Engine) forbidden() bool {
	names := func(list string) bool {
		return slices.ContainsFunc(strings.Split(list, ","), func(w string) bool {
			w = strings.TrimSpace(w)
			return strings.EqualFold(w, "STREAMLIT") || strings.EqualFold(w, "ALL")
		})
	}
	return !names(e.parameters[allowed]) || names(e.parameters[disallowed])
}

// parameterDefaults returns the parameters that SHOW PARAMETERS lists.
func (s *Session) parameterDefaults() map[string]string {
	known := map[string]string{
		"AUTOCOMMIT": "true", "CLIENT_SESSION_KEEP_ALIVE": "false", "TIMEZONE": "America/Los_Angeles", "QUERY_TAG": "",
		"STATEMENT_TIMEOUT_IN_SECONDS": "172800", "PYTHON_CONNECTOR_QUERY_RESULT_FORMAT": "JSON",
	}
	maps.Copy(known, s.e.parameters)
	for word, v := range s.parameters {
		if !strings.HasPrefix(word, "$") {
			known[word] = v
		}
	}
	return known
}

// showParameters reads the clauses of SHOW PARAMETERS.
// https://docs.snowflake.com/en/sql-reference/sql/show-parameters
func (p *parser) showParameters() statement {
	f := shown{limit: -1}
	var database grammar.Name
	if p.Word("LIKE") {
		f.like, f.likeSet = p.Text(), true
	}
	if p.Word("IN") || p.Word("FOR") {
		if kind := p.One("SESSION", "ACCOUNT", "USER", "WAREHOUSE", "DATABASE", "SCHEMA"); kind != "SESSION" && kind != grammar.KindAccount {
			of := p.optionalName(2)
			if kind == grammar.KindDatabase {
				database = of
			}
		}
	}
	return statement{kind: kindShow, run: func(s *Session) (*Result, *grammar.Error) {
		r := propertyTable("key", "value", "default", "level", "description", "type")
		known, like := s.parameterDefaults(), likePattern(f.like)
		if o := s.e.get(grammar.KindDatabase, database...); len(database) == 1 && o != nil {
			known[logLevel] = cmp.Or(o.props[logLevel].text, "OFF")
		}
		for _, word := range sorted(known) {
			if !f.likeSet || like.MatchString(word) {
				standard, level := accountParameters()[word], ""
				if _, set := s.parameters[word]; set {
					level = "SESSION"
				} else if set := s.e.parameters[word]; set != standard {
					level = grammar.KindAccount
				}
				r.Rows = append(r.Rows, []any{word, known[word], standard, level, "", "STRING"})
			}
		}
		return r, nil
	}}
}
