package profile_test

import (
	"strings"
	"testing"

	"sleet/snowflake/account/profile"
)

// TestDefaultName checks the default connection's name in the right place and in wrong ones: a name without effect is
// reported, and no other connection is used instead.
func TestDefaultName(t *testing.T) {
	t.Parallel()
	const two = "[dev]\naccount='d-d'\nuser='u'\n[default]\naccount='p-p'\nuser='u'\n"
	const under = "[connections.dev]\naccount='d-d'\nuser='u'\n[connections.prod]\naccount='p-p'\nuser='u'\n"
	for name, c := range map[string]struct {
		files    map[string]string
		environ  []string
		pick     string
		problem  string
		unpicked string
	}{
		"right":                {map[string]string{"config.toml": "default_connection_name='dev'\n" + under}, nil, "dev", "", ""},
		"in the wrong file":    {map[string]string{"connections.toml": "default_connection_name='dev'\n" + two}, nil, "", "connections.toml:1: default_connection_name has no effect here", "--connection dev"},
		"the same as taken":    {map[string]string{"connections.toml": "default_connection_name='default'\n" + two}, nil, "default", "has no effect here", ""},
		"under connections":    {map[string]string{"config.toml": "[connections]\ndefault_connection_name='dev'\n" + under}, nil, "", "config.toml:2: default_connection_name has no effect under [connections]", "--connection dev"},
		"behind a connection":  {map[string]string{"config.toml": under + "default_connection_name='dev'\n"}, nil, "", "config.toml:7: default_connection_name has no effect under [connections.prod]", "--connection dev"},
		"in a connection":      {map[string]string{"connections.toml": two + "default_connection_name='dev'\n"}, nil, "", "connections.toml:7: default_connection_name has no effect here", "--connection dev"},
		"under cli":            {map[string]string{"config.toml": "[cli]\ndefault_connection_name='dev'\n" + under}, nil, "", "under [cli]", "--connection dev"},
		"with hyphens":         {map[string]string{"config.toml": "default-connection-name='dev'\n" + under}, nil, "", "unknown key default-connection-name", "--connection dev"},
		"mistyped":             {map[string]string{"config.toml": "default_conection_name='dev'\n" + under}, nil, "", "unknown key default_conection_name", "--connection dev"},
		"shortened":            {map[string]string{"config.toml": "default_connection='dev'\n" + under}, nil, "", "unknown key default_connection", "--connection dev"},
		"settled elsewhere":    {map[string]string{"connections.toml": "default_connection_name='dev'\n" + two, "config.toml": "default_connection_name='dev'\n"}, nil, "dev", "has no effect here", ""},
		"settled by variable":  {map[string]string{"connections.toml": "default_connection_name='dev'\n" + two}, []string{"SNOWFLAKE_DEFAULT_CONNECTION_NAME=default"}, "default", "has no effect here", ""},
		"a variable like it":   {map[string]string{"connections.toml": two}, []string{"SNOWFLAKE_DEFAULT_CONNECTION=dev"}, "", "the variable SNOWFLAKE_DEFAULT_CONNECTION is not read", "--connection dev"},
		"a mistyped variable":  {map[string]string{"connections.toml": two}, []string{"SNOWFLAKE_DEFAULT_CONECTION_NAME=dev"}, "", "is not read", "--connection dev"},
		"a connection's value": {map[string]string{"connections.toml": "[dev]\naccount='d-d'\nuser='u'\n"}, []string{"SNOWFLAKE_CONNECTIONS_DEV_ROLE=r"}, "dev", "", ""},
	} {
		all := profile.Read(env(t, c.files, c.environ...))
		var messages []string
		for _, p := range all.Problems {
			messages = append(messages, p.Message.String())
		}
		if got := strings.Join(messages, "\n"); !strings.Contains(got, c.problem) || c.problem == "" && got != "" {
			t.Errorf("%s: problems %q, want %q", name, got, c.problem)
		}
		p, err := all.Pick("")
		switch {
		case c.unpicked != "" && (err == nil || !strings.Contains(err.Error(), c.unpicked)):
			t.Errorf("%s: Pick = %s, %v; want the error %q", name, p.Name, err, c.unpicked)
		case c.unpicked == "" && (err != nil || p.Name != c.pick):
			t.Errorf("%s: Pick = %s, %v; want %s", name, p.Name, err, c.pick)
		}
		if _, err := all.Pick("dev"); err != nil {
			t.Errorf("%s: Pick(dev): %v", name, err)
		}
	}
}

// TestProblemsWithoutServer checks the mistakes in a profile that are found without a server.
func TestProblemsWithoutServer(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ lines, want string }{
		"a key":                     {"account='a-b'\nuser='u'\nprivate_key_raw='k'", "authenticator SNOWFLAKE_JWT"},
		"a key beside a password":   {"account='a-b'\nuser='u'\nprivate_key_raw='k'\npassword='p'", "authenticator SNOWFLAKE_JWT"},
		"a key, and the plain way":  {"account='a-b'\nuser='u'\nprivate_key_raw='k'\nauthenticator='snowflake'", "authenticator SNOWFLAKE_JWT"},
		"a key that is not for it":  {"account='a-b'\nuser='u'\nprivate_key_raw='k'\nauthenticator='externalbrowser'", "authenticator externalbrowser"},
		"no token for OIDC":         {"account='a-b'\nauthenticator='WORKLOAD_IDENTITY'\nworkload_identity_provider='oidc'", "needs token or token_file_path"},
		"a token for OIDC":          {"account='a-b'\nauthenticator='WORKLOAD_IDENTITY'\nworkload_identity_provider='oidc'\ntoken='t'", "authenticator WORKLOAD_IDENTITY"},
		"an unknown provider":       {"account='a-b'\nauthenticator='WORKLOAD_IDENTITY'\nworkload_identity_provider='github'\ntoken='t'", "must be one of AWS, AZURE, GCP, OIDC"},
		"AWS":                       {"account='a-b'\nauthenticator='WORKLOAD_IDENTITY'\nworkload_identity_provider='Aws'", "authenticator WORKLOAD_IDENTITY"},
		"Snowsight's bare address":  {"account='https://app.snowflake.com/'\nuser='u'", "an address without an account"},
		"two regions":               {"account='a.eu-west-1'\nregion='us-east-1'\nuser='u'", "account has the region eu-west-1"},
		"a dot for the hyphen":      {"account='myorg.acct'\nuser='u'", "means the account myorg in the region acct"},
		"words for the account":     {"account='my account'\nuser='u'", "is not an account identifier"},
		"a region of another cloud": {"account='a.uae-north.azure'\nuser='u'", "authenticator "},
	} {
		all := profile.Read(env(t, map[string]string{"connections.toml": "[x]\n" + c.lines}))
		messages := []string{"authenticator " + all.List[0].Authenticator}
		for _, p := range all.List[0].Problems {
			messages = append(messages, p.Message.String())
		}
		got := messages[len(messages)-1]
		if !strings.Contains(got, c.want) {
			t.Errorf("%s: problems %q, want %q", name, messages, c.want)
		}
	}
}
