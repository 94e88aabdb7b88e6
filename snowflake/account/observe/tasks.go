package observe

import (
	"context"
	"slices"
	"strings"

	"sleet/snowflake"
	"sleet/snowflake/account/query"
	"sleet/snowflake/account/stage"
)

// tasks are what there is to ask about resources. The second ones are asked only where the first leave
// something open, so they are made once those are answered.
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
		case kind == snowflake.KindPool && r.besides.New:
			first = append(first, r.one(x, x.Owner, show))
		case kind == snowflake.KindDatabase, kind == snowflake.KindWarehouse, kind == snowflake.KindPool:
			byGrants = append(byGrants, x)
		case kind == snowflake.KindStreamlit:
			first = append(first, r.one(x, x.Owner, app))
			collect(x) // DESCRIBE tells neither its owner nor its packages' repositories
		case kind == snowflake.KindIntegration:
			first = append(first, r.one(x, x.Owner, integration))
		case kind == snowflake.KindFunction:
			first = append(first, r.one(x, x.Owner, function))
			collect(x) // DESCRIBE does not tell whether it is SECURE
		case kind == snowflake.KindNetworkRule && x.Managed:
			first = append(first, r.one(x, x.Owner, networkRule))
		default:
			collect(x)
		}
	}
	for _, key := range order {
		b := batches[key]
		first = append(first, task{b.role, func(ctx context.Context, q *answerer) error { return r.batch(ctx, q, *b) }})
	}
	if r.besides.New {
		first = append(first, r.parameterTasks(list)...)
	}
	return first, func() []task {
		r.owners()
		second := slices.Concat(r.fileTasks(list), r.untold(byGrants), r.grantTasks(grants))
		if r.besides.New || !r.lacksApp(list) {
			return second
		}
		return append(second, r.parameterTasks(list)...)
	}
}

// fileTasks list the files where the app has them, or where they wait for it.
func (r *reader) fileTasks(list []snowflake.Resource) []task {
	u := r.besides.Upload
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
	return []task{{u.Role, func(ctx context.Context, q *answerer) error {
		listed, err := stage.List(ctx, q, u.Target())
		if err == nil {
			u.Keep(listed) // else Check asks, and says why
		}
		if cut(err) {
			return err
		}
		return nil
	}}}
}

// owners takes from the grants of the roles who owns what DESCRIBE shows without an owner.
func (r *reader) owners() {
	for ref, found := range r.account.Found {
		if found.Presence == snowflake.Present && found.Owner.IsZero() {
			found.Owner = r.account.Roles.Owner(ref)
			r.account.Found[ref] = found
		}
	}
}

// lacksApp reports whether the app is not there.
func (r *reader) lacksApp(list []snowflake.Resource) bool {
	return slices.ContainsFunc(list, func(x snowflake.Resource) bool {
		return x.Kind == snowflake.KindStreamlit && r.account.Found[x.Ref].Presence == snowflake.Absent
	})
}

// parameterTasks ask for those of the account's parameters that bear on a new app. What is not shown bars
// nothing.
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
			tasks = append(tasks, task{x.Owner, func(ctx context.Context, q *answerer) error { return r.parameter(ctx, q, pattern) }})
		}
	}
	return tasks
}

// parameter asks for the account's parameters of a pattern.
func (r *reader) parameter(ctx context.Context, q query.Querier, pattern string) error {
	rows, err := q.Query(ctx, "SHOW PARAMETERS LIKE "+snowflake.Literal(pattern)+" IN ACCOUNT")
	if cut(err) {
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

// batchKey is what one SHOW has in common.
type batchKey struct {
	kind        snowflake.Kind
	place, role snowflake.Name
}

// untold asks about what the app only uses and the grants of the roles do not tell.
func (r *reader) untold(list []snowflake.Resource) []task {
	var tasks []task
	for _, x := range list {
		if x.Kind != snowflake.KindPool && len(r.account.Roles.On(x.Owner, x.Ref)) > 0 {
			r.account.Found[x.Ref] = snowflake.Observed{Presence: snowflake.Present, Owner: r.account.Roles.Owner(x.Ref)}
			continue
		}
		if x.Kind == snowflake.KindPool && r.besides.New {
			continue // asked about already
		}
		if x.Kind == snowflake.KindPool && !r.makesApp() {
			// It matters only to an app that is to be made or moved.
			r.account.Found[x.Ref] = snowflake.Observed{Presence: snowflake.Present}
			continue
		}
		tasks = append(tasks, r.one(x, x.Owner, show))
	}
	return tasks
}

// makesApp reports whether the app is not there, or in another runtime than it is to be in.
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

// grantTasks ask the other way round about grants to roles whose own grants are not the person's to
// see: who has something on an object is shown to its owner.
func (r *reader) grantTasks(grants []snowflake.Resource) []task {
	var list []task
	var asked []snowflake.Privilege
	for _, x := range grants {
		on := snowflake.Privilege{On: x.Grant.On, Object: x.Grant.Object}
		if r.account.Roles.Known[x.Grant.Role] || on.Object.IsZero() || on.On == snowflake.OnDatabaseRole || slices.Contains(asked, on) || r.toBeMade(x) ||
			r.desired.Served(r.account, x.Grant) {
			continue
		}
		asked = append(asked, on)
		list = append(list, task{ask: func(ctx context.Context, q *answerer) error {
			rows, err := q.Query(ctx, "SHOW GRANTS ON "+on.On+" "+on.Object.SQL())
			if cut(err) {
				return err
			}
			r.grantedOn(rows, on)
			return nil
		}})
	}
	return list
}

// toBeMade reports whether what a grant is on is not there: then nobody has anything on it.
func (r *reader) toBeMade(grant snowflake.Resource) bool {
	return slices.ContainsFunc(grant.Uses, func(ref snowflake.Ref) bool { return r.account.Found[ref].Presence == snowflake.Absent })
}

// grantedOn takes in who has what on an object.
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

// one is the task of asking about one resource.
func (r *reader) one(
	x snowflake.Resource, role snowflake.Name, ask func(context.Context, query.Querier, snowflake.Resource) (snowflake.Observed, error),
) task {
	return task{role, func(ctx context.Context, q *answerer) error {
		found, err := ask(ctx, q, x)
		return r.found(x, found, err)
	}}
}
