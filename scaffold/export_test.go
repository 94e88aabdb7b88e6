package scaffold

// MinimumVersions returns every minimum version in order.
func MinimumVersions() []MinimumVersion { return minimumVersions() }
