package scaffold

import (
	"slices"

	"sleet/ui/message"
)

// MinimumVersion is the oldest version of a package that works in a container, and the reason.
type MinimumVersion struct {
	Name, Version string
	Why           message.ID
}

// minimumVersions returns the oldest versions that uv resolves together with
// streamlit[snowflake]>=1.50,<2 for Python 3.11 on Linux, from wheels only. A test asks uv again.
//
//	uv pip compile --python-version 3.11 --python-platform x86_64-manylinux_2_28 --only-binary :all: --resolution lowest-direct
//
// https://docs.snowflake.com/en/developer-guide/streamlit/app-development/dependency-management
// https://pypi.org/project/streamlit/1.50.0/
func minimumVersions() []MinimumVersion {
	const needed, built = "package.why.floor_needed", "package.why.floor_built"
	return []MinimumVersion{
		{StreamlitPackage, Facts(Container).MinStreamlit, "package.why.floor_streamlit"},
		{SnowparkPackage, "1.17.0", needed},
		{"snowflake-connector-python", "3.10.0", needed},
		{"altair", "4.0.0", needed},
		{"click", "7.0", needed},
		{"cloudpickle", "1.6.0", needed},
		{"cryptography", "3.1", needed},
		{"filelock", "3.5.0", needed},
		{"modin", "0.28.1", needed},
		{"packaging", "21.0", needed},
		{"pandas", "2.2.0", needed},
		{"platformdirs", "2.6.0", needed},
		{"protobuf", "3.20.0", needed},
		{"pydeck", "0.8.0", needed},
		{"python-dateutil", "2.8.2", needed},
		{"requests", "2.27.0", needed},
		{"typing-extensions", "4.4.0", needed},
		{"watchdog", "2.1.5", needed},
		{"cffi", "1.15.1", built},
		{"grpcio", "1.49.1", built},
		{"lxml", "4.9.1", built},
		{"markupsafe", "2.1.2", built},
		{"matplotlib", "3.6.0", built},
		{"numba", "0.57.0", built},
		{"numpy", "1.23.2", built},
		{"pillow", "9.2.0", built},
		{"psycopg2-binary", "2.9.5", built},
		{"pyarrow", "10.0.1", built},
		{"pyyaml", "6.0", built},
		{"regex", "2022.9.11", built},
		{"scikit-learn", "1.1.3", built},
		{"scipy", "1.9.2", built},
		{"statsmodels", "0.13.3", built},
		{"tables", "3.8.0", built},
		{"tensorflow", "2.12.0", built},
		{"torch", "1.13.0", built},
	}
}

// MinimumVersionOf returns the minimum version of a package, given its normalized name, and reports whether it has
// one.
func MinimumVersionOf(normal string) (MinimumVersion, bool) {
	all := minimumVersions()
	i := slices.IndexFunc(all, func(f MinimumVersion) bool { return f.Name == normal })
	if i < 0 {
		return MinimumVersion{}, false
	}
	return all[i], true
}
