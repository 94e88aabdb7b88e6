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
	r.App.Name = first(r.App.Name, r.Folder, DefaultName)
	r.App.Title = first(r.App.Title, snowflake.Plain(r.App.Name))
	r.App.Runtime = first(r.App.Runtime, Container)
	r.App.MainFile = first(r.App.MainFile, DefaultMainFile)
	r.App.QueryWarehouse = first(r.App.QueryWarehouse, DefaultWarehouse)
	if r.App.ComputePool == nil {
		pool := DefaultPool
		r.App.ComputePool = &pool
	}
	r.App.Stage = first(r.App.Stage, DefaultStage)
	r.App.Language = first(r.App.Language, English)
	r.Python.Version = first(r.Python.Version, pythonNamed(r.App.RuntimeName), DefaultPython)
	r.Python.Streamlit = first(r.Python.Streamlit, Facts(r.App.Runtime).Streamlit(r.Python.Version))
	r.Python.Source = first(r.Python.Source, ArtifactRepository)
	r.Roles.Admin = first(r.Roles.Admin, DefaultAdmin)
	r.Network.Rule = first(r.Network.Rule, r.DefaultRule())
	r.Network.Integration = first(r.Network.Integration, r.DefaultIntegration())
	for i, s := range r.Secrets {
		r.Secrets[i] = r.resolveSecret(s)
	}
	return r
}

func (a App) resolveSecret(s SecretDecl) SecretDecl {
	s.Type = first(s.Type, GenericString)
	s.Object = first(s.Object, a.DefaultObject(s.Key))
	if ways := Facts(first(a.App.Runtime, Container)).Access[s.Type]; len(ways) > 0 {
		s.Access = first(s.Access, ways[0])
	}
	return s
}

// DefaultRule is the network rule's name when none is given: NAME_EGRESS.
func (a App) DefaultRule() string { return snowflake.Derived(a.plainName(), "_EGRESS") }

// DefaultIntegration is the integration's name when none is given. It is account-wide, so it
// carries the database and the schema where they are known: DB_SCHEMA_NAME_ACCESS.
func (a App) DefaultIntegration() string {
	var parts []string
	for _, raw := range []string{a.App.Database, a.App.Schema} {
		if raw != "" {
			parts = append(parts, snowflake.Fit(raw))
		}
	}
	return snowflake.Derived(strings.Join(append(parts, a.plainName()), "_"), "_ACCESS")
}

// DefaultObject is the SECRET's name when none is given: NAME_KEY.
func (a App) DefaultObject(key string) string {
	return snowflake.Derived(a.plainName(), "_"+strings.ToUpper(key))
}

// FunctionName is the name of the UDF that holds a secret: NAME_GET_KEY.
func (a App) FunctionName(key string) string {
	return snowflake.Derived(a.plainName(), "_GET_"+strings.ToUpper(key))
}

// StageFolder is the folder in the stage that the app's files lie in: NAME.
func (a App) StageFolder() string { return snowflake.Derived(a.plainName(), "") }

// plainName is the app's name made fit for a plain identifier.
func (a App) plainName() string {
	return snowflake.Fit(first(a.App.Name, a.Folder, DefaultName))
}

// first returns the first value that is not the zero one.
func first[T comparable](values ...T) T {
	var zero T
	for _, v := range values {
		if v != zero {
			return v
		}
	}
	return zero
}
