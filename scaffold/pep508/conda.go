package pep508

import (
	"strconv"
	"strings"

	"sleet/ui/message"
)

// CondaSpec is one dependency in environment.yml: a conda match specification.
// https://docs.conda.io/projects/conda-build/en/stable/resources/package-spec.html
type CondaSpec struct {
	// Version is in conda's syntax: "=1.26", ">=1,<2".
	Name, Version string
	// Channel is the text before "::", Build the text after a second "=".
	Channel, Build string
}

// CondaOperators are the characters that comparison operators consist of.
const CondaOperators = "=!<>~"

// ParseConda parses a dependency: a name, optionally followed by a version and a build.
func ParseConda(text string) (CondaSpec, error) {
	s := CondaSpec{}
	rest := strings.TrimSpace(text)
	if channel, after, found := strings.Cut(rest, "::"); found {
		s.Channel, rest = channel, after
	}
	end := strings.IndexAny(rest, CondaOperators+" \t[")
	if end < 0 {
		end = len(rest)
	}
	s.Name, rest = rest[:end], strings.TrimSpace(rest[end:])
	if _, err := ParseRequirement(strings.Trim(s.Name, "_")); err != nil {
		return s, message.NewError("problem.requirement.conda_name", "text", strconv.Quote(text))
	}
	if inside, found := strings.CutPrefix(rest, "["); found {
		return s, s.brackets(text, inside)
	}
	// "name=1.2=build", "name 1.2 build": the build follows the version.
	if after, found := strings.CutPrefix(rest, "="); found && !strings.HasPrefix(after, "=") {
		version, build, _ := strings.Cut(after, "=")
		s.Version, s.Build = "="+strings.TrimSpace(version), strings.TrimSpace(build)
		if strings.HasSuffix(version, ",") || strings.ContainsAny(build, ",") {
			s.Version, s.Build = rest, ""
		}
		return s, nil
	}
	s.Version, s.Build = condaBuild(rest)
	return s, nil
}

// brackets parses the form name[version='>=1', build=…].
func (s *CondaSpec) brackets(text, inside string) error {
	inside, found := strings.CutSuffix(strings.TrimSpace(inside), "]")
	if !found {
		return message.NewError("problem.requirement.conda_bracket", "text", strconv.Quote(text))
	}
	for inside != "" {
		key, rest, found := strings.Cut(inside, "=")
		if !found {
			return message.NewError("problem.requirement.conda_key", "text", strconv.Quote(text))
		}
		value := ""
		rest = strings.TrimSpace(rest)
		if rest != "" && (rest[0] == '\'' || rest[0] == '"') {
			value, rest, _ = strings.Cut(rest[1:], rest[:1])
			_, rest, _ = strings.Cut(rest, ",")
		} else {
			value, rest, _ = strings.Cut(rest, ",")
		}
		inside = strings.TrimSpace(rest)
		switch strings.TrimSpace(key) {
		case "version":
			s.Version = strings.TrimSpace(value)
		case "build":
			s.Build = value
		}
	}
	return nil
}

// condaBuild splits "1.2.* py39_0" and ">=1.2, <2" into version and build. A word that follows a
// version without a comma or an operator is the build.
func condaBuild(text string) (version, build string) {
	words := strings.Fields(text)
	for i := 1; i < len(words); i++ {
		before := words[i-1]
		if strings.ContainsAny(before[len(before)-1:], CondaOperators+",|") || strings.ContainsAny(words[i][:1], CondaOperators+",|") {
			continue
		}
		return strings.Join(words[:i], ""), strings.Join(words[i:], " ")
	}
	return strings.Join(words, ""), ""
}

// Specifier returns the version as a PEP 440 specifier. In conda, "=1.26" and a bare "1.26" match
// every version with that prefix. ok is false if PEP 440 cannot express the version.
// https://docs.conda.io/projects/conda/en/stable/user-guide/concepts/pkg-specs.html
// https://packaging.python.org/en/latest/specifications/version-specifiers/
func (s CondaSpec) Specifier() (text string, ok bool) {
	var clauses []string
	for part := range strings.SplitSeq(s.Version, ",") {
		clause, ok := condaClause(strings.TrimSpace(part))
		if !ok {
			return "", false
		}
		if clause != "" {
			clauses = append(clauses, clause)
		}
	}
	text = strings.Join(clauses, ",")
	if _, err := ParseSpecifier(text); err != nil {
		return "", false
	}
	return text, true
}

// condaClause converts one comparison to PEP 440, "" if it admits any version.
func condaClause(part string) (string, bool) {
	version := strings.TrimLeft(part, CondaOperators)
	op := part[:len(part)-len(version)]
	version = strings.TrimSpace(version)
	base, starred := strings.CutSuffix(version, "*")
	base = strings.TrimSuffix(base, ".")
	switch {
	case strings.ContainsAny(part, "|()^$"):
		return "", false
	case base == "":
		return "", op == "" || op == "=" || op == "==" || op == ">="
	case op == "" || op == "=":
		if starred || plainVersion(base) {
			return "==" + base + ".*", true
		}
		return "==" + base, true
	case op == "==" || op == "!=":
		if starred {
			base += ".*"
		}
		return op + base, true
	default: // in conda, ">=1.2.*" means ">=1.2"
		return op + base, true
	}
}

// plainVersion reports whether a version consists of digits and dots, so that ".*" may follow.
func plainVersion(version string) bool { return strings.Trim(version, "0123456789.") == "" }
