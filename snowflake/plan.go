package snowflake

import "sleet/ui/message"

// Action is what a plan does with one resource.
type Action string

// The actions, as `sleet apply --plan --json` writes them.
const (
	ActionCreate Action = "create"
	ActionAlter  Action = "alter"
	ActionSame   Action = "same"
	ActionCannot Action = "cannot"
	ActionDrop   Action = "drop" // only in the plan of `sleet destroy`
)

// Text returns the name of the action.
func (a Action) Text() message.Message {
	return message.New(message.ID("planned.action." + string(a)))
}

// Plan is what turns the account's current state into the desired one, in order.
type Plan struct{ Items []Item }

// Item is what a plan does with one resource.
type Item struct {
	Resource
	Action Action
	// Changes are the properties that differ.
	Changes []Change
	// Statements run in order, each with its role. The values of secrets are placeholders.
	Statements []Statement
	// Reason is why the resource cannot be created or changed. With an action other than ActionCannot it is a forecast
	// or a note: the account decides.
	Reason message.Message
	// Ask reports whether others created the object or share it. It is altered only with the person's consent.
	Ask bool
	// Handover are the statements with which an administrator makes the item possible, for one that cannot be applied
	// and for one that the account refuses.
	Handover []Statement
	// HandoverIfExists are the hand-over statements for when the account reports that the object exists but may not be
	// used, which sets Exists.
	HandoverIfExists []Statement
	Exists           bool
	// Blocked are the resources that this item waits for and that cannot be created.
	Blocked []Ref
	// NeedsValue reports whether the secret Key needs a value first.
	NeedsValue bool
	// NotVisible reports, for a grant, that the account does not show it and that an administrator was asked for it, so
	// whether it exists is unknown.
	NotVisible bool
	// NotShown are properties that an earlier run set to the desired value and that the account does not show.
	NotShown []string
}

// Fixes returns the statements for an administrator, if they are needed or may be.
func (i Item) Fixes() []Statement {
	if i.Action == ActionCannot || !i.Reason.IsZero() {
		return i.Handover
	}
	return nil
}

// Change is a property that differs. FromText and ToText replace From and To where those are descriptions instead of
// values.
type Change struct {
	Property, From, To string
	FromText, ToText   message.Message
}

// Words returns the old and the new value as messages.
func (c Change) Words() (from, to message.Message) {
	from, to = c.FromText, c.ToText
	if from.IsZero() && c.From != "" {
		from = message.Verbatim(c.From)
	}
	if to.IsZero() && c.To != "" {
		to = message.Verbatim(c.To)
	}
	return from, to
}

// PlanOptions are the inputs of a plan besides the desired and the actual state.
type PlanOptions struct {
	// NewValues are the keys of the secrets for which a new value is available.
	NewValues map[string]bool
	// Shared allows altering objects that others created or share.
	Shared bool
	// Created are the objects that sleet created, according to the journal.
	Created map[Ref]bool
	// HandedOver are the grants that an administrator was asked for, according to the journal.
	HandedOver map[Ref]bool
	// Set are the marks of the properties that sleet last set, according to the journal.
	Set map[Ref]PropertyHashes
}

// NewPlan compares what an app needs with what the account has. It does no I/O. A plan drops nothing, and replaces only
// objects that belong to the app alone. A change that the account will probably refuse is planned with a warning: the
// account decides.
func NewPlan(desired DesiredResources, account Account, o PlanOptions) Plan {
	p := newPlanner(desired, account, o)
	plan := Plan{Items: make([]Item, 0, len(desired.List))}
	for _, resource := range desired.List {
		item := p.item(resource)
		p.state[resource.Ref] = item.Action
		plan.Items = append(plan.Items, item)
	}
	return plan
}

// planner builds one plan.
type planner struct {
	account Account
	options PlanOptions
	desired DesiredResources
	// state has the actions planned so far.
	state map[Ref]Action
	// refs, grants and at index the desired resources: all of them by Ref, grants by privilege, all others by place.
	refs   map[Ref]Resource
	grants map[Privilege]Resource
	at     map[place][]Resource
	// integrations are the integrations among the desired resources.
	integrations []Resource
	// owners are the owners of the existing objects, by place.
	owners map[place][]Name
}

// place is the object of a privilege.
type place struct {
	on   string
	name Name
}

