//go:build unix

package resources_test

import (
	"fmt"
	"testing"
	"time"

	"sleet/scaffold"
	"sleet/scaffold/resources"
	"sleet/scaffold/testtools"
	"sleet/snowflake"
)

// planned returns the time that planning an app with this many secrets in an empty account takes.
func planned(t *testing.T, secrets int) time.Duration {
	t.Helper()
	app := scaffold.App{Folder: "demo", App: scaffold.Identity{Runtime: scaffold.Container, Database: "APPS", Schema: "PUBLIC"}}
	for i := range secrets {
		app.Secrets = append(app.Secrets, scaffold.SecretDecl{Key: fmt.Sprintf("k%d", i)})
	}
	return testtools.CPUTime(func() {
		desired := resources.For(app, snowflake.Context{Role: "DEV"}, resources.CodeFacts{})
		if plan := snowflake.NewPlan(desired, snowflake.Account{}, snowflake.PlanOptions{}); len(plan.Items) < secrets {
			t.Errorf("NewPlan returned %d items for %d secrets", len(plan.Items), secrets)
		}
	})
}

// TestPlanIsLinear checks that planning takes time proportional to the size of the app: with eight
// times the secrets, comparing each resource with every other would take 64 times as long.
func TestPlanIsLinear(t *testing.T) {
	few, many := planned(t, 250), planned(t, 2000)
	if t.Logf("250 secrets: %s, 2,000: %s", few, many); many > 20*few {
		t.Errorf("planning 2,000 secrets took %s, 250 took %s", many, few)
	}
}
