package snowflake

// Action is what a plan does about one object.
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
func (a Action) Text() Text {
	if id := "planned.action." + string(a); say(id).ID == id {
		return say(id)
	}
	return Verbatim(string(a))
}

// Plan is what it takes to make the account as the app wants it, in order.
type Plan struct{ Items []Item }

// Item is what a plan does about one object.
type Item struct {
	Object
	Action Action
	// Changes are the properties that differ.
	Changes []Change
	// Statements are what runs, in order, each with its role; values of secrets are placeholders.
	Statements []Statement
	// Reason says why the object cannot be made or changed, or what to know about it.
	Reason Text
	// Ask says that others made it or share it: it is altered only after a yes.
	Ask bool
	// Handover are the statements for an administrator that mend Reason.
	Handover []Statement
	// Blocked names what it waits for: an item that cannot be.
	Blocked []Ref
	// NeedsValue says that a value of the secret Key must be given first.
	NeedsValue bool
}

// Change is one property that differs. FromText and ToText say From and To where these are words and
// no value.
type Change struct {
	Property, From, To string
	FromText, ToText   Text
}

// Words give what a property is and what it becomes, for a language to have its own words for.
func (c Change) Words() (from, to Text) {
	from, to = c.FromText, c.ToText
	if from.IsZero() && c.From != "" {
		from = Verbatim(c.From)
	}
	if to.IsZero() && c.To != "" {
		to = Verbatim(c.To)
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
}
