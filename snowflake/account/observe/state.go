package observe

import (
	"context"
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"sleet/snowflake"
	"sleet/snowflake/account/query"
	"sleet/snowflake/account/stage"
	"sleet/ui/message"
)

// whoAsks returns the expressions that describe a session.
func whoAsks() []string {
	return []string{
		"CURRENT_ORGANIZATION_NAME()", "CURRENT_ACCOUNT_NAME()", "CURRENT_ACCOUNT()", "CURRENT_REGION()", "CURRENT_USER()",
		"CURRENT_ROLE()", "CURRENT_DATABASE()", "CURRENT_SCHEMA()", "CURRENT_WAREHOUSE()", "CURRENT_VERSION()",
		"CURRENT_AVAILABLE_ROLES()", "CURRENT_SECONDARY_ROLES()", "SYSTEM$GET_SNOWSIGHT_HOST()",
	}
}

// ReadIdentity returns the user, account and role of a session right after login, and the roles that the person can
// switch to. It runs one query, or one per expression if that is refused. Expressions that are refused are empty.
func ReadIdentity(ctx context.Context, c query.Session) (snowflake.Context, snowflake.Roles, error) {
	asks := whoAsks()
	rows, err := c.Query(ctx, "SELECT "+strings.Join(asks, ", "))
	if err != nil && !connectionLost(err) {
		// Not every account has SYSTEM$GET_SNOWSIGHT_HOST, the last expression.
		rows, err = c.Query(ctx, "SELECT "+strings.Join(asks[:len(asks)-1], ", "))
	}
	if err != nil && !connectionLost(err) {
		rows, err = whoByOne(ctx, c, asks)
	}
	if err != nil {
		return snowflake.Context{}, snowflake.Roles{}, err
	}
	at := func(i int) string {
		if len(rows.Values) == 0 || i >= len(rows.Values[0]) || rows.Values[0][i] == nil {
			return ""
		}
		return *rows.Values[0][i]
	}
	session := snowflake.Context{
		Organization: at(0), Name: at(1), Account: at(2), Region: at(3), User: at(4), Role: at(5),
		Database: at(6), Schema: at(7), Warehouse: at(8), Version: at(9),
		Snowsight: at(12),
	}
	c.Facts().LearnStart(snowflake.Context{Database: session.Database, Schema: session.Schema, Warehouse: session.Warehouse, Role: session.Role})
	roles := snowflake.Roles{Current: snowflake.StoredObject(session.Role)}
	var available []string
	if json.Unmarshal([]byte(at(10)), &available) == nil { // otherwise unknown; USE ROLE will fail later
		for _, role := range available {
			roles.Available = append(roles.Available, snowflake.StoredObject(role))
		}
	}
	var secondary struct {
		Value string `json:"value"`
	}
	roles.Secondary = json.Unmarshal([]byte(at(11)), &secondary) == nil && strings.EqualFold(secondary.Value, "ALL")
	return session, roles, nil
}

func whoByOne(ctx context.Context, c query.Session, asks []string) (query.Rows, error) {
	row := make([]*string, len(asks))
	for i, ask := range asks {
		rows, err := c.Query(ctx, "SELECT "+ask)
		if connectionLost(err) {
			return query.Rows{}, err
		}
		if err == nil && len(rows.Values) == 1 {
			row[i] = rows.Values[0][0]
		}
	}
	return query.Rows{Values: [][]*string{row}}, nil
}

// ReadState reads the state of everything that an app wants: each object as the role that will create it, and the
// privileges of the roles. session and roles are the results of Who. Independent queries run concurrently, and nothing
// is queried twice: one SHOW covers the objects of one kind in one schema. What the account refuses to show, or is too
// slow to show, is unknown and results in a note. ReadState returns an error only if the connection fails.
func ReadState(
	ctx context.Context, c query.Session, session snowflake.Context, roles snowflake.Roles, desired snowflake.DesiredResources, options ReadOptions,
) (snowflake.Account, error) {
	r := newReader(c, desired, snowflake.Account{Context: session, Roles: roles, Found: map[snowflake.Ref]snowflake.Observed{}})
	r.options = options
	return r.read(ctx, desired.List, rolesOf(desired.List, roles.Current))
}

// ReadOptions is what ReadState reads besides the resources.
type ReadOptions struct {
	// Upload are the files. ReadState lists those in the account as soon as it knows their location.
	Upload *stage.Upload
	// New reports whether the app was never deployed from here. If so, ReadState reads what matters to a new app at
	// once, without waiting to hear that the app does not exist.
	New bool
}

// Refresh reads again what a run changed, and the roles that this affects. The rest stays as it was in before.
func Refresh(
	ctx context.Context, c query.Session, before snowflake.Account, desired snowflake.DesiredResources, changed []snowflake.Resource,
) (snowflake.Account, error) {
	after := before
	after.Found, after.Notes = maps.Clone(before.Found), nil
	r := newReader(c, desired, after)
	var concerned []snowflake.Name
	for _, x := range changed {
		if x.Kind == snowflake.KindGrant && !slices.Contains(concerned, x.Grant.Role) {
			concerned = append(concerned, x.Grant.Role)
		}
	}
	for _, role := range concerned {
		delete(r.known, role)
	}
	after, err := r.read(ctx, changed, concerned)
	after.Notes = before.Notes
	return after, err
}

// rolesOf returns the roles that create objects or receive grants.
func rolesOf(resources []snowflake.Resource, current snowflake.Name) []snowflake.Name {
	var list []snowflake.Name
	add := func(role snowflake.Name) {
		if !role.IsZero() && !slices.Contains(list, role) {
			list = append(list, role)
		}
	}
	add(current)
	if !current.IsZero() {
		add(snowflake.Public)
	}
	for _, x := range resources {
		add(x.Owner)
		if x.Kind == snowflake.KindGrant {
			add(x.Grant.Role)
		}
	}
	return list
}

// read reads some of the resources and the privileges of some roles.
func (r *reader) read(ctx context.Context, list []snowflake.Resource, roles []snowflake.Name) (snowflake.Account, error) {
	for _, x := range list {
		delete(r.account.Found, x.Ref)
	}
	first, second := r.tasks(list)
	if err := r.run(ctx, append(r.roleTasks(roles), first...)); err != nil {
		return snowflake.Account{}, err
	}
	if err := r.run(ctx, second()); err != nil {
		return snowflake.Account{}, err
	}
	slices.SortFunc(r.account.Notes, func(a, b message.Message) int { return strings.Compare(a.String(), b.String()) })
	return r.account, nil
}
