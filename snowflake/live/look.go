package live

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"sync"

	"golang.org/x/sync/errgroup"

	"sleet/snowflake"
)

// whoAsks are what a session is asked about itself.
func whoAsks() []string {
	return []string{
		"CURRENT_ORGANIZATION_NAME()", "CURRENT_ACCOUNT_NAME()", "CURRENT_ACCOUNT()", "CURRENT_REGION()", "CURRENT_USER()",
		"CURRENT_ROLE()", "CURRENT_DATABASE()", "CURRENT_SCHEMA()", "CURRENT_WAREHOUSE()", "CURRENT_VERSION()",
		"CURRENT_AVAILABLE_ROLES()",
	}
}

// Who says who and where a session is right after the log-in, and which roles the person can take.
// It is one query; where that is refused, one for each answer, and what stays refused is empty.
func Who(ctx context.Context, c *Client) (snowflake.Context, snowflake.Roles, error) {
	asks := whoAsks()
	rows, err := c.Query(ctx, "SELECT "+strings.Join(asks, ", "))
	if err != nil && !cut(err) {
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
	}
	c.home.CompareAndSwap(nil, &session.Role)
	roles := snowflake.Roles{Current: session.Role}
	if err := json.Unmarshal([]byte(at(10)), &roles.Available); err != nil {
		roles.Available = nil // then nothing is known, and USE ROLE will say
	}
	return session, roles, nil
}

func whoByOne(ctx context.Context, c *Client, asks []string) (Rows, error) {
	row := make([]*string, len(asks))
	for i, ask := range asks {
		rows, err := c.Query(ctx, "SELECT "+ask)
		if cut(err) {
			return Rows{}, err
		}
		if err == nil && len(rows.Values) == 1 {
			row[i] = rows.Values[0][0]
		}
	}
	return Rows{Values: [][]*string{row}}, nil
}

// Look asks an account about everything that an app wants: each object as the role that is to make
// it, the roles beside each other, and what the roles have. What the account refuses to show is a
// note; only a connection that is cut is an error.
func Look(ctx context.Context, c *Client, objects []snowflake.Object) (snowflake.Account, error) {
	session, roles, err := Who(ctx, c)
	if err != nil {
		return snowflake.Account{}, err
	}
	l := &looker{client: c, account: snowflake.Account{Context: session, Found: map[snowflake.Ref]snowflake.Found{}, Roles: roles}}
	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() error { return l.roles(ctx, objects) })
	for role, list := range byRole(objects, session.Role) {
		group.Go(func() error { return l.objects(ctx, role, list) })
	}
	if err := group.Wait(); err != nil {
		return snowflake.Account{}, err //nolint:wrapcheck // It is a Failure, which says all.
	}
	slices.Sort(l.account.Notes)
	return l.account, nil
}

// byRole sorts objects by the role that is to make them; grants and uploads are not asked about.
func byRole(objects []snowflake.Object, current string) map[string][]snowflake.Object {
	sorted := map[string][]snowflake.Object{}
	for _, x := range objects {
		if x.Grant != nil || x.Kind == snowflake.KindUpload || x.Kind == snowflake.KindRole {
			continue
		}
		role := x.Role
		if role == "" {
			role = current
		}
		sorted[role] = append(sorted[role], x)
	}
	return sorted
}

// looker gathers what an account says.
type looker struct {
	client  *Client
	mu      sync.Mutex
	account snowflake.Account
}

func (l *looker) note(text string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if !slices.Contains(l.account.Notes, text) {
		l.account.Notes = append(l.account.Notes, text)
	}
}

