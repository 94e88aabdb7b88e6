package account

import (
	"context"
	"slices"
	"strings"

	"sleet/snowflake"
)

// tasks are what there is to ask about objects. The second ones depend on what the roles have, so
// they are made once that is known.
func (l *looker) tasks(objects []snowflake.Object) (first []task, second func() []task) {
	var later, grants []snowflake.Object
	batches := map[string]*batch{}
	var order []string
	for _, x := range objects {
		if x.Grant != nil {
			grants = append(grants, x)
			continue
		}
		if x.Kind == snowflake.KindUpload || x.Kind == snowflake.KindRole {
			continue
		}
		if x.Kind == snowflake.KindNetworkRule && len(x.Create) > 0 || settledByGrants(x.Kind) ||
			l.again && (x.Kind == snowflake.KindStage || x.Kind == snowflake.KindFunction) {
			later = append(later, x)
			continue
		}
		key := x.Role + "\x00" + string(x.Kind) + "\x00" + placeOf(x)
		if batches[key] == nil {
			batches[key] = &batch{kind: x.Kind, place: placeOf(x), role: x.Role}
			order = append(order, key)
		}
		batches[key].objects = append(batches[key].objects, x)
	}
	for _, key := range order {
		b := batches[key]
		first = append(first, task{b.role, func(ctx context.Context, q *answerer) error { return l.batch(ctx, q, *b) }})
	}
	return first, func() []task { return append(l.secondTasks(later), l.grantTasks(grants)...) }
}

// settledByGrants says whether the grants of the roles may tell enough of a kind.
func settledByGrants(kind snowflake.Kind) bool {
	switch kind {
	case snowflake.KindDatabase, snowflake.KindWarehouse, snowflake.KindStreamlit, snowflake.KindIntegration:
		return true
	default:
		return false
	}
}

// secondTasks ask about what the grants do not tell.
func (l *looker) secondTasks(objects []snowflake.Object) []task {
	var list []task
	described := slices.DeleteFunc(slices.Clone(l.objects), func(x snowflake.Object) bool {
		return x.Kind != snowflake.KindFunction || l.account.Found[x.Ref].Presence != snowflake.Present || l.account.Found[x.Ref].Values["BODY"] != ""
	})
	if l.again {
		described = nil
	}
	for _, x := range slices.Concat(objects, described) {
		switch x.Kind {
		case snowflake.KindDatabase, snowflake.KindWarehouse, snowflake.KindStage:
			if len(l.account.Roles.On(x.Role, x.Ref)) > 0 {
				l.account.Found[x.Ref] = snowflake.Found{Presence: snowflake.Present, Owner: l.account.Roles.Owner(x.Ref)}
				continue
			}
			list = append(list, l.one(x, x.Role, show))
		case snowflake.KindNetworkRule:
			list = append(list, l.one(x, x.Role, networkRule))
		case snowflake.KindFunction:
			list = append(list, l.one(x, x.Role, l.function))
		case snowflake.KindIntegration:
			list = append(list, l.one(x, l.seer(x), integration))
		default:
			list = append(list, l.one(x, x.Role, l.app))
		}
	}
	return list
}

// grantTasks ask the other way round about grants to roles whose own grants are not the person's to
// see: who has something on an object is shown to its owner.
func (l *looker) grantTasks(grants []snowflake.Object) []task {
	var list []task
	var asked []string
	for _, x := range grants {
		on := x.Grant.On + " " + x.Grant.Object
		if l.account.Roles.Known[stored(x.Grant.Role)] || x.Grant.Object == "" || x.Grant.On == "DATABASE ROLE" || slices.Contains(asked, on) {
			continue
		}
		asked = append(asked, on)
		list = append(list, task{ask: func(ctx context.Context, q *answerer) error {
			rows, err := q.Query(ctx, "SHOW GRANTS ON "+on)
			if cut(err) {
				return err
			}
			l.grantedOn(rows, *x.Grant)
			return nil
		}})
	}
	return list
}

// grantedOn takes in who has what on an object.
func (l *looker) grantedOn(rows Rows, g snowflake.Privilege) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for i := range rows.Values {
		role := rows.Get(i, "grantee_name")
		if rows.Get(i, "granted_to") != roleKind || l.account.Roles.Known[role] {
			continue
		}
		p := snowflake.Privilege{Name: rows.Get(i, "privilege"), On: g.On, Object: g.Object, Role: role}
		if !slices.Contains(l.account.Roles.Privileges[role], p) {
			l.account.Roles.Privileges[role] = append(l.account.Roles.Privileges[role], p)
		}
	}
}

// one is the task of asking about one object.
func (l *looker) one(
	x snowflake.Object, role string, ask func(context.Context, Querier, snowflake.Object) (snowflake.Found, error),
) task {
	return task{role, func(ctx context.Context, q *answerer) error {
		found, err := ask(ctx, q, x)
		return l.found(x, found, err)
	}}
}

// seer is the role to look at an object as: the session's own or another of the plan that has
// something on it, which may save a switch; else the one that makes it.
func (l *looker) seer(x snowflake.Object) string {
	roles := []string{snowflake.AnyIdent(exactly(l.account.Context.Role))}
	for _, other := range l.objects {
		if !slices.Contains(roles, other.Role) {
			roles = append(roles, other.Role)
		}
	}
	for _, role := range roles {
		if l.account.Roles.CanTake(role) && len(l.account.Roles.On(role, x.Ref)) > 0 {
			return role
		}
	}
	return x.Role
}

// placeOf is the schema, or the database, that an object lies in, as SQL writes it.
func placeOf(x snowflake.Object) string {
	parts, err := snowflake.Qualified(strings.TrimSuffix(x.Name, "()"))
	if err != nil {
		return ""
	}
	return strings.Join(parts[:len(parts)-1], ".")
}
