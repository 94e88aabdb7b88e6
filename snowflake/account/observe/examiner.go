package observe

import (
	"context"
	"slices"

	"sleet/snowflake"
	"sleet/snowflake/account/query"
)

// administrator is the role that sees nearly everything.
var administrator = snowflake.StoredObject("ACCOUNTADMIN") //nolint:gochecknoglobals // A constant.

// examiner reads one app.
type examiner struct {
	*reader
	found snowflake.Examined
	// roles are the roles to query as, in order.
	roles []snowflake.Name
}

func newExaminer(ctx context.Context, c query.Session, app, owner snowflake.Name) (*examiner, error) {
	session, roles, err := ReadIdentity(ctx, c)
	if err != nil {
		return nil, err
	}
	x := &examiner{
		reader: newReader(c, snowflake.DesiredResources{}, snowflake.Account{
			Context: session, Roles: roles, Found: map[snowflake.Ref]snowflake.Observed{}, Parameters: map[string]string{},
		}),
		found: snowflake.Examined{App: app, Files: map[string][]byte{}},
		roles: []snowflake.Name{roles.Current},
	}
	if slices.Contains(roles.Available, administrator) {
		x.role(administrator)
	}
	x.role(owner)
	return x, nil
}

// role adds a role that the person can switch to, after the session's own.
func (x *examiner) role(role snowflake.Name) {
	if !role.IsZero() && !slices.Contains(x.roles, role) && x.account.Roles.CanUse(role) && !x.account.Roles.Bound {
		x.roles = slices.Insert(x.roles, 1, role)
	}
}

// as calls ask with one role after another until one succeeds.
func (x *examiner) as(ask func(q query.Querier) error) error {
	var err error
	for _, role := range x.roles {
		err = ask(&roleQuerier{reader: x.reader, role: role})
		if err == nil || connectionLost(err) {
			return err
		}
	}
	return err
}
