package command

import (
	"strings"
	"testing"

	"sleet/snowflake/snowflaketest"
	"sleet/snowflake/snowflaketest/engine"
)

// TestApplyAddresses: apply prints where viewers and builders find the app, at the host that the account
// tells, at every run.
func TestApplyAddresses(t *testing.T) {
	t.Parallel()
	for host, traits := range map[string][]engine.Trait{
		"https://app.snowflake.com/":                                         {engine.HostUnknown},
		"https://app-sleetorg-sleettest.privatelink.snowflakecomputing.com/": {engine.SnowsightElsewhere},
	} {
		t.Run(host, func(t *testing.T) {
			t.Parallel()
			b := demoApp(t, snowflaketest.Serve(t, snowflaketest.With(traits...)))
			r := b.must(0, "apply", "demo", "--yes")
			viewers, builder, _ := strings.Cut(r.out, "\n")
			if !strings.Contains(viewers, ": "+host+"streamlit/sleetorg/sleettest/#/apps/") ||
				!strings.HasSuffix(strings.TrimSpace(builder), ": "+host+"sleetorg/sleettest/#/streamlit-apps/APPS.PUBLIC.DEMO") {
				t.Errorf("it prints\n%s", r.out)
			}
		})
	}
}
