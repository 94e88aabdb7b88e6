package observe

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"

	"golang.org/x/sync/errgroup"

	"sleet/snowflake"
	"sleet/snowflake/account/query"
	"sleet/snowflake/safely"
	"sleet/ui/message"
)

// Listing is the list of an account's objects of one kind, for a person to choose from.
type Listing struct {
	// Kind is the kind as SQL writes it, in the singular: ROLE, WAREHOUSE, COMPUTE POOL, …
	Kind string
	// Names are SQL names; names of objects in a schema have their database and schema.
	Names []string
	// Note is the reason why there are no names, or not all: the account refused to show them.
	Note message.Message
}

// showQuery is one SHOW statement.
type showQuery struct {
	kind, show string
	// within reports whether the objects are in a schema, under whether they are in a database.
	within, under bool
	// pages reports whether SHOW takes LIMIT … FROM, which continues after 10,000 rows. FROM takes names without
	// database and schema, so it works only for kinds whose names are unique.
	pages bool
}

// showQueries list the objects that can answer a question about an app. Each statement's page documents its clauses:
// https://docs.snowflake.com/en/sql-reference/sql/show
var showQueries = []showQuery{
	{kind: "ROLE", show: "SHOW ROLES", pages: true},
	{kind: "WAREHOUSE", show: "SHOW WAREHOUSES"},
	{kind: "COMPUTE POOL", show: "SHOW COMPUTE POOLS", pages: true},
	{kind: "DATABASE", show: showDatabases, pages: true},
	{kind: "SCHEMA", show: "SHOW SCHEMAS IN ACCOUNT", under: true},
	{kind: "STAGE", show: "SHOW STAGES IN ACCOUNT", within: true},
	{kind: "SECRET", show: "SHOW SECRETS IN ACCOUNT", within: true},
	{kind: "NETWORK RULE", show: "SHOW NETWORK RULES IN ACCOUNT", within: true},
	{kind: "INTEGRATION", show: "SHOW INTEGRATIONS"},
	{kind: "STREAMLIT", show: "SHOW STREAMLITS IN ACCOUNT", within: true},
}

const showDatabases = "SHOW DATABASES"

// most is the maximum number of rows that SHOW returns.
const most = 10_000

// Inventory lists every object that can answer a question about an app. It runs several statements at a time and calls
// each with every Listing as it arrives, never concurrently. A SHOW that the account refuses results in a Listing with
// a note. Inventory returns an error only if ctx is done.
func Inventory(ctx context.Context, q query.Querier, each func(Listing)) error {
	var one sync.Mutex
	var all errgroup.Group
	for _, s := range showQueries {
		all.Go(safely.Go(func() error {
			listing := s.list(ctx, q)
			one.Lock()
			defer one.Unlock()
			if ctx.Err() == nil {
				each(listing)
			}
			return nil
		}))
	}
	broken := all.Wait()
	if err := ctx.Err(); err != nil {
		return message.Wrap(err, "failure.stopped_looking")
	}
	return broken //nolint:wrapcheck // Only our own panics.
}

// list runs the statement and returns the names that it shows.
func (s showQuery) list(ctx context.Context, q query.Querier) Listing {
	listing := Listing{Kind: s.kind}
	var err error
	switch {
	case s.under:
		listing.Names, err = s.byDatabase(ctx, q)
	case s.pages:
		listing.Names, err = s.page(ctx, q, s.show)
	default:
		listing.Names, err = s.once(ctx, q)
	}
	var refused *query.Failure
	switch {
	case errors.As(err, &refused):
		listing.Note = message.Verbatim(refused.Text)
	case err != nil:
		listing.Note = message.Of(err)
	case len(listing.Names) >= most && !s.pages && !s.under:
		listing.Note = message.New("failure.first_only", "count", most)
	}
	return listing
}

func (s showQuery) once(ctx context.Context, q query.Querier) ([]string, error) {
	rows, err := q.Query(ctx, s.show)
	if err != nil {
		return nil, err
	}
	names, _ := s.names(rows, nil)
	return names, nil
}

// page reads one page after another until a page is not full or has no new names. FROM starts at the first name with
// that prefix, which need not be the last name of the previous page.
func (s showQuery) page(ctx context.Context, q query.Querier, show string) ([]string, error) {
	var names []string
	known := map[string]bool{}
	statement := fmt.Sprintf("%s LIMIT %d", show, most)
	for {
		rows, err := q.Query(ctx, statement)
		if err != nil {
			return names, err
		}
		fresh, last := s.names(rows, known)
		names = append(names, fresh...)
		if len(rows.Values) < most || len(fresh) == 0 {
			return names, nil
		}
		statement = fmt.Sprintf("%s LIMIT %d FROM %s", show, most, snowflake.Literal(last))
	}
}

// byDatabase lists all schemas with one statement, or one database at a time if there are too many. Without LIMIT the
// account would refuse, and FROM cannot distinguish PUBLIC of one database from PUBLIC of another.
func (s showQuery) byDatabase(ctx context.Context, q query.Querier) ([]string, error) {
	rows, err := q.Query(ctx, fmt.Sprintf("%s LIMIT %d", s.show, most))
	if err != nil {
		return nil, err
	}
	names, _ := s.names(rows, nil)
	if len(rows.Values) < most {
		return names, nil
	}
	databases, err := showQuery{}.page(ctx, q, showDatabases)
	if err != nil {
		return names, err
	}
	found := make([][]string, len(databases))
	var group errgroup.Group // not WithContext: a database that refuses must not stop the others
	group.SetLimit(query.AtOnce)
	for i, database := range databases {
		group.Go(safely.Go(func() (err error) {
			found[i], err = s.page(ctx, q, "SHOW SCHEMAS IN DATABASE "+database)
			return err
		}))
	}
	err = group.Wait()
	return slices.Concat(found...), err
}

// names returns the names in a result that are not in known, as SQL names, and the last one as the account stores it.
func (s showQuery) names(rows query.Rows, known map[string]bool) (names []string, last string) {
	if known == nil {
		known = map[string]bool{}
	}
	for i := range rows.Values {
		name := s.name(rows, i)
		if name != "" && !known[name] {
			known[name] = true
			names = append(names, name)
		}
		last = rows.Get(i, "name")
	}
	return names, last
}

// name returns the SQL name of a row.
func (s showQuery) name(rows query.Rows, i int) string {
	parts := []string{rows.Get(i, "name")}
	switch {
	case parts[0] == "":
		return ""
	case s.under:
		parts = []string{rows.Get(i, "database_name"), parts[0]}
	case s.within:
		parts = []string{rows.Get(i, "database_name"), rows.Get(i, "schema_name"), parts[0]}
	}
	for j, part := range parts {
		parts[j] = snowflake.FromStored(part)
	}
	return strings.Join(parts, ".")
}
