package validate

import (
	"strings"

	"sleet/scaffold"
)

func nameCases() []ruleCase {
	long := strings.Repeat("名", 256)
	pool := func(name string) func(*scaffold.App) {
		return func(a *scaffold.App) { a.App.ComputePool = &name }
	}
	return []ruleCase{
		{"name-empty", "app.name", func(a *scaffold.App) { a.App.Name = "  " }},
		{"name-empty", "app.name", func(a *scaffold.App) { a.App.Name = `""` }},
		{"name-empty", "roles.viewers[1]", func(a *scaffold.App) { a.Roles.Viewers = []string{"A", ""} }},
		{"name-empty", "network.rules[0]", func(a *scaffold.App) { a.Network.Rules = []string{""} }},
		{"name-empty", "", func(a *scaffold.App) { a.App.Name = "x" }},
		{"name-control", "app.database", func(a *scaffold.App) { a.App.Database = "a\x00b" }},
		{"name-control", "app.schema", func(a *scaffold.App) { a.App.Schema = "a\x1b[2Jb" }},
		{"name-control", "secrets[0].object", func(a *scaffold.App) { a.Secrets = []scaffold.SecretDecl{{Key: "k", Object: "A.\nB"}} }},
		{"name-control", "app.stage", func(a *scaffold.App) { a.App.Stage = "\xff" }},
		{"name-control", "app.name", func(a *scaffold.App) { a.Folder = "a\tb" }},
		{"name-control", "", func(a *scaffold.App) { a.App.Database = "データ" }},
		{"name-long", "app.name", func(a *scaffold.App) { a.App.Name = long }},
		{"name-long", "", func(a *scaffold.App) { a.App.Name = long[:len(long)-len("名")] }},
		{"name-long", "", func(a *scaffold.App) { a.App.Name = `"` + strings.Repeat(`""`, 255) + `"` }},
		{"name-quotes", "app.name", func(a *scaffold.App) { a.App.Name = `"my app` }},
		{"name-quotes", "app.name", func(a *scaffold.App) { a.App.Name = `my app"` }},
		{"name-quotes", "app.query_warehouse", func(a *scaffold.App) { a.App.QueryWarehouse = `"a"b"` }},
		{"name-quotes", "app.schema", func(a *scaffold.App) { a.App.Schema = `"` }},
		{"name-quotes", "", func(a *scaffold.App) { a.App.Name = `"say ""hi"""` }},
		{"name-quotes", "", func(a *scaffold.App) { a.App.Name = `5" disk` }},
		{"name-parts", "secrets[0].object", func(a *scaffold.App) { a.Secrets = []scaffold.SecretDecl{{Key: "k", Object: "A.B.C.D"}} }},
		{"name-parts", "secrets[0].object", func(a *scaffold.App) { a.Secrets = []scaffold.SecretDecl{{Key: "k", Object: "A..C"}} }},
		{"name-parts", "network.rules[1]", func(a *scaffold.App) { a.Network.Rules = []string{"A", `"B`} }},
		{"name-parts", "network.rules[0]", func(a *scaffold.App) { a.Network.Rules = []string{"A." + long} }},
		{"name-parts", "", func(a *scaffold.App) { a.Network.Rules = []string{"A", "B.A", `"D.1"."S".N`} }},
		{"name-qualified", "app.query_warehouse", func(a *scaffold.App) { a.App.QueryWarehouse = "DB.WH" }},
		{"name-qualified", "app.compute_pool", pool("DB.SCHEMA.POOL")},
		{"name-qualified", "network.integration", func(a *scaffold.App) { a.Network.Integration = "DB.SCHEMA.I" }},
		{"name-qualified", "roles.owner", func(a *scaffold.App) { a.Roles.Owner = "DB.R" }},
		{"name-qualified", "roles.viewers[0]", func(a *scaffold.App) { a.Roles.Viewers = []string{"DB.R"} }},
		{"name-qualified", "secrets[0].integration", func(a *scaffold.App) {
			a.Secrets = []scaffold.SecretDecl{{Key: "k", Type: scaffold.CloudProviderToken, Integration: "A.B"}}
		}},
		{"name-qualified", "", func(a *scaffold.App) { a.App.QueryWarehouse = `"a.b"` }},
		{"name-dotted", "app.database", func(a *scaffold.App) { a.App.Database, a.App.Schema = "DB.SCHEMA", "S" }},
		{"name-dotted", "", func(a *scaffold.App) { a.Network.Rule = "DB.SCHEMA.RULE" }},
		{"name-dotted", "", func(a *scaffold.App) { a.App.Stage = `DB."s.c".STAGE` }},
		{"name-parts", "network.rule", func(a *scaffold.App) { a.Network.Rule = "a.b.c.d" }},
		{"name-parts", "app.stage", func(a *scaffold.App) { a.App.Stage = "DB..STAGE" }},
		{"name-dotted", "", func(a *scaffold.App) { a.App.Name = "v1.2" }},
		{"name-dotted", "", func(a *scaffold.App) { a.App.Stage = "v1.2" }},
		{"name-spaces", "app.query_warehouse", func(a *scaffold.App) { a.App.QueryWarehouse = "COMPUTE_WH " }},
		{"name-spaces", "", func(a *scaffold.App) { a.App.QueryWarehouse = `"COMPUTE_WH "` }},
		{"compute-pool-name", "app.compute_pool", pool("my pool")},
		{"compute-pool-name", "app.compute_pool", pool(`"lower"`)},
		{"compute-pool-name", "", pool("my_pool")},
		{"compute-pool-name", "", pool("")},
		{"compute-pool-name", "", warehouse(pool("my pool"))},
		{"warehouse-case", "app.query_warehouse", func(a *scaffold.App) { a.App.QueryWarehouse = `"my_wh"` }},
		{"warehouse-case", "app.query_warehouse", func(a *scaffold.App) { a.App.QueryWarehouse = "my wh" }},
		{"warehouse-case", "", func(a *scaffold.App) { a.App.QueryWarehouse = "my_wh" }},
		{"warehouse-case", "", func(a *scaffold.App) { a.App.QueryWarehouse = `"MY WH"` }},
		{"place-system", "app.database", func(a *scaffold.App) { a.App.Database, a.App.Schema = "snowflake", "S" }},
		{"place-system", "app.schema", func(a *scaffold.App) { a.App.Schema = "INFORMATION_SCHEMA" }},
		{"place-system", "", func(a *scaffold.App) { a.App.Database, a.App.Schema = `"snowflake"`, "S" }},
		{"schema-missing", "app.schema", func(a *scaffold.App) { a.App.Database = "DB" }},
		{"schema-missing", "", func(a *scaffold.App) { a.App.Schema = "S" }},
		{"text-control", "app.title", func(a *scaffold.App) { a.App.Title = "a\nb" }},
		{"text-control", "app.comment", func(a *scaffold.App) { a.App.Comment = "a\x07b" }},
		{"text-control", "secrets[0].comment", func(a *scaffold.App) { a.Secrets = []scaffold.SecretDecl{{Key: "k", Comment: "\xfe"}} }},
		{"text-control", "secrets[0].scopes[1]", func(a *scaffold.App) {
			a.Secrets = []scaffold.SecretDecl{{Key: "k", Type: scaffold.OAuth2, Flow: scaffold.ClientCredentials, Scopes: []string{"a", "b\x00"}}}
		}},
		{"text-control", "", func(a *scaffold.App) { a.App.Comment = "two\nlines\tand a tab" }},
	}
}

