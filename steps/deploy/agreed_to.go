package deploy

import "sleet/snowflake"

// AgreedTo leaves what others share, and nobody said yes to, as it is; shared reports whether there
// was a yes at all.
func AgreedTo(s Assessment, agreed map[snowflake.Ref]bool) (assessment Assessment, shared bool) {
	items := append([]snowflake.Item(nil), s.Plan.Items...)
	for i, item := range items {
		if !item.Ask || item.Action == snowflake.ActionSame {
			continue
		}
		if agreed[item.Ref] {
			shared = true
			continue
		}
		items[i].Action, items[i].Statements = snowflake.ActionSame, nil
	}
	s.Plan.Items = items
	return s, shared
}
