package live

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"sleet/snowflake"
)

// Reachable asks each function that holds a secret whether it gives a value, as the role that owns
// it, and returns what does not. Only TRUE or FALSE comes back: a result with the value would stay
// among the account's query results. The app's warehouse runs the
// functions where the session has none.
func Reachable(ctx context.Context, c *Client, objects []snowflake.Object, account snowflake.Account) ([]string, error) {
	l := &line{client: c, home: account.Context.Role, role: account.Context.Role}
	defer l.leave(ctx)
	warehouse := ""
	if account.Context.Warehouse == "" {
		for _, x := range objects {
			if x.Kind == snowflake.KindWarehouse {
				warehouse = x.Name
			}
		}
	}
	var bad []string
	for _, x := range objects {
		if x.Kind != snowflake.KindFunction || account.Found[x.Ref].Presence != snowflake.Present {
			continue
		}
		why, err := gives(ctx, l, x, warehouse)
		if cut(err) {
			return bad, err
		}
		if err != nil {
			why = firstLine(err.Error())
		}
		if why != "" {
			bad = append(bad, fmt.Sprintf("%s %s (%s)", x.Kind, x.Name, why))
		}
	}
	return bad, nil
}

// gives says why a function does not give its secret.
func gives(ctx context.Context, l *line, x snowflake.Object, warehouse string) (why string, err error) {
	rows, _, err := l.send(ctx, x.Role, func(s Session) (Rows, error) {
		if warehouse != "" {
			if rows, err := s.Query(ctx, "USE WAREHOUSE "+warehouse); err != nil {
				return rows, err
			}
		}
		return s.Query(ctx, "SELECT "+x.Name+" IS NOT NULL")
	})
	if err != nil {
		return "", err
	}
	if len(rows.Values) == 1 && len(rows.Values[0]) == 1 && rows.Values[0][0] != nil {
		if yes, err := strconv.ParseBool(strings.ToLower(*rows.Values[0][0])); err == nil && yes {
			return "", nil
		}
	}
	return "it gives no value", nil
}
