package observe_test

import (
	"regexp"
	"strings"
	"testing"
	"time"

	"sleet/scaffold"
	"sleet/scaffold/resources"
	"sleet/snowflake"
	"sleet/snowflake/account/observe"
	"sleet/snowflake/snowflaketest"
)

// TestSlowShowIsUnknown lets the account hang while it lists grants, as it may for a role that has all of them. After
// fifteen seconds they must be unknown, with a note.
func TestSlowShowIsUnknown(t *testing.T) {
	t.Parallel()
	a := snowflaketest.Serve(t)
	release := make(chan struct{})
	defer close(release)
	a.Fault(&snowflaketest.Fault{Kind: snowflaketest.Slow, Match: regexp.MustCompile("^SHOW GRANTS TO ROLE"), Times: -1, Release: release})
	c := connected(t, a)
	session, roles, err := observe.ReadIdentity(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	desired := resources.For(scaffold.App{App: scaffold.Identity{Name: "slow", Database: "APPS", Schema: "PUBLIC"}}, session, resources.CodeFacts{})
	began := time.Now()
	state, err := observe.ReadState(t.Context(), c, session, roles, desired, observe.ReadOptions{})
	if err != nil {
		t.Fatal(err)
	}
	if took := time.Since(began); took < 10*time.Second || took > 40*time.Second {
		t.Errorf("it took %v", took)
	}
	if state.Roles.Known[snowflake.StoredObject("DEV")] {
		t.Error("the role's grants are taken for known")
	}
	var notes strings.Builder
	for _, note := range state.Notes {
		notes.WriteString(note.String() + "\n")
	}
	if !strings.Contains(notes.String(), "15 seconds") {
		t.Errorf("nothing says that the answer did not come:\n%s", notes.String())
	}
	if plan := snowflake.NewPlan(desired, state, snowflake.PlanOptions{}); len(plan.Items) == 0 || plan.Items[len(plan.Items)-1].Action != snowflake.ActionCreate {
		t.Errorf("the plan is %+v", plan)
	}
}
