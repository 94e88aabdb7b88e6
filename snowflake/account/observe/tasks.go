package observe

import (
	"context"
	"slices"
	"strings"

	"sleet/snowflake"
	"sleet/snowflake/account/query"
	"sleet/snowflake/account/stage"
)

// tasks returns the queries about resources. The second ones run only for what the first ones leave open, so they are
// created after the first ones are answered.
func (r *reader) tasks(list []snowflake.Resource) (first []task, second func() []task) {
	var byGrants, grants []snowflake.Resource
	batches := map[batchKey]*batch{}
	var order []batchKey
	collect := func(x snowflake.Resource) {
		key := batchKey{x.Kind, x.Name.Parent(), x.Owner}
		if batches[key] == nil {
			batches[key] = &batch{kind: key.kind, place: key.place, role: key.role}
			order = append(order, key)
		}
		batches[key].objects = append(batches[key].objects, x)
	}
	for _, x := range list {
		switch kind := x.Kind; {
		case kind == snowflake.KindGrant:
			grants = append(grants, x)
		case kind == snowflake.KindUpload, kind == snowflake.KindRole:
		case kind == snowflake.KindPool && r.options.New:
			first = append(first, r.resourceTask(x, x.Owner, show))
		case kind == snowflake.KindDatabase, kind == snowflake.KindWarehouse, kind == snowflake.KindPool:
			byGrants = append(byGrants, x)
		case kind == snowflake.KindStreamlit:
			first = append(first, r.resourceTask(x, x.Owner, app))
			collect(x) // DESCRIBE shows neither the owner nor the artifact repositories
		case kind == snowflake.KindIntegration:
			t := r.resourceTask(x, x.Owner, integration)
			t.next = r.appOwner()
			first = append(first, t)
		case kind == snowflake.KindFunction:
			first = append(first, r.resourceTask(x, x.Owner, function))
			collect(x) // DESCRIBE does not show whether it is SECURE
		case kind == snowflake.KindNetworkRule && x.Managed:
			first = append(first, r.resourceTask(x, x.Owner, networkRule))
		default:
			collect(x)
		}
	}
	for _, key := range order {
		b := batches[key]
		first = append(first, task{role: b.role, ask: func(ctx context.Context, q *roleQuerier) error { return r.batch(ctx, q, *b) }})
	}
	if r.options.New {
		first = append(first, r.parameterTasks(list)...)
	}
	return first, func() []task {
		r.setOwners()
		second := slices.Concat(r.fileTasks(list), r.unlistedTasks(byGrants), r.grantTasks(grants))
		if r.options.New || !r.makesApp() {
			return second
		}
		return append(second, r.parameterTasks(list)...)
	}
}

// appOwner returns the role that owns the app. An administrator creates the integration and grants it USAGE.
func (r *reader) appOwner() snowflake.Name {
	for _, x := range r.desired.List {
		if x.Kind == snowflake.KindStreamlit {
			return x.Owner
		}
	}
	return snowflake.Name{}
}

// fileTasks lists the files at their location: the app's, or the stage's if the app is not deployed.
func (r *reader) fileTasks(list []snowflake.Resource) []task {
	u := r.options.Upload
	if u == nil {
		return nil
	}
	waiting := false
	for _, x := range list {
		found := r.account.Found[x.Ref]
		switch x.Kind {
		case snowflake.KindStreamlit:
			u.Live, u.Last = found.Values["LIVE_VERSION"], found.Values["LAST_VERSION"]
		case snowflake.KindStage:
			waiting = found.Presence == snowflake.Present
		default:
		}
	}
	if !u.Deployed() && !waiting {
		return nil
	}
	return []task{{role: u.Role, ask: func(ctx context.Context, q *roleQuerier) error {
		listed, err := stage.List(ctx, q, u.Target())
		if err == nil {
			u.SetListing(listed) // otherwise Check lists them and reports the error
		}
		if connectionLost(err) {
			return err
		}
		return nil
	}}}
}

// setOwners fills in owners that DESCRIBE does not show, from the grants of the roles.
func (r *reader) setOwners() {
	for ref, found := range r.account.Found {
		if found.Presence == snowflake.Present && found.Owner.IsZero() {
			found.Owner = r.account.Roles.Owner(ref)
			r.account.Found[ref] = found
		}
	}
}

// parameterTasks returns queries for the account parameters that affect a new app, or one that changes its runtime. A
// parameter that is not shown blocks nothing.
// https://docs.snowflake.com/en/sql-reference/sql/show-parameters
func (r *reader) parameterTasks(list []snowflake.Resource) []task {
	var tasks []task
	for _, x := range list {
		runtime, _ := x.Property("RUNTIME_NAME")
		if x.Kind != snowflake.KindStreamlit || !strings.Contains(runtime.Value.String(), "CONTAINER") {
			continue
		}
		patterns := []string{"%ALLOWED_SPCS_WORKLOAD_TYPES"}
		if pool, _ := x.Property("COMPUTE_POOL"); pool.Value.Empty() {
			patterns = append(patterns, "DEFAULT_STREAMLIT_COMPUTE_POOL")
		}
		for _, pattern := range patterns {
			tasks = append(tasks, task{role: x.Owner, ask: func(ctx context.Context, q *roleQuerier) error { return r.parameter(ctx, q, pattern) }})
		}
	}
	return tasks
}

