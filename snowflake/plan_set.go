package snowflake

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"

	"sleet/ui/message"
)

// Marks are what is kept of the properties that were set, by name: enough to tell that a value is the same
// again, and not the value.
type Marks map[string]string

// Marks returns the marks of a resource's properties, as a plan makes or alters it.
func (x Resource) Marks() Marks {
	marks := Marks{}
	for _, p := range x.Properties {
		if !p.Value.Empty() {
			marks[p.Name] = p.mark()
		}
	}
	return marks
}

func (p Property) mark() string {
	entries, _ := p.Value.List()
	words := make([]string, 0, 2+len(entries))
	words = append(words, p.Name, p.Value.String())
	for _, e := range entries {
		words = append(words, e.String())
	}
	sum := sha256.Sum256([]byte(strings.Join(words, "\x00")))
	return hex.EncodeToString(sum[:8])
}

// unseen reports whether a property that the account does not show is to be set. An account shows NULL
// for what was never set, and may show it for what was: what sleet set to the same value before is left
// alone, and everything else of the app's is set once.
func (p *planner) unseen(item *Item, property Property, found Observed) (change Change, set bool) {
	_, slot := property.Value.Slot()
	if item.Kind != KindStreamlit || item.Replace || property.Fixed || slot || property.Clause != ClauseSet ||
		property.Value.Empty() || len(property.With) > 0 || isShown(found, property.Name) {
		return Change{}, false
	}
	if p.options.Set[item.Ref][property.Name] == property.mark() {
		item.NotShown = append(item.NotShown, property.Name)
		return Change{}, false
	}
	unknown := message.New("planned.not_shown")
	return Change{Property: property.Name, From: unknown.String(), FromText: unknown, To: property.Value.String()}, true
}