// newPlanner indexes the desired resources and the account's objects, because planning looks up each resource several
// times.
func newPlanner(desired DesiredResources, account Account, o PlanOptions) planner {
	p := planner{
		account: account, options: o, desired: desired, state: map[Ref]Action{},
		refs: map[Ref]Resource{}, grants: map[Privilege]Resource{}, at: map[place][]Resource{}, owners: map[place][]Name{},
	}
	for _, x := range desired.List {
		p.refs[x.Ref] = x
		if x.Kind == KindGrant {
			if _, there := p.grants[x.Grant]; !there {
				p.grants[x.Grant] = x
			}
			continue
		}
		if x.Kind == KindIntegration {
			p.integrations = append(p.integrations, x)
		}
		on := place{x.Kind.On(), x.Name}
		p.at[on] = append(p.at[on], x)
	}
	for ref, found := range account.Found {
		if ref.Kind != KindGrant && !found.Owner.IsZero() {
			on := place{ref.Kind.On(), ref.Name}
			p.owners[on] = append(p.owners[on], found.Owner)
		}
	}
	return p
}

// item plans one resource.
func (p *planner) item(x Resource) Item {
	item := Item{Resource: x, Action: ActionSame}
	switch x.Kind {
	case KindGrant:
		p.grant(&item)
	case KindRole:
		if lacking := p.lacking(x); len(lacking) > 0 {
			p.warn(&item, lacking)
		}
	case KindUpload:
		p.upload(&item)
	default:
		p.compare(&item)
	}
	if item.Action != ActionSame {
		p.block(&item)
	}
	if item.Action == ActionCreate || item.Action == ActionAlter {
		item.Handover, item.HandoverIfExists = p.remedy(item), p.grantsIfExists(item.Resource)
	}
	return item
}

// grant plans a grant. If the person cannot see the role's grants and the object does not show the grant either, its
// existence is unknown: it is granted if the person may grant it, and requested from an administrator once otherwise.
func (p *planner) grant(item *Item) {
	if p.holds(item.Grant) || served(p.integrations, p.account, item.Grant) {
		return
	}
	p.create(item)
	if p.account.Roles.Known[item.Grant.Role] || !p.options.HandedOver[item.Ref] || item.Action == ActionCreate && item.Reason.IsZero() {
		return
	}
	item.Action, item.Statements, item.Handover, item.NotVisible = ActionSame, nil, p.grantStatements([]Privilege{item.Grant}), true
	item.Reason = message.New("planned.grant_unseen", "role", item.Grant.Role.SQL())
}

// compare plans a resource that has properties.
func (p *planner) compare(item *Item) {
	found := p.account.Found[item.Ref]
	absent := found.Presence == Absent || found.Presence == Unknown
	switch {
	case found.Kind != "" && found.Kind != item.Kind:
		item.cannot(nameTaken(found.Kind), nil)
	case p.trial(item.Resource):
		item.cannot(message.New("planned.trial"), nil)
	case !item.Managed:
		p.checkUsed(item, found)
	case found.Presence == Hidden:
		p.create(item)
		item.Reason = message.New("planned.hidden", "role", item.Owner.SQL(), "refused", found.Refused)
	case absent:
		p.create(item)
		p.forecast(item, p.forbidden(item.Resource))
	case !incompatible(item.Resource, found).IsZero():
		item.cannot(incompatible(item.Resource, found), nil)
	default:
		p.alter(item, found)
	}
}

// checkUsed plans an object that the app uses and does not manage. An object that is known to be unsuitable blocks what
// depends on it; one that is not visible or only inconvenient gets a note.
func (p *planner) checkUsed(item *Item, found Observed) {
	if found.Presence == Present {
		if why := incompatible(item.Resource, found); !why.IsZero() {
			item.cannot(why, nil)
			return
		}
		for _, property := range item.Properties {
			if change, differs := property.differs(found); differs {
				item.cannot(message.New("planned.taken_for", "property", property.Name, "from", change.From, "to", change.To), nil)
				return
			}
		}
		p.forecast(item, unsuitable(item.Resource, found))
		if lacking := p.lacking(item.Resource); len(lacking) > 0 {
			p.warn(item, lacking)
		}
		return
	}
	switch {
	case !p.available(item.Owner):
		item.Reason = message.New("planned.unseen", "why", p.noRole(item.Owner))
	case found.Presence == Hidden:
		p.forecast(item, message.New("planned.hidden", "role", item.Owner.SQL(), "refused", found.Refused))
	case found.Presence == Absent:
		p.forecast(item, p.notSeen(item.Resource))
	}
	for _, need := range item.Needs {
		if _, planned := p.plannedGrant(need); !planned {
			item.Handover = append(item.Handover, p.grantStatements([]Privilege{need})...)
		}
	}
}

