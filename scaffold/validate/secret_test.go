package validate

import (
	"sleet/scaffold"
)

func secretKeyCases() []ruleCase {
	keys := func(list ...string) func(*scaffold.App) {
		return func(a *scaffold.App) {
			for _, k := range list {
				a.Secrets = append(a.Secrets, scaffold.SecretDecl{Key: k})
			}
		}
	}
	value := func(a *scaffold.App, key string) { a.Values = map[string]any{key: "x"} }
	return []ruleCase{
		{"secret-key-missing", "secrets[1].key", keys("a", "")},
		{"secret-key-missing", "", keys("a")},
		{"secret-key-form", "secrets[0].key", keys("api-key")},
		{"secret-key-form", "secrets[0].key", keys("1st")},
		{"secret-key-form", "secrets[0].key", keys("鍵")},
		{"secret-key-form", "secrets[0].key", keys("a b")},
		{"secret-key-form", "", keys("_a1", "API_KEY", "match")},
		{"secret-key-keyword", "secrets[0].key", keys("class")},
		{"secret-key-keyword", "secrets[0].key", keys("None")},
		{"secret-key-keyword", "", keys("none", "match", "type")},
		{"secret-key-reserved", "secrets[0].key", keys("connections")},
		{"secret-key-reserved", "", keys("connection")},
		{"secret-key-duplicate", "secrets[2].key", keys("a", "b", "A")},
		{"secret-key-duplicate", "", keys("a", "b")},
		{"secret-key-environment", "secrets[1].key", func(a *scaffold.App) {
			a.Secrets = []scaffold.SecretDecl{{Key: "login", Type: scaffold.Password}, {Key: "LOGIN_username"}}
		}},
		{"secret-key-environment", "secrets[0].key", func(a *scaffold.App) {
			a.Secrets = []scaffold.SecretDecl{{Key: "login", Type: scaffold.Password}}
			value(a, "login_PASSWORD")
		}},
		{"secret-key-environment", "secrets[1].key", func(a *scaffold.App) {
			a.Secrets = []scaffold.SecretDecl{{Key: "a_refresh_token"}, {Key: "a", Type: scaffold.OAuth2, Flow: scaffold.AuthorizationCode}}
		}},
		{"secret-key-environment", "", keys("login", "login_username")},
		{"secret-key-value", "secrets[0].key", func(a *scaffold.App) { keys("region")(a); value(a, "Region") }},
		{"secret-key-value", "", func(a *scaffold.App) {
			keys("region")(a)
			a.Values = map[string]any{"aws": map[string]any{"region": "x"}}
		}},
		{"environment-vital", "secrets[0].key", func(a *scaffold.App) {
			a.Secrets = []scaffold.SecretDecl{{Key: "PATH", Access: scaffold.AccessSecrets}}
		}},
		{"environment-vital", "values.SNOWFLAKE_HOST", func(a *scaffold.App) { value(a, "SNOWFLAKE_HOST") }},
		{"environment-vital", "", keys("PATH")},
		{"environment-vital", "", func(a *scaffold.App) { value(a, "path") }},
	}
}

