package scaffold

import (
	"slices"
	"sync"
)

// RuntimeFacts describes what one runtime supports. A new runtime is a new row of the table.
// https://docs.snowflake.com/en/developer-guide/streamlit/app-development/runtime-environments
// https://docs.snowflake.com/en/developer-guide/streamlit/app-development/dependency-management
type RuntimeFacts struct {
	Runtime Runtime
	// SQLName is the value of RUNTIME_NAME.
	SQLName string
	// NamePrefixes are the prefixes of every RUNTIME_NAME of the runtime, including versions that
	// sleet does not know.
	NamePrefixes []string
	// Pythons are the supported versions of Python, newest last.
	Pythons []string
	// Streamlits are the only supported versions of Streamlit, newest last; empty means any from
	// MinStreamlit.
	Streamlits []string
	// MinStreamlit is the oldest supported version of Streamlit.
	MinStreamlit string
	// DefaultStreamlit is the version or range that sleet writes for the default Python. The
	// Streamlit method returns the one for any Python.
	DefaultStreamlit string
	// PackageFile is the file that lists the packages.
	PackageFile string
	// Subfolders reports whether the main file may be in a subfolder.
	Subfolders bool
	// ComputePool reports whether the runtime needs a compute pool.
	ComputePool bool
	// SecretsFile reports whether the runtime reads .streamlit/secrets.toml.
	SecretsFile bool
	// SharedProcess reports whether one process serves all viewers. It starts once, reads files and
	// secrets at startup and keeps running. Otherwise each viewer has an instance of the app.
	SharedProcess bool
	// CallersRights reports whether queries can run with the rights of the viewer.
	// https://docs.snowflake.com/en/developer-guide/streamlit/features/restricted-callers-rights
	CallersRights bool
	// ComponentsV2 reports whether Streamlit's custom components v2 work.
	ComponentsV2 bool
	// RefusedClauses are the clauses of CREATE STREAMLIT that the runtime does not accept.
	// https://docs.snowflake.com/en/sql-reference/sql/create-streamlit
	RefusedClauses []string
	// OldProject reports whether a version 1 snowflake.yml can describe such an app.
	OldProject bool
	// ViewerHosts are the hosts that viewers' networks must allow, including WebSockets. The second
	// is needed on accounts where ENABLE_PER_ACCOUNT_APP_SERVICE_URL is FALSE.
	// https://docs.snowflake.com/en/developer-guide/streamlit/object-management/security
	ViewerHosts []string
	// Access lists the access methods for each type of secret, the default first. A type without a
	// row is not supported.
	Access map[SecretType][]Access
}

// Runtimes returns the facts of every runtime, the default first. The slices and maps inside are
// shared: do not modify them.
func Runtimes() []RuntimeFacts { return slices.Clone(runtimeTable()) }

// runtimeTable returns the table of the runtimes. It is built once because the preview reads it on
// every key press.
var runtimeTable = sync.OnceValue(func() []RuntimeFacts {
	return []RuntimeFacts{
		{
			Runtime:          Container,
			SQLName:          "SYSTEM$ST_CONTAINER_RUNTIME_PY3_11",
			NamePrefixes:     []string{"SYSTEM$ST_CONTAINER_RUNTIME"},
			Pythons:          []string{"3.11"},
			MinStreamlit:     "1.50",
			DefaultStreamlit: ">=1.50,<2",
			PackageFile:      "pyproject.toml",
			ViewerHosts:      []string{"*.snowflake.app", "*.snowflakecomputing.app"},
			Subfolders:       true,
			ComputePool:      true,
			SecretsFile:      true,
			SharedProcess:    true,
			CallersRights:    true,
			ComponentsV2:     true,
			RefusedClauses:   []string{"ROOT_LOCATION", "IMPORTS", "EXECUTE AS"},
			Access: map[SecretType][]Access{
				GenericString:      {AccessFunction, AccessSecrets},
				Password:           {AccessFunction, AccessSecrets},
				OAuth2:             {AccessFunction},
				CloudProviderToken: {AccessFunction},
			},
		},
		{
			Runtime:      Warehouse,
			SQLName:      "SYSTEM$WAREHOUSE_RUNTIME",
			NamePrefixes: []string{"SYSTEM$WAREHOUSE_RUNTIME", "SYSTEM$ST_WAREHOUSE_RUNTIME"},
			Pythons:      []string{"3.9", "3.10", "3.11"},
			Streamlits: []string{
				"1.22.0", "1.26.0", "1.29.0", "1.31.1", "1.35.0", "1.39.0", "1.42.0", "1.44.0", "1.44.1", "1.45.0",
				"1.45.1", "1.46.1", "1.47.0", "1.48.0", "1.49.1", "1.50.0", "1.51.0", "1.52.0", "1.52.1", "1.52.2",
			},
			MinStreamlit:     "1.22.0",
			DefaultStreamlit: "1.52.2",
			PackageFile:      "environment.yml",
			OldProject:       true,
			ViewerHosts:      []string{"*.snowflake.app"},
			Access: map[SecretType][]Access{
				GenericString:      {AccessModule},
				Password:           {AccessModule},
				OAuth2:             {AccessModule},
				CloudProviderToken: {AccessModule},
			},
		},
	}
})

// PackageIndex reports whether packages come from a Python package index and not from Snowflake's
// conda channel.
func (f RuntimeFacts) PackageIndex() bool { return f.PackageFile == PyprojectFile }

// RejectsClause reports whether CREATE STREAMLIT rejects a clause.
func (f RuntimeFacts) RejectsClause(clause string) bool {
	return slices.Contains(f.RefusedClauses, clause)
}

// SupportsAccess reports whether an app can read any type of secret by the given access method.
func (f RuntimeFacts) SupportsAccess(way Access) bool {
	for _, ways := range f.Access {
		if slices.Contains(ways, way) {
			return true
		}
	}
	return false
}

// Facts returns the facts of a runtime, or those of the default runtime if r is unknown.
func Facts(r Runtime) RuntimeFacts {
	all := runtimeTable()
	for _, f := range all {
		if f.Runtime == r {
			return f
		}
	}
	return all[0]
}
