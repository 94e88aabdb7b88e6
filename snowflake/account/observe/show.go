package observe

import (
	"context"
	"strconv"
	"strings"

	"sleet/snowflake"
	"sleet/snowflake/account/query"
)

// batch are objects of one kind in one place, which one SHOW finds.
type batch struct {
	kind    snowflake.Kind
	place   snowflake.Name
	role    snowflake.Name
	objects []snowflake.Resource
}

// batch asks about the objects of a batch.
func (r *reader) batch(ctx context.Context, q query.Querier, b batch) error {
	rows, err := q.Query(ctx, b.statement())
	if err == nil && len(b.objects) > 1 && len(rows.Values) >= most {
		// More are there than SHOW gives.
		for _, x := range b.objects {
			found, err := show(ctx, q, x)
			if err := r.found(x, found, err); err != nil {
				return err
			}
		}
		return nil
	}
	for _, x := range b.objects {
		found := snowflake.Observed{Presence: snowflake.Absent}
		if err == nil {
			if at := b.row(rows, x); at >= 0 {
				found = foundIn(rows, at, b.kind)
			}
		}
		if err := r.found(x, found, err); err != nil {
			return err
		}
	}
	return nil
}

// shown asks about one object by SHOW: the rows, and which of them is the object's; -1 for none.
func shown(ctx context.Context, q query.Querier, x snowflake.Resource) (rows query.Rows, at int, err error) {
	b := batch{kind: x.Kind, place: x.Name.Parent(), objects: []snowflake.Resource{x}}
	rows, err = q.Query(ctx, b.statement())
	return rows, b.row(rows, x), err
}

// show asks about one object by SHOW, which tells its owner as well.
func show(ctx context.Context, q query.Querier, x snowflake.Resource) (snowflake.Observed, error) {
	rows, at, err := shown(ctx, q, x)
	if err != nil || at < 0 {
		return snowflake.Observed{Presence: snowflake.Absent}, err
	}
	return foundIn(rows, at, x.Kind), nil
}

// statement is the SHOW of a batch.
func (b batch) statement() string {
	sql := "SHOW " + b.kind.Show()
	if len(b.objects) == 1 {
		// In a pattern % and _ stand for others, so the rows are looked through by the name itself.
		sql += " LIKE " + snowflake.Literal(b.objects[0].Name.Last())
	}
	switch {
	case b.place.IsZero():
		return sql
	case b.kind == snowflake.KindSchema:
		return sql + " IN DATABASE " + b.place.SQL()
	default:
		return sql + " IN SCHEMA " + b.place.SQL()
	}
}

// row finds an object; -1 where it is not among the rows. Functions of one name differ in their
// arguments, and the app's have none.
func (b batch) row(rows query.Rows, x snowflake.Resource) int {
	name := x.Name.Last()
	for i := range rows.Values {
		most := rows.Get(i, "max_num_arguments")
		if rows.Get(i, "name") == name && (b.kind != snowflake.KindFunction || most == "" || most == "0") {
			return i
		}
	}
	return -1
}

// foundIn reads a row of SHOW. The properties get the names that they have in CREATE.
func foundIn(r query.Rows, i int, kind snowflake.Kind) snowflake.Observed {
	found := snowflake.Observed{
		Presence: snowflake.Present, Owner: snowflake.StoredObject(r.Get(i, "owner")),
		Values: map[string]string{"COMMENT": r.Get(i, "comment")}, Lists: map[string][]snowflake.Entry{},
	}
	take := func(property, column string) {
		if r.Has(column) {
			found.Values[property] = r.Get(i, column)
		}
	}
	switch kind {
	case snowflake.KindSecret:
		take("TYPE", "secret_type")
		if scopes := r.Get(i, "oauth_scopes"); scopes != "" {
			found.Lists["OAUTH_SCOPES"] = snowflake.ShownTexts(scopes)
		}
	case snowflake.KindPool:
		take("AUTO_RESUME", "auto_resume")
		take("IS_EXCLUSIVE", "is_exclusive")
	case snowflake.KindNetworkRule:
		take("MODE", "mode")
		take("TYPE", "type")
	case snowflake.KindStage:
		take("TYPE", "type")
	case snowflake.KindStreamlit:
		// DESCRIBE shows all else of an app.
		found.Values = map[string]string{}
		if repositories := r.Get(i, "artifact_repositories"); repositories != "" {
			found.Lists["ARTIFACT_REPOSITORIES"] = snowflake.ShownList(repositories)
		}
	case snowflake.KindSchema:
		if strings.Contains(r.Get(i, "options"), "MANAGED ACCESS") {
			found.Values["MANAGED ACCESS"] = "true"
		}
	case snowflake.KindFunction:
		if secure := r.Get(i, "is_secure"); secure != "" {
			found.Values["SECURE"] = strconv.FormatBool(secure == "Y")
		}
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

// kindOfCategory is what an integration is by its category in SHOW.
func kindOfCategory(category string) snowflake.Kind {
	words := strings.ToLower(strings.ReplaceAll(category, "_", " "))
	if words == "" || words == "external access" {
		return snowflake.KindIntegration
	}
	return snowflake.Kind(words + " integration")
}
