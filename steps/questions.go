package steps

import (
	"slices"

	"sleet/scaffold"
)

// The documentation pages that the questions link to.
const (
	docs            = "https://docs.snowflake.com/en/"
	pageIdentifiers = docs + "sql-reference/identifiers-syntax"
	pageCreate      = docs + "sql-reference/sql/create-streamlit"
	pageFiles       = docs + "developer-guide/streamlit/app-development/file-organization"
	pageRights      = docs + "developer-guide/streamlit/features/restricted-callers-rights"
	pageRuntimes    = docs + "developer-guide/streamlit/app-development/runtime-environments"
	pagePackages    = docs + "developer-guide/streamlit/app-development/dependency-management"
	pagePrivileges  = docs + "developer-guide/streamlit/object-management/privileges"
	pageRule        = docs + "sql-reference/sql/create-network-rule"
	pageIntegration = docs + "sql-reference/sql/create-external-access-integration"
	pageAnalyst     = docs + "user-guide/snowflake-cortex/cortex-analyst/rest-api"
	pageSecret      = docs + "sql-reference/sql/create-secret"
	PageOptions     = "https://docs.streamlit.io/develop/api-reference/configuration/config.toml"
	PageSecrets     = docs + "developer-guide/streamlit/app-development/secrets-and-configuration"
)

// The files that show answers.
const (
	FileSetup    = "sql/setup.sql"
	FileTeardown = "sql/teardown.sql"
	FileConfig   = ".streamlit/config.toml"
	FileValues   = ".streamlit/secrets.toml"
)

// Questions returns what a step asks in the State, in order. A step with a table asks about one row at a time, with
// SecretQuestions or ConfigQuestion.
func Questions(id StepID, s State) []Question {
	questions := id.Row().Questions
	if questions == nil {
		return nil
	}
	asked := slices.DeleteFunc(questions(s), func(q Question) bool { return !q.asked(s) })
	for i, q := range asked {
		if clause, ok := clauses[q.ID]; ok {
			asked[i].Anchor = func(State) string { return clause }
		}
	}
	return asked
}

// clauses are the SQL clauses of sql/setup.sql to look for instead of an answer that also occurs in the head of the
// script.
var clauses = map[string]string{
	"app.runtime_name":    "RUNTIME_NAME",
	"app.query_warehouse": "QUERY_WAREHOUSE",
	"app.account_pool":    "RUNTIME_NAME",
	askPool:               "COMPUTE_POOL =",
	"app.stage":           "CREATE STAGE",
	"python.source":       "ARTIFACT_REPOSITORIES",
	"network.hosts":       "VALUE_LIST",
	"network.rules":       "ALLOWED_NETWORK_RULES",
	"network.rule":        "CREATE NETWORK RULE",
	"network.integration": "CREATE EXTERNAL ACCESS INTEGRATION",
	"roles.owner":         "USE ROLE",
	"roles.viewers":       "ON STREAMLIT",
}

// askMain is the question about the main file.
const askMain = "app.main_file"

// askPool is the question about the compute pool.
const askPool = "app.compute_pool"

func runtimeQuestions(s State) []Question {
	runtime := choice("app.runtime", "", pageRuntimes, options("app.runtime", scaffold.Container, scaffold.Warehouse),
		func(a *scaffold.App) *scaffold.Runtime { return &a.App.Runtime })
	runtime.Anchor = secretCode
	name := text("app.runtime_name", FileSetup, pageCreate, func(a *scaffold.App) *string { return &a.App.RuntimeName })
	known := s.App
	known.App.RuntimeName = ""
	name.Preset = known.RuntimeName()
	name.Asked = func(s State) bool { return s.Every || s.App.App.RuntimeName != "" }
	return []Question{meaning(runtime, runtimeMeans), rightsQuestion(), name}
}

// secretCode returns the code with which the app reads its first secret: the runtimes differ most there.
func secretCode(s State) string {
	if len(s.App.Secrets) == 0 {
		return ""
	}
	return "def secret_" + s.App.Secrets[0].Key + "("
}

func appQuestions(State) []Question {
	return []Question{
		text("app.name", "", pageIdentifiers, func(a *scaffold.App) *string { return &a.App.Name }),
		text("app.title", "", pageCreate, func(a *scaffold.App) *string { return &a.App.Title }),
		text("app.database", FileSetup, pageCreate, func(a *scaffold.App) *string { return &a.App.Database }),
		text("app.schema", FileSetup, pageCreate, func(a *scaffold.App) *string { return &a.App.Schema }),
		text(askMain, "", pageFiles, func(a *scaffold.App) *string { return &a.App.MainFile }),
		text("app.comment", FileSetup, pageCreate, func(a *scaffold.App) *string { return &a.App.Comment }),
		choice("app.language", "", "", options("app.language", scaffold.English, scaffold.Japanese),
			func(a *scaffold.App) *scaffold.Language { return &a.App.Language }),
	}
}

