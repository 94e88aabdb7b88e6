package pep508

import (
	"strings"

	"sleet/ui/message"
)

// markerVariable reports whether name is a variable of environment markers, including the
// deprecated names with dots.
// https://packaging.python.org/en/latest/specifications/dependency-specifiers/#environment-markers
func markerVariable(name string) bool {
	switch name {
	case "python_version", "python_full_version", "os_name", "sys_platform", "platform_release", "platform_system",
		"platform_version", "platform_machine", "platform_python_implementation", "implementation_name",
		"implementation_version", "extra", "extras", "dependency_groups", "os.name", "sys.platform",
		"platform.version", "platform.machine", "platform.python_implementation", "python_implementation":
		return true
	}
	return false
}

// maxMarkerDepth limits nested parentheses in a marker, so that no input can exhaust the stack.
const maxMarkerDepth = 32

// markerPart parses what may follow the version: nothing, or ";" and a marker.
func (p *requirementParser) markerPart() (string, error) {
	p.space()
	if p.done() {
		return "", nil
	}
	if !p.take(";") {
		return "", p.afterClause()
	}
	p.space()
	from := p.pos
	if err := p.markerOr(0); err != nil {
		return "", err
	}
	if !p.done() {
		return "", message.NewError("problem.requirement.marker_end", "here", p.here())
	}
	return strings.TrimRight(p.text[from:], " \t"), nil
}

// markerOr parses comparisons joined by "and" and "or". It ignores precedence because it only
// checks the syntax.
func (p *requirementParser) markerOr(depth int) error {
	for {
		if err := p.markerTerm(depth); err != nil {
			return err
		}
		p.space()
		if !p.word("and") && !p.word("or") {
			return nil
		}
		p.space()
	}
}

func (p *requirementParser) markerTerm(depth int) error {
	if !p.take("(") {
		return p.markerComparison()
	}
	if depth >= maxMarkerDepth {
		return message.NewError("problem.requirement.marker_deep")
	}
	p.space()
	if err := p.markerOr(depth + 1); err != nil {
		return err
	}
	p.space()
	if !p.take(")") {
		return message.NewError("problem.requirement.marker_parenthesis", "here", p.here())
	}
	return nil
}

func (p *requirementParser) markerComparison() error {
	left, err := p.markerOperand()
	if err != nil {
		return err
	}
	p.space()
	if err := p.markerOp(); err != nil {
		return err
	}
	p.space()
	right, err := p.markerOperand()
	if err != nil {
		return err
	}
	if !left && !right {
		return message.NewError("problem.requirement.marker_texts")
	}
	return nil
}

func (p *requirementParser) markerOp() error {
	if p.versionOp() != "" || p.word("in") {
		return nil
	}
	if p.word("not") {
		p.space()
		if p.word("in") {
			return nil
		}
		return message.NewError("problem.requirement.marker_not", "here", p.here())
	}
	return message.NewError("problem.requirement.marker_comparison", "here", p.here())
}

// markerOperand parses a variable or a quoted string and reports whether it was a variable.
func (p *requirementParser) markerOperand() (variable bool, err error) {
	for _, mark := range []string{`"`, `'`} {
		if !p.take(mark) {
			continue
		}
		end := strings.Index(p.text[p.pos:], mark)
		if end < 0 {
			return false, message.NewError("problem.requirement.marker_open", "quote", mark)
		}
		if strings.ContainsAny(p.text[p.pos:p.pos+end], "\n\r\x00") {
			return false, message.NewError("problem.requirement.marker_control")
		}
		p.pos += end + 1
		return false, nil
	}
	name := p.while(func(c byte) bool { return Alphanumeric(c) || c == '_' || c == '.' })
	switch {
	case name == "":
		return false, message.NewError("problem.requirement.marker_operand", "here", p.here())
	case !markerVariable(name):
		return false, message.NewError("problem.requirement.marker_variable", "name", message.Quote(name))
	}
	return true, nil
}

// word consumes the word w if it is next and not part of a longer name.
func (p *requirementParser) word(w string) bool {
	rest, found := strings.CutPrefix(p.text[p.pos:], w)
	if !found || rest != "" && (Alphanumeric(rest[0]) || rest[0] == '_') {
		return false
	}
	p.pos += len(w)
	return true
}
