package deploy

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"sleet/snowflake"
	"sleet/ui/message"
)

// TestGroupsOf checks that the items that one cause blocks are one group, including those that wait for a blocked item.
func TestGroupsOf(t *testing.T) {
	item := func(name string, action snowflake.Action, reason string, waits ...string) snowflake.Item {
		i := snowflake.Item{Action: action, Resource: snowflake.Resource{Ref: snowflake.Ref{Kind: snowflake.KindSecret, Name: snowflake.ShownName(name)}}}
		if reason != "" {
			i.Reason = message.Verbatim(reason)
		}
		for _, other := range waits {
			i.Blocked = append(i.Blocked, snowflake.Ref{Kind: snowflake.KindSecret, Name: snowflake.ShownName(other)})
		}
		return i
	}
	got := GroupsOf(Assessment{Plan: snowflake.Plan{Items: []snowflake.Item{
		item("A", snowflake.ActionSame, ""),
		item("B", snowflake.ActionCannot, "waits for C", "C"),
		item("C", snowflake.ActionCannot, "no role"),
		item("D", snowflake.ActionCreate, ""),
		item("E", snowflake.ActionCannot, "waits for B", "B"),
		item("F", snowflake.ActionCannot, "no role"),
		item("G", snowflake.ActionCannot, "a name is taken"),
		item("H", snowflake.ActionAlter, "a forecast"),
	}}})
	want := PlanGroups{Changes: []int{3, 7}, Same: []int{0}, Blocked: []BlockedGroup{
		{message.Verbatim("no role"), []int{2, 5, 1, 4}}, {message.Verbatim("a name is taken"), []int{6}},
	}}
	if diff := cmp.Diff(want, got, cmp.Comparer(func(a, b message.Message) bool { return a.String() == b.String() })); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}
