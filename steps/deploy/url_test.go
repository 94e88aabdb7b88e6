package deploy

import (
	"testing"

	"sleet/snowflake"
)

func TestAppURL(t *testing.T) {
	t.Parallel()
	named := snowflake.Context{Organization: "ACME", Name: "MAIN", Account: "AB12345", Region: "AWS_EU_CENTRAL_1"}
	for name, want := range map[string]string{
		"APPS.PUBLIC.demo":    "https://app.snowflake.com/acme/main/#/streamlit-apps/APPS.PUBLIC.DEMO",
		`APPS.PUBLIC."天気"`:    "https://app.snowflake.com/acme/main/#/streamlit-apps/APPS.PUBLIC.%E5%A4%A9%E6%B0%97",
		`APPS.PUBLIC."a b/c"`: "https://app.snowflake.com/acme/main/#/streamlit-apps/APPS.PUBLIC.a%20b%2Fc",
	} {
		if got := appURL(named, name); got != want {
			t.Errorf("%s: %s, want %s", name, got, want)
		}
	}
	if got := appURL(snowflake.Context{Account: "AB12345", Region: "R"}, "A.B.C"); got != "https://app.snowflake.com/r/ab12345/#/streamlit-apps/A.B.C" {
		t.Error(got)
	}
}