// objects asks about objects, in one session, as one role; a role that is not the person's is
// passed over, and the session's own sees what it can.
func (l *looker) objects(ctx context.Context, role string, list []snowflake.Object) error {
	s, err := l.client.Session(ctx)
	if err != nil {
		return err
	}
	defer s.Close() //nolint:errcheck // It is given back to the pool.
	if own := l.account.Context.Role; own != "" && stored(role) != own {
		if err := s.UseRole(ctx, role); err != nil {
			if cut(err) {
				return err
			}
			if codeIs(err, bound) {
				l.mu.Lock()
				l.account.Roles.Bound = true
				l.mu.Unlock()
			}
			l.note("The role " + role + " cannot be taken; " + own + " looked in its place.")
		} else {
			// The session goes back to the pool, where the next one expects the role of the profile.
			defer func() { _ = s.UseRole(context.WithoutCancel(ctx), snowflake.AnyIdent(exactly(own))) }()
		}
	}
	for _, x := range list {
		found, err := l.object(ctx, s, x)
		if cut(err) {
			return err
		}
		if err != nil {
			found = refused(err)
		}
		l.mu.Lock()
		l.account.Found[x.Ref] = found
		l.mu.Unlock()
	}
	return nil
}

// bound is the code of a session that cannot leave its role: its token was made for that role. The
// log-in does not tell, so it is known once the session tries to take another, which changes nothing.
// https://docs.snowflake.com/en/user-guide/programmatic-access-tokens
const bound = 3107

// cut says whether an error is of the connection, not of a statement.
func cut(err error) bool {
	var f *Failure
	if err == nil {
		return false
	}
	if !errors.As(err, &f) {
		return true
	}
	return f.Network || f.LogIn || f.cause != nil
}

// refused is what an error about an object says of it. Snowflake answers the same to what is not
// there and to what one may not see.
func refused(err error) snowflake.Found {
	var f *Failure
	if errors.As(err, &f) && f.is(2003, 2043, 2001, 2002) {
		return snowflake.Found{Presence: snowflake.Absent}
	}
	return snowflake.Found{Presence: snowflake.Hidden, Refused: firstLine(err.Error())}
}

func firstLine(text string) string {
	line, _, _ := strings.Cut(text, "\n")
	return line
}

// roles asks what the roles of a plan have, down the hierarchy.
func (l *looker) roles(ctx context.Context, objects []snowflake.Object) error {
	// Of a hierarchy as large as this nobody waits for the rest.
	const most = 60
	r := snowflake.Roles{
		Current: l.account.Context.Role, Granted: map[string][]string{},
		Privileges: map[string][]snowflake.Privilege{}, Known: map[string]bool{},
	}
	queue := []string{r.Current, "PUBLIC"}
	add := func(role string) {
		if role != "" && !slices.Contains(queue, role) && len(queue) < most {
			queue = append(queue, role)
		}
	}
	for _, x := range objects {
		add(stored(x.Role))
		if x.Grant != nil {
			add(stored(x.Grant.Role))
		}
	}
	for i := 0; i < len(queue); i++ {
		role := queue[i]
		if role == "" {
			continue
		}
		rows, err := l.client.Query(ctx, "SHOW GRANTS TO ROLE "+snowflake.AnyIdent(exactly(role)))
		if cut(err) {
			return err
		}
		if err != nil {
			l.note("The privileges of the role " + role + " are not shown to you: " + firstLine(err.Error()))
			continue
		}
		r.Known[role] = true
		for n := range rows.Values {
			privilege, on, name := rows.Get(n, "privilege"), strings.ReplaceAll(rows.Get(n, "granted_on"), "_", " "), rows.Get(n, "name")
			if privilege == "USAGE" && (on == "ROLE" || on == "DATABASE ROLE") {
				r.Granted[role] = append(r.Granted[role], name)
				if on == "ROLE" && role != "ACCOUNTADMIN" && role != "SECURITYADMIN" {
					add(name)
				}
				continue
			}
			if on == "ACCOUNT" {
				name = ""
			}
			r.Privileges[role] = append(r.Privileges[role], snowflake.Privilege{Name: privilege, On: on, Object: name, Role: role})
		}
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	r.Available, r.Bound = l.account.Roles.Available, l.account.Roles.Bound
	l.account.Roles = r
	return nil
}

// stored is the stored form of a name that SQL has.
func stored(sql string) string {
	if s, err := snowflake.Stored(sql); err == nil {
		return s
	}
	return sql
}

// exactly is a stored name as a raw one that means it.
func exactly(name string) string {
	if again, err := snowflake.Stored(name); err == nil && again == name {
		return name
	}
	return `"` + strings.ReplaceAll(name, `"`, `""`) + `"`
}
