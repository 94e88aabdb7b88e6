package account

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"

	"golang.org/x/sync/errgroup"

	"sleet/snowflake"
	"sleet/snowflake/account/observe"
	"sleet/snowflake/account/query"
	"sleet/snowflake/account/stage"
	"sleet/snowflake/safely"
	"sleet/ui/message"
)

// PlanDestroy returns the plan that removes an app from an account, in reverse order of creation. With a journal it
// removes what sleet created; without one, what has the app's names and owner. It keeps objects that existed before and
// objects that something else uses now; those items have a reason. up describes the files.
func PlanDestroy(
	ctx context.Context, c query.Session, desired snowflake.DesiredResources, account snowflake.Account, h History, up *stage.Upload,
) (snowflake.Plan, error) {
	d := &destroyer{
		client: c, desired: desired, account: account, made: map[snowflake.Ref]CreatedObject{}, upload: up, drops: map[snowflake.Ref]bool{},
	}
	for _, m := range h.Created {
		d.made[m.Ref] = m
	}
	var err error
	if d.references, err = observe.ReferencesTo(ctx, c, desired.List, account); err != nil {
		return snowflake.Plan{}, err
	}
	var plan snowflake.Plan
	for _, x := range slices.Backward(desired.List) {
		if !x.Managed {
			continue
		}
		item, ok, err := d.item(ctx, x)
		if err != nil {
			return plan, err
		}
		if ok {
			d.drops[x.Ref] = item.Action == snowflake.ActionDrop
			plan.Items = append(plan.Items, item)
		}
	}
	return plan, nil
}

// destroyer builds one such plan.
type destroyer struct {
	client     query.Session
	desired    snowflake.DesiredResources
	account    snowflake.Account
	made       map[snowflake.Ref]CreatedObject
	references observe.References
	upload     *stage.Upload
	// drops are the objects that the plan removes so far.
	drops map[snowflake.Ref]bool
}

// item returns the item of a resource. ok is false if the plan says nothing about it.
func (d *destroyer) item(ctx context.Context, x snowflake.Resource) (item snowflake.Item, ok bool, err error) {
	item = snowflake.Item{Resource: x, Action: snowflake.ActionSame}
	item.Uses = nil
	if !d.exists(x) {
		item.Reason = d.notShown(x)
		return item, !item.Reason.IsZero(), nil
	}
	if item.Reason, err = d.keepReason(ctx, x); err != nil || !item.Reason.IsZero() {
		return item, err == nil && x.Kind != snowflake.KindGrant, err
	}
	undo, role := Undo(item), x.Owner
	if m, known := d.made[x.Ref]; known {
		undo, role = m.Undo, m.Role
	}
	item.Action, item.Owner = snowflake.ActionDrop, role
	for _, sql := range undo {
		item.Statements = append(item.Statements, snowflake.Statement{Ref: x.Ref, Role: role, SQL: sql})
	}
	// Objects that depend on it are dropped first.
	for _, y := range d.desired.List {
		if d.drops[y.Ref] && slices.Contains(y.Uses, x.Ref) {
			item.Uses = append(item.Uses, y.Ref)
		}
	}
	return item, true, nil
}

// notShown returns the message about an object that sleet created and the account no longer shows: somebody removed it, or
// gave it to a role that hides it. It is zero for anything else.
func (d *destroyer) notShown(x snowflake.Resource) message.Message {
	if _, made := d.made[x.Ref]; !made || x.Kind == snowflake.KindGrant || x.Kind == snowflake.KindUpload {
		return message.Message{}
	}
	return message.New("planned.stays.not_shown")
}

// exists reports whether an object exists in the account.
func (d *destroyer) exists(x snowflake.Resource) bool {
	_, made := d.made[x.Ref]
	switch x.Kind {
	case snowflake.KindGrant:
		// A grant disappears with its object. Otherwise only grants of sleet are revoked.
		gone := slices.ContainsFunc(x.Uses, func(ref snowflake.Ref) bool { return d.account.Found[ref].Presence != snowflake.Present })
		return made && !gone
	case snowflake.KindUpload:
		stage := slices.ContainsFunc(x.Uses, func(ref snowflake.Ref) bool { return d.account.Found[ref].Presence == snowflake.Present })
		return (made || d.upload != nil && len(d.upload.Uses()) > 0) && (stage || len(x.Uses) == 0)
	default:
		return d.account.Found[x.Ref].Presence == snowflake.Present
	}
}