func choiceCases() []ruleCase {
	secret := func(s scaffold.SecretDecl) func(*scaffold.App) {
		s.Key = "k"
		return func(a *scaffold.App) { a.Secrets = []scaffold.SecretDecl{{Key: "first"}, s} }
	}
	return []ruleCase{
		{"runtime-unknown", "app.runtime", func(a *scaffold.App) { a.App.Runtime = "wharehouse" }},
		{"runtime-unknown", "", func(a *scaffold.App) { a.App.Runtime = scaffold.Warehouse }},
		{"language-unknown", "app.language", func(a *scaffold.App) { a.App.Language = "de" }},
		{"language-unknown", "", func(a *scaffold.App) { a.App.Language = scaffold.Japanese }},
		{"rights-unknown", "app.rights", func(a *scaffold.App) { a.App.Rights = "viewer" }},
		{"rights-unknown", "", func(a *scaffold.App) { a.App.Rights = scaffold.CallerRights }},
		{"rights-runtime", "app.rights", warehouse(func(a *scaffold.App) { a.App.Rights = scaffold.CallerRights })},
		{"rights-runtime", "", func(a *scaffold.App) { a.App.Rights = scaffold.CallerRights }},
		{"rights-runtime", "", warehouse(func(a *scaffold.App) { a.App.Rights = scaffold.OwnerRights })},
		{"source-unknown", "python.source", func(a *scaffold.App) { a.Python.Source = "pypi" }},
		{"source-unknown", "", func(a *scaffold.App) { a.Python.Source = scaffold.PyPIIntegration }},
		{"secret-type-unknown", "secrets[1].type", secret(scaffold.SecretDecl{Type: "symmetric_key"})},
		{"secret-type-unknown", "", secret(scaffold.SecretDecl{Type: scaffold.Password})},
		{"secret-flow-unknown", "secrets[1].flow", secret(scaffold.SecretDecl{Type: scaffold.OAuth2, Flow: "implicit"})},
		{"secret-flow-unknown", "", secret(scaffold.SecretDecl{Type: scaffold.OAuth2, Flow: scaffold.AuthorizationCode})},
		{"secret-access-unknown", "secrets[1].access", secret(scaffold.SecretDecl{Access: "env"})},
		{"secret-access-unknown", "", secret(scaffold.SecretDecl{Access: scaffold.AccessModule})},
	}
}

