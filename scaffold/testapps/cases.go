package testapps

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"sleet/scaffold"
)

// Case is one App of the matrix that the SQL tests run over.
type Case struct {
	Name string
	App  scaffold.App
}

// Choice is one answer to a question.
type Choice struct {
	Name string
	Set  func(*scaffold.App)
}

// AppNames returns names that SQL must quote or escape.
func AppNames() []Choice {
	name := func(label, name string) Choice {
		return Choice{label, func(a *scaffold.App) { a.App.Name = name }}
	}
	return []Choice{
		name("plain", "sales_app"),
		name("japanese", "売上アプリ"),
		name("quotes", `Sam's "best" app; -- \ x`),
		name("keyword", "select"),
		name("exact", `"sales_app"`),
		name("dotted", "sales.app"),
		name("dollars", "sales$$app"),
		name("longest", strings.Repeat("n", 255)),
		name("longest-japanese", strings.Repeat("雪", 255)),
	}
}

// Runtimes returns a choice for each runtime.
func Runtimes() []Choice {
	runtime := func(r scaffold.Runtime) Choice {
		return Choice{string(r), func(a *scaffold.App) { a.App.Runtime = r }}
	}
	return []Choice{runtime(scaffold.Container), runtime(scaffold.Warehouse)}
}

// Places returns combinations of database, schema and stage.
func Places() []Choice {
	place := func(label, database, schema, stage string) Choice {
		return Choice{label, func(a *scaffold.App) {
			a.App.Database, a.App.Schema, a.App.Stage = database, schema, stage
		}}
	}
	return []Choice{
		place("placed", "APPS", "SALES", ""),
		place("session", "", "", ""),
		place("database", "APPS", "", ""),
		place("schema", "", "SALES", ""),
		place("quoted-place", "my db's", "table", `"my.stage"`),
		place("stage-elsewhere", "apps", "sales", "shared.files.APP_STAGE"),
	}
}

func rolesOf() []Choice {
	roles := func(label, owner, admin string, viewers ...string) Choice {
		return Choice{label, func(a *scaffold.App) {
			a.Roles = scaffold.Roles{Owner: owner, Admin: admin, Viewers: viewers}
		}}
	}
	return []Choice{
		roles("one-role", "", ""),
		roles("one-role-viewers", "", "", "analyst", "Sales Team"),
		roles("two-roles", "app_owner", "", "analyst"),
		roles("named-admin", "App Owner", "platform_admin", "analyst", "営業", "analyst"),
		roles("same-role", "accountadmin", `"ACCOUNTADMIN"`, "analyst"),
	}
}

// secretChoice returns the choice of these secrets and no others.
func secretChoice(label string, s ...scaffold.SecretDecl) Choice {
	return Choice{label, func(a *scaffold.App) { a.Secrets = s }}
}

func secretSets() []Choice {
	client := scaffold.SecretDecl{
		Key: "crm", Type: scaffold.OAuth2, Flow: scaffold.ClientCredentials, Integration: "crm_oauth", Scopes: []string{"read", "it's"},
	}
	code := scaffold.SecretDecl{
		Key: "mail", Type: scaffold.OAuth2, Flow: scaffold.AuthorizationCode, Integration: "my oauth", Comment: "it's\nmail",
	}
	aws := scaffold.SecretDecl{Key: "aws", Type: scaffold.CloudProviderToken, Integration: "aws_iam"}
	existing := func(key string, t scaffold.SecretType, object string) scaffold.SecretDecl {
		return scaffold.SecretDecl{Key: key, Type: t, Existing: true, Object: object}
	}
	return []Choice{
		secretChoice("no-secret"),
		secretChoice("string", scaffold.SecretDecl{Key: "api_key", Comment: "the key"}),
		secretChoice("password", scaffold.SecretDecl{Key: "login", Type: scaffold.Password, Object: "other.vault.LOGIN"}),
		secretChoice("client-credentials", client),
		secretChoice("authorization-code", code),
		secretChoice("cloud", aws),
		secretChoice("existing",
			existing("shared", scaffold.GenericString, "ops.vault.SHARED"),
			existing("ops_login", scaffold.Password, `ops.vault."login"`),
			existing("ops_oauth", scaffold.OAuth2, "OPS_OAUTH"),
			existing("ops_aws", scaffold.CloudProviderToken, "vault.OPS_AWS")),
		secretChoice("everything", scaffold.SecretDecl{Key: "api_key"},
			scaffold.SecretDecl{Key: "login", Type: scaffold.Password}, client, code, aws,
			existing("shared", scaffold.GenericString, "ops.vault.SHARED")),
		secretChoice("same-object",
			existing("one", scaffold.GenericString, "ops.vault.SHARED"),
			existing("two", scaffold.GenericString, "ops.vault.SHARED")),
	}
}

