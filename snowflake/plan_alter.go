package snowflake

import (
	"slices"
	"strings"

	"sleet/ui/message"
)

// alter plans the changes to an existing resource.
func (p *planner) alter(item *Item, found Observed) {
	s := p.desired.Spelling
	if value, ok := item.SetValue(s); ok && p.options.NewValues[item.Key] {
		item.Changes = append(item.Changes, Change{Property: "VALUE", From: mask, To: mask})
		item.Statements = append(item.Statements, value)
	}
	c, ok := p.changes(item, found)
	if !ok {
		return
	}
	if c.replace {
		item.Statements = append(item.Statements, item.Create(s)...)
	}
	if len(c.unsetFirst) > 0 {
		item.Statements = append(item.Statements, item.Alter(s, "UNSET "+joined(c.unsetFirst)))
	}
	if len(c.sets) > 0 {
		item.Statements = append(item.Statements, item.Alter(s, "SET", c.sets...))
	}
	if len(c.unset) > 0 {
		item.Statements = append(item.Statements, item.Alter(s, "UNSET "+joined(c.unset)))
	}
	if live, known := found.Values["LIVE_VERSION"]; item.Kind == KindStreamlit && found.Values["ROOT_LOCATION"] == "" && (!known || live == "") {
		item.Changes = append(item.Changes, Change{Property: "LIVE VERSION", To: "LAST"})
		item.Statements = append(item.Statements, item.AddLiveVersion(s))
	}
	if len(item.Statements) == 0 {
		return
	}
	item.Action = ActionAlter
	if slices.ContainsFunc(item.Changes, func(c Change) bool { return c.Property == runtimeName }) {
		p.forecast(item, p.forbidden(item.Resource))
	}
	item.Ask = !item.Replace && len(item.Changes) > 0 && p.shared(item.Resource, found)
	p.mayAlter(item, found)
}

// changes are the parts of an ALTER.
type changes struct {
	sets, unset []string
	// unsetFirst must be unset before the rest is set. replace runs CREATE again.
	unsetFirst []string
	replace    bool
}

// changes compares the properties; ok is false if one that differs cannot be changed.
func (p *planner) changes(item *Item, found Observed) (c changes, ok bool) {
	switching := false
	if runtime, has := item.Property(runtimeName); has {
		_, switching = runtime.differs(found)
	}
	for _, property := range item.Properties {
		switch {
		case property.Created:
			continue
		case property.Default && !(property.Switch && switching && !isShown(found, property.Name)):
			continue
		}
		if switching && property.Name == computePool && property.Value.Empty() && inContainer(item.Resource) && !isShown(found, computePool) {
			property.Value = p.defaultPool()
		}
		property = p.markStale(item.Ref, property, found)
		change, differs := property.differs(found)
		if !differs {
			change, differs = p.unseen(item, property, found)
		}
		switch {
		case !differs:
			continue
		case property.Fixed:
			item.cannot(message.New("planned.fixed", "property", property.Name, "from", change.From, "to", change.To), nil)
			return c, false
		}
		item.Changes = append(item.Changes, change)
		property.Value = property.merged(found)
		switch {
		case item.Replace:
			c.replace = true
		case !property.Value.Empty() || !unsettable(property):
			c.sets = append(c.sets, property.set(p.desired.Spelling))
		case switching:
			c.unsetFirst = append(c.unsetFirst, property.Name) // the other runtime may not accept it
		default:
			c.unset = append(c.unset, property.Name)
		}
	}
	p.setUnshown(item, found, &c)
	p.unsetLeftovers(item, found, &c)
	return c, true
}

// defaultPool returns the account's default compute pool, without a value if it is unknown. A switch to the container
// runtime must name a pool; CREATE STREAMLIT need not.
// https://docs.snowflake.com/en/sql-reference/sql/alter-streamlit
func (p *planner) defaultPool() Value {
	if pool := p.account.Parameters[defaultComputePool]; pool != "" {
		return NameValue(ShownName(pool))
	}
	return Value{}
}

