package snowflake_test

import (
	"strings"
	"testing"

	"sleet/snowflake"
)

// TestWhatAnAccountNeedNotShow holds what a plan does about a list that DESCRIBE may leave out: where it
// is shown it is compared, and where not it is set along with the files that it belongs to.
func TestWhatAnAccountNeedNotShow(t *testing.T) {
	app := ref(snowflake.KindStreamlit, "D.S.APP")
	upload := snowflake.Ref{Kind: snowflake.KindUpload, Name: snowflake.ShownName("D.S.ST"), Folder: "APP"}
	desired := snowflake.DesiredResources{List: []snowflake.Resource{
		{Ref: upload, Owner: role("DEV"), Managed: true},
		{Ref: app, Owner: role("DEV"), Managed: true, Properties: []snowflake.Property{{
			Name: "ARTIFACT_REPOSITORIES", Value: snowflake.NamesValue(snowflake.ShownName("A.B.C")), With: []string{"pyproject.toml"},
		}}},
	}}
	for name, c := range map[string]struct {
		shown string
		known bool
		sent  []string
		want  string
	}{
		"not shown, nothing sent":    {"", false, nil, ""},
		"not shown, other file sent": {"", false, []string{"app.py"}, ""},
		"not shown, packages sent":   {"", false, []string{"app.py", "pyproject.toml"}, "ARTIFACT_REPOSITORIES = (A.B.C)"},
		"shown, there":               {"[A.B.C]", true, []string{"pyproject.toml"}, ""},
		"shown, another":             {"[X.Y.Z]", true, nil, "ARTIFACT_REPOSITORIES = (X.Y.Z, A.B.C)"},
		"shown, none":                {"[]", true, nil, "ARTIFACT_REPOSITORIES = (A.B.C)"},
	} {
		t.Run(name, func(t *testing.T) {
			found := snowflake.Observed{Presence: snowflake.Present, Owner: role("DEV"), Values: map[string]string{"LIVE_VERSION": "x"}, Lists: map[string][]snowflake.Entry{}}
			if c.known {
				found.Lists["ARTIFACT_REPOSITORIES"] = snowflake.ShownList(c.shown)
			}
			plan := snowflake.NewPlan(desired, snowflake.Account{
				Roles: snowflake.Roles{Current: role("DEV")},
				Found: map[snowflake.Ref]snowflake.Observed{
					app: found, upload: {Presence: snowflake.Present, Files: &snowflake.FileChanges{Changed: c.sent}},
				},
			}, snowflake.PlanOptions{})
			var said []string
			for _, st := range plan.Items[1].Statements {
				said = append(said, st.SQL)
			}
			if got := strings.Join(said, ";"); c.want == "" && got != "" || !strings.Contains(got, c.want) {
				t.Errorf("it says %q, want %q", got, c.want)
			}
		})
	}
}
