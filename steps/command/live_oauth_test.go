package command

import (
	"slices"
	"strings"
	"testing"

	"sleet/snowflake/snowflaketest"
	"sleet/steps/command/accounts"
	"sleet/steps/command/exit"
)

// oauthBox returns a box with an app whose secrets get their values from security integrations.
func oauthBox(t *testing.T, account *snowflaketest.Account, runtime string) *box {
	t.Helper()
	b := emptyBox(t, account)
	tables := []string{
		`key = "machine", type = "oauth2", flow = "client_credentials", integration = "CRM", scopes = ["read", "write:all"]`,
		`key = "person", type = "oauth2", flow = "authorization_code", integration = "CRM"`,
		`key = "bucket", type = "cloud_provider_token", integration = "our cloud"`,
	}
	args := []string{
		"new", "demo", "--yes", "--no-lock", "--runtime", runtime, "--database", "APPS", "--schema", "PUBLIC",
		"--host", "api.example.com", "--set", `roles.owner="DEV"`, "--set", "secrets=[{" + strings.Join(tables, "}, {") + "}]",
	}
	if r := b.run(nil, args...); r.code != exit.Success {
		t.Fatalf("sleet new: %d\n%s", r.code, r.err)
	}
	return b
}

// TestApplySecretsOfIntegrations deploys secrets of OAuth and of a cloud provider.
func TestApplySecretsOfIntegrations(t *testing.T) {
	t.Parallel()
	const token, expiry = `zqrefresh'"\token`, "2030-01-01 00:00:00"
	person := []string{"SLEET_SECRET_PERSON_REFRESH_TOKEN=" + token, "SLEET_SECRET_PERSON_REFRESH_TOKEN_EXPIRY=" + expiry}
	for _, runtime := range runtimesOf() {
		t.Run(runtime, func(t *testing.T) {
			t.Parallel()
			account := snowflaketest.Serve(t, snowflaketest.WithSetup(accounts.DemoSetup("CRM", `"our cloud"`)...))
			b := oauthBox(t, account, runtime)
			if r := b.run(nil, "apply", "demo", "--yes"); r.code != exit.Invalid || !strings.Contains(r.err, "SLEET_SECRET_PERSON_REFRESH_TOKEN_EXPIRY") {
				t.Errorf("without values: exit code %d\n%s", r.code, r.err)
			}
			if r := b.run(person, "apply", "demo", "--yes"); r.code != exit.Success {
				t.Fatalf("exit code %d\n%s\n%s", r.code, r.out, r.err)
			}
			before := len(account.Statements())
			if r := b.run(nil, "apply", "demo", "--yes"); r.code != exit.Success {
				t.Errorf("again: exit code %d\n%s", r.code, r.err)
			}
			if list := changing(account.Statements()[before:]); len(list) > 0 {
				t.Errorf("the second apply changed something:\n%s", strings.Join(list, "\n"))
			}
			if err := account.Exec("DEV", "ALTER SECRET APPS.PUBLIC.DEMO_MACHINE SET OAUTH_SCOPES = ('read')"); err != nil {
				t.Fatal(err)
			}
			if r := b.run(nil, "apply", "demo", "--yes"); r.code != exit.Success || !strings.Contains(r.err, "OAUTH_SCOPES") {
				t.Errorf("other scopes: exit code %d\n%s", r.code, r.err)
			}
			if r := b.run(nil, "destroy", "demo", "--yes"); r.code != exit.Success || strings.Contains(account.Snapshot(), "DEMO") {
				t.Errorf("destroy: exit code %d\n%s\n%s", r.code, r.err, account.Snapshot())
			}
			noLeaks(t, []string{token}, map[string]string{"what it said": b.said.String()}, b.root)
			// The demo account has the integrations that the app names.
			if r := b.run(slices.Clone(person), "apply", "demo", "--yes", "--demo"); r.code != exit.Success {
				t.Errorf("--demo: exit code %d\n%s\n%s", r.code, r.out, r.err)
			}
		})
	}
}
