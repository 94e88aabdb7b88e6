package observe

import (
	"context"
	"strconv"
	"strings"

	"sleet/snowflake"
	"sleet/snowflake/account/query"
)

// batch is a set of objects of one kind in one schema or database, which one SHOW finds.
type batch struct {
	kind    snowflake.Kind
	place   snowflake.Name
	role    snowflake.Name
	objects []snowflake.Resource
}

// batch reads the objects of a batch.
func (r *reader) batch(ctx context.Context, q query.Querier, b batch) error {
	rows, err := q.Query(ctx, b.statement())
	if err == nil && len(b.objects) > 1 && len(rows.Values) >= most {
		// SHOW did not return all objects.
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

// shown runs a SHOW for one object and returns its rows and the index of the object's row, or -1 if it has none.
func shown(ctx context.Context, q query.Querier, x snowflake.Resource) (rows query.Rows, at int, err error) {
	b := batch{kind: x.Kind, place: x.Name.Parent(), objects: []snowflake.Resource{x}}
	rows, err = q.Query(ctx, b.statement())
	return rows, b.row(rows, x), err
}

// show reads one object with SHOW, which includes its owner.
func show(ctx context.Context, q query.Querier, x snowflake.Resource) (snowflake.Observed, error) {
	rows, at, err := shown(ctx, q, x)
	if err != nil || at < 0 {
		return snowflake.Observed{Presence: snowflake.Absent}, err
	}
	return foundIn(rows, at, x.Kind), nil
}

// statement returns the SHOW statement of a batch.
func (b batch) statement() string {
	sql := "SHOW " + b.kind.Show()
	if len(b.objects) == 1 {
		// % and _ are wildcards in a pattern, so row compares the exact name.
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

// row returns the index of an object's row, or -1. Overloaded functions differ in their arguments, and the app's
// functions have none.
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
		// DESCRIBE shows an app's other properties.
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
		// SHOW has no owner for an integration. Secrets use security integrations; whether an API integration serves as
		// well is for the account to say.
		if found.Kind = kindOfCategory(r.Get(i, "category")); found.Kind == "api integration" {
			found.Kind = snowflake.KindSecurity
		}
	default:
	}
	return found
}

// kindOfCategory returns the kind of an integration from its category in SHOW.
func kindOfCategory(category string) snowflake.Kind {
	words := strings.ToLower(strings.ReplaceAll(category, "_", " "))
	if words == "" || words == "external access" {
		return snowflake.KindIntegration
	}
	return snowflake.Kind(words + " integration")
}
