package account

import (
	"context"
	"maps"
	"slices"
	"strings"

	"sleet/snowflake"
)

// roleKind is the word for a role in SHOW, and in USE.
const roleKind = "ROLE"

// mostRoles bounds a hierarchy: of one as large as this nobody waits for the rest.
const mostRoles = 60

// roles asks what roles have, down the hierarchy. What is known of a role already is kept.
func (l *looker) roles(ctx context.Context, q *answerer, queue []string) error {
	l.mu.Lock()
	before := l.account.Roles
	l.mu.Unlock()
	r := snowflake.Roles{
		Current: l.account.Context.Role, Granted: copied(before.Granted), Privileges: copied(before.Privileges), Known: l.known,
	}
	for i := 0; i < len(queue); i++ {
		role := queue[i]
		if r.Known[role] {
			continue
		}
		rows, err := q.Farther(ctx, "SHOW GRANTS TO ROLE "+snowflake.AnyIdent(exactly(role)))
		if cut(err) {
			return err
		}
		if err != nil {
			l.note(say("verified.not_shown", "role", role, "why", brief(err)))
			continue
		}
		r.Known[role] = true
		for _, child := range taken(&r, role, rows) {
			if !slices.Contains(queue, child) && len(queue) < mostRoles {
				queue = append(queue, child)
			}
		}
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	r.Available, r.Bound = l.account.Roles.Available, l.account.Roles.Bound
	l.account.Roles = r
	return nil
}

func copied[V any](m map[string]V) map[string]V {
	if m == nil {
		return map[string]V{}
	}
	return maps.Clone(m)
}

// taken takes in what SHOW GRANTS says of a role, and gives the roles to ask about after it. What
// the administrators' roles inherit need not be known one by one.
func taken(r *snowflake.Roles, role string, rows Rows) (children []string) {
	r.Granted[role], r.Privileges[role] = nil, nil
	for n := range rows.Values {
		privilege, on, name := rows.Get(n, "privilege"), strings.ReplaceAll(rows.Get(n, "granted_on"), "_", " "), rows.Get(n, "name")
		if privilege == "USAGE" && (on == roleKind || on == "DATABASE ROLE") {
			r.Granted[role] = append(r.Granted[role], name)
			if on == roleKind && role != "ACCOUNTADMIN" && role != "SECURITYADMIN" {
				children = append(children, name)
			}
			continue
		}
		if on == "ACCOUNT" {
			name = ""
		}
		r.Privileges[role] = append(r.Privileges[role], snowflake.Privilege{Name: privilege, On: on, Object: name, Role: role})
	}
	return children
}
