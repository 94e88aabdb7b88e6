package engine

import (
	"regexp"
	"slices"
	"strings"

	"sleet/snowflake/snowflaketest/grammar"
)

// shown are the common clauses of SHOW commands.
type shown struct {
	terse        bool
	like, starts string
	likeSet      bool
	scope        string // "", ACCOUNT, DATABASE or SCHEMA
	in           grammar.Name
	limit        int64
	from         string
}

// show reads SHOW.
func (p *parser) show() statement {
	f := shown{limit: -1, terse: p.Word("TERSE")}
	switch {
	case p.Word("GRANTS"):
		return p.showGrants()
	case p.Word("FUTURE", "GRANTS"):
		return p.showFutureGrants()
	case p.Word("CALLER", "GRANTS"):
		return p.showCallerGrants()
	case p.Word("PARAMETERS"):
		return p.showParameters()
	case p.Word("VERSIONS", "IN", "STREAMLIT"):
		return p.showVersions(&f)
	case p.Word("USER", "FUNCTIONS"), p.Word("FUNCTIONS"):
		return p.showKind(grammar.KindFunction, "", &f)
	}
	category := ""
	for _, c := range []string{"EXTERNAL ACCESS", "API", "SECURITY", "CATALOG", "NOTIFICATION", "STORAGE"} {
		if words := append(fields(c), "INTEGRATIONS"); p.Is(words...) {
			category = c
			p.Skip(len(words) - 1)
		}
	}
	for _, empty := range []string{"TABLES", "VIEWS", "TASKS", "PROCEDURES", "SERVICES", "OBJECTS"} {
		if p.Word(empty) {
			p.filters(grammar.KindStage, &f)
			return statement{kind: kindShow, run: func(*Session) (*Result, *grammar.Error) {
				columns := append(stamp(), placed()...)
				if empty == "OBJECTS" {
					columns = append(columns, objectsFields()...)
				}
				return &Result{Columns: columnsOf(columns)}, nil
			}}
		}
	}
	kind := p.Plural([]string{grammar.KindDatabaseRole, grammar.KindDatabase, grammar.KindSchema, grammar.KindStage, grammar.KindSecret, grammar.KindRule, grammar.KindIntegration, grammar.KindStreamlit, grammar.KindWarehouse, grammar.KindPool, grammar.KindRole, grammar.KindUser})
	return p.showKind(kind, category, &f)
}

// objectsFields returns the additional columns of SHOW OBJECTS, which lists tables and views. There are none in this
// account.
func objectsFields() []field {
	names := strings.Fields("kind comment cluster_by rows bytes owner retention_time owner_role_type is_hybrid is_dynamic is_iceberg is_interactive")
	fields := make([]field, 0, len(names))
	for _, name := range names {
		fields = append(fields, fixedText(name, nil))
	}
	return fields
}

// showKind reads the clauses after SHOW <kind> and returns the statement.
func (p *parser) showKind(kind, category string, f *shown) statement {
	p.filters(kind, f)
	return statement{kind: kindShow, run: func(s *Session) (*Result, *grammar.Error) {
		list, err := s.filtered(kind, f)
		if err != nil {
			return nil, err
		}
		list = slices.DeleteFunc(list, func(o *object) bool {
			return category != "" && integrationCategory(o) != strings.ReplaceAll(category, " ", "_")
		})
		columns := slices.DeleteFunc(showFields(kind), func(c field) bool {
			return c.name == repositoriesColumn && !s.e.is(RepositoriesShown)
		})
		if f.terse {
			columns = terse(kind)
		}
		return s.table(columns, list), nil
	}}
}

// integrationCategory returns the category of an integration as SHOW displays it.
func integrationCategory(o *object) string {
	if c := o.props["CATEGORY"].text; c != "" {
		return c
	}
	return "EXTERNAL_ACCESS"
}

// filters reads HISTORY, LIKE, IN, STARTS WITH and LIMIT.
func (p *parser) filters(kind string, f *shown) {
	p.Word("HISTORY")
	if p.Word("LIKE") {
		f.like, f.likeSet = p.Text(), true
	}
	if deep := grammar.Depth(kind); deep > 1 && p.Word("IN") {
		switch {
		case p.Word("ACCOUNT"):
			f.scope = grammar.KindAccount
		case p.Word("DATABASE"):
			f.scope = grammar.KindDatabase
			f.in = p.optionalName(1)
		case p.Word("SCHEMA"):
			f.scope = grammar.KindSchema
			f.in = p.optionalName(2)
		default:
			f.in = p.Name(2)
			f.scope = grammar.KindSchema
			if len(f.in) == 1 && deep == 2 {
				f.scope = grammar.KindDatabase
			}
		}
	}
	if p.Word("STARTS", "WITH") {
		f.starts = p.Text()
	}
	if p.Word("LIMIT") {
		f.limit = p.Number()
		if p.Word("FROM") {
			f.from = p.Text()
		}
	}
}

