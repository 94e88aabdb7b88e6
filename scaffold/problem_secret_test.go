package scaffold

func secretKeyCases() []ruleCase {
	keys := func(list ...string) func(*App) {
		return func(a *App) {
			for _, k := range list {
				a.Secrets = append(a.Secrets, SecretDecl{Key: k})
			}
		}
	}
	value := func(a *App, key string) { a.Values = map[string]any{key: "x"} }
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
		{"secret-key-environment", "secrets[1].key", func(a *App) {
			a.Secrets = []SecretDecl{{Key: "login", Type: Password}, {Key: "LOGIN_username"}}
		}},
		{"secret-key-environment", "secrets[0].key", func(a *App) {
			a.Secrets = []SecretDecl{{Key: "login", Type: Password}}
			value(a, "login_PASSWORD")
		}},
		{"secret-key-environment", "secrets[1].key", func(a *App) {
			a.Secrets = []SecretDecl{{Key: "a_refresh_token"}, {Key: "a", Type: OAuth2, Flow: AuthorizationCode}}
		}},
		{"secret-key-environment", "", keys("login", "login_username")},
		{"secret-key-value", "secrets[0].key", func(a *App) { keys("region")(a); value(a, "Region") }},
		{"secret-key-value", "", func(a *App) {
			keys("region")(a)
			a.Values = map[string]any{"aws": map[string]any{"region": "x"}}
		}},
		{"environment-vital", "secrets[0].key", func(a *App) { a.Secrets = []SecretDecl{{Key: "PATH", Access: AccessSecrets}} }},
		{"environment-vital", "values.SNOWFLAKE_HOST", func(a *App) { value(a, "SNOWFLAKE_HOST") }},
		{"environment-vital", "", keys("PATH")},
		{"environment-vital", "", func(a *App) { value(a, "path") }},
	}
}

func secretCases() []ruleCase {
	one := func(s SecretDecl) func(*App) {
		s.Key = "k"
		return func(a *App) { a.Secrets = []SecretDecl{s} }
	}
	oauth := SecretDecl{Type: OAuth2, Flow: ClientCredentials, Integration: "I", Scopes: []string{"read"}}
	with := func(s SecretDecl, change func(*SecretDecl)) func(*App) {
		change(&s)
		return one(s)
	}
	return []ruleCase{
		{"secret-flow-missing", "secrets[0].flow", one(SecretDecl{Type: OAuth2, Integration: "I"})},
		{"secret-flow-missing", "", one(oauth)},
		{"secret-flow-missing", "", one(SecretDecl{Type: OAuth2, Existing: true, Object: "O"})},
		{"secret-flow-unused", "secrets[0].flow", one(SecretDecl{Flow: ClientCredentials})},
		{"secret-flow-unused", "", one(oauth)},
		{"secret-integration-missing", "secrets[0].integration", with(oauth, func(s *SecretDecl) { s.Integration = "" })},
		{"secret-integration-missing", "secrets[0].integration", one(SecretDecl{Type: CloudProviderToken})},
		{"secret-integration-missing", "", one(SecretDecl{Type: CloudProviderToken, Existing: true, Object: "O"})},
		{"secret-integration-missing", "", one(oauth)},
		{"secret-integration-unused", "secrets[0].integration", one(SecretDecl{Type: Password, Integration: "I"})},
		{"secret-integration-unused", "", one(SecretDecl{Type: CloudProviderToken, Integration: "I"})},
		{"secret-scopes-unused", "secrets[0].scopes", one(SecretDecl{Scopes: []string{"a"}})},
		{"secret-scopes-unused", "secrets[0].scopes", with(oauth, func(s *SecretDecl) { s.Flow = AuthorizationCode })},
		{"secret-scopes-unused", "", one(oauth)},
		{"secret-scope-empty", "secrets[0].scopes", with(oauth, func(s *SecretDecl) { s.Scopes = []string{"a", " "} })},
		{"secret-scope-empty", "", with(oauth, func(s *SecretDecl) { s.Scopes = nil })},
		{"secret-access-unfit", "secrets[0].access", with(oauth, func(s *SecretDecl) { s.Access = AccessSecrets })},
		{"secret-access-unfit", "secrets[0].access", one(SecretDecl{Access: AccessModule})},
		{"secret-access-unfit", "secrets[0].access", warehouse(one(SecretDecl{Access: AccessFunction}))},
		{"secret-access-unfit", "secrets[0].access", warehouse(one(SecretDecl{Type: Password, Access: AccessSecrets}))},
		{"secret-access-unfit", "", one(SecretDecl{Type: Password, Access: AccessSecrets})},
		{"secret-access-unfit", "", warehouse(one(SecretDecl{Access: AccessModule}))},
		{"secret-object-missing", "secrets[0].object", one(SecretDecl{Existing: true})},
		{"secret-object-missing", "", one(SecretDecl{Existing: true, Object: "O"})},
		{"secret-object-shared", "secrets[1].object", func(a *App) {
			a.Secrets = []SecretDecl{{Key: "a", Object: "x"}, {Key: "b", Object: "X"}}
		}},
		{"secret-object-shared", "secrets[1].object", func(a *App) {
			a.Secrets = []SecretDecl{{Key: "a"}, {Key: "b", Object: "demo_a"}}
		}},
		{"secret-object-shared", "secrets[1].object", func(a *App) {
			a.App.Database, a.App.Schema = "d", "s"
			a.Secrets = []SecretDecl{{Key: "a", Object: "X"}, {Key: "b", Object: "D.S.X"}}
		}},
		{"secret-object-shared", "", func(a *App) {
			a.Secrets = []SecretDecl{{Key: "a", Object: "x"}, {Key: "b", Object: "X", Existing: true}}
		}},
		{"secret-object-shared", "", func(a *App) {
			a.Secrets = []SecretDecl{{Key: "a", Object: "A.x"}, {Key: "b", Object: "B.x"}}
		}},
	}
}
