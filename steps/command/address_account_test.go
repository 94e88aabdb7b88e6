package command

import (
	"strings"
	"testing"

	"sleet/snowflake/snowflaketest"
	"sleet/snowflake/snowflaketest/engine"
)

// TestApplyAddresses checks that every apply prints the URLs for viewers and builders, on the host that the account
// returns.
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
				t.Errorf("apply prints no URLs:\n%s", r.out)
			}
		})
	}
}
