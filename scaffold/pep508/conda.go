package pep508

import (
	"strconv"
	"strings"

	"sleet/ui/message"
)

// CondaSpec is one dependency of environment.yml, a match specification of conda.
// https://docs.conda.io/projects/conda-build/en/stable/resources/package-spec.html
type CondaSpec struct {
	// Version is in conda's words: "=1.26", ">=1,<2".
	Name, Version string
	// Channel is what stands before "::", Build what stands behind a second "=".
	Channel, Build string
}

// CondaOperators begin a comparison, the longer ones first.
const CondaOperators = "=!<>~"

// ParseConda reads a dependency: a name and, behind it or a space, versions and a build.
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
	// "name=1.2=build", "name 1.2 build": what is behind the version is the build.
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

// brackets reads the form name[version='>=1', build=…].
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

// condaBuild parts "1.2.* py39_0" and ">=1.2, <2" into versions and a build: a word that follows a
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

// Specifier returns the versions as PEP 440 has them: conda's "=1.26" and a bare "1.26" mean every
// version that begins so. It is not ok where PEP 440 has no words for them.
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

// condaClause returns one comparison as PEP 440 has it, "" where any version will do.
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
	default: // ">=1.2.*" means ">=1.2" to conda
		return op + base, true
	}
}

// plainVersion reports whether a version is of digits and dots, which a ".*" may follow.
func plainVersion(version string) bool { return strings.Trim(version, "0123456789.") == "" }