// parameter reads the account parameters that match a pattern.
func (r *reader) parameter(ctx context.Context, q query.Querier, pattern string) error {
	rows, err := q.Query(ctx, "SHOW PARAMETERS LIKE "+snowflake.Literal(pattern)+" IN ACCOUNT")
	if connectionLost(err) {
		return err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.account.Parameters == nil {
		r.account.Parameters = map[string]string{}
	}
	for i := range rows.Values {
		r.account.Parameters[strings.ToUpper(rows.Get(i, "key"))] = rows.Get(i, "value")
	}
	return nil
}

// batchKey identifies the objects that one SHOW covers.
type batchKey struct {
	kind        snowflake.Kind
	place, role snowflake.Name
}

// unlistedTasks returns queries for objects that the app only uses and that the roles' grants do not mention.
func (r *reader) unlistedTasks(list []snowflake.Resource) []task {
	var tasks []task
	for _, x := range list {
		if x.Kind != snowflake.KindPool && len(r.account.Roles.PrivilegesOn(x.Owner, x.Ref)) > 0 {
			r.account.Found[x.Ref] = snowflake.Observed{Presence: snowflake.Present, Owner: r.account.Roles.Owner(x.Ref)}
			continue
		}
		if x.Kind == snowflake.KindPool && r.options.New {
			continue // queried already
		}
		if x.Kind == snowflake.KindPool && !r.makesApp() {
			// The pool matters only to an app that will be created or changes its runtime.
			r.account.Found[x.Ref] = snowflake.Observed{Presence: snowflake.Present}
			continue
		}
		tasks = append(tasks, r.resourceTask(x, x.Owner, show))
	}
	return tasks
}

// makesApp reports whether the app does not exist, or has a different runtime from the desired one.
func (r *reader) makesApp() bool {
	for _, x := range r.desired.List {
		if x.Kind != snowflake.KindStreamlit {
			continue
		}
		found := r.account.Found[x.Ref]
		runtime, _ := x.Property("RUNTIME_NAME")
		return found.Presence != snowflake.Present || found.Values["RUNTIME_NAME"] != runtime.Value.String()
	}
	return true
}

// grantTasks returns queries for grants to roles whose own grants the person may not see: an object's owner sees the
// grants on it, and so do the role that grants them and the app's owner.
func (r *reader) grantTasks(grants []snowflake.Resource) []task {
	var list []task
	var asked []snowflake.Privilege
	for _, x := range grants {
		on := snowflake.Privilege{On: x.Grant.On, Object: x.Grant.Object}
		if r.account.Roles.Known[x.Grant.Role] || on.Object.IsZero() || on.On == snowflake.OnDatabaseRole || slices.Contains(asked, on) || r.lacksObject(x) ||
			r.desired.NoLongerNeeds(r.account, x.Grant) {
			continue
		}
		asked = append(asked, on)
		granter, next := x.Owner, r.appOwner()
		if !r.account.Roles.CanUse(granter) {
			granter, next = next, snowflake.Name{}
		}
		list = append(list, task{role: granter, next: next, ask: func(ctx context.Context, q *roleQuerier) error {
			rows, err := q.Query(ctx, "SHOW GRANTS ON "+on.On+" "+on.Object.SQL())
			if connectionLost(err) {
				return err
			}
			r.grantedOn(rows, on)
			return nil
		}})
	}
	return list
}

// lacksObject reports whether the object of a grant does not exist, so nobody has a grant on it.
func (r *reader) lacksObject(grant snowflake.Resource) bool {
	return slices.ContainsFunc(grant.Uses, func(ref snowflake.Ref) bool { return r.account.Found[ref].Presence == snowflake.Absent })
}

// grantedOn records the grants on an object.
func (r *reader) grantedOn(rows query.Rows, on snowflake.Privilege) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for i := range rows.Values {
		role := snowflake.StoredObject(rows.Get(i, "grantee_name"))
		if rows.Get(i, "granted_to") != snowflake.OnRole || r.account.Roles.Known[role] {
			continue
		}
		p := snowflake.Privilege{Name: rows.Get(i, "privilege"), On: on.On, Object: on.Object, Role: role}
		if !slices.Contains(r.account.Roles.Privileges[role], p) {
			r.account.Roles.Privileges[role] = append(r.account.Roles.Privileges[role], p)
		}
	}
}

// resourceTask returns the task of querying one resource.
func (r *reader) resourceTask(
	x snowflake.Resource, role snowflake.Name, ask func(context.Context, query.Querier, snowflake.Resource) (snowflake.Observed, error),
) task {
	return task{role: role, ask: func(ctx context.Context, q *roleQuerier) error {
		found, err := ask(ctx, q, x)
		return r.found(x, found, err)
	}}
}
