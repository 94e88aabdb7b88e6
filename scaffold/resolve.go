package scaffold

import (
	"cmp"
	"strings"

	"sleet/snowflake"
)

// Defaults of answers that do not depend on another answer.
const (
	DefaultName      = "streamlit_app"
	DefaultMainFile  = "streamlit_app.py"
	DefaultWarehouse = "COMPUTE_WH"
	// DefaultPool exists in every account, with USAGE granted to PUBLIC.
	// https://docs.snowflake.com/en/developer-guide/snowpark-container-services/working-with-compute-pool
	DefaultPool   = "SYSTEM_COMPUTE_POOL_CPU"
	DefaultStage  = "STREAMLIT_STAGE"
	DefaultAdmin  = "ACCOUNTADMIN"
	DefaultPython = "3.11"
)

// Resolve returns the App with every unanswered question set to its default, as the generators need
// it. Names stay raw text, as in sleet.toml; snowflake.Name turns them into SQL.
func (a App) Resolve() App {
	r := a.Clone()
	r.App.Name = cmp.Or(r.App.Name, r.Folder, DefaultName)
	r.App.Title = cmp.Or(r.App.Title, snowflake.Unquote(r.App.Name))
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
		r.Python.Streamlit = cmp.Or(r.Python.Streamlit, ">="+MinCallersStreamlit+",<2")
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

// DefaultRule returns the default name of the network rule: NAME_EGRESS.
func (a App) DefaultRule() string { return snowflake.Derived(a.PlainName(), "_EGRESS") }

// DefaultIntegration returns the default name of the external access integration. An integration
// belongs to the account, so the name includes the database and the schema if they are known:
// DB_SCHEMA_NAME_ACCESS.
func (a App) DefaultIntegration() string {
	var parts []string
	for _, raw := range []string{a.App.Database, a.App.Schema} {
		if raw != "" {
			parts = append(parts, snowflake.SanitizeIdent(raw))
		}
	}
	return snowflake.Derived(strings.Join(append(parts, a.PlainName()), "_"), "_ACCESS")
}

// DefaultObject returns the default name of the SECRET object: NAME_KEY.
func (a App) DefaultObject(key string) string {
	return snowflake.Derived(a.PlainName(), "_"+strings.ToUpper(key))
}

// FunctionName returns the name of the UDF that holds a secret: NAME_GET_KEY.
func (a App) FunctionName(key string) string {
	return snowflake.Derived(a.PlainName(), "_GET_"+strings.ToUpper(key))
}

// StageFolder returns the folder on the stage that holds the app's files: NAME.
func (a App) StageFolder() string { return snowflake.Derived(a.PlainName(), "") }

// PlainName returns the app's name changed into an unquoted identifier.
func (a App) PlainName() string {
	return snowflake.SanitizeIdent(cmp.Or(a.App.Name, a.Folder, DefaultName))
}

// MinCallersStreamlit is the first version of Streamlit that supports caller's rights.
// https://docs.snowflake.com/en/developer-guide/streamlit/features/restricted-callers-rights
const MinCallersStreamlit = "1.53.1"

// CallersRights reports whether the app's queries run with the viewer's rights.
func (a App) CallersRights() bool {
	return a.App.Rights == CallerRights && Facts(a.App.Runtime).CallersRights
}