func mainFileCases() []ruleCase {
	file := func(name string) func(*scaffold.App) { return func(a *scaffold.App) { a.App.MainFile = name } }
	return []ruleCase{
		{"main-file-control", "app.main_file", file("a\x00.py")},
		{"main-file-control", "", file("アプリ.py")},
		{"main-file-absolute", "app.main_file", file("/app.py")},
		{"main-file-absolute", "app.main_file", file(`C:\app.py`)},
		{"main-file-absolute", "app.main_file", file(`c:app.py`)},
		{"main-file-absolute", "app.main_file", file(`\\server\app.py`)},
		{"main-file-absolute", "app.main_file", file("~/app.py")},
		{"main-file-absolute", "", file("app.py")},
		{"main-file-backslash", "app.main_file", file(`src\app.py`)},
		{"main-file-backslash", "", file("src/app.py")},
		{"main-file-outside", "app.main_file", file("../app.py")},
		{"main-file-outside", "app.main_file", file("src/../../app.py")},
		{"main-file-outside", "", file("src/..app.py")},
		{"main-file-form", "app.main_file", file("src//app.py")},
		{"main-file-form", "app.main_file", file("./app.py")},
		{"main-file-form", "app.main_file", file("app.py/")},
		{"main-file-form", "", file("a b/app.v2.py")},
		{"main-file-suffix", "app.main_file", file("app")},
		{"main-file-suffix", "app.main_file", file("app.txt")},
		{"main-file-suffix", "app.main_file", file("src/.py")},
		{"main-file-suffix", "", file("App.PY")},
		{"main-file-not-uploaded", "app.main_file", file("tests/test_app.py")},
		{"main-file-not-uploaded", "app.main_file", file("SQL/app.py")},
		{"main-file-not-uploaded", "app.main_file", file(".streamlit/app.py")},
		{"main-file-not-uploaded", "app.main_file", file("a/.venv/app.py")},
		{"main-file-not-uploaded", "app.main_file", file(".hidden.py")},
		{"main-file-not-uploaded", "", file("src/tests.py")},
		{"main-file-subfolder", "app.main_file", warehouse(file("src/app.py"))},
		{"main-file-subfolder", "", warehouse(file("app.py"))},
		{"main-file-subfolder", "", file("src/app.py")},
		{"main-file-shadows", "app.main_file", file("streamlit.py")},
		{"main-file-shadows", "app.main_file", file("src/Requests.py")},
		{"main-file-shadows", "", file("my_streamlit.py")},
	}
}
