package observe

import (
	"context"
	"slices"

	"sleet/snowflake"
	"sleet/snowflake/account/query"
	"sleet/ui/message"
)

// Examination selects what Examine reads.
type Examination struct {
	// App is the fully qualified name of the app.
	App snowflake.Name
	// Owner is the role that should own it, with which the app is looked for; the zero Name if that is unknown.
	Owner snowflake.Name
	// Viewer is a role whose privileges are read too; the zero Name if there is none.
	Viewer snowflake.Name
	// Functions returns the fully qualified names of the functions that the code calls and that may hold a secret.
	Functions func(files map[string][]byte) []snowflake.Name
}

// Examine reads an app, its files, and every object that it depends on. It changes nothing. It reads what the session's
// role cannot see as the app's owner and as ACCOUNTADMIN, if the person has these roles. What the account refuses to
// show is unknown. Examine returns an error only if the connection fails or the app is not found; in the latter case
// Examined.Seen has the roles that did not see it.
// https://docs.snowflake.com/en/sql-reference/sql/desc-streamlit
func Examine(ctx context.Context, c query.Session, o Examination) (snowflake.Examined, error) {
	x, err := newExaminer(ctx, c, o.App, o.Owner)
	if err != nil {
		return snowflake.Examined{}, err
	}
	if err := x.app(ctx); err != nil {
		return snowflake.Examined{App: o.App, Seen: x.roles, All: slices.Contains(x.roles, administrator)}, err
	}
	if err := x.files(ctx); err != nil {
		return snowflake.Examined{}, err
	}
	if err := x.dependencies(ctx, o); err != nil {
		return snowflake.Examined{}, err
	}
	x.found.Account, x.found.Seen = x.account, x.roles
	x.found.All = slices.Contains(x.roles, administrator)
	return x.found, nil
}

// DescribeApp reads only an app's properties and owner. owner is the role that should own it, or the zero Name.
func DescribeApp(ctx context.Context, c query.Session, name, owner snowflake.Name) (snowflake.Examined, error) {
	x, err := newExaminer(ctx, c, name, owner)
	if err != nil {
		return snowflake.Examined{}, err
	}
	err = x.app(ctx)
	x.found.Account, x.found.Seen = x.account, x.roles
	return x.found, err
}

// app reads the app's properties, its owner and the roles that may use it.
func (x *examiner) app(ctx context.Context) error {
	name := x.found.App
	var rows query.Rows
	err := x.as(func(q query.Querier) (err error) {
		rows, err = q.Query(ctx, "DESCRIBE STREAMLIT "+name.SQL())
		return err
	})
	if err == nil && len(rows.Values) == 0 {
		err = message.NewError("failure.describe_empty")
	}
	if err != nil {
		return message.Wrap(err, "failure.fetch.app", "name", name.SQL())
	}
	x.found.Observed = Streamlit(rows)
	if urls := rows.Get(0, "import_urls"); urls != "" {
		x.found.Observed.Lists["IMPORTS"] = snowflake.ShownTexts(urls)
	}
	err = x.as(func(q query.Querier) error {
		rows, err := q.Query(ctx, "SHOW STREAMLITS LIKE "+snowflake.Literal(name.Object)+" IN SCHEMA "+name.Parent().SQL())
		for i := range rows.Values {
			if rows.Get(i, "name") != name.Object {
				continue
			}
			x.found.Owner = snowflake.StoredObject(rows.Get(i, "owner"))
			if rows.Has("artifact_repositories") {
				x.found.Observed.Lists["ARTIFACT_REPOSITORIES"] = snowflake.ShownList(rows.Get(i, "artifact_repositories"))
			}
		}
		return err
	})
	if connectionLost(err) {
		return err
	}
	x.role(x.found.Owner)
	err = x.as(func(q query.Querier) error {
		rows, err := q.Query(ctx, "SHOW GRANTS ON STREAMLIT "+name.SQL())
		if err != nil {
			return err
		}
		x.found.ViewersKnown = true
		for i := range rows.Values {
			role := snowflake.StoredObject(rows.Get(i, "grantee_name"))
			switch {
			case rows.Get(i, "granted_to") != snowflake.OnRole:
			case rows.Get(i, "privilege") == "OWNERSHIP":
				x.found.Owner = role
			case rows.Get(i, "privilege") == "USAGE" && !slices.Contains(x.found.Viewers, role):
				x.found.Viewers = append(x.found.Viewers, role)
			}
		}
		return nil
	})
	if connectionLost(err) {
		return err
	}
	x.role(x.found.Owner)
	return nil
}
