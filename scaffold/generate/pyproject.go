package generate

import (
	"strings"

	"sleet/scaffold"
	"sleet/scaffold/resources"
	"sleet/scaffold/textedit"
)

// pyprojectTOML returns pyproject.toml, from which uv installs the packages of a container app. It
// returns nil if there is a requirements.txt, because pyproject.toml is then ignored.
// https://docs.snowflake.com/en/developer-guide/streamlit/app-development/dependency-management
func pyprojectTOML(a scaffold.App) []byte {
	if a.PackageFile() != scaffold.PyprojectFile {
		return nil
	}
	l := a.App.Language
	var b strings.Builder
	b.WriteString(remark(l.Text("file.pyproject.about")))
	if a.LocksPackages() {
		b.WriteString(remark(l.Text("file.pyproject.lock")))
	}
	b.WriteString("[project]\n")
	b.WriteString("name = " + textedit.TOMLString(projectName(a)) + "\n")
	b.WriteString("version = \"0.1.0\"\n")
	b.WriteString("requires-python = " + textedit.TOMLString("=="+a.Python.Version+".*") + "\n")
	b.WriteString(remark(sourceText(a)))
	b.WriteString("dependencies = [\n")
	for _, r := range requirements(a) {
		b.WriteString("    " + textedit.TOMLString(pypiText(r)) + ",\n")
	}
	b.WriteString("]\n")
	return []byte(b.String())
}

// sourceText returns a comment about where the packages come from.
func sourceText(a scaffold.App) string {
	l := a.App.Language
	switch a.Python.Source {
	case scaffold.PyPIIntegration:
		o := resources.Parse(a)
		return l.Text("file.pyproject.pypi_integration", "integration", o.SQL(o.Integration))
	case scaffold.Preinstalled:
		return l.Text("file.pyproject.preinstalled")
	case scaffold.ArtifactRepository:
		return l.Text("file.pyproject.artifact_repository")
	default:
		return ""
	}
}
