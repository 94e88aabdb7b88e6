package validate

import (
	"path"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"sleet/scaffold/pep508"
	"sleet/scaffold/upload"
)

// mainFileFault returns the ID of the first rule that a main file breaks, "" if there is none.
func (in *inspection) mainFileFault(file string) string {
	lower := strings.ToLower(file)
	parts := strings.Split(lower, "/")
	switch {
	case !utf8.ValidString(file) || strings.ContainsFunc(file, unicode.IsControl):
		return "main-file-control"
	case strings.HasPrefix(file, "/") || strings.HasPrefix(file, `\`) || strings.HasPrefix(file, "~") || hasDrive(file):
		return "main-file-absolute"
	case strings.Contains(file, `\`):
		return "main-file-backslash"
	case slices.Contains(parts, ".."):
		return "main-file-outside"
	case slices.Contains(parts, "") || slices.Contains(parts, "."):
		return "main-file-form"
	case !strings.HasSuffix(lower, ".py") || path.Base(lower) == ".py":
		return "main-file-suffix"
	case !upload.Uploads(in.app, lower): // sql and SQL are the same folder on most developers' machines
		return "main-file-not-uploaded"
	case in.known && len(parts) > 1 && !in.facts.Subfolders:
		return "main-file-subfolder"
	case shadows(parts[len(parts)-1]):
		return "main-file-shadows"
	}
	return ""
}

// hasDrive reports whether a path begins with a Windows drive letter.
func hasDrive(file string) bool {
	return len(file) >= 2 && file[1] == ':' && pep508.Alphanumeric(file[0])
}

// shadows reports whether a main file would be imported instead of a package that the app needs.
// Python searches the folder of the main file first.
func shadows(file string) bool {
	switch file {
	case "streamlit.py", "snowflake.py", "_snowflake.py", "requests.py", "pandas.py", "numpy.py":
		return true
	}
	return false
}

func checkMainFile(in *inspection) {
	file := in.answers.App.MainFile
	if file != "" && in.mainFileFault(file) == in.rule.ID {
		slashes := strings.ReplaceAll(file, `\`, "/")
		base := path.Base(slashes)
		if hasDrive(base) {
			base = base[2:]
		}
		in.found("app.main_file", "value", file, "base", base, "slashes", slashes)
	}
}

func mainFileRules() []Rule {
	rules := []Rule{
		{
			ID: "main-file-control",
		},
		{
			ID: "main-file-absolute",
		},
		{
			ID: "main-file-backslash",
		},
		{
			ID: "main-file-outside",
		},
		{
			ID: "main-file-form",
		},
		{
			ID: "main-file-suffix",
		},
		{
			ID: "main-file-not-uploaded",
		},
		{
			ID: "main-file-subfolder",
		},
		{
			ID: "main-file-shadows",
		},
	}
	for i := range rules {
		rules[i].Severity, rules[i].Page, rules[i].check = Error, pageFiles, checkMainFile
	}
	return rules
}
