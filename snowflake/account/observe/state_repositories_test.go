package observe

import (
	"testing"

	"sleet/snowflake"
	"sleet/snowflake/account/query"
)

// TestRepositoriesOfOthersAreKept reads the artifact repositories of an app, which only SHOW lists. Setting sleet's
// repository must keep the others in the list.
func TestRepositoriesOfOthersAreKept(t *testing.T) {
	t.Parallel()
	name, owner, shown := "APP", "DEV", `[D.S.THEIRS, "D"."S"."lower, case"]`
	rows := query.Rows{Columns: []string{"name", "owner", "artifact_repositories"}, Values: [][]*string{{&name, &owner, &shown}}}
	found := foundIn(rows, 0, snowflake.KindStreamlit)
	own := snowflake.Name{Database: "SNOWFLAKE", Schema: "SNOWPARK", Object: "PYPI_SHARED_REPOSITORY"}
	ref := snowflake.Ref{Kind: snowflake.KindStreamlit, Name: snowflake.Name{Database: "D", Schema: "S", Object: name}}
	desired := snowflake.DesiredResources{List: []snowflake.Resource{{
		Ref: ref, Owner: snowflake.StoredObject(owner), Managed: true,
		Properties: []snowflake.Property{{Name: "ARTIFACT_REPOSITORIES", Value: snowflake.NamesValue(own)}},
	}}}
	found.Values["LIVE_VERSION"] = "snow://streamlit/D.S.APP/versions/live/"
	item := snowflake.NewPlan(desired, snowflake.Account{Found: map[snowflake.Ref]snowflake.Observed{ref: found}}, snowflake.PlanOptions{Created: map[snowflake.Ref]bool{ref: true}}).Items[0]
	want := "ALTER STREAMLIT D.S.APP SET\n  ARTIFACT_REPOSITORIES = (D.S.THEIRS, D.S.\"lower, case\", SNOWFLAKE.SNOWPARK.PYPI_SHARED_REPOSITORY)"
	if len(item.Statements) != 1 || item.Statements[0].SQL != want {
		t.Errorf("the plan sends %+v, want\n%s", item.Statements, want)
	}
}
