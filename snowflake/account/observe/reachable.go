package observe

import (
	"context"
	"strconv"
	"strings"

	"sleet/snowflake"
	"sleet/snowflake/account/query"
	"sleet/ui/message"
)

// CheckSecretFunctions checks that each function that holds a secret returns a value, as the role that owns the function, and
// returns a message for each that does not. The queries return only TRUE or FALSE, because a value would remain in the
// account's query results. If the session has no warehouse that this role may use, the functions run in the app's.
func CheckSecretFunctions(ctx context.Context, c query.Session, objects []snowflake.Resource, account snowflake.Account) ([]message.Message, error) {
	warehouse := ""
	var functions []snowflake.Resource
	for _, x := range objects {
		if x.Kind == snowflake.KindWarehouse {
			warehouse = x.Name.SQL()
		}
		if x.Kind == snowflake.KindFunction && account.Found[x.Ref].Presence == snowflake.Present {
			functions = append(functions, x)
		}
	}
	if len(functions) == 0 {
		return nil, nil
	}
	// One query for all functions. If it fails, one query for each.
	given, err := returnSecrets(ctx, c, functions, warehouse)
	if connectionLost(err) {
		return nil, err
	}
	var bad []message.Message
	for i, x := range functions {
		if err == nil && given[i] {
			continue
		}
		why := message.New("verified.no_value")
		if err != nil {
			one, failed := returnSecrets(ctx, c, functions[i:i+1], warehouse)
			if connectionLost(failed) {
				return bad, failed
			}
			if failed == nil && one[0] {
				continue
			}
			if failed != nil {
				why = query.Brief(failed)
			}
		}
		bad = append(bad, message.New("verified.silent", "object", x.Text(), "why", why))
	}
	return bad, nil
}

// returnSecrets reports for each of some functions of one owner whether it returns its secret.
func returnSecrets(ctx context.Context, c query.Session, functions []snowflake.Resource, warehouse string) ([]bool, error) {
	asks := make([]string, 0, len(functions))
	for _, x := range functions {
		asks = append(asks, x.SQL()+" IS NOT NULL")
	}
	ask := "SELECT " + strings.Join(asks, ", ")
	rows, _, err := c.Send(ctx, functions[0].Owner, func(q query.Querier) (query.Rows, error) {
		rows, err := q.Query(ctx, ask)
		if warehouse == "" || !query.HasCode(err, query.CodeNoWarehouse) {
			return rows, err
		}
		if rows, err := q.Query(ctx, "USE WAREHOUSE "+warehouse); err != nil {
			return rows, err
		}
		return q.Query(ctx, ask)
	})
	if err != nil {
		return nil, err
	}
	given := make([]bool, len(functions))
	for i := range given {
		if len(rows.Values) == 1 && i < len(rows.Values[0]) && rows.Values[0][i] != nil {
			given[i], _ = strconv.ParseBool(strings.ToLower(*rows.Values[0][i]))
		}
	}
	return given, nil
}
