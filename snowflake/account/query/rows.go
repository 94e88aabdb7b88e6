// Package query has the interfaces that run statements in an account, and their results: rows, files and errors. It
// does not know the driver, so that the packages that use it can be tested without one.
package query

import (
	"context"
	"strings"
)

// Rows is the result of a query: the column names of the account and the values of each row as text. NULL is nil.
type Rows struct {
	Columns []string
	Values  [][]*string
	QueryID string
}

// Querier runs statements. It is safe for concurrent use.
type Querier interface {
	Query(ctx context.Context, sql string) (Rows, error)
}

// Get returns the value of a column in a row; empty if there is none. The name's case does not matter.
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
