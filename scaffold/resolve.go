package scaffold

import (
	"cmp"
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
	r.App.Name = cmp.Or(r.App.Name, r.Folder, DefaultName)
	r.App.Title = cmp.Or(r.App.Title, snowflake.Plain(r.App.Name))
	r.App.Runtime = cmp.Or(r.App.Runtime, Container)
	r.App.MainFile = cmp.Or(r.App.MainFile, DefaultMainFile)
	r.App.QueryWarehouse = cmp.Or(r.App.QueryWarehouse, DefaultWarehouse)
	if r.App.ComputePool == nil {
		pool := DefaultPool
		r.App.ComputePool = &pool
	}
	r.App.Stage = cmp.Or(r.App.Stage, DefaultStage)
	r.App.Language = cmp.Or(r.App.Language, English)
	r.App.Rights = cmp.Or(r.App.Rights, OwnerRights)
	r.Python.Version = cmp.Or(r.Python.Version, pythonNamed(r.App.RuntimeName), DefaultPython)
	if r.CallersRights() {
		r.Python.Streamlit = cmp.Or(r.Python.Streamlit, ">="+CallersStreamlit+",<2")
	}
	r.Python.Streamlit = cmp.Or(r.Python.Streamlit, Facts(r.App.Runtime).Streamlit(r.Python.Version))
	r.Python.Source = cmp.Or(r.Python.Source, ArtifactRepository)
	r.Roles.Admin = cmp.Or(r.Roles.Admin, DefaultAdmin)
	r.Network.Rule = cmp.Or(r.Network.Rule, r.DefaultRule())
	r.Network.Integration = cmp.Or(r.Network.Integration, r.DefaultIntegration())
	for i, s := range r.Secrets {
		r.Secrets[i] = r.resolveSecret(s)
	}
	return r
}

func (a App) resolveSecret(s SecretDecl) SecretDecl {
	s.Type = cmp.Or(s.Type, GenericString)
	s.Object = cmp.Or(s.Object, a.DefaultObject(s.Key))
	if ways := Facts(cmp.Or(a.App.Runtime, Container)).Access[s.Type]; len(ways) > 0 {
		s.Access = cmp.Or(s.Access, ways[0])
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
	return snowflake.Fit(cmp.Or(a.App.Name, a.Folder, DefaultName))
}

// CallersStreamlit is the first version of Streamlit with caller's rights.
// https://docs.snowflake.com/en/developer-guide/streamlit/features/restricted-callers-rights
const CallersStreamlit = "1.53.1"

// CallersRights reports whether the app's queries run with the rights of the viewer.
func (a App) CallersRights() bool {
	return a.App.Rights == CallerRights && Facts(a.App.Runtime).CallersRights
}
