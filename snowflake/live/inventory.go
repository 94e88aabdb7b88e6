package live

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"

	"sleet/snowflake"
)

// Listing is what the account has of one kind, for a person to choose from.
type Listing struct {
	// Kind is the kind in SQL's words, in the singular: ROLE, WAREHOUSE, COMPUTE POOL, …
	Kind string
	// Names are as SQL writes them, those in a schema with database and schema.
	Names []string
	// Note says why there are none, or not all: the account refused to show them.
	Note string
}

// shelf is one SHOW statement.
type shelf struct {
	kind, show string
	// within says that the objects lie in a schema, under that they lie in a database.
	within, under bool
	// named says that SHOW takes LIMIT … FROM, which goes on after 10,000 rows.
	pages bool
}

// shelves are what the questions of an app can be answered with.
func shelves() []shelf {
	return []shelf{
		{kind: "ROLE", show: "SHOW ROLES", pages: true},
		{kind: "WAREHOUSE", show: "SHOW WAREHOUSES"},
		{kind: "COMPUTE POOL", show: "SHOW COMPUTE POOLS"},
		{kind: "DATABASE", show: "SHOW DATABASES", pages: true},
		{kind: "SCHEMA", show: "SHOW SCHEMAS IN ACCOUNT", under: true, pages: true},
		{kind: "STAGE", show: "SHOW STAGES IN ACCOUNT", within: true},
		{kind: "SECRET", show: "SHOW SECRETS IN ACCOUNT", within: true},
		{kind: "NETWORK RULE", show: "SHOW NETWORK RULES IN ACCOUNT", within: true},
		{kind: "INTEGRATION", show: "SHOW INTEGRATIONS"},
		{kind: "STREAMLIT", show: "SHOW STREAMLITS IN ACCOUNT", within: true},
	}
}

// most is how many rows a SHOW gives.
const most = 10_000

// Inventory looks at everything that an app's questions can be answered with, several statements
// at once, and calls each as one comes in, never two at a time. A SHOW that the account refuses
// gives a Listing with a note. The error is ctx's.
func Inventory(ctx context.Context, q Querier, each func(Listing)) error {
	var one sync.Mutex
	var all sync.WaitGroup
	for _, s := range shelves() {
		all.Go(func() {
			listing := s.list(ctx, q)
			one.Lock()
			defer one.Unlock()
			if ctx.Err() == nil {
				each(listing)
			}
		})
	}
	all.Wait()
	if err := ctx.Err(); err != nil {
		return fmt.Errorf("stopped looking at the account: %w", err)
	}
	return nil
}

// list gives one shelf, page by page.
func (s shelf) list(ctx context.Context, q Querier) Listing {
	listing := Listing{Kind: s.kind}
	statement := s.show
	for {
		rows, err := q.Query(ctx, statement)
		if err != nil {
			var refused *Failure
			if listing.Note = err.Error(); errors.As(err, &refused) {
				listing.Note = refused.Text
			}
			return listing
		}
		for i := range rows.Values {
			if name := s.name(rows, i); name != "" && !slices.Contains(listing.Names[max(0, len(listing.Names)-1):], name) {
				listing.Names = append(listing.Names, name)
			}
		}
		if len(rows.Values) < most {
			return listing
		}
		if !s.pages {
			listing.Note = fmt.Sprintf("The account shows the first %d only; type the name of another.", most)
			return listing
		}
		last := rows.Get(len(rows.Values)-1, "name")
		statement = fmt.Sprintf("%s LIMIT %d FROM %s", s.show, most, snowflake.Literal(last))
	}
}

// name gives the name of a row as SQL writes it.
func (s shelf) name(rows Rows, i int) string {
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
