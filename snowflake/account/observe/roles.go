package observe

import (
	"context"
	"errors"
	"maps"
	"slices"
	"strings"

	"sleet/snowflake"
	"sleet/snowflake/account/query"
	"sleet/ui/message"
)

// mostRoles limits how many roles of a hierarchy are read: reading more takes too long.
const mostRoles = 60

// roleTasks returns the tasks that read the privileges of roles, inherited ones included. It skips roles that are
// known, and system roles: their privileges are known, and listing them takes half a minute or more.
// https://docs.snowflake.com/en/user-guide/security-access-control-overview
func (r *reader) roleTasks(roles []snowflake.Name) []task {
	r.account.Roles.Granted = copied(r.account.Roles.Granted)
	r.account.Roles.Privileges = copied(r.account.Roles.Privileges)
	r.account.Roles.Known = r.known
	var list []task
	for _, role := range roles {
		if r.known[role] || systemRole(role) {
			continue
		}
		if role == snowflake.Public && len(roles) > 1 && r.client.Facts().Hierarchies() {
			continue // it is in the hierarchy of every role
		}
		list = append(list, task{ask: func(ctx context.Context, q *roleQuerier) error {
			if err := r.hierarchy(ctx, q, role); err != nil {
				return err
			}
			return r.callerGrants(ctx, q, role)
		}})
	}
	return list
}

// systemRole reports whether a role is one of the administrator roles that every account has.
func systemRole(role snowflake.Name) bool {
	return slices.Contains([]string{"ACCOUNTADMIN", "SECURITYADMIN", "SYSADMIN", "USERADMIN", "ORGADMIN", "GLOBALORGADMIN"}, role.Object)
}

// hierarchy reads the privileges of a role and of the roles that it inherits: in one statement if the account supports
// it, otherwise role by role.
// https://docs.snowflake.com/en/sql-reference/sql/show-grants
func (r *reader) hierarchy(ctx context.Context, q *roleQuerier, role snowflake.Name) error {
	if r.client.Facts().Hierarchies() {
		rows, err := q.Query(ctx, "SHOW GRANTS TO ROLE "+role.SQL()+" INCLUDE HIERARCHY")
		switch {
		case err == nil:
			r.addGrants(rows, role)
			r.mu.Lock()
			defer r.mu.Unlock()
			r.known[snowflake.Public] = true
			return nil
		case connectionLost(err):
			return err
		case query.HasCode(err, query.CodeSyntax):
			r.client.Facts().LacksHierarchies()
		default:
			r.noteHiddenGrants(role, err)
			return nil
		}
	}
	queue := []snowflake.Name{role, snowflake.Public}
	for i := 0; i < len(queue); i++ {
		if r.isKnown(queue[i]) {
			continue
		}
		rows, err := q.Query(ctx, "SHOW GRANTS TO ROLE "+queue[i].SQL())
		if connectionLost(err) {
			return err
		}
		if err != nil {
			r.noteHiddenGrants(queue[i], err)
			continue
		}
		for _, child := range r.addGrants(rows, queue[i]) {
			if !slices.Contains(queue, child) && len(queue) < mostRoles && !systemRole(child) {
				queue = append(queue, child)
			}
		}
	}
	return nil
}

// callerGrants reads the caller grants of a role if the app wants any for it. SHOW GRANTS does not list them.
// https://docs.snowflake.com/en/sql-reference/sql/show-caller-grants
func (r *reader) callerGrants(ctx context.Context, q *roleQuerier, role snowflake.Name) error {
	if !slices.ContainsFunc(r.desired.List, func(x snowflake.Resource) bool {
		return x.Kind == snowflake.KindGrant && x.Grant.OfCaller() && x.Grant.Role == role
	}) {
		return nil
	}
	rows, err := q.Query(ctx, "SHOW CALLER GRANTS TO ROLE "+role.SQL())
	if connectionLost(err) {
		return err
	}
	if err != nil {
		r.noteHiddenGrants(role, err)
		return nil
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	for n := range rows.Values {
		on := strings.ReplaceAll(rows.Get(n, "granted_on"), "_", " ")
		r.account.Roles.Privileges[role] = append(r.account.Roles.Privileges[role], snowflake.Privilege{
			Name: rows.Get(n, "privilege"), On: on, Object: snowflake.ShownOn(on, rows.Get(n, "name")), Role: role,
		})
	}
	return nil
}

// noteHiddenGrants notes that the privileges of a role are not shown.
func (r *reader) noteHiddenGrants(role snowflake.Name, err error) {
	why := query.Brief(err)
	if errors.Is(err, errSlow) {
		why = message.New("verified.too_slow", "seconds", int(slow.Seconds()))
	}
	r.note(message.New("verified.not_shown", "role", role.SQL(), "why", why))
}

func (r *reader) isKnown(role snowflake.Name) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.known[role]
}

// addGrants records the result of SHOW GRANTS, each row for the role that it names, and returns the roles granted to
// those roles.
func (r *reader) addGrants(rows query.Rows, asked snowflake.Name) (children []snowflake.Name) {
	r.mu.Lock()
	defer r.mu.Unlock()
	roles := &r.account.Roles
	fresh := map[snowflake.Name]bool{}
	reset := func(role snowflake.Name) {
		if !fresh[role] {
			fresh[role], roles.Known[role] = true, true
			roles.Granted[role], roles.Privileges[role] = nil, nil
		}
	}
	reset(asked)
	for n := range rows.Values {
		privilege, on := rows.Get(n, "privilege"), strings.ReplaceAll(rows.Get(n, "granted_on"), "_", " ")
		role := asked
		if grantee := rows.Get(n, "grantee_name"); grantee != "" && rows.Get(n, "granted_to") == snowflake.OnRole {
			role = snowflake.StoredObject(grantee)
		}
		reset(role)
		name := snowflake.ShownOn(on, rows.Get(n, "name"))
		if privilege == "USAGE" && (on == snowflake.OnRole || on == snowflake.OnDatabaseRole) {
			roles.Granted[role] = append(roles.Granted[role], name)
			if on == snowflake.OnRole {
				children = append(children, name)
			}
			continue
		}
		roles.Privileges[role] = append(roles.Privileges[role], snowflake.Privilege{Name: privilege, On: on, Object: name, Role: role})
	}
	return children
}

func copied[V any](m map[snowflake.Name]V) map[snowflake.Name]V {
	if m == nil {
		return map[snowflake.Name]V{}
	}
	return maps.Clone(m)
}
