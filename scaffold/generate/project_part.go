package generate

import (
	"sleet/scaffold"
)

// ProjectText is text as a value of snowflake.yml, where the CLI's own marks are no marks.
func ProjectText(s string) string { return projectString(s) }

// ProjectArtifact is the entry of a file in the artifacts of snowflake.yml, which are patterns.
func ProjectArtifact(path string) string { return projectString(globLiteral(path)) }

// ProjectKey is the app's key among the entities of snowflake.yml.
func ProjectKey(a scaffold.App) string { return yamlString(slug(a.Resolve())) }
