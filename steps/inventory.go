package steps

import (
	"fmt"
	"strings"

	"sleet/snowflake"
	"sleet/steps/deploy"
	"sleet/ui/message"
)

// The kinds of objects that answers name, as in deploy.Listing.
const (
	InventoryRole        = "ROLE"
	InventoryWarehouse   = "WAREHOUSE"
	InventoryPool        = "COMPUTE POOL"
	InventoryDatabase    = "DATABASE"
	InventorySchema      = "SCHEMA"
	InventoryStage       = "STAGE"
	InventorySecret      = "SECRET"
	InventoryRule        = "NETWORK RULE"
	InventoryIntegration = "INTEGRATION"
	InventoryApp         = "STREAMLIT"
)

// Inventory is what an account has by kind, as far as it was listed.
type Inventory map[string]deploy.Listing

// With returns the Inventory with one more listing.
func (s Inventory) With(l deploy.Listing) Inventory {
	next := Inventory{l.Kind: l}
	for kind, listing := range s {
		if kind != l.Kind {
			next[kind] = listing
		}
	}
	return next
}

// InventoryKind returns the kind of object that the answer to a question names. ok is false for a question about
// anything else.
func InventoryKind(q Question) (kind string, ok bool) {
	kinds := map[string]string{
		"app.query_warehouse": InventoryWarehouse, askPool: InventoryPool, "app.database": InventoryDatabase,
		"app.schema": InventorySchema, "app.stage": InventoryStage, "app.name": InventoryApp,
		"network.rule": InventoryRule, "network.rules": InventoryRule, "network.integration": InventoryIntegration,
		"roles.owner": InventoryRole, "roles.admin": InventoryRole, "roles.viewers": InventoryRole,
		"secret.object": InventorySecret, "secrets.object": InventorySecret,
		"secret.integration": InventoryIntegration, "secrets.integration": InventoryIntegration,
	}
	kind, ok = kinds[q.ID]
	return kind, ok
}

// InventoryNames returns the names that the account has for the answer to a question, and a note if the list is
// incomplete. ok is false for a question that an account has no names for.
func InventoryNames(q Question, stock Inventory) (names []string, note message.Message, ok bool) {
	kind, ok := InventoryKind(q)
	return stock[kind].Names, stock[kind].Note, ok
}

// InventoryAnswer returns the State with the name of an object in the account as the answer, or added to it for a
// question with several lines.
func InventoryAnswer(q Question, s State, name string) State {
	kind, _ := InventoryKind(q)
	if q.Kind == List {
		lines := q.Lines(s.App)
		if name == "" || contains(lines, name) {
			return s
		}
		return q.With(s, "", append(append([]string(nil), lines...), name))
	}
	parts, err := snowflake.Qualified(name)
	switch {
	case err != nil || len(parts) < 2:
	case kind == InventorySchema: // a schema is chosen with its database
		s.App = s.App.Clone()
		s.App.App.Database = parts[0]
		name = parts[1]
	case kind == InventoryApp:
		name = parts[len(parts)-1]
	}
	s = q.With(s, name, nil)
	if kind == InventorySecret {
		s = usingExisting(q, s, name != "")
	}
	return s
}

// usingExisting marks the secret whose object was chosen as existing: sleet uses objects of the account as they are.
func usingExisting(q Question, s State, exists bool) State {
	for i := range s.App.Secrets {
		if UnderPath(q.Path, fmt.Sprintf("secrets[%d]", i)) {
			s.App = s.App.Clone()
			s.App.Secrets[i].Existing = exists
		}
	}
	return s
}

func contains(lines []string, name string) bool {
	for _, line := range lines {
		if strings.EqualFold(line, name) {
			return true
		}
	}
	return false
}
