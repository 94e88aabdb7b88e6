package manifest

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"sleet/scaffold/pep508"
)

// poetryPackages reads [tool.poetry.dependencies]. packages are what Poetry installs without groups and extras. left
// are the packages whose requirement has no equivalent in a [project] table, such as a path or a Git repository.
// https://python-poetry.org/docs/dependency-specification/
func poetryPackages(values map[string]any) (packages, left []string) {
	tool, _ := values["tool"].(map[string]any)
	poetry, _ := tool["poetry"].(map[string]any)
	wanted, _ := poetry["dependencies"].(map[string]any)
	for _, name := range slices.Sorted(maps.Keys(wanted)) {
		if strings.EqualFold(name, "python") {
			continue
		}
		text, ok := poetryRequirement(name, wanted[name])
		if _, err := pep508.ParseRequirement(text); !ok || text != "" && err != nil {
			left = append(left, name)
		} else if text != "" {
			packages = append(packages, text)
		}
	}
	return packages, left
}

// poetryRequirement returns one entry as a requirement, "" for an optional one; ok is false if it has no equivalent.
func poetryRequirement(name string, value any) (text string, ok bool) {
	switch v := value.(type) {
	case string:
		specifier, ok := poetryVersions(v)
		return name + specifier, ok
	case map[string]any:
		if optional, _ := v["optional"].(bool); optional {
			return "", true
		}
		for key := range v {
			if !slices.Contains([]string{"version", "extras", "markers", "optional"}, key) {
				return "", false
			}
		}
		version, _ := v["version"].(string)
		specifier, ok := poetryVersions(version)
		if extras := textsOf(v["extras"]); len(extras) > 0 {
			name += "[" + strings.Join(extras, ",") + "]"
		}
		text = name + specifier
		if markers, _ := v["markers"].(string); markers != "" {
			text += "; " + markers
		}
		return text, ok
	default: // several, for several platforms
		return "", false
	}
}

// poetryVersions returns Poetry's version constraints in PEP 440 syntax: ^ and ~ become ranges, and a bare version
// means exactly that version.
func poetryVersions(text string) (specifier string, ok bool) {
	text = strings.TrimSpace(text)
	switch {
	case text == "" || text == "*":
		return "", true
	case strings.Contains(text, "|"):
		return "", false
	}
	var clauses []string
	for clause := range strings.FieldsFuncSeq(text, func(r rune) bool { return r == ',' }) {
		clause = strings.ReplaceAll(clause, " ", "")
		op := clause[:strings.IndexFunc(clause+"0", func(r rune) bool { return !strings.ContainsRune("^~<>=!", r) })]
		version := strings.TrimPrefix(clause[len(op):], "v")
		switch op {
		case "^", "~":
			upper, ok := poetryUpper(op, version)
			if !ok {
				return "", false
			}
			clauses = append(clauses, ">="+version, "<"+upper)
		case "", "=":
			clauses = append(clauses, "=="+version)
		default:
			clauses = append(clauses, op+version)
		}
	}
	specifier = strings.Join(clauses, ",")
	_, err := pep508.ParseSpecifier(specifier)
	return specifier, err == nil
}

// poetryUpper returns the first version that ^ or ~ excludes: ^ keeps the first number that is not zero, ~ the first
// two.
func poetryUpper(op, version string) (string, bool) {
	parts := strings.Split(version, ".")
	numbers := make([]int, len(parts))
	for i, part := range parts {
		n, err := strconv.Atoi(part)
		if err != nil || n < 0 {
			return "", false // a pre-release
		}
		numbers[i] = n
	}
	at := min(1, len(numbers)-1)
	if op == "^" {
		at = slices.IndexFunc(numbers, func(n int) bool { return n > 0 })
		if at < 0 {
			at = len(numbers) - 1
		}
	}
	numbers[at]++
	upper := make([]string, at+1)
	for i := range upper {
		upper[i] = strconv.Itoa(numbers[i])
	}
	return strings.Join(upper, "."), true
}
