package scaffold

import (
	"strings"

	"sleet/snowflake"
)

// Defaults of answers that do not follow from another answer.
const (
	DefaultName      = "streamlit_app"
	DefaultMainFile  = "streamlit_app.py"
	DefaultWarehouse = "COMPUTE_WH"
	// DefaultPool is in every account, with USAGE granted to PUBLIC.
	// https://docs.snowflake.com/en/developer-guide/snowpark-container-services/working-with-compute-pool
	DefaultPool   = "SYSTEM_COMPUTE_POOL_CPU"
	DefaultStage  = "STREAMLIT_STAGE"
	DefaultAdmin  = "ACCOUNTADMIN"
	DefaultPython = "3.11"
)

// Resolve returns the App with every unanswered question at its default: what the generators read.
// Names stay raw text, as sleet.toml has them; snowflake.Name makes SQL of them.
func (a App) Resolve() App {
	r := a.Clone()
	r.App.Name = First(r.App.Name, r.Folder, DefaultName)
	r.App.Title = First(r.App.Title, snowflake.Plain(r.App.Name))
	r.App.Runtime = First(r.App.Runtime, Container)
	r.App.MainFile = First(r.App.MainFile, DefaultMainFile)
	r.App.QueryWarehouse = First(r.App.QueryWarehouse, DefaultWarehouse)
	if r.App.ComputePool == nil {
		pool := DefaultPool
		r.App.ComputePool = &pool
	}
	r.App.Stage = First(r.App.Stage, DefaultStage)
	r.App.Language = First(r.App.Language, English)
	r.Python.Version = First(r.Python.Version, pythonNamed(r.App.RuntimeName), DefaultPython)
	r.Python.Streamlit = First(r.Python.Streamlit, Facts(r.App.Runtime).Streamlit(r.Python.Version))
	r.Python.Source = First(r.Python.Source, ArtifactRepository)
	r.Roles.Admin = First(r.Roles.Admin, DefaultAdmin)
	r.Network.Rule = First(r.Network.Rule, r.DefaultRule())
	r.Network.Integration = First(r.Network.Integration, r.DefaultIntegration())
	for i, s := range r.Secrets {
		r.Secrets[i] = r.resolveSecret(s)
	}
	return r
}

func (a App) resolveSecret(s SecretDecl) SecretDecl {
	s.Type = First(s.Type, GenericString)
	s.Object = First(s.Object, a.DefaultObject(s.Key))
	if ways := Facts(First(a.App.Runtime, Container)).Access[s.Type]; len(ways) > 0 {
		s.Access = First(s.Access, ways[0])
	}
	return s
}

// DefaultRule is the network rule's name when none is given: NAME_EGRESS.
func (a App) DefaultRule() string { return snowflake.Derived(a.PlainName(), "_EGRESS") }

// DefaultIntegration is the integration's name when none is given. It is account-wide, so it
// carries the database and the schema where they are known: DB_SCHEMA_NAME_ACCESS.
func (a App) DefaultIntegration() string {
	var parts []string
	for _, raw := range []string{a.App.Database, a.App.Schema} {
		if raw != "" {
			parts = append(parts, snowflake.Fit(raw))
		}
	}
	return snowflake.Derived(strings.Join(append(parts, a.PlainName()), "_"), "_ACCESS")
}

// DefaultObject is the SECRET's name when none is given: NAME_KEY.
func (a App) DefaultObject(key string) string {
	return snowflake.Derived(a.PlainName(), "_"+strings.ToUpper(key))
}

// FunctionName is the name of the UDF that holds a secret: NAME_GET_KEY.
func (a App) FunctionName(key string) string {
	return snowflake.Derived(a.PlainName(), "_GET_"+strings.ToUpper(key))
}

// StageFolder is the folder in the stage that the app's files lie in: NAME.
func (a App) StageFolder() string { return snowflake.Derived(a.PlainName(), "") }

// PlainName is the app's name made fit for a plain identifier.
func (a App) PlainName() string {
	return snowflake.Fit(First(a.App.Name, a.Folder, DefaultName))
}

// First returns the first value that is not the zero one.
func First[T comparable](values ...T) T {
	var zero T
	for _, v := range values {
		if v != zero {
			return v
		}
	}
	return zero
}