// setUnshown sets properties that the account does not show, together with the files that they belong to.
func (p *planner) setUnshown(item *Item, found Observed, c *changes) {
	for _, property := range item.Properties {
		if len(property.With) == 0 || property.Value.Empty() || isShown(found, property.Name) {
			continue
		}
		if len(c.sets) == 0 && !p.sends(property.With) {
			continue
		}
		unknown := message.New("planned.not_shown")
		item.Changes = append(item.Changes, Change{Property: property.Name, From: unknown.String(), FromText: unknown, To: property.Value.String()})
		c.sets = append(c.sets, property.set(p.desired.Spelling))
	}
}

// unsetLeftovers unsets what an earlier state of the answers left on an app: package repositories that the runtime does
// not use, which must be unset before the runtime is switched.
// https://docs.snowflake.com/en/sql-reference/sql/alter-streamlit
func (p *planner) unsetLeftovers(item *Item, found Observed, c *changes) {
	if item.Kind != KindStreamlit {
		return
	}
	_, wanted := item.Property(repositories)
	switching := slices.ContainsFunc(item.Changes, func(c Change) bool { return c.Property == runtimeName })
	switch {
	case wanted:
	case switching && !isShown(found, repositories):
		c.unsetFirst = append(c.unsetFirst, repositories)
	case len(found.Lists[repositories]) > 0:
		item.Changes = append(item.Changes, Change{Property: repositories, From: entriesText(found.Lists[repositories])})
		c.unsetFirst = append(c.unsetFirst, repositories)
	}
}

// Properties of an app that depend on its runtime.
const (
	runtimeName  = "RUNTIME_NAME"
	computePool  = "COMPUTE_POOL"
	repositories = "ARTIFACT_REPOSITORIES"
)

// defaultComputePool is the account parameter with the pool of apps that name none.
const defaultComputePool = "DEFAULT_STREAMLIT_COMPUTE_POOL"

// inContainer reports whether an app is to run in a container.
func inContainer(x Resource) bool {
	runtime, _ := x.Property(runtimeName)
	return strings.Contains(runtime.Value.String(), "CONTAINER")
}

// markStale marks the list entries that earlier runs attached and the answers no longer have as stale: objects that sleet
// created, bindings of secrets that the app now reads in another way, and every entry of a list that is as sleet last set
// it. All other entries belong to others.
func (p *planner) markStale(ref Ref, property Property, found Observed) Property {
	entries, isList := property.Value.List()
	if !isList {
		return property
	}
	shown := found.Lists[property.Name]
	unchanged := len(shown) > 0 && p.options.Set[ref][property.Name] == Property{Name: property.Name, Value: ListValue(shown)}.mark()
	property.stale = slices.DeleteFunc(slices.Clone(shown), func(e Entry) bool {
		return e.position(entries) >= 0 || !unchanged && !p.createdEarlier(e.Name) && !p.declares(e.Key)
	})
	return property
}

// declares reports whether the app has a secret with a key.
func (p *planner) declares(key string) bool {
	return key != "" && slices.ContainsFunc(p.desired.List, func(x Resource) bool {
		return x.Kind == KindSecret && strings.EqualFold(x.Key, key)
	})
}

// createdEarlier reports whether earlier runs created an object that the app no longer needs.
func (p *planner) createdEarlier(name Name) bool {
	if name.IsZero() || slices.ContainsFunc(p.desired.List, func(x Resource) bool { return x.Name == name && x.Kind != KindGrant }) {
		return false
	}
	for ref := range p.options.Created {
		if ref.Name == name && (ref.Kind == KindIntegration || ref.Kind == KindSecret || ref.Kind == KindNetworkRule) {
			return true
		}
	}
	return false
}

