package pep508

import (
	"strings"

	"sleet/ui/message"
)

// versionOps are the comparison operators of PEP 440, each before its own prefixes.
// https://packaging.python.org/en/latest/specifications/version-specifiers/
var versionOps = [8]string{"===", "==", "!=", "<=", ">=", "~=", "<", ">"}

// ParseSpecifier parses a PEP 440 version specifier such as ">=1.50,<2". An empty one admits every
// version.
func ParseSpecifier(s string) ([]Clause, error) {
	p := &requirementParser{text: s}
	p.space()
	clauses, err := p.clauses()
	if err == nil && !p.done() {
		err = message.NewError("problem.requirement.comparison", "here", p.here())
	}
	if err != nil {
		return nil, err
	}
	return clauses, nil
}

// Admits reports whether a version satisfies every clause. An invalid version satisfies none.
func Admits(clauses []Clause, version string) bool {
	v, err := ParseVersion(version)
	if err != nil {
		return false
	}
	for _, c := range clauses {
		if !c.admits(v, version) {
			return false
		}
	}
	return true
}

// admits reports whether version v, spelled as given, satisfies the clause.
func (c Clause) admits(v Version, spelled string) bool {
	if c.Op == "===" {
		return strings.EqualFold(c.Version, spelled)
	}
	base, wild := strings.CutSuffix(c.Version, ".*")
	bound, err := ParseVersion(base)
	return err == nil && v.satisfies(c.Op, bound, wild)
}

// JoinClauses returns the version specifier for clauses, separated by commas.
func JoinClauses(clauses []Clause) string {
	texts := make([]string, len(clauses))
	for i, c := range clauses {
		texts[i] = c.String()
	}
	return strings.Join(texts, ",")
}

// specifier parses the clauses after a package name, optionally in parentheses.
func (p *requirementParser) specifier() ([]Clause, error) {
	if !p.take("(") {
		return p.clauses()
	}
	p.space()
	clauses, err := p.clauses()
	if err != nil {
		return nil, err
	}
	if !p.take(")") {
		return nil, message.NewError("problem.requirement.parenthesis", "here", p.here())
	}
	p.space()
	return clauses, nil
}

// clauses parses comparisons separated by commas.
func (p *requirementParser) clauses() ([]Clause, error) {
	var clauses []Clause
	for {
		op := p.versionOp()
		if op == "" {
			if len(clauses) > 0 {
				return nil, message.NewError("problem.requirement.behind_comma", "here", p.here())
			}
			return nil, nil
		}
		version, err := p.version(op)
		if err != nil {
			return nil, err
		}
		clauses = append(clauses, Clause{Op: op, Version: version})
		p.space()
		if !p.take(",") {
			return clauses, nil
		}
		p.space()
	}
}

func (p *requirementParser) versionOp() string {
	for _, op := range versionOps {
		if p.take(op) {
			return op
		}
	}
	return ""
}

func (p *requirementParser) version(op string) (string, error) {
	p.space()
	version := p.while(versionByte)
	if version == "" {
		return "", message.NewError("problem.requirement.version", "here", p.here(), "op", op)
	}
	if err := checkVersion(op, version); err != nil {
		return "", err
	}
	return version, nil
}

// afterClause returns the error for unexpected text after a package name or a version.
func (p *requirementParser) afterClause() error {
	rest := p.text[p.pos:]
	if strings.HasPrefix(rest, "=") && !strings.HasPrefix(rest, "==") {
		return message.NewError("problem.requirement.conda")
	}
	return message.NewError("problem.requirement.end", "here", p.here())
}

// checkVersion checks a version against the rules of its operator.
func checkVersion(op, version string) error {
	if op == "===" {
		return nil // any text is valid: it is compared literally
	}
	base, wild := strings.CutSuffix(version, ".*")
	v, err := ParseVersion(base)
	if err != nil {
		return message.NewError("problem.requirement.no_version", "version", message.Quote(version))
	}
	exact := op == "==" || op == "!="
	switch local := len(v.local) > 0; {
	case wild && !exact:
		return message.NewError("problem.requirement.star", "version", op+version)
	case wild && (local || v.pre != "" || v.hasPost || v.hasDev):
		return message.NewError("problem.requirement.star_local", "version", op+version)
	case local && !exact:
		return message.NewError("problem.requirement.local", "version", op+version)
	case op == "~=" && len(v.release) < 2:
		return message.NewError("problem.requirement.compatible", "version", op+version)
	}
	return nil
}

func versionByte(c byte) bool {
	return Alphanumeric(c) || c == '.' || c == '*' || c == '+' || c == '!' || c == '_' || c == '-'
}
