package wizard

import (
	"context"
	"strings"
	"testing"

	"sleet/snowflake"
	"sleet/steps"
	"sleet/steps/deploy"
)

// placelessCloud has no place for an app without a database.
type placelessCloud struct{ fakeCloud }

func (c placelessCloud) Assess(ctx context.Context, d deploy.Deployment) (deploy.Assessment, error) {
	if d.App.App.Database == "" {
		return deploy.Assessment{}, &deploy.LocationError{Missing: snowflake.KindDatabase}
	}
	return c.fakeCloud.Assess(ctx, d)
}

// TestPlaceIsPicked connects for an app without a database that the role can use. The list of the account's databases
// opens at once, and the choice leads through the files and the values to the plan, in the same session.
func TestPlaceIsPicked(t *testing.T) {
	a := oneSecret("weather")
	a.App.Database, a.App.Schema = "", ""
	logIns := 0
	account := fakeAccount(nil)
	account.Connect = func(context.Context, steps.Profile, steps.AskSecret) (deploy.Deployer, error) {
		logIns++
		return placelessCloud{waiting(needing())}, nil
	}
	account.Inventory = func(_ context.Context, _ deploy.Deployer, each func(deploy.Listing)) {
		each(deploy.Listing{Kind: steps.InventoryDatabase, Names: []string{"APPS", "OTHERS"}})
	}
	h := liveHand(t, "en", a, account).keys("down", "enter", "enter")
	if top, ok := h.top().(inventoryScreen); !ok || h.step != steps.AppStep || top.question.ID != "app.database" {
		t.Fatalf("on %s:\n%s", h.step, h.screen())
	}
	if !strings.Contains(h.screen(), "OTHERS") {
		t.Errorf("the account's databases are not shown:\n%s", h.screen())
	}
	h = h.typed("apps").keys("enter")
	if got := h.state.App.App.Database; got != "APPS" {
		t.Fatalf("answered %q:\n%s", got, h.screen())
	}
	if h = h.keys("enter"); h.step != steps.PlanStep || !strings.Contains(h.screen(), "enter values") {
		t.Fatalf("on %s:\n%s", h.step, h.screen())
	}
	if h = h.keys("enter"); h.step != steps.SecretValuesStep {
		t.Fatalf("on %s:\n%s", h.step, h.screen())
	}
	if h = h.typed("p1geon").keys("enter"); h.step != steps.PlanStep || !strings.Contains(h.screen(), "apply") {
		t.Errorf("on %s:\n%s", h.step, h.screen())
	}
	if logIns != 1 {
		t.Errorf("%d logins, want 1", logIns)
	}
}
