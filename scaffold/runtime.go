package scaffold

import (
	"slices"
	"sync"
)

// RuntimeFacts is what one runtime supports. A new runtime is a new row of the table.
// https://docs.snowflake.com/en/developer-guide/streamlit/app-development/runtime-environments
// https://docs.snowflake.com/en/developer-guide/streamlit/app-development/dependency-management
type RuntimeFacts struct {
	Runtime Runtime
	// SQLName is the value of RUNTIME_NAME.
	SQLName string
	// NamePrefixes begin every RUNTIME_NAME of the runtime, those of versions that sleet does not know
	// included.
	NamePrefixes []string
	// Pythons are the versions of Python, newest last.
	Pythons []string
	// Streamlits are the only versions it takes, newest last; empty means any from MinStreamlit.
	Streamlits []string
	// MinStreamlit is the oldest version of Streamlit.
	MinStreamlit string
	// DefaultStreamlit is the version or range that sleet writes for the default Python; Streamlit
	// gives it for any.
	DefaultStreamlit string
	// PackageFile is the file that lists the packages.
	PackageFile string
	// Subfolders reports whether the main file may stand in a subfolder.
	Subfolders bool
	// ComputePool reports whether it needs one.
	ComputePool bool
	// SecretsFile reports whether .streamlit/secrets.toml is read.
	SecretsFile bool
	// SharedProcess reports whether one process serves all viewers. It starts once, reads files and secrets then, and keeps
	// running; without it each viewer has an instance of the app.
	SharedProcess bool
	// CallersRights reports whether queries can run with the rights of the viewer.
	// https://docs.snowflake.com/en/developer-guide/streamlit/features/restricted-callers-rights
	CallersRights bool
	// ComponentsV2 reports whether Streamlit's custom components of the second version work.
	ComponentsV2 bool
	// RefusedClauses are the clauses of CREATE STREAMLIT that it does not take.
	// https://docs.snowflake.com/en/sql-reference/sql/create-streamlit
	RefusedClauses []string
	// OldProject reports whether a snowflake.yml of version 1 can describe such an app.
	OldProject bool
	// ViewerHosts are the hosts that viewers' networks must allow, WebSockets included; the second is needed
	// on accounts where ENABLE_PER_ACCOUNT_APP_SERVICE_URL is FALSE.
	// https://docs.snowflake.com/en/developer-guide/streamlit/object-management/security
	ViewerHosts []string
	// Access lists the ways to a secret of each type, the default first; a type without a row
	// cannot be reached.
	Access map[SecretType][]Access
}

// Runtimes returns the facts of every runtime, the default first. They are shared: do not change them.
func Runtimes() []RuntimeFacts { return slices.Clone(runtimeTable()) }

// runtimeTable is the table of the runtimes, made once: the preview asks for it on every key.
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

// PackageIndex reports whether packages come from a Python package index, and not from Snowflake's conda channel.
func (f RuntimeFacts) PackageIndex() bool { return f.PackageFile == PyprojectFile }

// Refuses reports whether CREATE STREAMLIT does not take a clause.
func (f RuntimeFacts) Refuses(clause string) bool { return slices.Contains(f.RefusedClauses, clause) }

// Reaches reports whether an app can reach secrets of some type in a way.
func (f RuntimeFacts) Reaches(way Access) bool {
	for _, ways := range f.Access {
		if slices.Contains(ways, way) {
			return true
		}
	}
	return false
}

// Facts returns the facts of a runtime, those of the default one for a name that is none.
func Facts(r Runtime) RuntimeFacts {
	all := runtimeTable()
	for _, f := range all {
		if f.Runtime == r {
			return f
		}
	}
	return all[0]
}
