package generate

import (
	"strings"

	"sleet/scaffold"
)

// environmentYML returns environment.yml, from which conda installs the packages of a warehouse
// app. Snowflake accepts only its own channel, versions with "=" and an optional "*" at the end,
// and no pip section.
// https://docs.snowflake.com/en/developer-guide/streamlit/app-development/dependency-management
func environmentYML(a scaffold.App) []byte {
	if scaffold.UsesPackageIndex(a) {
		return nil
	}
	var b strings.Builder
	b.WriteString(remark(a.App.Language.Text("file.environment.about")))
	b.WriteString("name: " + yamlString(projectName(a)) + "\n")
	b.WriteString("channels:\n  - snowflake\ndependencies:\n")
	b.WriteString("  - " + yamlString("python="+a.Python.Version+".*") + "\n")
	for _, r := range requirements(a) {
		b.WriteString("  - " + yamlString(condaText(r)) + "\n")
	}
	return []byte(b.String())
}