// optionalName reads a name if there is one.
func (p *parser) optionalName(most int) grammar.Name {
	t := p.Peek()
	if t.Kind != grammar.TokenQuoted && t.Kind != grammar.TokenWord || p.Is("STARTS") || p.Is("LIMIT") {
		return nil
	}
	return p.Name(most)
}

// filtered returns the objects of a kind that the session may see and that match the clauses.
func (s *Session) filtered(kind string, f *shown) ([]*object, *grammar.Error) {
	prefix, err := s.scope(kind, f)
	if err != nil {
		return nil, err
	}
	like := likePattern(f.like)
	var list []*object
	for _, o := range s.e.all(kind) {
		short, _, _ := strings.Cut(o.short(), "(")
		switch {
		case !s.sees(o) || !s.seesAbove(o),
			len(prefix) > 0 && !slices.Equal(o.parts[:min(len(prefix), len(o.parts))], prefix),
			f.likeSet && !like.MatchString(short),
			!strings.HasPrefix(short, f.starts),
			f.from != "" && short <= f.from:
			continue
		}
		list = append(list, o)
	}
	slices.SortStableFunc(list, func(a, b *object) int { return strings.Compare(a.short(), b.short()) })
	const most = 10000
	limit := most
	if f.limit >= 0 {
		limit = min(most, int(f.limit))
	}
	return list[:min(len(list), limit)], nil
}

// seesAbove reports whether the session may see an object's database and schema.
func (s *Session) seesAbove(o *object) bool {
	for i := 1; i < len(o.parts); i++ {
		kind := grammar.KindDatabase
		if i == 2 {
			kind = grammar.KindSchema
		}
		if above := s.e.get(kind, o.parts[:i]...); o.kind != grammar.KindDatabaseRole && (above == nil || !s.sees(above)) {
			return false
		}
	}
	return true
}

// scope returns the database or schema that a SHOW command lists; nil for the account.
func (s *Session) scope(kind string, f *shown) (grammar.Name, *grammar.Error) {
	deep := grammar.Depth(kind)
	switch {
	case deep == 1 || f.scope == grammar.KindAccount:
		return nil, nil
	case f.scope == "":
		if s.database == "" {
			return nil, nil
		}
		if deep == 3 && s.schema != "" && kind != grammar.KindFunction && kind != grammar.KindStreamlit && kind != grammar.KindSecret && kind != grammar.KindRule {
			return grammar.Name{s.database, s.schema}, nil
		}
		return grammar.Name{s.database}, nil
	case len(f.in) == 0:
		if s.database == "" {
			return nil, nil
		}
		if f.scope == grammar.KindSchema && s.schema != "" {
			return grammar.Name{s.database, s.schema}, nil
		}
		return grammar.Name{s.database}, nil
	}
	o, err := s.find(f.scope, f.in, "SHOW")
	if err != nil {
		return nil, s.missingPlace(kind, err)
	}
	return o.parts, nil
}

// likePattern returns the regular expression of a LIKE pattern of SHOW, which ignores case.
func likePattern(like string) *regexp.Regexp {
	return regexp.MustCompile("(?i)" + likeExpression(like))
}

// likeExpression returns a LIKE pattern as a regular expression.
func likeExpression(like string) string {
	var b strings.Builder
	escaped := false
	for _, r := range like {
		switch {
		case escaped:
			b.WriteString(regexp.QuoteMeta(string(r)))
			escaped = false
		case r == '\\':
			escaped = true
		case r == '%':
			b.WriteString("(?s:.*)")
		case r == '_':
			b.WriteString("(?s:.)")
		default:
			b.WriteString(regexp.QuoteMeta(string(r)))
		}
	}
	return "^" + b.String() + "$"
}

// table returns a result with one row per object.
func (s *Session) table(fields []field, list []*object) *Result {
	r := &Result{Columns: columnsOf(fields), Kind: kindShow, Rows: [][]any{}}
	for _, o := range list {
		row := make([]any, len(fields))
		for i, f := range fields {
			row[i] = f.of(s, o)
		}
		r.Rows = append(r.Rows, row)
	}
	return r
}
