package check

import (
	"bytes"
	"regexp"
	"slices"

	"sleet/scaffold/python"
)

// appCode tells which of an app's Python files are app code: the main file, those that import and
// use Streamlit, and those that one of these imports, directly or not.
func appCode(a *App) map[string]bool {
	code := map[string]bool{}
	var reach func(p string)
	reach = func(p string) {
		if code[p] {
			return
		}
		code[p] = true
		u := a.unit(p)
		for _, n := range u.nodes {
			for _, name := range importedNames(n) {
				if module, _ := a.moduleOf(p, name); module != "" {
					reach(module)
				}
			}
		}
	}
	for p, file := range a.Python {
		if usesStreamlit(file) || slices.Contains(a.mains, p) {
			reach(p)
		}
	}
	return code
}

// usesStreamlit says whether a file imports Streamlit and uses it.
func usesStreamlit(file *python.File) bool {
	return bytes.Contains(file.Text, []byte("import streamlit"))
}

// mentions says whether one of the app's files has an import that names a module.
func (a *App) mentions(module string) bool {
	pattern := regexp.MustCompile(`(?m)^\s*(?:from|import)\s[^\n#]*\b` + regexp.QuoteMeta(module) + `\b`)
	for _, file := range a.Python {
		if pattern.Match(file.Text) {
			return true
		}
	}
	return false
}
