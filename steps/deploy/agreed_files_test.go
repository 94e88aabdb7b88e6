package deploy

import (
	"slices"
	"testing"

	"sleet/snowflake"
	"sleet/snowflake/account/stage"
)

func TestAgreedFiles(t *testing.T) {
	tests := []struct {
		name    string
		yes     []string
		uploads []string
		want    snowflake.Action
	}{
		{"nothing", nil, nil, snowflake.ActionSame},
		{"own changes go on", nil, []string{"a.py"}, snowflake.ActionAlter},
		{"one is replaced", []string{"streamlit_app.py"}, nil, snowflake.ActionAlter},
		{"one is removed", []string{"old.py"}, nil, snowflake.ActionAlter},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s, agreed := Assessment{Edited: []string{"pages/東京.py", "streamlit_app.py"}, Gone: []string{"old.py"}}, map[string]bool{}
			s.Plan.Items = []snowflake.Item{{Resource: snowflake.Resource{Ref: snowflake.Ref{Kind: snowflake.KindUpload}}, Action: snowflake.ActionAlter}}
			s.upload = &stage.Upload{Edited: s.Edited, Gone: s.Gone}
			s.Uploads = tt.uploads
			for _, path := range tt.yes {
				agreed[path] = true
			}
			got := WithAgreedFiles(s, agreed)
			if action := got.Plan.Items[0].Action; action != tt.want {
				t.Errorf("action of the upload = %s, want %s", action, tt.want)
			}
			if done := slices.Concat(got.upload.Edited, got.upload.Gone); !slices.Equal(done, tt.yes) {
				t.Errorf("replaced and removed: %q, want %q", done, tt.yes)
			}
			if len(s.upload.Edited) != 2 || len(s.upload.Gone) != 1 {
				t.Error("WithAgreedFiles changed its argument")
			}
		})
	}
}
