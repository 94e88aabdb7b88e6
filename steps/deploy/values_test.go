package deploy_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sleet/scaffold"
	"sleet/snowflake"
	"sleet/steps/deploy"
)

// valued returns an app with a secret of every type.
func valued() scaffold.App {
	return scaffold.App{
		App: scaffold.Identity{Name: "demo", Database: "APPS", Schema: "PUBLIC"},
		Secrets: []scaffold.SecretDecl{
			{Key: "api_key", Type: scaffold.GenericString},
			{Key: "login", Type: scaffold.Password},
			{Key: "code", Type: scaffold.OAuth2, Flow: scaffold.AuthorizationCode, Integration: "AUTH"},
			{Key: "client", Type: scaffold.OAuth2, Flow: scaffold.ClientCredentials, Integration: "AUTH", Scopes: []string{"a"}},
			{Key: "cloud", Type: scaffold.CloudProviderToken, Integration: "AUTH"},
			{Key: "theirs", Type: scaffold.GenericString, Existing: true, Object: "THEIRS"},
		},
	}
}

func TestValueParts(t *testing.T) {
	var got []string
	for _, p := range deploy.ValueParts(valued()) {
		got = append(got, fmt.Sprint(p, " ", p.Variable()))
	}
	want := []string{
		"api_key SLEET_SECRET_API_KEY",
		"login.username SLEET_SECRET_LOGIN_USERNAME",
		"login.password SLEET_SECRET_LOGIN_PASSWORD",
		"code.refresh_token SLEET_SECRET_CODE_REFRESH_TOKEN",
		"code.refresh_token_expiry SLEET_SECRET_CODE_REFRESH_TOKEN_EXPIRY",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("ValueParts (-want +got):\n%s", diff)
	}
}

func TestSecretValues(t *testing.T) {
	parts := deploy.ValueParts(valued())
	values := deploy.SecretValues{
		{Key: "api_key"}:                      snowflake.NewSecret("x"),
		{Key: "login", Field: "username"}:     snowflake.NewSecret("u"),
		{Key: "code", Field: "refresh_token"}: snowflake.NewSecret(""),
	}
	if diff := cmp.Diff(map[string]bool{"api_key": true}, values.Given(parts)); diff != "" {
		t.Errorf("Given (-want +got):\n%s", diff)
	}
	for key, want := range map[string]string{
		"api_key": "[]", "login": "[login.password]", "code": "[code.refresh_token code.refresh_token_expiry]",
	} {
		if got := fmt.Sprint(values.Missing(parts, key)); got != want {
			t.Errorf("Missing(%s) = %s, want %s", key, got, want)
		}
	}
	if got := fmt.Sprint(values.Partial(parts)); got != "[login.password]" {
		t.Errorf("Half = %s", got)
	}
}

func TestCheckValue(t *testing.T) {
	for _, c := range []struct{ field, value, want string }{
		{"", "any: text \n '\\ ☃", ""},
		{"", "", "empty"},
		{"", "a\x00b", "NUL"},
		{"", "a\xff", "UTF-8"},
		{"username", "p1geon:hole", "colon"},
		{"password", "p1geon:hole", "colon"},
		{"refresh_token", "p1geon:hole", ""},
	} {
		err := deploy.CheckValue(deploy.ValuePart{Key: "k", Field: c.field}, snowflake.NewSecret(c.value))
		if (err == nil) != (c.want == "") || err != nil && !strings.Contains(err.Error(), c.want) {
			t.Errorf("CheckValue(%s, %q) = %v, want %q", c.field, c.value, err, c.want)
		}
		if err != nil && strings.Contains(err.Error(), "p1geon") {
			t.Errorf("the error contains the value: %v", err)
		}
	}
}
