package generate

import (
	"cmp"
	"slices"
	"strings"

	"sleet/scaffold"
	"sleet/scaffold/pep508"
)

// maxSlug keeps names in files shorter than any system's limit on names.
const maxSlug = 60

// slug is the app's name in small letters, digits and "_". A name without a Latin letter becomes
// "app" and a hash.
func slug(a scaffold.App) string {
	name := strings.ToLower(a.PlainName())
	return cmp.Or(strings.Trim(name[:min(maxSlug, len(name))], "_"), "app")
}

// projectName is the name of the app as a Python project. One of its parts is "app": a project that
// bears the name of a package, even of one that others bring along, could not be resolved.
// https://packaging.python.org/en/latest/specifications/name-normalization/
func projectName(a scaffold.App) string {
	name := pep508.NormalPackage(slug(a))
	if !slices.Contains(strings.Split(name, "-"), "app") {
		name += "-app"
	}
	return name
}
