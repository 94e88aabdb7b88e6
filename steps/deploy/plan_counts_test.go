package deploy

import (
	"testing"

	"sleet/snowflake"
	"sleet/ui/message"
)

// TestAppliedCounts checks that counts of zero are left out, except where all of them are zero.
func TestAppliedCounts(t *testing.T) {
	for _, c := range []struct {
		applied           Applied
		english, japanese string
	}{
		{Applied{Done: 3}, "3 done", "完了 3"},
		{Applied{Done: 2, Failed: 1, Skipped: 4}, "2 done, 1 failed, 4 skipped", "完了 2、失敗 1、スキップ 4"},
		{Applied{Failed: 1, Cannot: 2, AdminSQL: []byte("SELECT 1;")}, "1 failed, 2 for an administrator", "失敗 1、管理者に依頼 2"},
		{Applied{Cannot: 2}, "2 blocked", "ブロック 2"},
		{Applied{}, "0 done", "完了 0"},
	} {
		if text := c.applied.Counts(); text.String() != c.english || message.For("ja").Say(text) != c.japanese {
			t.Errorf("%+v: %q and %q", c.applied, text, message.For("ja").Say(text))
		}
	}
}

// TestHandedOver checks that an administrator is asked only if there is something for one to run.
func TestHandedOver(t *testing.T) {
	lacks := []snowflake.Statement{{SQL: "GRANT DATABASE ROLE SNOWFLAKE.PYPI_REPOSITORY_USER TO ROLE DEV"}}
	role := snowflake.Item{Action: snowflake.ActionSame, Reason: message.Verbatim("may be refused"), Handover: lacks}
	shared := snowflake.Item{Action: snowflake.ActionCannot, Ask: true}
	refused := snowflake.Item{Action: snowflake.ActionCannot, Handover: []snowflake.Statement{{SQL: "CREATE SCHEMA D.S"}}}
	for name, c := range map[string]struct {
		items []snowflake.Item
		want  int
	}{
		"nothing to do":       {[]snowflake.Item{role}, 0},
		"an object of others": {[]snowflake.Item{role, shared}, 0},
		"not allowed":         {[]snowflake.Item{role, shared, refused}, 3},
	} {
		if got := handedOver(snowflake.Plan{Items: c.items}, nil); len(got) != c.want {
			t.Errorf("%s: %d items for an administrator, want %d", name, len(got), c.want)
		}
	}
}

// TestCountsOf checks that actions that do not occur are left out.
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
		if text := CountsOf(Assessment{Plan: plan}); text.String() != c.english || message.For("ja").Say(text) != c.japanese {
			t.Errorf("%v: %q and %q", c.actions, text, message.For("ja").Say(text))
		}
	}
}

// TestUnseenIsUnknown checks that an item that the account does not show is neither unchanged nor missing.
func TestUnseenIsUnknown(t *testing.T) {
	ref := func(name string) snowflake.Ref {
		return snowflake.Ref{Kind: snowflake.KindSecret, Name: snowflake.ShownName(name)}
	}
	item := func(name string) snowflake.Item {
		return snowflake.Item{Resource: snowflake.Resource{Ref: ref(name)}, Action: snowflake.ActionSame}
	}
	unseen := snowflake.Item{Resource: snowflake.Resource{Ref: snowflake.Ref{Kind: snowflake.KindGrant}}, Action: snowflake.ActionSame, NotVisible: true}
	s := Assessment{
		Plan: snowflake.Plan{Items: []snowflake.Item{item("SEEN"), item("ABSENT"), item("HIDDEN"), unseen}},
		Account: snowflake.Account{Found: map[snowflake.Ref]snowflake.Observed{
			ref("SEEN"): {Presence: snowflake.Present}, ref("ABSENT"): {Presence: snowflake.Absent}, ref("HIDDEN"): {Presence: snowflake.Hidden},
		}},
	}
	if got := CountsOf(s).String(); got != "1 unchanged, 3 unknown" {
		t.Errorf("counted: %s", got)
	}
	for i, want := range []bool{false, true, true, true} {
		if got := IsUnknown(s, s.Plan.Items[i]); got != want {
			t.Errorf("item %d is unknown: %v", i, got)
		}
	}
}