func secretCases() []ruleCase {
	one := func(s scaffold.SecretDecl) func(*scaffold.App) {
		s.Key = "k"
		return func(a *scaffold.App) { a.Secrets = []scaffold.SecretDecl{s} }
	}
	oauth := scaffold.SecretDecl{Type: scaffold.OAuth2, Flow: scaffold.ClientCredentials, Integration: "I", Scopes: []string{"read"}}
	with := func(s scaffold.SecretDecl, change func(*scaffold.SecretDecl)) func(*scaffold.App) {
		change(&s)
		return one(s)
	}
	return []ruleCase{
		{"secret-flow-missing", "secrets[0].flow", one(scaffold.SecretDecl{Type: scaffold.OAuth2, Integration: "I"})},
		{"secret-flow-missing", "", one(oauth)},
		{"secret-flow-missing", "", one(scaffold.SecretDecl{Type: scaffold.OAuth2, Existing: true, Object: "O"})},
		{"secret-flow-unused", "secrets[0].flow", one(scaffold.SecretDecl{Flow: scaffold.ClientCredentials})},
		{"secret-flow-unused", "", one(oauth)},
		{"secret-integration-missing", "secrets[0].integration", with(oauth, func(s *scaffold.SecretDecl) { s.Integration = "" })},
		{"secret-integration-missing", "secrets[0].integration", one(scaffold.SecretDecl{Type: scaffold.CloudProviderToken})},
		{"secret-integration-missing", "", one(scaffold.SecretDecl{Type: scaffold.CloudProviderToken, Existing: true, Object: "O"})},
		{"secret-integration-missing", "", one(oauth)},
		{"secret-integration-unused", "secrets[0].integration", one(scaffold.SecretDecl{Type: scaffold.Password, Integration: "I"})},
		{"secret-integration-unused", "", one(scaffold.SecretDecl{Type: scaffold.CloudProviderToken, Integration: "I"})},
		{"secret-scopes-unused", "secrets[0].scopes", one(scaffold.SecretDecl{Scopes: []string{"a"}})},
		{"secret-scopes-unused", "secrets[0].scopes", with(oauth, func(s *scaffold.SecretDecl) { s.Flow = scaffold.AuthorizationCode })},
		{"secret-scopes-unused", "", one(oauth)},
		{"secret-scope-empty", "secrets[0].scopes", with(oauth, func(s *scaffold.SecretDecl) { s.Scopes = []string{"a", " "} })},
		{"secret-scope-empty", "", with(oauth, func(s *scaffold.SecretDecl) { s.Scopes = nil })},
		{"secret-access-unfit", "secrets[0].access", with(oauth, func(s *scaffold.SecretDecl) { s.Access = scaffold.AccessSecrets })},
		{"secret-access-unfit", "secrets[0].access", one(scaffold.SecretDecl{Access: scaffold.AccessModule})},
		{"secret-access-unfit", "secrets[0].access", warehouse(one(scaffold.SecretDecl{Access: scaffold.AccessFunction}))},
		{"secret-access-unfit", "secrets[0].access", warehouse(one(scaffold.SecretDecl{Type: scaffold.Password, Access: scaffold.AccessSecrets}))},
		{"secret-access-unfit", "", one(scaffold.SecretDecl{Type: scaffold.Password, Access: scaffold.AccessSecrets})},
		{"secret-access-unfit", "", warehouse(one(scaffold.SecretDecl{Access: scaffold.AccessModule}))},
		{"secret-object-missing", "secrets[0].object", one(scaffold.SecretDecl{Existing: true})},
		{"secret-object-missing", "", one(scaffold.SecretDecl{Existing: true, Object: "O"})},
		{"secret-object-shared", "secrets[1].object", func(a *scaffold.App) {
			a.Secrets = []scaffold.SecretDecl{{Key: "a", Object: "x"}, {Key: "b", Object: "X"}}
		}},
		{"secret-object-shared", "secrets[1].object", func(a *scaffold.App) {
			a.Secrets = []scaffold.SecretDecl{{Key: "a"}, {Key: "b", Object: "demo_a"}}
		}},
		{"secret-object-shared", "secrets[1].object", func(a *scaffold.App) {
			a.App.Database, a.App.Schema = "d", "s"
			a.Secrets = []scaffold.SecretDecl{{Key: "a", Object: "X"}, {Key: "b", Object: "D.S.X"}}
		}},
		{"secret-object-shared", "", func(a *scaffold.App) {
			a.Secrets = []scaffold.SecretDecl{{Key: "a", Object: "x"}, {Key: "b", Object: "X", Existing: true}}
		}},
		{"secret-object-shared", "", func(a *scaffold.App) {
			a.Secrets = []scaffold.SecretDecl{{Key: "a", Object: "A.x"}, {Key: "b", Object: "B.x"}}
		}},
	}
}
