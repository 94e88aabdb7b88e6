package deploy

import "sleet/snowflake"

// WithAgreedObjects returns an assessment whose plan alters shared objects only if the person agreed to it. shared
// reports whether the person agreed to any.
func WithAgreedObjects(s Assessment, agreed map[snowflake.Ref]bool) (assessment Assessment, shared bool) {
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
