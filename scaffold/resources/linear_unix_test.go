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

// planned is how long it takes to plan an app with so many secrets in an empty account.
func planned(t *testing.T, secrets int) time.Duration {
	t.Helper()
	app := scaffold.App{Folder: "demo", App: scaffold.Identity{Runtime: scaffold.Container, Database: "APPS", Schema: "PUBLIC"}}
	for i := range secrets {
		app.Secrets = append(app.Secrets, scaffold.SecretDecl{Key: fmt.Sprintf("k%d", i)})
	}
	return testtools.Processor(func() {
		desired := resources.For(app, snowflake.Context{Role: "DEV"}, resources.CodeFacts{})
		if plan := snowflake.NewPlan(desired, snowflake.Account{}, snowflake.PlanOptions{}); len(plan.Items) < secrets {
			t.Errorf("%d items for %d secrets", len(plan.Items), secrets)
		}
	})
}

// TestPlanIsLinear holds that a plan takes time in proportion to the app: eight times the secrets would take 64 times as long if each
// resource were held against each other one.
func TestPlanIsLinear(t *testing.T) {
	few, many := planned(t, 250), planned(t, 2000)
	if t.Logf("250 secrets: %s, 2,000: %s", few, many); many > 20*few {
		t.Errorf("2,000 secrets take %s, 250 take %s", many, few)
	}
}
