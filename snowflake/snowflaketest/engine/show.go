package engine

import (
	"regexp"
	"slices"
	"strings"
)

// shown are the clauses that SHOW commands have in common.
type shown struct {
	terse        bool
	like, starts string
	likeSet      bool
	scope        string // "", ACCOUNT, DATABASE or SCHEMA
	in           name
	limit        int64
	from         string
}

// show reads SHOW ….
func (p *parser) show() statement {
	f := shown{limit: -1, terse: p.word("TERSE")}
	switch {
	case p.word("GRANTS"):
		return p.showGrants()
	case p.word("FUTURE", "GRANTS"):
		return p.showFutureGrants()
	case p.word("CALLER", "GRANTS"):
		return p.showCallerGrants()
	case p.word("PARAMETERS"):
		return p.showParameters()
	case p.word("VERSIONS", "IN", "STREAMLIT"):
		return p.showVersions(&f)
	case p.word("USER", "FUNCTIONS"), p.word("FUNCTIONS"):
		return p.showKind(kindFunction, "", &f)
	}
	category := ""
	for _, c := range []string{"EXTERNAL ACCESS", "API", "SECURITY", "CATALOG", "NOTIFICATION", "STORAGE"} {
		if words := append(fields(c), "INTEGRATIONS"); p.is(words...) {
			category = c
			p.skip(len(words) - 1)
		}
	}
	for _, empty := range []string{"TABLES", "VIEWS", "TASKS", "PROCEDURES", "SERVICES", "OBJECTS"} {
		if p.word(empty) {
			p.filters(kindStage, &f)
			return statement{kind: kindShow, run: func(*Session) (*Result, *Error) {
				columns := append(stamp(), placed()...)
				if empty == "OBJECTS" {
					columns = append(columns, objectsFields()...)
				}
				return &Result{Columns: columnsOf(columns)}, nil
			}}
		}
	}
	kind := p.plural([]string{kindDatabaseRole, kindDatabase, kindSchema, kindStage, kindSecret, kindRule, kindIntegration, kindStreamlit, kindWarehouse, kindPool, kindRole, kindUser})
	return p.showKind(kind, category, &f)
}

// objectsFields are the further columns of SHOW OBJECTS, which lists tables and views: there are none.
func objectsFields() []field {
	names := strings.Fields("kind comment cluster_by rows bytes owner retention_time owner_role_type is_hybrid is_dynamic is_iceberg is_interactive")
	fields := make([]field, 0, len(names))
	for _, name := range names {
		fields = append(fields, fixedText(name, nil))
	}
	return fields
}

// showKind reads the clauses after SHOW <kind>, and shows.
func (p *parser) showKind(kind, category string, f *shown) statement {
	p.filters(kind, f)
	return statement{kind: kindShow, run: func(s *Session) (*Result, *Error) {
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

// integrationCategory is the category of an integration as SHOW has it.
func integrationCategory(o *object) string {
	if c := o.props["CATEGORY"].text; c != "" {
		return c
	}
	return "EXTERNAL_ACCESS"
}

// filters reads HISTORY, LIKE, IN, STARTS WITH and LIMIT.
func (p *parser) filters(kind string, f *shown) {
	p.word("HISTORY")
	if p.word("LIKE") {
		f.like, f.likeSet = p.text(), true
	}
	if deep := depth(kind); deep > 1 && p.word("IN") {
		switch {
		case p.word("ACCOUNT"):
			f.scope = kindAccount
		case p.word("DATABASE"):
			f.scope = kindDatabase
			f.in = p.optionalName(1)
		case p.word("SCHEMA"):
			f.scope = kindSchema
			f.in = p.optionalName(2)
		default:
			f.in = p.name(2)
			f.scope = kindSchema
			if len(f.in) == 1 && deep == 2 {
				f.scope = kindDatabase
			}
		}
	}
	if p.word("STARTS", "WITH") {
		f.starts = p.text()
	}
	if p.word("LIMIT") {
		f.limit = p.number()
		if p.word("FROM") {
			f.from = p.text()
		}
	}
}

// optionalName reads a name, if one is next.
func (p *parser) optionalName(most int) name {
	t := p.peek()
	if t.kind != tokenQuoted && t.kind != tokenWord || p.is("STARTS") || p.is("LIMIT") {
		return nil
	}
	return p.name(most)
}

// filtered returns the objects of a kind that the session sees and the clauses let through.
func (s *Session) filtered(kind string, f *shown) ([]*object, *Error) {
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

// seesAbove reports whether the session sees what an object is in.
func (s *Session) seesAbove(o *object) bool {
	for i := 1; i < len(o.parts); i++ {
		kind := kindDatabase
		if i == 2 {
			kind = kindSchema
		}
		if above := s.e.get(kind, o.parts[:i]...); o.kind != kindDatabaseRole && (above == nil || !s.sees(above)) {
			return false
		}
	}
	return true
}

// scope returns the place that a SHOW command looks at; nothing for the account.
func (s *Session) scope(kind string, f *shown) (name, *Error) {
	deep := depth(kind)
	switch {
	case deep == 1 || f.scope == kindAccount:
		return nil, nil
	case f.scope == "":
		if s.database == "" {
			return nil, nil
		}
		if deep == 3 && s.schema != "" && kind != kindFunction && kind != kindStreamlit && kind != kindSecret && kind != kindRule {
			return name{s.database, s.schema}, nil
		}
		return name{s.database}, nil
	case len(f.in) == 0:
		if s.database == "" {
			return nil, nil
		}
		if f.scope == kindSchema && s.schema != "" {
			return name{s.database, s.schema}, nil
		}
		return name{s.database}, nil
	}
	o, err := s.find(f.scope, f.in, "SHOW")
	if err != nil {
		return nil, s.missingPlace(kind, err)
	}
	return o.parts, nil
}

// likePattern makes a LIKE pattern of SHOW into a regular expression: letters of either case.
func likePattern(like string) *regexp.Regexp {
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
	return regexp.MustCompile("(?i)^" + b.String() + "$")
}

// table makes a result of objects.
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
