package snowflake

import (
	"slices"
	"strings"
)

// NewPlan sets what an app wants beside what the account has. It does no I/O. Nothing is dropped,
// and nothing that exists is made anew but what is the app's alone.
func NewPlan(objects []Object, account Account, o PlanOptions) Plan {
	p := planner{account: account, options: o, wanted: objects, state: map[Ref]Action{}}
	plan := Plan{Items: make([]Item, 0, len(objects))}
	for _, object := range objects {
		item := p.item(object)
		p.state[object.Ref] = item.Action
		plan.Items = append(plan.Items, item)
	}
	return plan
}

// planner makes one plan.
type planner struct {
	account Account
	options PlanOptions
	wanted  []Object
	// state is what the plan does about the objects so far.
	state map[Ref]Action
}

// item decides about one object.
func (p *planner) item(x Object) Item {
	item := Item{Object: x, Action: ActionSame}
	switch {
	case x.Grant != nil:
		if !p.granted(*x.Grant) && !p.served(*x.Grant) {
			p.create(&item)
		}
	case x.Kind == KindRole:
		if reason, mend, ok := p.may(x); !ok {
			item.cannot(reason, mend)
		}
	case x.Kind == KindUpload:
		// What is to be sent is known only once the files are compared.
		p.upload(&item)
	default:
		p.compare(&item)
	}
	if item.Action == ActionCreate || item.Action == ActionAlter || item.Action == ActionCannot && p.available(x.Role) {
		p.waits(&item)
	}
	return item
}

// served says whether a grant has done its work, where its role's grants are not the person's to
// see. What the administrator's role is granted here is what CREATE EXTERNAL ACCESS INTEGRATION takes:
// USAGE on each secret and on its schema. Once the integration is there and names them, nothing takes
// those grants any more; and while it names one of them no longer, its item says so and is altered.
// https://docs.snowflake.com/en/sql-reference/sql/create-external-access-integration
func (p *planner) served(g Privilege) bool {
	if p.account.Roles.Known[storedName(g.Role)] {
		return false
	}
	return slices.ContainsFunc(p.wanted, func(w Object) bool {
		if w.Kind != KindIntegration || !Same(w.Role, g.Role) || p.account.Found[w.Ref].Presence != Present {
			return false
		}
		if g.On != "SECRET" {
			return true
		}
		named := p.account.Found[w.Ref].Lists["ALLOWED_AUTHENTICATION_SECRETS"]
		return slices.ContainsFunc(named, func(n string) bool { return storedName(n) == storedName(g.Object) })
	})
}

// compare decides about an object that has properties.
func (p *planner) compare(item *Item) {
	found := p.account.Found[item.Ref]
	switch {
	case found.Kind != "" && found.Kind != item.Kind:
		item.cannot(taken(found.Kind), nil)
	case p.barred(item.Object):
		item.cannot(say("planned.trial"), nil)
	case found.Presence == Hidden:
		item.cannot(say("planned.hidden", "role", item.Role, "refused", found.Refused), p.grantsFor(item.Object))
	case found.Presence == Absent && len(item.Create) == 0 && !p.available(item.Role):
		item.Reason = say("planned.unseen", "why", p.noRole(item.Role))
	case found.Presence == Absent && len(item.Create) == 0:
		item.cannot(say("planned.missing", "role", item.Role), p.grantsFor(item.Object))
	case found.Presence == Absent && !p.forbidden(item.Object).IsZero():
		item.cannot(p.forbidden(item.Object), nil)
	case found.Presence == Absent:
		p.create(item)
	case !unfit(item.Object, found).IsZero():
		item.cannot(unfit(item.Object, found), nil)
	case len(item.Create) == 0:
		p.used(item, found)
	default:
		p.alter(item, found)
	}
}

// used decides about what is of others and there: it must be what the app takes it for.
func (p *planner) used(item *Item, found Found) {
	for _, property := range item.Properties {
		if change, _, differs := property.differs(found); differs {
			item.cannot(say("planned.taken_for", "property", property.Name, "from", change.From, "to", change.To), nil)
			return
		}
	}
	if reason, mend, ok := p.may(item.Object); !ok {
		item.cannot(reason, mend)
	}
}

// create makes what is missing, where the person may.
func (p *planner) create(item *Item) {
	item.Action = ActionCreate
	item.Statements = slices.Clone(item.Create)
	if reason, mend, ok := p.may(item.Object); !ok {
		item.cannot(reason, mend)
		return
	}
	for _, st := range item.Create {
		if len(st.Slots) > 0 && !p.options.Given[item.Key] {
			item.NeedsValue = true
		}
	}
}

// upload leaves the decision about files to what runs the plan.
func (p *planner) upload(item *Item) {
	found, asked := p.account.Found[item.Ref]
	if asked && found.Presence == Present && len(found.Lists["CHANGED"]) == 0 {
		return
	}
	item.Action = ActionCreate
	if found.Presence == Present {
		item.Action = ActionAlter
	}
	if found.Values["NEW"] != "" {
		item.Changes = []Change{{
			Property: "FILES", From: found.Values["OLD"], To: found.Values["NEW"], FromText: found.Texts["OLD"], ToText: found.Texts["NEW"],
		}}
	}
	item.Statements = slices.Clone(item.Create)
	if !p.available(item.Role) {
		item.cannot(p.noRole(item.Role), nil)
	}
}