// notSeen explains what it means that the account does not show an object that the app uses.
func (p *planner) notSeen(x Resource) message.Message {
	if x.Kind == KindWarehouse {
		return message.New("planned.warehouse_missing", "role", x.Owner.SQL())
	}
	return message.New("planned.missing", "role", x.Owner.SQL())
}

// create plans the creation of a missing resource, if the person can take the role.
func (p *planner) create(item *Item) {
	item.Action = ActionCreate
	if item.Kind == KindGrant {
		item.Owner = p.granter(item.Resource)
	}
	item.Statements = item.Create(p.desired.Spelling)
	if !p.available(item.Owner) {
		item.cannot(p.noRole(item.Owner), nil)
		item.Handover = p.remedy(*item)
		return
	}
	if item.Kind == KindGrant {
		p.forecast(item, p.grantForecast(item.Resource))
	} else if lacking := p.lacking(item.Resource); len(lacking) > 0 {
		p.warn(item, lacking)
	}
	if len(item.Slots()) > 0 && !p.options.NewValues[item.Key] {
		item.NeedsValue = true
	}
}

// upload plans an upload. Which files to send is known only once they have been compared, so the executor decides.
func (p *planner) upload(item *Item) {
	found, asked := p.account.Found[item.Ref]
	files := found.Files
	if asked && found.Presence == Present && (files == nil || len(files.Changed) == 0) {
		return
	}
	item.Action = ActionCreate
	if found.Presence == Present {
		item.Action = ActionAlter
	}
	if files != nil && !files.Done.IsZero() {
		item.Changes = []Change{{
			Property: "FILES", From: files.Kept.String(), To: files.Done.String(), FromText: files.Kept, ToText: files.Done,
		}}
	}
	item.Statements = item.Create(p.desired.Spelling)
	if !p.available(item.Owner) {
		item.cannot(p.noRole(item.Owner), nil)
	}
}

// forecast adds a prediction of the account's answer to the item's reason; a zero message is ignored.
func (p *planner) forecast(item *Item, why message.Message) {
	switch {
	case why.IsZero():
	case item.Reason.IsZero():
		item.Reason = why
	default:
		item.Reason = message.New("planned.and", "first", item.Reason, "then", why)
	}
}

// warn adds a forecast that the account will refuse the item because its role lacks privileges.
func (p *planner) warn(item *Item, lacking []Privilege) {
	words := make([]message.Message, 0, len(lacking))
	for _, need := range lacking {
		words = append(words, need.text())
	}
	role, privileges := item.Owner.SQL(), message.Join(", ", words...)
	why := message.New("planned.may_be_refused", "role", role, "privileges", privileges)
	if item.Kind == KindWarehouse {
		why = message.New("planned.warehouse_lacks", "role", role, "privileges", privileges)
	}
	p.forecast(item, why)
	if item.Action == ActionSame {
		item.Handover = p.grantStatements(lacking)
	}
}

// block blocks an item that depends on one that cannot be applied. Other privileges that its role lacks are handed over
// all the same, so that an administrator is asked only once.
func (p *planner) block(item *Item) {
	seen := map[Ref]bool{}
	for _, ref := range p.dependencies(item.Resource) {
		if p.state[ref] == ActionCannot && !seen[ref] {
			seen[ref] = true
			item.Blocked = append(item.Blocked, ref)
		}
	}
	if len(item.Blocked) == 0 {
		return
	}
	names := make([]Ref, 0, len(item.Blocked))
	implied := p.implied(item.Blocked)
	for _, ref := range item.Blocked {
		if !implied[ref] {
			names = append(names, ref)
		}
	}
	reason := message.New("planned.waits", "objects", refTexts(names))
	fix := item.Handover
	if item.Action == ActionCannot || !item.Reason.IsZero() {
		reason = message.New("planned.and", "first", item.Reason, "then", reason)
	}
	if item.Action != ActionCannot {
		fix = p.grantStatements(p.lacking(item.Resource))
	}
	item.cannot(reason, fix)
	item.NeedsValue = false
}

// cannot marks an item as impossible, with the statements for an administrator.
func (i *Item) cannot(reason message.Message, fix []Statement) {
	i.Action, i.Reason, i.Handover, i.Statements = ActionCannot, reason, fix, nil
}
