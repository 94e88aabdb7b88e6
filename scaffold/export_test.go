package scaffold

// PackageFloors returns every floor in order.
func PackageFloors() []MinimumVersion { return minimumVersions() }