// alter changes what differs.
func (p *planner) alter(item *Item, found Found) {
	if item.Key != "" && item.Value != nil && p.options.Given[item.Key] {
		item.Changes = append(item.Changes, Change{Property: "VALUE", From: "******", To: "******"})
		item.Statements = append(item.Statements, *item.Value)
	}
	sets, again, ok := p.sets(item, found)
	if !ok {
		return
	}
	if again {
		item.Statements = append(item.Statements, item.Create...)
	}
	if len(sets) > 0 {
		item.Statements = append(item.Statements, Statement{
			Kind: item.Kind, Name: item.Name, Role: item.Role,
			SQL: Clauses("ALTER "+strings.ToUpper(string(item.Kind))+" "+item.Name+" SET", sets...),
		})
	}
	if live := missingLive(item.Object, found); live != nil {
		item.Statements = append(item.Statements, *live)
		item.Changes = append(item.Changes, Change{Property: "LIVE VERSION", To: "LAST"})
	}
	if len(item.Statements) == 0 {
		return
	}
	item.Action = ActionAlter
	item.Ask = p.shared(item.Object, found)
	p.mayAlter(item, found)
}

// sets are the properties to set; again says that the object is to be made anew instead. Where one
// cannot be changed, ok is false.
func (p *planner) sets(item *Item, found Found) (sets []string, again, ok bool) {
	for _, property := range item.Properties {
		change, sql, differs := property.differs(found)
		if !differs {
			continue
		}
		if property.Fixed {
			item.cannot(say("planned.fixed", "property", property.Name, "from", change.From, "to", change.To), nil)
			return nil, false, false
		}
		item.Changes = append(item.Changes, change)
		if item.Replace {
			again = true
			continue
		}
		sets = append(sets, property.Name+" = "+sql)
	}
	for _, property := range item.Properties {
		change, sql, unseen := property.unseen(found)
		if unseen && (len(sets) > 0 || p.sends(property.With)) {
			item.Changes = append(item.Changes, change)
			sets = append(sets, property.Name+" = "+sql)
		}
	}
	return sets, again, true
}

// sends says whether the plan sends one of some files.
func (p *planner) sends(files []string) bool {
	for ref, found := range p.account.Found {
		if ref.Kind != KindUpload {
			continue
		}
		if slices.ContainsFunc(found.Lists["CHANGED"], func(sent string) bool { return slices.Contains(files, sent) }) {
			return true
		}
	}
	return false
}

// missingLive is the statement that gives an app its live version, where it has none.
func missingLive(x Object, found Found) *Statement {
	if x.Kind != KindStreamlit || found.Values["LIVE_VERSION"] != "" || found.Values["ROOT_LOCATION"] != "" || len(x.Create) < 2 {
		return nil
	}
	return &x.Create[len(x.Create)-1]
}

// waits puts an item off that stands on one that cannot be. What its role lacks besides is handed
// over all the same, so that an administrator is asked once.
func (p *planner) waits(item *Item) {
	for _, ref := range p.standsOn(item.Object) {
		if p.state[ref] == ActionCannot && !slices.Contains(item.Blocked, ref) {
			item.Blocked = append(item.Blocked, ref)
		}
	}
	if len(item.Blocked) == 0 {
		return
	}
	names := make([]Ref, 0, len(item.Blocked))
	for _, ref := range item.Blocked {
		if !p.implied(ref, item.Blocked) {
			names = append(names, ref)
		}
	}
	reason := say("planned.waits", "objects", refTexts(names))
	if item.Action == ActionCannot {
		reason = say("planned.and", "first", item.Reason, "then", reason)
	}
	item.cannot(reason, item.Handover)
	item.NeedsValue = false
}

// implied says whether another of a list waits for ref as well, and so says as much.
func (p *planner) implied(ref Ref, list []Ref) bool {
	return slices.ContainsFunc(p.wanted, func(w Object) bool {
		return w.Ref != ref && slices.Contains(list, w.Ref) && slices.Contains(p.standsOn(w), ref)
	})
}

// standsOn are what an object uses, and the grants of this plan that it needs.
func (p *planner) standsOn(x Object) []Ref {
	list := slices.Clone(x.Uses)
	for _, need := range x.Needs {
		if grant, ok := p.plannedGrant(need); ok {
			list = append(list, grant.Ref)
		}
	}
	return list
}

// cannot marks an item as one that cannot be, with what mends it.
func (i *Item) cannot(reason Text, mend []Statement) {
	i.Action, i.Reason, i.Handover = ActionCannot, reason, mend
	if len(mend) > 0 {
		i.Statements = nil
	}
}

// asRole gives statements with another role.
func asRole(list []Statement, role string) []Statement {
	other := slices.Clone(list)
	for i := range other {
		other[i].Role = role
	}
	return other
}

// taken says what has an object's name.
func taken(k Kind) Text {
	if k != "" && strings.ContainsRune("aeio", rune(k[0])) {
		return say("planned.name_taken_an", "kind", k.Text())
	}
	return say("planned.name_taken_a", "kind", k.Text())
}
