package observe

import (
	"context"
	"slices"
	"strings"

	"sleet/snowflake"
	"sleet/snowflake/account/query"
)

// dependencies reads the objects that the app depends on.
func (x *examiner) dependencies(ctx context.Context, o Examination) error {
	e := &x.found
	var first []snowflake.Resource
	add := func(list *[]snowflake.Resource, kind snowflake.Kind, name snowflake.Name) {
		r := snowflake.Resource{Ref: snowflake.Ref{Kind: kind, Name: name}, Managed: true}
		if !name.IsZero() && !slices.ContainsFunc(*list, func(have snowflake.Resource) bool { return have.Ref == r.Ref }) {
			*list = append(*list, r)
		}
	}
	for _, binding := range e.Observed.Lists["SECRETS"] {
		add(&first, snowflake.KindSecret, binding.Name)
	}
	for _, i := range e.Observed.Lists["EXTERNAL_ACCESS_INTEGRATIONS"] {
		add(&first, snowflake.KindIntegration, i.Name)
	}
	if pool, ok := e.Observed.Value("COMPUTE_POOL"); ok {
		add(&first, snowflake.KindPool, snowflake.StoredObject(pool))
	}
	if warehouse, ok := e.Observed.Value("QUERY_WAREHOUSE"); ok {
		add(&first, snowflake.KindWarehouse, snowflake.StoredObject(warehouse))
	}
	if o.Functions != nil {
		for _, name := range o.Functions(e.Files) {
			add(&first, snowflake.KindFunction, name)
		}
	}
	if err := x.readObjects(ctx, first); err != nil {
		return err
	}
	holders, err := x.functionOwners(ctx, first)
	if err != nil {
		return err
	}
	concerned := slices.DeleteFunc([]snowflake.Name{e.Owner, o.Viewer}, snowflake.Name.IsZero)
	concerned = append(append(concerned, e.Viewers...), holders...)
	for _, role := range x.roles { // a role sees its own grants; a role with MANAGE GRANTS sees all
		var open []snowflake.Name
		for _, c := range concerned {
			if !x.isKnown(c) {
				open = append(open, c)
			}
		}
		tasks := x.roleTasks(open)
		for i := range tasks {
			tasks[i].role = role
		}
		if err := x.run(ctx, tasks); err != nil {
			return err
		}
	}
	if err := x.placeGrants(ctx, concerned); err != nil {
		return err
	}
	x.account.Notes = nil // the roles that were refused do not matter here
	var second []snowflake.Resource
	for _, r := range first {
		seen := x.account.Found[r.Ref]
		for _, entry := range seen.Lists["ALLOWED_NETWORK_RULES"] {
			add(&second, snowflake.KindNetworkRule, entry.Name)
		}
		for _, entry := range seen.Lists["SECRETS"] {
			add(&second, snowflake.KindSecret, entry.Name)
		}
		for _, entry := range seen.Lists["EXTERNAL_ACCESS_INTEGRATIONS"] {
			if r.Kind == snowflake.KindFunction {
				add(&second, snowflake.KindIntegration, entry.Name)
			}
		}
	}
	if err := x.readObjects(ctx, second); err != nil {
		return err
	}
	if err := x.neighbors(ctx); err != nil {
		return err
	}
	return x.parameters(ctx)
}

// placeGrants reads the grants on the app's database and schema, for roles whose own grants are not shown. The owner of
// an object sees the grants on it.
// https://docs.snowflake.com/en/sql-reference/sql/show-grants
func (x *examiner) placeGrants(ctx context.Context, roles []snowflake.Name) error {
	if !slices.ContainsFunc(roles, func(r snowflake.Name) bool { return !x.isKnown(r) && r != administrator }) {
		return nil
	}
	app := x.found.App
	for _, place := range []snowflake.Ref{{Kind: snowflake.KindDatabase, Name: app.InDatabase()}, {Kind: snowflake.KindSchema, Name: app.Parent()}} {
		err := x.as(func(q query.Querier) error {
			rows, err := q.Query(ctx, "SHOW GRANTS ON "+place.Kind.SQL()+" "+place.Name.SQL())
			for i := range rows.Values {
				role := snowflake.StoredObject(rows.Get(i, "grantee_name"))
				if rows.Get(i, "granted_to") != snowflake.OnRole || x.isKnown(role) {
					continue
				}
				x.account.Roles.Privileges[role] = append(x.account.Roles.Privileges[role], snowflake.Privilege{
					Name: rows.Get(i, "privilege"), On: place.Kind.On(), Object: place.Name, Role: role,
				})
			}
			return err
		})
		if connectionLost(err) {
			return err
		}
	}
	return nil
}