// accessChoices are the default access methods and the container's alternative for strings and
// passwords.
var accessChoices = []Choice{
	{"default-access", func(*scaffold.App) {}},
	{"st-secrets", func(a *scaffold.App) {
		for i, s := range a.Secrets {
			simple := s.Type == scaffold.Password || s.Type == scaffold.GenericString || s.Type == ""
			if a.App.Runtime == scaffold.Container && simple {
				a.Secrets[i].Access = scaffold.AccessSecrets
			}
		}
	}},
}

var networks = []Choice{
	{"no-host", func(*scaffold.App) {}},
	{"hosts", func(a *scaffold.App) { a.Network.Hosts = []string{"api.example.com", "*.example.org:8443"} }},
	{"rules", func(a *scaffold.App) {
		a.Network.Rules = []string{"ops.net.EGRESS", "SNOWFLAKE.EXTERNAL_ACCESS.PYPI_RULE", "ops.net.EGRESS"}
		a.Network.Integration = "my access"
	}},
	{"named", func(a *scaffold.App) {
		a.Network.Hosts = []string{"0.0.0.0:443"}
		a.Network.Rule, a.Network.Integration = "net.\"egress rule\"", "order"
	}},
}

var extras = []Choice{
	{"plain-extras", func(*scaffold.App) {}},
	{"pypi", func(a *scaffold.App) { a.Python.Source = scaffold.PyPIIntegration }},
	{"preinstalled", func(a *scaffold.App) { a.Python.Source = scaffold.Preinstalled }},
	{"default-pool", func(a *scaffold.App) { a.App.ComputePool = new(string) }},
	{"cortex-ja", func(a *scaffold.App) { a.App.Cortex, a.App.Language = scaffold.CortexAnalyst, scaffold.Japanese }},
	{"texts", func(a *scaffold.App) {
		a.App.Title, a.App.Comment = `Sam's app \ "best"`, "line\nbreak; $$ '--"
		a.App.QueryWarehouse = "my warehouse"
		a.Config = map[string]any{"theme.base": "dark"}
	}},
	{"cortex", func(a *scaffold.App) { a.App.Cortex = scaffold.CortexAnalyst }},
	{"caller", func(a *scaffold.App) {
		if a.App.Runtime == scaffold.Container {
			a.App.Rights = scaffold.CallerRights
		}
	}},
}

// factors returns the choices for each question, in the order in which they are applied.
func factors() [][]Choice {
	return [][]Choice{Runtimes(), AppNames(), Places(), rolesOf(), secretSets(), accessChoices, networks, extras}
}

// CaseOf returns the case with one choice for each factor, by index. Its name omits first choices.
func CaseOf(picks []int) Case {
	c := Case{App: scaffold.App{Folder: "demo"}}
	var names []string
	for i, choices := range factors() {
		pick := choices[picks[i]]
		pick.Set(&c.App)
		if picks[i] > 0 || i == 0 {
			names = append(names, pick.Name)
		}
	}
	c.Name = strings.Join(names, "+")
	return c
}

// Matrix returns, for each runtime, every choice alone and in an otherwise complete app, and a
// fixed random sample of all combinations.
func Matrix() []Case {
	all := factors()
	seen := map[string]bool{}
	var cases []Case
	add := func(picks []int) {
		if key := fmt.Sprint(picks); !seen[key] {
			seen[key] = true
			cases = append(cases, CaseOf(picks))
		}
	}
	full := []int{0, 0, 0, 2, 7, 0, 1, 0}
	for runtime := range all[0] {
		for f := 1; f < len(all); f++ {
			for c := range all[f] {
				alone, beside := make([]int, len(all)), append([]int(nil), full...)
				alone[0], beside[0] = runtime, runtime
				alone[f], beside[f] = c, c
				add(alone)
				add(beside)
			}
		}
	}
	random := rand.New(rand.NewPCG(1, 2))
	for range 60 {
		picks := make([]int, len(all))
		for f, choices := range all {
			picks[f] = random.IntN(len(choices))
		}
		add(picks)
	}
	return cases
}

// Each runs a subtest for every case of the matrix.
func Each(t *testing.T, test func(*testing.T, Case)) {
	t.Helper()
	for _, c := range Matrix() {
		t.Run(c.Name, func(t *testing.T) { test(t, c) })
	}
}