// unsettable reports whether UNSET clears an empty list. The other lists must not be empty.
func unsettable(p Property) bool {
	_, isList := p.Value.List()
	return isList && (p.Name == "SECRETS" || p.Name == "EXTERNAL_ACCESS_INTEGRATIONS")
}

// sends reports whether the plan uploads any of the files.
func (p *planner) sends(files []string) bool {
	for ref, found := range p.account.Found {
		if ref.Kind != KindUpload || found.Files == nil {
			continue
		}
		if slices.ContainsFunc(found.Files.Changed, func(sent string) bool { return slices.Contains(files, sent) }) {
			return true
		}
	}
	return false
}

// mayAlter forecasts whether the role may alter the object: the owner may, a role that has the owner's role may, and
// for secrets so may a role with MODIFY.
func (p *planner) mayAlter(item *Item, found Observed) {
	switch {
	case item.Ask && !p.options.Shared:
		item.cannot(message.New("planned.ask", "whose", p.whose(item.Resource, found)), nil)
	case !p.available(item.Owner):
		fix := item.Statements
		item.cannot(p.noRole(item.Owner), fix)
	case !found.Owner.IsZero() && !p.has(item.Owner, found.Owner) && !p.modifies(item.Resource):
		p.forecast(item, message.New("planned.owned", "owner", found.Owner.SQL()))
	}
}

// modifies reports whether a role may alter an object that it does not own. Of an app's objects, only a secret can be
// altered with MODIFY; a network rule, an integration and an app require OWNERSHIP.
// https://docs.snowflake.com/en/sql-reference/sql/alter-secret
// https://docs.snowflake.com/en/sql-reference/sql/alter-network-rule
// https://docs.snowflake.com/en/sql-reference/sql/alter-streamlit
func (p *planner) modifies(x Resource) bool {
	return x.Kind == KindSecret && slices.Contains(p.account.Roles.PrivilegesOn(x.Owner, x.Ref), "MODIFY")
}

// users returns the objects that use an object and are not part of the app. A function that an earlier run created for the
// app, such as the one of a secret that the answers no longer have, is part of it.
func (p *planner) users(found Observed) []Ref {
	return slices.DeleteFunc(slices.Clone(found.Users), func(user Ref) bool {
		return user.Kind == KindFunction && p.options.Created[user] || slices.ContainsFunc(p.desired.List, func(x Resource) bool { return x.Kind == user.Kind && x.Name == user.Name })
	})
}

// shared reports whether others created an object, or use it besides the app.
func (p *planner) shared(x Resource, found Observed) bool {
	switch {
	case len(p.users(found)) > 0:
		return true
	case p.options.Created[x.Ref]:
		return false
	case !found.Owner.IsZero():
		return found.Owner != x.Owner
	default:
		return x.Kind == KindIntegration && p.ownedElsewhere(x)
	}
}

// ownedElsewhere reports whether an object with no visible owner belongs to a role other than the app's. DESCRIBE
// INTEGRATION shows no owner, but the grants of a role show what it owns.
func (p *planner) ownedElsewhere(x Resource) bool {
	if !p.account.Roles.Known[x.Owner] {
		return false
	}
	return !p.granted(Privilege{Name: ownership, On: x.Kind.On(), Object: x.Name, Role: x.Owner})
}

// whose describes who else uses or owns an object.
func (p *planner) whose(x Resource, found Observed) message.Message {
	users := p.users(found)
	switch {
	case len(users) > 2:
		return message.New("planned.shared_by_many", "user", users[0].Text(), "other", users[1].Text())
	case len(users) == 2:
		return message.New("planned.shared_by_two", "user", users[0].Text(), "other", users[1].Text())
	case len(users) == 1:
		return message.New("planned.shared_by", "users", users[0].Text())
	case !found.Owner.IsZero() && found.Owner != x.Owner:
		return message.New("planned.made_by", "owner", found.Owner.SQL())
	default:
		return message.New("planned.made_elsewhere", "role", x.Owner.SQL())
	}
}