// functionOwners returns the roles that own functions. A function reads a secret with the privileges of its owner.
// https://docs.snowflake.com/en/sql-reference/sql/show-grants
func (x *examiner) functionOwners(ctx context.Context, list []snowflake.Resource) ([]snowflake.Name, error) {
	var owners []snowflake.Name
	for _, r := range list {
		seen, there := x.account.Found[r.Ref]
		if r.Kind != snowflake.KindFunction || !there || seen.Presence != snowflake.Present {
			continue
		}
		err := x.as(func(q query.Querier) error {
			rows, err := q.Query(ctx, "SHOW GRANTS ON FUNCTION "+r.Name.SQL()+"()")
			for i := range rows.Values {
				if rows.Get(i, "privilege") == "OWNERSHIP" && rows.Get(i, "granted_to") == snowflake.OnRole {
					seen.Owner = snowflake.StoredObject(rows.Get(i, "grantee_name"))
				}
			}
			return err
		})
		if connectionLost(err) {
			return nil, err
		}
		x.account.Found[r.Ref] = seen
		owners = append(owners, seen.Owner)
	}
	return slices.DeleteFunc(owners, snowflake.Name.IsZero), nil
}

// readObjects reads objects, first as the session's role, then as the other roles for the objects that were not seen.
func (x *examiner) readObjects(ctx context.Context, list []snowflake.Resource) error {
	for _, role := range x.roles {
		var tasks []task
		for _, r := range list {
			seen := x.account.Found[r.Ref]
			if seen.Presence == snowflake.Present && !x.hides(r, seen) {
				continue
			}
			r.Owner = role
			ask := show
			switch r.Kind {
			case snowflake.KindIntegration:
				ask = integration
			case snowflake.KindNetworkRule:
				ask = networkRule
			case snowflake.KindFunction:
				ask = function
			case snowflake.KindSecret:
				ask = shownSecret
			default: // SHOW finds every other kind
			}
			tasks = append(tasks, x.resourceTask(r, role, ask))
		}
		if err := x.run(ctx, tasks); err != nil {
			return err
		}
	}
	return nil
}

// hides reports whether an object exists but does not show what a diagnosis needs.
func (x *examiner) hides(r snowflake.Resource, seen snowflake.Observed) bool {
	switch r.Kind {
	case snowflake.KindNetworkRule:
		return len(seen.Lists["VALUE_LIST"]) == 0
	case snowflake.KindFunction:
		return len(seen.Lists["SECRETS"]) == 0
	default:
		return false
	}
}

// shownSecret reads a secret and the time it was created or replaced.
// https://docs.snowflake.com/en/sql-reference/sql/show-secrets
func shownSecret(ctx context.Context, q query.Querier, x snowflake.Resource) (snowflake.Observed, error) {
	rows, at, err := shown(ctx, q, x)
	if err != nil || at < 0 {
		return snowflake.Observed{Presence: snowflake.Absent}, err
	}
	found := foundIn(rows, at, x.Kind)
	found.Values["CREATED"] = rows.Get(at, "created_on")
	return found, nil
}

// neighbors reads which secrets and network rules are in the app's schema: one that is not bound yet may exist already.
func (x *examiner) neighbors(ctx context.Context) error {
	schema := x.found.App.Parent()
	for _, near := range []struct {
		kind snowflake.Kind
		show string
	}{
		{snowflake.KindSecret, "SHOW SECRETS IN SCHEMA "},
		{snowflake.KindNetworkRule, "SHOW NETWORK RULES IN SCHEMA "},
	} {
		err := x.as(func(q query.Querier) error {
			rows, err := q.Query(ctx, near.show+schema.SQL())
			if err != nil {
				return err
			}
			for i := range rows.Values {
				name := snowflake.Name{Database: schema.Database, Schema: schema.Schema, Object: rows.Get(i, "name")}
				ref := snowflake.Ref{Kind: near.kind, Name: name}
				if x.account.Found[ref].Presence != snowflake.Present {
					x.account.Found[ref] = foundIn(rows, i, near.kind)
				}
			}
			return nil
		})
		if connectionLost(err) {
			return err
		}
	}
	return nil
}

// parameters reads the account parameters that decide whether a container starts.
// https://docs.snowflake.com/en/sql-reference/sql/show-parameters
func (x *examiner) parameters(ctx context.Context) error {
	if !x.found.Container() {
		return nil
	}
	for _, pattern := range []string{"%ALLOWED_SPCS_WORKLOAD_TYPES"} {
		err := x.as(func(q query.Querier) error {
			rows, err := q.Query(ctx, "SHOW PARAMETERS LIKE "+snowflake.Literal(pattern)+" IN ACCOUNT")
			for i := range rows.Values {
				x.account.Parameters[strings.ToUpper(rows.Get(i, "key"))] = rows.Get(i, "value")
			}
			return err
		})
		if connectionLost(err) {
			return err
		}
	}
	return nil
}
