package wizard

import (
	"strings"
	"testing"

	"sleet/steps"
	"sleet/steps/deploy"
)

// TestPickersNameTheirKey checks, for every field that the account has a list for, that the footer names the key that
// opens the list at every size (space while nothing is typed, ctrl+o otherwise), and that the key opens it.
func TestPickersNameTheirKey(t *testing.T) {
	seen := map[string]bool{}
	for _, step := range []steps.StepID{steps.AppStep, steps.Compute, steps.Hosts, steps.Roles} {
		h := newHand(t, steps.State{App: full("weather"), Every: true}, steps.Effects{}).entered(step)
		h.reached.inventory = steps.Inventory{}.With(deploy.Listing{Kind: steps.InventorySchema, Names: []string{"APPS.PUBLIC"}})
		for range 12 {
			h = h.keys("tab")
			q, ok := h.choosing()
			if !ok || seen[q.ID] {
				continue
			}
			seen[q.ID] = true
			want, name := "ctrl+o choose", "ctrl+o"
			if f, isForm := h.top().(formScreen); isForm && f.blank() {
				want, name = "space choose", "space"
			}
			for _, size := range sizes() {
				if now := h.size(size[0], size[1]); !strings.Contains(now.screen(), want) {
					t.Errorf("%s at %v: no %q in\n%s", q.ID, size, want, now.screen())
				}
			}
			if opened := h.keys(name); len(opened.screens) != len(h.screens)+1 {
				t.Errorf("%s: %s opens no list:\n%s", q.ID, name, opened.screen())
			}
		}
	}
	if len(seen) < 5 {
		t.Errorf("only %v", seen)
	}
}