func computeQuestions(State) []Question {
	inPool := func(s State) bool { return s.facts().ComputePool }
	named := func(s State) bool { return inPool(s) && !accountPool(s.App) }
	source := choice("python.source", FileSetup, pagePackages,
		options("python.source", scaffold.ArtifactRepository, scaffold.PyPIIntegration, scaffold.Preinstalled),
		func(a *scaffold.App) *scaffold.Source { return &a.Python.Source })
	source.Asked = inPool
	return []Question{
		candidateQuestion(),
		text("app.query_warehouse", FileSetup, pageCreate, func(a *scaffold.App) *string { return &a.App.QueryWarehouse }),
		{
			ID: "app.account_pool", Path: "app.account_pool", Kind: Toggle, Page: pageRuntimes, File: FileSetup, Asked: inPool,
			Get: func(a scaffold.App) string { return BoolText(accountPool(a)) },
			Set: func(a *scaffold.App, v string) { setPool(a, "", v == BoolText(true)) },
		},
		{
			ID: askPool, Path: askPool, Kind: Text, Page: pageRuntimes, File: FileSetup, Asked: named,
			Get: func(a scaffold.App) string {
				if a.App.ComputePool == nil {
					return ""
				}
				return *a.App.ComputePool
			},
			Set: func(a *scaffold.App, v string) { setPool(a, v, false) },
		},
		meaning(source, sourceMeans),
		text("app.stage", FileSetup, pageCreate, func(a *scaffold.App) *string { return &a.App.Stage }),
	}
}

// candidateQuestion asks for the main file of an app that is migrated, if several scripts could be it.
func candidateQuestion() Question {
	candidates := func(s State) []string {
		if s.Migration == nil || s.Migration.Folder == nil {
			return nil
		}
		return s.Migration.Candidates()
	}
	q := choice(askMain, "", pageFiles, func(s State) []Option {
		var all []Option
		for _, file := range candidates(s) {
			all = append(all, Option{Value: file})
		}
		return all
	}, func(a *scaffold.App) *string { return &a.App.MainFile })
	q.Asked = func(s State) bool { return len(candidates(s)) > 1 }
	return q
}

// accountPool reports whether the account's own default pool was chosen.
func accountPool(a scaffold.App) bool { return a.App.ComputePool != nil && *a.App.ComputePool == "" }

// setPool sets the compute pool to a name, to the account's default if account is set, or else leaves it to sleet's
// default.
func setPool(a *scaffold.App, name string, account bool) {
	a.App.ComputePool = nil
	if name != "" || account {
		a.App.ComputePool = &name
	}
}

func packageQuestions(s State) []Question {
	file := s.facts().PackageFile
	several := func(s State) bool {
		pythons, given := s.facts().Pythons, s.App.Python.Version
		return len(pythons) > 1 || given != "" && !slices.Contains(pythons, given)
	}
	version := choice("python.version", file, pagePackages, func(s State) []Option {
		var all []Option
		for _, v := range slices.Backward(s.facts().Pythons) {
			all = append(all, Option{Value: v})
		}
		return all
	}, func(a *scaffold.App) *string { return &a.Python.Version })
	version.Asked = several
	return []Question{
		list("python.packages", file, pagePackages, func(a *scaffold.App) *[]string { return &a.Python.Packages }),
		text("python.streamlit", file, pagePackages, func(a *scaffold.App) *string { return &a.Python.Streamlit }),
		version,
	}
}

func hostQuestions(State) []Question {
	reaching := func(s State) bool { return len(s.App.Network.Hosts) > 0 }
	rule := text("network.rule", FileSetup, pageRule, func(a *scaffold.App) *string { return &a.Network.Rule })
	rule.Asked = reaching
	integration := text("network.integration", FileSetup, pageIntegration, func(a *scaffold.App) *string { return &a.Network.Integration })
	integration.Asked = func(s State) bool {
		return reaching(s) || len(s.App.Network.Rules) > 0 || len(s.App.Secrets) > 0
	}
	hosts := list("network.hosts", FileSetup, pageRule, func(a *scaffold.App) *[]string { return &a.Network.Hosts })
	hosts.Rewrite = HostOf
	hosts.SetLines = func(a *scaffold.App, lines []string) { a.Network.Hosts = hostsOf(lines) }
	return []Question{
		hosts,
		list("network.rules", FileSetup, pageIntegration, func(a *scaffold.App) *[]string { return &a.Network.Rules }),
		cortexQuestion(),
		rule,
		integration,
	}
}

// cortexQuestion switches Cortex on and off. It keeps an answer that selects a part of Cortex.
func cortexQuestion() Question {
	return Question{
		ID: "app.cortex", Path: "app.cortex", Kind: Toggle, Page: pageAnalyst,
		Get: func(a scaffold.App) string { return BoolText(a.App.Cortex != "") },
		Set: func(a *scaffold.App, v string) {
			switch {
			case v != BoolText(true):
				a.App.Cortex = ""
			case a.App.Cortex == "":
				a.App.Cortex = scaffold.CortexAnalyst
			}
		},
	}
}

// rightsQuestion asks whose rights queries run with, if the runtime supports both. The short path uses the owner's.
func rightsQuestion() Question {
	rights := choice("app.rights", "", pageRights, options("app.rights", scaffold.OwnerRights, scaffold.CallerRights),
		func(a *scaffold.App) *scaffold.Rights { return &a.App.Rights })
	rights.Asked = func(s State) bool {
		return s.facts().ComputePool && (s.Every || s.App.App.Rights == scaffold.CallerRights)
	}
	return rights
}

func roleQuestions(State) []Question {
	return []Question{
		text("roles.owner", FileSetup, pagePrivileges, func(a *scaffold.App) *string { return &a.Roles.Owner }),
		text("roles.admin", FileSetup, pageIntegration, func(a *scaffold.App) *string { return &a.Roles.Admin }),
		list("roles.viewers", FileSetup, pagePrivileges, func(a *scaffold.App) *[]string { return &a.Roles.Viewers }),
	}
}
