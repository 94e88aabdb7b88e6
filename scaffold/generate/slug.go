package generate

import (
	"cmp"
	"slices"
	"strings"

	"sleet/scaffold"
	"sleet/scaffold/pep508"
)

// maxSlug keeps names in files below the limits of all systems.
const maxSlug = 60

// slug returns the app's name in lower-case letters, digits and "_". A name without a Latin letter
// becomes "app" and a hash.
func slug(a scaffold.App) string {
	name := strings.ToLower(a.PlainName())
	return cmp.Or(strings.Trim(name[:min(maxSlug, len(name))], "_"), "app")
}

// projectName returns the name of the app as a Python project. It always contains "app": uv cannot
// resolve a project with the same name as one of its dependencies, direct or not.
// https://packaging.python.org/en/latest/specifications/name-normalization/
func projectName(a scaffold.App) string {
	name := pep508.NormalPackage(slug(a))
	if !slices.Contains(strings.Split(name, "-"), "app") {
		name += "-app"
	}
	return name
}
