package snowflake_test

import (
	"strings"
	"testing"

	"sleet/snowflake"
)

// TestWhatAnAccountNeedNotShow holds what a plan does about a list that DESCRIBE may leave out: where it
// is shown it is compared, and where not it is set along with the files that it belongs to.
func TestWhatAnAccountNeedNotShow(t *testing.T) {
	app := snowflake.Ref{Kind: snowflake.KindStreamlit, Name: "D.S.APP"}
	upload := snowflake.Ref{Kind: snowflake.KindUpload, Name: "@D.S.ST/APP"}
	objects := []snowflake.Object{
		{Ref: upload, Role: "DEV", Create: []snowflake.Statement{{Kind: snowflake.KindUpload}}},
		{
			Ref: app, Role: "DEV", Create: []snowflake.Statement{{SQL: "CREATE STREAMLIT"}, {SQL: "ADD LIVE VERSION"}},
			Properties: []snowflake.Property{{
				Name: "ARTIFACT_REPOSITORIES", List: []string{"A.B.C"}, IsList: true, IfShown: true, With: []string{"pyproject.toml"},
				SQL: func(_ string, l []string) string { return snowflake.List(l...) },
			}},
		},
	}
	for name, c := range map[string]struct {
		shown []string
		known bool
		sent  []string
		want  string
	}{
		"not shown, nothing sent":    {nil, false, nil, ""},
		"not shown, other file sent": {nil, false, []string{"app.py"}, ""},
		"not shown, packages sent":   {nil, false, []string{"app.py", "pyproject.toml"}, "ARTIFACT_REPOSITORIES = (A.B.C)"},
		"shown, there":               {[]string{"A.B.C"}, true, []string{"pyproject.toml"}, ""},
		"shown, another":             {[]string{"X.Y.Z"}, true, nil, "ARTIFACT_REPOSITORIES = (X.Y.Z, A.B.C)"},
		"shown, none":                {nil, true, nil, "ARTIFACT_REPOSITORIES = (A.B.C)"},
	} {
		t.Run(name, func(t *testing.T) {
			found := snowflake.Found{Presence: snowflake.Present, Owner: "DEV", Values: map[string]string{"LIVE_VERSION": "x"}, Lists: map[string][]string{}}
			if c.known {
				found.Lists["ARTIFACT_REPOSITORIES"] = c.shown
			}
			plan := snowflake.NewPlan(objects, snowflake.Account{
				Roles: snowflake.Roles{Current: "DEV"},
				Found: map[snowflake.Ref]snowflake.Found{
					app: found, upload: {Presence: snowflake.Present, Lists: map[string][]string{"CHANGED": c.sent}},
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
