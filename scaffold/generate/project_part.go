package generate

import (
	"sleet/scaffold"
)

// ProjectText returns text as a value of snowflake.yml, with the CLI's template markers escaped.
func ProjectText(s string) string { return projectString(s) }

// ProjectArtifact returns the entry of a file in the artifacts of snowflake.yml, which are
// patterns.
func ProjectArtifact(path string) string { return projectString(globLiteral(path)) }

// ProjectKey returns the app's key among the entities of snowflake.yml.
func ProjectKey(a scaffold.App) string { return yamlString(slug(a.Resolve())) }
