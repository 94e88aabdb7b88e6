package snowflake

import "sleet/ui/message"

// Action is what a plan does about one resource.
type Action string

// The actions, by the words of `sleet apply --plan --json`.
const (
	ActionCreate Action = "create"
	ActionAlter  Action = "alter"
	ActionSame   Action = "same"
	ActionCannot Action = "cannot"
	ActionDrop   Action = "drop" // in the plan of `sleet destroy` only
)

// Text is the action's word.
func (a Action) Text() message.Message {
	return message.New(message.ID("planned.action." + string(a)))
}

// Plan is what it takes to make the account as the app wants it, in order.
type Plan struct{ Items []Item }

// Item is what a plan does about one resource.
type Item struct {
	Resource
	Action Action
	// Changes are the properties that differ.
	Changes []Change
	// Statements are what runs, in order, each with its role; values of secrets are placeholders.
	Statements []Statement
	// Reason says why the resource cannot be made or changed, or what to know about it: where Action is
	// another than ActionCannot it is a forecast, and the account decides.
	Reason message.Message
	// Ask reports whether others made it or share it: it is altered only after a yes.
	Ask bool
	// Handover are the statements with which an administrator makes it possible: of an item that cannot
	// be, and of one that the account refuses.
	Handover []Statement
	// IfThere are those where the account says that it exists and may not be used, which sets Exists.
	IfThere []Statement
	Exists  bool
	// Blocked names what it waits for: an item that cannot be.
	Blocked []Ref
	// NeedsValue reports whether a value of the secret Key must be given first.
	NeedsValue bool
	// Unseen says of a grant that the account does not show it, and that an administrator was asked for it:
	// whether it is there is unknown.
	Unseen bool
	// NotShown are properties that a run of sleet set to what is wanted, and that the account does not show.
	NotShown []string
}

// Fixes returns what an administrator runs, where that is known to be needed, or may be.
func (i Item) Fixes() []Statement {
	if i.Action == ActionCannot || !i.Reason.IsZero() {
		return i.Handover
	}
	return nil
}

// Change is one property that differs. FromText and ToText say From and To where these are words and
// no value.
type Change struct {
	Property, From, To string
	FromText, ToText   message.Message
}

// Words give what a property is and what it becomes, for a language to have its own words for.
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

// PlanOptions are what the person said beforehand.
type PlanOptions struct {
	// Given are the keys of secrets for which a new value is at hand.
	Given map[string]bool
	// Shared allows what others made or share to be altered.
	Shared bool
	// Made are the objects that sleet made before, by the journal.
	Made map[Ref]bool
	// HandedOver are the grants that an administrator was asked for, by the journal.
	HandedOver map[Ref]bool
	// Set are the marks of the properties that runs of sleet set last, by the journal.
	Set map[Ref]Marks
}

// NewPlan sets what an app wants beside what the account has. It does no I/O. Nothing is dropped, and
// nothing that exists is made again but what is the app's alone. What it expects the account to refuse
// is planned all the same, with a warning: the account decides.
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

// planner makes one plan.
type planner struct {
	account Account
	options PlanOptions
	desired DesiredResources
	// state is what the plan does about the resources so far.
	state map[Ref]Action
	// refs and grants are the wanted resources by what they are, at those by where they are, but for grants.
	refs   map[Ref]Resource
	grants map[Privilege]Resource
	at     map[place][]Resource
	// integrations are those that the app wants.
	integrations []Resource
	// owners are those of what the account has, by its place.
	owners map[place][]Name
}

// place is what a privilege is on.
type place struct {
	on   string
	name Name
}

// newPlanner sorts what is wanted and what is there by what is asked of it: a plan asks once or more for each resource.
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

// item decides about one resource.
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
		p.waits(&item)
	}
	if item.Action == ActionCreate || item.Action == ActionAlter {
		item.Handover, item.IfThere = p.remedy(item), p.ifThere(item.Resource)
	}
	return item
}

// grant decides about a grant. One to a role whose grants the person may not see is unknown where it is not
// shown on its object either: it is given where that is the person's to do, and asked of an administrator
// once.
func (p *planner) grant(item *Item) {
	if p.held(item.Grant) || served(p.integrations, p.account, item.Grant) {
		return
	}
	p.create(item)
	if p.account.Roles.Known[item.Grant.Role] || !p.options.HandedOver[item.Ref] || item.Action == ActionCreate && item.Reason.IsZero() {
		return
	}
	item.Action, item.Statements, item.Handover, item.Unseen = ActionSame, nil, p.giving([]Privilege{item.Grant}), true
	item.Reason = message.New("planned.grant_unseen", "role", item.Grant.Role.SQL())
}

// compare decides about a resource that has properties.
func (p *planner) compare(item *Item) {
	found := p.account.Found[item.Ref]
	absent := found.Presence == Absent || found.Presence == Unknown
	switch {
	case found.Kind != "" && found.Kind != item.Kind:
		item.cannot(nameTaken(found.Kind), nil)
	case p.trial(item.Resource):
		item.cannot(message.New("planned.trial"), nil)
	case !item.Managed:
		p.used(item, found)
	case found.Presence == Hidden:
		p.create(item)
		item.Reason = message.New("planned.hidden", "role", item.Owner.SQL(), "refused", found.Refused)
	case absent:
		p.create(item)
		p.forecast(item, p.unwelcome(item.Resource))
	case !incompatible(item.Resource, found).IsZero():
		item.cannot(incompatible(item.Resource, found), nil)
	default:
		p.alter(item, found)
	}
}

// used decides about what others have and the app uses. What is known to be another thing than the app
// takes it for stops what needs it; what is not seen, or does not suit, is only said.
func (p *planner) used(item *Item, found Observed) {
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
		p.forecast(item, unsuited(item.Resource, found))
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
	item.Handover = p.giving(item.Needs)
}

// notSeen says what it means that the account does not show something that the app uses.
func (p *planner) notSeen(x Resource) message.Message {
	if x.Kind == KindWarehouse {
		return message.New("planned.warehouse_missing", "role", x.Owner.SQL())
	}
	return message.New("planned.missing", "role", x.Owner.SQL())
}

// create makes what is missing, where the person can take the role.
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
	if len(item.Slots()) > 0 && !p.options.Given[item.Key] {
		item.NeedsValue = true
	}
}

// upload leaves the decision about files to what runs the plan: what is to be sent is known only once
// the files are compared.
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

// forecast adds what the account may say, in words; nothing where there is nothing to say.
func (p *planner) forecast(item *Item, why message.Message) {
	switch {
	case why.IsZero():
	case item.Reason.IsZero():
		item.Reason = why
	default:
		item.Reason = message.New("planned.and", "first", item.Reason, "then", why)
	}
}

// warn forecasts a refusal for want of privileges.
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
		item.Handover = p.giving(lacking)
	}
}

// waits puts an item off that stands on one that cannot be. What its role lacks besides is handed over
// all the same, so that an administrator is asked once.
func (p *planner) waits(item *Item) {
	seen := map[Ref]bool{}
	for _, ref := range p.standsOn(item.Resource) {
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
		fix = p.giving(p.lacking(item.Resource))
	}
	item.cannot(reason, fix)
	item.NeedsValue = false
}

// cannot marks an item as one that cannot be, with what an administrator runs.
func (i *Item) cannot(reason message.Message, fix []Statement) {
	i.Action, i.Reason, i.Handover, i.Statements = ActionCannot, reason, fix, nil
}
