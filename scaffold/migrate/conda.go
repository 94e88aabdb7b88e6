package migrate

import (
	"fmt"
	"strings"

	"sleet/scaffold"
)

// condaSpec is one dependency of environment.yml, a match specification of conda.
// https://docs.conda.io/projects/conda-build/en/stable/resources/package-spec.html
type condaSpec struct {
	name, version string
	// channel is what stands before "::", build what stands behind a second "=".
	channel, build string
}

// condaOperators begin a comparison, the longer ones first.
const condaOperators = "=!<>~"

// parseConda reads a dependency: a name and, behind it or a space, versions and a build.
func parseConda(text string) (condaSpec, error) {
	s := condaSpec{}
	rest := strings.TrimSpace(text)
	if channel, after, found := strings.Cut(rest, "::"); found {
		s.channel, rest = channel, after
	}
	end := strings.IndexAny(rest, condaOperators+" \t[")
	if end < 0 {
		end = len(rest)
	}
	s.name, rest = rest[:end], strings.TrimSpace(rest[end:])
	if _, err := scaffold.ParseRequirement(strings.Trim(s.name, "_")); err != nil {
		return s, fmt.Errorf("%q is no dependency of conda: the name of a package must come first", text)
	}
	if inside, found := strings.CutPrefix(rest, "["); found {
		return s, s.brackets(text, inside)
	}
	// "name=1.2=build", "name 1.2 build": what is behind the version is the build.
	if after, found := strings.CutPrefix(rest, "="); found && !strings.HasPrefix(after, "=") {
		version, build, _ := strings.Cut(after, "=")
		s.version, s.build = "="+strings.TrimSpace(version), strings.TrimSpace(build)
		if strings.HasSuffix(version, ",") || strings.ContainsAny(build, ",") {
			s.version, s.build = rest, ""
		}
		return s, nil
	}
	s.version, s.build = condaBuild(rest)
	return s, nil
}

// brackets reads the form name[version='>=1', build=…].
func (s *condaSpec) brackets(text, inside string) error {
	inside, found := strings.CutSuffix(strings.TrimSpace(inside), "]")
	if !found {
		return fmt.Errorf("%q lacks the closing bracket", text)
	}
	for inside != "" {
		key, rest, found := strings.Cut(inside, "=")
		if !found {
			return fmt.Errorf("%q has brackets without key=value in them", text)
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
			s.version = strings.TrimSpace(value)
		case "build":
			s.build = value
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
		if strings.ContainsAny(before[len(before)-1:], condaOperators+",|") || strings.ContainsAny(words[i][:1], condaOperators+",|") {
			continue
		}
		return strings.Join(words[:i], ""), strings.Join(words[i:], " ")
	}
	return strings.Join(words, ""), ""
}

// specifier gives the versions as PEP 440 has them: conda's "=1.26" and a bare "1.26" mean every
// version that begins so. It is not ok where PEP 440 has no words for them.
// https://docs.conda.io/projects/conda/en/stable/user-guide/concepts/pkg-specs.html
// https://packaging.python.org/en/latest/specifications/version-specifiers/
func (s condaSpec) specifier() (text string, ok bool) {
	var clauses []string
	for part := range strings.SplitSeq(s.version, ",") {
		clause, ok := condaClause(strings.TrimSpace(part))
		if !ok {
			return "", false
		}
		if clause != "" {
			clauses = append(clauses, clause)
		}
	}
	text = strings.Join(clauses, ",")
	if _, err := scaffold.ParseSpecifier(text); err != nil {
		return "", false
	}
	return text, true
}

// condaClause gives one comparison as PEP 440 has it, "" where any version will do.
func condaClause(part string) (string, bool) {
	version := strings.TrimLeft(part, condaOperators)
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

// plainVersion says whether a version is of digits and dots, which a ".*" may follow.
func plainVersion(version string) bool { return strings.Trim(version, "0123456789.") == "" }
