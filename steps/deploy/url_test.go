package deploy

import (
	"testing"

	"sleet/snowflake"
)

func TestAddresses(t *testing.T) {
	t.Parallel()
	named := snowflake.Context{Organization: "ACME", Name: "MAIN", Account: "AB12345", Region: "AWS_EU_CENTRAL_1"}
	elsewhere, schemed := named, named
	elsewhere.Snowsight, schemed.Snowsight = "app.snowflake.cn", "https://app-acme-main.privatelink.snowflakecomputing.com/"
	for _, c := range []struct {
		context          snowflake.Context
		name, id         string
		viewers, builder string
	}{
		{
			named, "APPS.PUBLIC.DEMO", "abc123", "https://app.snowflake.com/streamlit/acme/main/#/apps/abc123",
			"https://app.snowflake.com/acme/main/#/streamlit-apps/APPS.PUBLIC.DEMO",
		},
		{named, `APPS.PUBLIC."天気"`, "", "", "https://app.snowflake.com/acme/main/#/streamlit-apps/APPS.PUBLIC.%E5%A4%A9%E6%B0%97"},
		{named, `APPS.PUBLIC."a b/c"`, "", "", "https://app.snowflake.com/acme/main/#/streamlit-apps/APPS.PUBLIC.a%20b%2Fc"},
		{elsewhere, "A.B.C", "x", "https://app.snowflake.cn/streamlit/acme/main/#/apps/x", "https://app.snowflake.cn/acme/main/#/streamlit-apps/A.B.C"},
		{
			schemed, "A.B.C", "x", "https://app-acme-main.privatelink.snowflakecomputing.com/streamlit/acme/main/#/apps/x",
			"https://app-acme-main.privatelink.snowflakecomputing.com/acme/main/#/streamlit-apps/A.B.C",
		},
		{
			snowflake.Context{Account: "AB12345", Region: "R"},
			"A.B.C", "x", "https://app.snowflake.com/streamlit/r/ab12345/#/apps/x",
			"https://app.snowflake.com/r/ab12345/#/streamlit-apps/A.B.C",
		},
	} {
		if viewers, builder := addresses(c.context, snowflake.ShownName(c.name), c.id); viewers != c.viewers || builder != c.builder {
			t.Errorf("%s: addresses = %s, %s; want %s, %s", c.name, viewers, builder, c.viewers, c.builder)
		}
	}
}
