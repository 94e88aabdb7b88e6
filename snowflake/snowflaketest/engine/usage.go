package engine

import (
	"encoding/json"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"time"

	"sleet/snowflake/snowflaketest/grammar"
)

// The view with the cost of queries, and the database role that may read it.
// https://docs.snowflake.com/en/sql-reference/account-usage/query_attribution_history
// https://docs.snowflake.com/en/sql-reference/snowflake-db-roles
const (
	attribution = "QUERY_ATTRIBUTION_HISTORY"
	usageViewer = "USAGE_VIEWER"
)

// attributed is a row of the view.
type attributed struct {
	start   time.Time
	tag     string
	credits float64
}

// Spend adds a query of an app, named DATABASE.SCHEMA.APP, to the view: the query that runs the app in its warehouse,
// or a child query, which is SQL that the app runs. Snowflake tags both with the app's name.
// https://docs.snowflake.com/en/release-notes/bcr-bundles/2024_03/bcr-1571
func (e *Engine) Spend(app string, child bool, start time.Time, credits float64) error {
	s := e.Session("SLEET", AccountAdmin, "APPS", "PUBLIC", "")
	e.mu.Lock()
	defer e.mu.Unlock()
	o, err := s.app(app)
	if err != nil {
		return err
	}
	tag := map[string]string{"StreamlitEngine": "ExecuteStreamlit", "StreamlitName": strings.Join(o.parts, ".")}
	if child {
		tag["ChildQuery"] = "true"
	}
	text, err := json.Marshal(tag)
	if err != nil {
		return fmt.Errorf("write the tag of %s: %w", app, err)
	}
	e.attributed = append(e.attributed, attributed{start, string(text), credits})
	return nil
}

// isUsageQuery reports whether a SELECT reads the view with the cost of queries.
func (p *parser) isUsageQuery() bool {
	return slices.ContainsFunc(p.Rest(), func(t grammar.Token) bool {
		return t.Kind == grammar.TokenWord && strings.EqualFold(t.Text, attribution)
	})
}

// usageQuery reads a SELECT of tags, days and credits from the view, grouped by tag.
func (p *parser) usageQuery() statement {
	p.Need("SELECT")
	var names []string
	var list []func([]attributed) any
	for {
		name, value := p.usageColumn()
		if p.Word("AS") {
			name = p.alias()
		}
		names, list = append(names, name), append(list, value)
		if !p.Symbol(",") {
			break
		}
	}
	p.Need("FROM")
	table := p.Name(3)
	p.Need("WHERE", "START_TIME")
	p.NeedSymbol(">=")
	p.Need("DATEADD")
	p.NeedSymbol("(")
	p.Need("DAY")
	p.NeedSymbol(",")
	p.NeedSymbol("-")
	days := int(p.Number())
	p.NeedSymbol(",")
	p.Need("CURRENT_TIMESTAMP")
	for _, s := range []string{"(", ")", ")"} {
		p.NeedSymbol(s)
	}
	p.Need("AND", "QUERY_TAG", "LIKE")
	like := regexp.MustCompile(likeExpression(p.Text()))
	p.Need("GROUP", "BY", "QUERY_TAG")
	return statement{kind: kindSelect, run: func(s *Session) (*Result, *grammar.Error) {
		if err := s.readsUsage(table); err != nil {
			return nil, err
		}
		groups, after := map[string][]attributed{}, s.e.Options.Now().AddDate(0, 0, -days)
		for _, row := range s.e.attributed {
			if !row.start.Before(after) && like.MatchString(row.tag) {
				groups[row.tag] = append(groups[row.tag], row)
			}
		}
		r := &Result{Kind: kindSelect, Rows: [][]any{}}
		for i, name := range names {
			r.Columns = append(r.Columns, column{name, typeOf(list[i]([]attributed{{}})), true})
		}
		for _, tag := range slices.Sorted(maps.Keys(groups)) {
			row := make([]any, 0, len(list))
			for _, value := range list {
				row = append(row, value(groups[tag]))
			}
			r.Rows = append(r.Rows, row)
		}
		return r, nil
	}}
}

// usageColumn reads a column of usageQuery and returns its name and a function for its value from the rows of a tag.
func (p *parser) usageColumn() (string, func([]attributed) any) {
	switch {
	case p.Word("QUERY_TAG"):
		return "QUERY_TAG", func(rows []attributed) any { return rows[0].tag }
	case p.Word("SUM"):
		p.NeedSymbol("(")
		p.Need("CREDITS_ATTRIBUTED_COMPUTE")
		p.NeedSymbol(")")
		return "SUM(CREDITS_ATTRIBUTED_COMPUTE)", func(rows []attributed) any {
			sum := 0.0
			for _, row := range rows {
				sum += row.credits
			}
			return sum
		}
	}
	p.Need("COUNT")
	p.NeedSymbol("(")
	p.Need("DISTINCT", "TO_DATE")
	p.NeedSymbol("(")
	p.Need("START_TIME")
	p.NeedSymbol(")")
	p.NeedSymbol(")")
	return "COUNT(DISTINCT TO_DATE(START_TIME))", func(rows []attributed) any {
		days := map[string]bool{}
		for _, row := range rows {
			days[row.start.UTC().Format(time.DateOnly)] = true
		}
		return int64(len(days))
	}
}

// readsUsage returns an error if the session may not read the view or has no warehouse.
func (s *Session) readsUsage(table grammar.Name) *grammar.Error {
	roles := s.roles()
	if strings.Join(table, ".") != "SNOWFLAKE.ACCOUNT_USAGE."+attribution || !roles[roleKey(AccountAdmin)] && !roles[key(grammar.KindDatabaseRole, "SNOWFLAKE", usageViewer)] {
		return grammar.Absent("Object", table.String())
	}
	if !s.hasWarehouse() {
		return grammar.NoWarehouse()
	}
	return nil
}
