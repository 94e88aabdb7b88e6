package pep508

import (
	"fmt"
	"strings"

	"sleet/ui/message"
)

// Requirement is a PEP 508 requirement: a package and the versions of it that are acceptable.
// https://packaging.python.org/en/latest/specifications/dependency-specifiers/
type Requirement struct {
	// Name is the package name as written.
	Name string
	// Normal is the normalized name: lower case, with each run of "-", "_" and "." replaced by one
	// "-".
	// https://packaging.python.org/en/latest/specifications/name-normalization/
	Normal string
	// Extras are the names in brackets, as written.
	Extras []string
	// Clauses are the version comparisons, all of which must match; empty means any version.
	Clauses []Clause
	// Specifier is the text of Clauses without spaces: ">=1.0,<2".
	Specifier string
	// Marker is the environment marker, the text after ";".
	Marker string
	// URL is the address after "@" in a direct reference.
	URL string
}

// Clause is one comparison of a version specifier.
type Clause struct {
	// Op is one of == != <= >= < > ~= ===.
	Op string
	// Version is the operand of Op; after == and != it may end in ".*".
	Version string
}

// String returns the clause in PEP 508 syntax.
func (c Clause) String() string { return c.Op + c.Version }

// String returns the requirement in its shortest form, with spaces only where the grammar needs
// them.
func (r Requirement) String() string {
	var b strings.Builder
	b.WriteString(r.Name)
	if len(r.Extras) > 0 {
		b.WriteString("[" + strings.Join(r.Extras, ",") + "]")
	}
	b.WriteString(r.Specifier)
	if r.URL != "" {
		b.WriteString(" @ " + r.URL)
	}
	if r.Marker != "" {
		if r.URL != "" {
			b.WriteByte(' ')
		}
		b.WriteString("; " + r.Marker)
	}
	return b.String()
}

// ParseRequirement parses one requirement. The error names the fault and what PEP 508 expects.
func ParseRequirement(s string) (Requirement, error) {
	p := &requirementParser{text: s}
	r, err := p.requirement()
	if err != nil {
		return Requirement{}, err
	}
	return r, nil
}

// NormalPackage returns the normalized name of a package.
// https://packaging.python.org/en/latest/specifications/name-normalization/
func NormalPackage(name string) string {
	var b strings.Builder
	b.Grow(len(name))
	gap := false
	for _, c := range []byte(name) {
		if c == '-' || c == '_' || c == '.' {
			gap = true
			continue
		}
		if gap {
			b.WriteByte('-')
			gap = false
		}
		if 'A' <= c && c <= 'Z' {
			c += 'a' - 'A'
		}
		b.WriteByte(c)
	}
	if gap {
		b.WriteByte('-')
	}
	return b.String()
}

// requirementParser parses one requirement from left to right.
type requirementParser struct {
	text string
	pos  int
}

func (p *requirementParser) requirement() (Requirement, error) {
	p.space()
	if p.done() {
		return Requirement{}, message.NewError("problem.requirement.empty")
	}
	name, err := p.name(message.New("problem.requirement.package"))
	if err != nil {
		return Requirement{}, err
	}
	r := Requirement{Name: name, Normal: NormalPackage(name)}
	if r.Extras, err = p.extras(); err != nil {
		return Requirement{}, err
	}
	p.space()
	if p.take("@") {
		r.URL, err = p.url()
	} else {
		r.Clauses, err = p.specifier()
	}
	if err != nil {
		return Requirement{}, err
	}
	r.Specifier = JoinClauses(r.Clauses)
	if r.Marker, err = p.markerPart(); err != nil {
		return Requirement{}, err
	}
	return r, nil
}

// name parses an identifier: ASCII letters, digits, "-", "_" and ".", with a letter or digit at
// both ends.
func (p *requirementParser) name(what message.Message) (string, error) {
	name := p.while(func(c byte) bool { return Alphanumeric(c) || c == '-' || c == '_' || c == '.' })
	if name == "" {
		return "", message.NewError("problem.requirement.name", "here", p.here(), "what", what)
	}
	if !Alphanumeric(name[0]) || !Alphanumeric(name[len(name)-1]) {
		return "", message.NewError("problem.requirement.name_ends", "name", message.Quote(name), "what", what)
	}
	return name, nil
}

func (p *requirementParser) extras() ([]string, error) {
	p.space()
	if !p.take("[") {
		return nil, nil
	}
	p.space()
	if p.take("]") {
		return nil, nil
	}
	var extras []string
	for {
		p.space()
		extra, err := p.name(message.New("problem.requirement.extra"))
		if err != nil {
			return nil, err
		}
		extras = append(extras, extra)
		p.space()
		if p.take("]") {
			return extras, nil
		}
		if !p.take(",") {
			return nil, message.NewError("problem.requirement.extras", "here", p.here())
		}
	}
}

// url parses the address of a direct reference: everything up to the next space.
func (p *requirementParser) url() (string, error) {
	p.space()
	url := p.while(func(c byte) bool { return !space(c) })
	scheme, rest, found := strings.Cut(url, ":")
	if !found || scheme == "" || rest == "" {
		return "", message.NewError("problem.requirement.address")
	}
	for _, r := range url {
		if r < ' ' || r == 0x7f {
			return "", message.NewError("problem.requirement.address_control")
		}
	}
	if strings.HasSuffix(url, ";") {
		return "", message.NewError("problem.requirement.address_space")
	}
	return url, nil
}

// here describes the next character for an error.
func (p *requirementParser) here() message.Message {
	if p.done() {
		return message.New("problem.requirement.ends")
	}
	for _, r := range p.text[p.pos:] {
		return message.New("problem.requirement.stands", "sign", fmt.Sprintf("%q", r))
	}
	return message.New("problem.requirement.ends")
}

func (p *requirementParser) done() bool { return p.pos >= len(p.text) }

func (p *requirementParser) space() { p.while(space) }

func (p *requirementParser) take(token string) bool {
	if !strings.HasPrefix(p.text[p.pos:], token) {
		return false
	}
	p.pos += len(token)
	return true
}

func (p *requirementParser) while(keep func(byte) bool) string {
	from := p.pos
	for p.pos < len(p.text) && keep(p.text[p.pos]) {
		p.pos++
	}
	return p.text[from:p.pos]
}

func space(c byte) bool { return c == ' ' || c == '\t' }

// Alphanumeric reports whether a byte is an ASCII letter or digit.
func Alphanumeric(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9'
}
