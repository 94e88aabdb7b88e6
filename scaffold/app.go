package scaffold

// Runtime is where a Streamlit app runs in Snowflake.
// https://docs.snowflake.com/en/developer-guide/streamlit/app-development/runtime-environments
type Runtime string

// The runtimes. RuntimeFacts describes what each supports.
const (
	Container Runtime = "container"
	Warehouse Runtime = "warehouse"
)

// SecretType is a type of secret, as in CREATE SECRET, that an app can use.
// https://docs.snowflake.com/en/sql-reference/sql/create-secret
type SecretType string

// The secret types.
const (
	GenericString      SecretType = "generic_string"
	Password           SecretType = "password"
	OAuth2             SecretType = "oauth2"
	CloudProviderToken SecretType = "cloud_provider_token"
)

// Flow is the grant flow of an OAuth2 secret.
type Flow string

// The OAuth flows that CREATE SECRET supports.
const (
	ClientCredentials Flow = "client_credentials"
	AuthorizationCode Flow = "authorization_code"
)

// Access is the way an app reaches a secret.
type Access string

// The access methods: a UDF that holds the secret or st.secrets in a container, the _snowflake
// module in a warehouse.
const (
	AccessFunction Access = "function"
	AccessSecrets  Access = "st.secrets"
	AccessModule   Access = "_snowflake"
)

// Source is where a container app's packages come from.
type Source string

// The package sources of a container.
const (
	ArtifactRepository Source = "artifact-repository"
	PyPIIntegration    Source = "pypi-integration"
	Preinstalled       Source = "preinstalled"
)

// Cortex is the Snowflake Cortex service that the app queries; empty means none.
type Cortex string

// The Cortex services that an app can query.
const (
	CortexAnalyst Cortex = "analyst"
	CortexAgent   Cortex = "agent"
)

// Rights selects whose privileges the app's queries run with: those of the owner role, or those of
// the viewer as far as caller grants allow.
// https://docs.snowflake.com/en/developer-guide/streamlit/features/restricted-callers-rights
type Rights string

// The rights of an app.
const (
	OwnerRights  Rights = "owner"
	CallerRights Rights = "caller"
)

// App holds every answer about one app, as sleet.toml stores it. It holds what the user answered,
// never a resolved default: an empty field means "the default", which Resolve fills in. It never
// holds a secret's value.
type App struct {
	// Folder is the base name of the app's folder and the default for the app's name. Not saved.
	Folder string
	// PipList reports whether the folder has a requirements.txt written by a person and no
	// pyproject.toml beside it. Not saved.
	PipList bool
	App     Identity
	Python  Python
	Roles   Roles
	Network Network
	Secrets []SecretDecl
	// Config is .streamlit/config.toml, flattened: it maps "theme.sidebar.primaryColor" to a
	// string, bool, int64, float64, []any or map[string]any.
	Config map[string]any
	// Values is .streamlit/secrets.toml: non-secret values, with nested tables as map[string]any.
	Values map[string]any
	// Envs maps the name of each environment to the tables that overlay the others, as decoded from
	// the file.
	Envs map[string]any
	// Written maps the slash-separated path of each file to the hexadecimal SHA-256 of what sleet
	// last wrote.
	Written map[string]string
}

// Identity is the [app] table: the STREAMLIT object and where it is.
type Identity struct {
	Name, Title, Database, Schema string
	Runtime                       Runtime
	// RuntimeName overrides the runtime's RUNTIME_NAME.
	RuntimeName    string
	MainFile       string
	QueryWarehouse string
	// ComputePool is nil when not answered; a pointer to "" means the account's
	// DEFAULT_STREAMLIT_COMPUTE_POOL.
	ComputePool *string
	Stage       string
	Comment     string
	Language    Language
	Cortex      Cortex
	// Rights applies to container apps only; a warehouse app always runs with owner's rights.
	Rights Rights
}

// Python is the [python] table.
type Python struct {
	Version   string
	Streamlit string
	Packages  []string
	Source    Source
}

// Roles is the [roles] table.
type Roles struct {
	Owner, Admin string
	Viewers      []string
}

// Network is the [network] table.
type Network struct {
	Hosts       []string
	Rule        string
	Integration string
	Rules       []string
}

// SecretDecl declares one secret of the app. It never holds the value.
type SecretDecl struct {
	Key         string
	Type        SecretType
	Flow        Flow
	Object      string
	Existing    bool
	Access      Access
	Integration string
	Scopes      []string
	Comment     string
}
