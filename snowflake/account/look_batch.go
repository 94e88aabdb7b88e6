package account

import (
	"context"
	"strings"

	"sleet/snowflake"
)

// batch are objects of one kind in one place, which one SHOW finds.
type batch struct {
	kind    snowflake.Kind
	place   string
	role    string
	objects []snowflake.Object
}

// shows are the words of SHOW for a kind.
func shows(k snowflake.Kind) string {
	switch k {
	case snowflake.KindSchema:
		return "SCHEMAS"
	case snowflake.KindStage:
		return "STAGES"
	case snowflake.KindNetworkRule:
		return "NETWORK RULES"
	case snowflake.KindSecret:
		return "SECRETS"
	case snowflake.KindFunction:
		return "USER FUNCTIONS"
	case snowflake.KindStreamlit:
		return "STREAMLITS"
	case snowflake.KindWarehouse:
		return "WAREHOUSES"
	case snowflake.KindPool:
		return "COMPUTE POOLS"
	case snowflake.KindDatabase:
		return "DATABASES"
	case snowflake.KindIntegration, snowflake.KindSecurity:
		return "INTEGRATIONS"
	default:
		return ""
	}
}

// batch asks about the objects of a batch.
func (l *looker) batch(ctx context.Context, q Querier, b batch) error {
	rows, err := q.Query(ctx, b.statement())
	if err == nil && len(b.objects) > 1 && len(rows.Values) >= most {
		// More are there than SHOW gives.
		for _, x := range b.objects {
			found, err := show(ctx, q, x)
			if err := l.found(x, found, err); err != nil {
				return err
			}
		}
		return nil
	}
	for _, x := range b.objects {
		var found snowflake.Found
		if err == nil {
			if at := b.row(rows, x); at >= 0 {
				found = foundIn(rows, at, b.kind)
			}
		}
		if err := l.found(x, found, err); err != nil {
			return err
		}
	}
	return nil
}

// show asks about one object by SHOW, which tells its owner as well.
func show(ctx context.Context, q Querier, x snowflake.Object) (snowflake.Found, error) {
	b := batch{kind: x.Kind, place: placeOf(x), role: x.Role, objects: []snowflake.Object{x}}
	rows, err := q.Query(ctx, b.statement())
	if err != nil {
		return snowflake.Found{}, err
	}
	if at := b.row(rows, x); at >= 0 {
		return foundIn(rows, at, b.kind), nil
	}
	return snowflake.Found{}, nil
}

// statement is the SHOW of a batch.
func (b batch) statement() string {
	sql := "SHOW " + shows(b.kind)
	if len(b.objects) == 1 {
		// In a pattern % and _ stand for others, so the rows are looked through by the name itself.
		sql += " LIKE " + snowflake.Literal(lastName(b.objects[0]))
	}
	switch {
	case b.place == "":
		return sql
	case b.kind == snowflake.KindSchema:
		return sql + " IN DATABASE " + b.place
	default:
		return sql + " IN SCHEMA " + b.place
	}
}

// row finds an object; -1 where it is not among the rows. Functions of one name differ in their
// arguments, and the app's have none.
func (b batch) row(rows Rows, x snowflake.Object) int {
	name := lastName(x)
	for i := range rows.Values {
		most := rows.Get(i, "max_num_arguments")
		if rows.Get(i, "name") == name && (b.kind != snowflake.KindFunction || most == "" || most == "0") {
			return i
		}
	}
	return -1
}

// lastName is the stored form of an object's own name.
func lastName(x snowflake.Object) string {
	parts, err := snowflake.Qualified(strings.TrimSuffix(x.Name, "()"))
	if err != nil {
		return x.Name
	}
	return stored(parts[len(parts)-1])
}

// foundIn reads a row of SHOW. The properties get the names that they have in CREATE.
func foundIn(r Rows, i int, kind snowflake.Kind) snowflake.Found {
	found := snowflake.Found{
		Presence: snowflake.Present, Owner: r.Get(i, "owner"), Comment: r.Get(i, "comment"),
		Values: map[string]string{"COMMENT": r.Get(i, "comment")}, Lists: map[string][]string{},
	}
	take := func(property, column string) {
		if r.Has(column) {
			found.Values[property] = r.Get(i, column)
		}
	}
	switch kind {
	case snowflake.KindSecret:
		take("TYPE", "secret_type")
		if r.Has("oauth_scopes") {
			found.Lists["OAUTH_SCOPES"] = entries(r.Get(i, "oauth_scopes"))
		}
	case snowflake.KindPool:
		take("AUTO_RESUME", "auto_resume")
		take("IS_EXCLUSIVE", "is_exclusive")
	case snowflake.KindNetworkRule:
		take("MODE", "mode")
		take("TYPE", "type")
	case snowflake.KindStage:
		take("TYPE", "type")
	case snowflake.KindSchema:
		if strings.Contains(r.Get(i, "options"), "MANAGED ACCESS") {
			found.Values["MANAGED ACCESS"] = "true"
		}
	case snowflake.KindFunction:
		found.Values["SECURE"] = map[bool]string{true: "true", false: "false"}[r.Get(i, "is_secure") == "Y"]
	case snowflake.KindSecurity:
		// An integration has no owner in SHOW. Secrets take the security integrations for other
		// services, and those for the APIs of a cloud.
		if found.Kind = kindOfCategory(r.Get(i, "category")); found.Kind == "api integration" {
			found.Kind = snowflake.KindSecurity
		}
	default:
	}
	return found
}