// keepReason returns the reason to keep an object; the zero Message if it is removed.
func (d *destroyer) keepReason(ctx context.Context, x snowflake.Resource) (message.Message, error) {
	_, made := d.made[x.Ref]
	found := d.account.Found[x.Ref]
	container := x.Kind == snowflake.KindStage || x.Kind == snowflake.KindSchema
	switch {
	case x.Kind == snowflake.KindGrant:
		if slices.ContainsFunc(x.Uses, func(ref snowflake.Ref) bool { return d.willDrop(ref) }) {
			return message.New("planned.goes_with"), nil
		}
		if others := d.usersOfGranted(x.Grant); len(others) > 0 {
			return message.New("planned.stays.may_need", "users", refs(others)), nil
		}
		if others := d.references.Apps; len(others) > 0 && (x.Grant.On == "SCHEMA" || x.Grant.On == "DATABASE") {
			return message.New("planned.stays.other_apps", "app", others[0]), nil
		}
		return message.Message{}, nil
	case d.dependent(x) != snowflake.Ref{}:
		return message.New("planned.stays.needed", "object", d.dependent(x).Text()), nil
	case x.Kind == snowflake.KindUpload:
		return message.Message{}, nil
	case !made && (len(d.made) > 0 || container):
		return message.New("planned.stays.not_made"), nil
	case !made && !found.Owner.IsZero() && found.Owner != x.Owner:
		return message.New("planned.stays.owned", "owner", found.Owner.SQL()), nil
	}
	if users := slices.Concat(found.Users, d.references.Of(x.Ref)); len(users) > 0 {
		return message.New("planned.stays.used", "users", refs(users)), nil
	}
	if !container {
		return message.Message{}, nil
	}
	return d.notEmpty(ctx, x)
}

// usersOfGranted returns the other objects that refer to the object of a grant.
func (d *destroyer) usersOfGranted(g snowflake.Privilege) []snowflake.Ref {
	for _, y := range d.desired.List {
		if y.Kind != snowflake.KindGrant && y.Kind.On() == g.On && y.Name == g.Object {
			if users := d.references.Of(y.Ref); len(users) > 0 {
				return users
			}
		}
	}
	return nil
}

// dependent returns an object of the app that depends on another one and is kept; the zero Ref if there is none.
func (d *destroyer) dependent(x snowflake.Resource) snowflake.Ref {
	for _, y := range d.desired.List {
		if y.Kind != snowflake.KindGrant && slices.Contains(y.Uses, x.Ref) && d.exists(y) && !d.drops[y.Ref] {
			return y.Ref
		}
	}
	return snowflake.Ref{}
}

// willDrop reports whether the plan will remove an object. The plan reaches it before the objects it depends on.
func (d *destroyer) willDrop(ref snowflake.Ref) bool {
	_, made := d.made[ref]
	return (made || len(d.made) == 0) && d.account.Found[ref].Presence == snowflake.Present && len(d.references.Of(ref)) == 0
}

// notEmpty returns what else a stage or schema contains. If it cannot be listed, it is kept.
func (d *destroyer) notEmpty(ctx context.Context, x snowflake.Resource) (message.Message, error) {
	if x.Kind == snowflake.KindStage {
		rows, err := query.Run(ctx, d.client, x.Owner, "LIST "+snowflake.Literal("@"+x.Name.SQL()))
		if err != nil {
			return unseen(err)
		}
		for i := range rows.Values {
			if d.upload == nil {
				return message.New("planned.stays.files"), nil
			}
			if _, ours := stage.PathBelow(strings.TrimRight(d.upload.Stage, "/")+"/", rows.Get(i, "name")); !ours {
				return message.New("planned.stays.other_files", "file", rows.Get(i, "name")), nil
			}
		}
		return message.Message{}, nil
	}
	return d.otherThings(ctx, x)
}

