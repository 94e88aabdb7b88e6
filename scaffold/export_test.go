package scaffold

// PackageFloors returns every floor in order.
func PackageFloors() []PackageFloor { return packageFloors() }
