package scaffold

import "slices"

// PackageFloor is the oldest version of a package that a container can have, and why.
type PackageFloor struct{ Name, Version, Why string }

// packageFloors are the packages that Streamlit and Snowpark bring along, with the oldest version
// that goes with Python 3.11 and the oldest Streamlit of a container.
// https://docs.snowflake.com/en/developer-guide/streamlit/app-development/dependency-management
// https://pypi.org/project/streamlit/1.50.0/
func packageFloors() []PackageFloor {
	const needed, built = "streamlit[snowflake] needs it", "the first one built for Python 3.11"
	return []PackageFloor{
		{streamlitPackage, Facts(Container).MinStreamlit, "the oldest one of a container"},
		{snowparkPackage, "1.17.0", needed},
		{"snowflake-connector-python", "3.3.0", needed},
		{"numpy", "1.23.2", built},
		{"pandas", "1.5.1", built},
		{"pyarrow", "10.0.0", built},
		{"pillow", "9.3.0", built},
		{"protobuf", "3.20.0", needed},
	}
}

// FloorOf gives the floor of a package by its normal name, and whether it has one.
func FloorOf(normal string) (PackageFloor, bool) {
	all := packageFloors()
	i := slices.IndexFunc(all, func(f PackageFloor) bool { return f.Name == normal })
	if i < 0 {
		return PackageFloor{}, false
	}
	return all[i], true
}

// PackageWhys gives every reason that PyPIName and FloorOf give, each once, in order.
func PackageWhys() []string {
	var whys []string
	all := twins()
	for i := range all {
		if all[i].why != "" {
			whys = append(whys, all[i].why)
		}
	}
	for _, floor := range packageFloors() {
		whys = append(whys, floor.Why)
	}
	slices.Sort(whys)
	return slices.Compact(whys)
}