// otherThings returns what a schema contains, or may contain, that the plan does not remove.
func (d *destroyer) otherThings(ctx context.Context, schema snowflake.Resource) (message.Message, error) {
	why, err := d.otherCreators(ctx, schema)
	if err != nil || !why.IsZero() {
		return why, err
	}
	var mu sync.Mutex
	group, ctx := errgroup.WithContext(ctx)
	for _, what := range inSchemas {
		group.Go(safely.Go(func() error {
			rows, err := query.Run(ctx, d.client, schema.Owner, "SHOW "+what+" IN SCHEMA "+schema.Name.SQL())
			mu.Lock()
			defer mu.Unlock()
			switch {
			case query.HasCode(err, query.CodeSyntax, query.CodeUnsupported): // an account without the kind has nothing of it
			case err != nil:
				unknown, err := unseen(err)
				why = unknown
				return err
			default:
				for i := range rows.Values {
					if name := rows.Get(i, "name"); !d.dropped(what, schema.Name, name) {
						why = message.New("planned.stays.other_things", "name", name)
					}
				}
			}
			return nil
		}))
	}
	err = group.Wait()
	return why, err //nolint:wrapcheck // A query.Failure needs no context.
}

// otherCreators returns which other role can create objects in a schema. SHOW lists only what a role has a privilege on,
// so their objects may not be listed, and DROP SCHEMA removes them all the same.
// https://docs.snowflake.com/en/sql-reference/sql/drop-schema
func (d *destroyer) otherCreators(ctx context.Context, schema snowflake.Resource) (message.Message, error) {
	rows, err := query.Run(ctx, d.client, schema.Owner, "SHOW GRANTS ON SCHEMA "+schema.Name.SQL())
	if err != nil {
		return unseen(err)
	}
	for i := range rows.Values {
		role := snowflake.StoredObject(rows.Get(i, "grantee_name"))
		if strings.HasPrefix(rows.Get(i, "privilege"), "CREATE ") && role != schema.Owner {
			return message.New("planned.stays.other_creators", "role", role.SQL()), nil
		}
	}
	return message.Message{}, nil
}

// inSchemas are the kinds of objects in a schema, as SHOW names them. SHOW OBJECTS lists only tables and views.
// https://docs.snowflake.com/en/sql-reference/sql/show
var inSchemas = []string{
	"OBJECTS", "STAGES", "STREAMLITS", "SECRETS", "NETWORK RULES", "USER FUNCTIONS", "USER PROCEDURES", "SEQUENCES", "STREAMS",
	"TASKS", "PIPES", "FILE FORMATS", "DYNAMIC TABLES", "EXTERNAL TABLES", "MASKING POLICIES", "ROW ACCESS POLICIES", "TAGS",
	"ALERTS", "NOTEBOOKS", "GIT REPOSITORIES", "IMAGE REPOSITORIES", "SERVICES", "CORTEX SEARCH SERVICES", "SEMANTIC VIEWS", "AGENTS",
	"MODELS", "DATASETS", "MATERIALIZED VIEWS", "EVENT TABLES", "ONLINE FEATURE TABLES", "EXTERNAL FUNCTIONS", "DATA METRIC FUNCTIONS",
	"TYPES", "AGGREGATION POLICIES", "AUTHENTICATION POLICIES", "JOIN POLICIES", "PACKAGES POLICIES", "PASSWORD POLICIES",
	"PRIVACY POLICIES", "PROJECTION POLICIES", "SESSION POLICIES", "STORAGE LIFECYCLE POLICIES", "BACKUP POLICIES", "BACKUP SETS",
	"CONTACTS", "DBT PROJECTS", "DCM PROJECTS", "EXPERIMENTS", "GATEWAYS", "MCP SERVERS", "MODEL MONITORS", "NOTEBOOK PROJECTS",
	"SNAPSHOTS", "WORKSPACES",
}

// dropped reports whether the plan removes an object of a kind, as SHOW names it, from a schema.
func (d *destroyer) dropped(kind string, schema snowflake.Name, name string) bool {
	for ref, goes := range d.drops {
		if goes && ref.Kind.Show() == kind && ref.Name.Parent() == schema && ref.Name.Last() == name {
			return true
		}
	}
	return false
}

// refs returns several objects as text.
func refs(list []snowflake.Ref) message.Message {
	all := make([]message.Message, 0, len(list))
	for _, ref := range list {
		all = append(all, ref.Text())
	}
	return message.Join(", ", all...)
}

func unseen(err error) (message.Message, error) {
	if query.IsConnectionError(err) {
		return message.Message{}, err
	}
	var f *query.Failure
	if errors.As(err, &f) {
		return message.New("planned.stays.unseen_why", "why", f.Text), nil
	}
	return message.New("planned.stays.unseen"), nil
}
