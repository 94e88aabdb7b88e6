package snowflake

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"

	"sleet/ui/message"
)

// PropertyHashes are hashes of the properties that were set, by name. A mark shows that a value is unchanged without
// revealing it.
type PropertyHashes map[string]string

// PropertyHashes returns the hashes of a resource's properties, as a plan creates or alters it.
func (x Resource) PropertyHashes() PropertyHashes {
	marks := PropertyHashes{}
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

// unseen reports whether to set a property that the account does not show. An account shows NULL for a property that
// was never set, and may show NULL for one that was. So a property that sleet already set to this value is left alone,
// and any other is set once.
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
