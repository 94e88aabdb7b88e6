// Package query has what runs statements in an account and what comes back: rows, files and refusals. It knows no driver, so that
// whatever reads an account can be tested without one.
package query

import (
	"context"
	"strings"
)

// Rows is the result of a query: column names as the account gives them, and each row's values as
// text; null is nil.
type Rows struct {
	Columns []string
	Values  [][]*string
	QueryID string
}

// Querier runs statements. It may be used from several goroutines.
type Querier interface {
	Query(ctx context.Context, sql string) (Rows, error)
}

// Get returns the value of a column, named in any case, in a row; empty where there is none.
func (r Rows) Get(row int, column string) string {
	for i, name := range r.Columns {
		if strings.EqualFold(name, column) && r.Values[row][i] != nil {
			return *r.Values[row][i]
		}
	}
	return ""
}

// Has reports whether the result has a column.
func (r Rows) Has(column string) bool {
	for _, name := range r.Columns {
		if strings.EqualFold(name, column) {
			return true
		}
	}
	return false
}
