package steps

import (
	"testing"

	"sleet/snowflake"
	"sleet/ui/message"
)

// TestCountsOf leaves out what a plan does not do.
func TestCountsOf(t *testing.T) {
	const create, alter, same, cannot = snowflake.ActionCreate, snowflake.ActionAlter, snowflake.ActionSame, snowflake.ActionCannot
	for _, c := range []struct {
		actions           []snowflake.Action
		english, japanese string
	}{
		{[]snowflake.Action{create, same, create}, "2 to create, 1 unchanged", "作成 2、変更なし 1"},
		{[]snowflake.Action{cannot, alter}, "1 to alter, 1 blocked", "変更 1、ブロック 1"},
		{[]snowflake.Action{same, cannot, alter, create}, "1 to create, 1 to alter, 1 unchanged, 1 blocked", "作成 1、変更 1、変更なし 1、ブロック 1"},
		{nil, message.For("en").T("plan.nothing"), message.For("ja").T("plan.nothing")},
	} {
		var plan snowflake.Plan
		for _, action := range c.actions {
			plan.Items = append(plan.Items, snowflake.Item{Action: action})
		}
		if text := CountsOf(plan); text.String() != c.english || Say(message.For("ja").T, text) != c.japanese {
			t.Errorf("%v: %q and %q", c.actions, text, Say(message.For("ja").T, text))
		}
	}
}
