package session

import (
	"context"
	"database/sql"

	sf "github.com/snowflakedb/gosnowflake/v2"

	"sleet/snowflake/account/query"
)

// run sends a statement and reads the whole result. Cancelling the context aborts it in the account.
func (c *Client) run(ctx context.Context, statement string) (query.Rows, error) {
	if file := query.TransferOf(ctx); file != nil {
		return c.runTransfer(withFile(ctx, file), statement)
	}
	ids := make(chan string, 1)
	result, err := ask(ctx, c.host, query.Awaited(statement), func(ctx context.Context) (query.Rows, error) {
		rows, err := c.db.QueryContext(sf.WithQueryIDChan(ctx, ids), statement)
		if err != nil {
			return query.Rows{}, err //nolint:wrapcheck // failureOf inspects the driver's error.
		}
		defer func() { _ = rows.Close() }()
		return c.read(rows)
	})
	id := ""
	select {
	case id = <-ids:
	default:
	}
	if err != nil {
		return query.Rows{}, failureOf(err, id, c.host, c.scrub)
	}
	result.QueryID = id
	return result, nil
}

func (c *Client) read(rows *sql.Rows) (query.Rows, error) {
	columns, err := rows.Columns()
	if err != nil {
		return query.Rows{}, err //nolint:wrapcheck // failureOf explains it.
	}
	result := query.Rows{Columns: columns}
	for rows.Next() {
		values := make([]sql.NullString, len(columns))
		into := make([]any, len(columns))
		for i := range values {
			into[i] = &values[i]
		}
		if err := rows.Scan(into...); err != nil {
			return query.Rows{}, err //nolint:wrapcheck // failureOf explains it.
		}
		row := make([]*string, len(columns))
		for i, v := range values {
			if v.Valid {
				row[i] = &values[i].String
			}
		}
		result.Values = append(result.Values, row)
	}
	if err := rows.Err(); err != nil {
		return query.Rows{}, err //nolint:wrapcheck // failureOf explains it.
	}
	return result, nil
}
