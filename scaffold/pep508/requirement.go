package pep508

import (
	"fmt"
	"strings"

	"sleet/ui/message"
)

// Requirement is one requirement of PEP 508: a package, and which of its versions will do.
// https://packaging.python.org/en/latest/specifications/dependency-specifiers/
type Requirement struct {
	// Name is the package's name as it was written.
	Name string
	// Normal is the name as the index compares it: lower case, runs of "-", "_" and "." as one "-".
	// https://packaging.python.org/en/latest/specifications/name-normalization/
	Normal string
	// Extras are the names between brackets, as written.
	Extras []string
	// Clauses are the version comparisons, all of which must hold; empty means any version.
	Clauses []Clause
	// Specifier is Clauses as text without spaces: ">=1.0,<2".
	Specifier string
	// Marker is the condition behind ";", without it.
	Marker string
	// URL is the address behind "@", in place of a version.
	URL string
}

// Clause is one comparison of a version specifier.
type Clause struct {
	// Op is one of == != <= >= < > ~= ===.
	Op string
	// Version is what Op compares with; after == and != it may end in ".*".
	Version string
}

// String is the clause as PEP 508 writes it.
func (c Clause) String() string { return c.Op + c.Version }

// String is the requirement in its shortest form: no spaces but where the grammar needs them.
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

// ParseRequirement reads one requirement. Errors say what is wrong and what PEP 508 wants there.
func ParseRequirement(s string) (Requirement, error) {
	p := &requirementParser{text: s}
	r, err := p.requirement()
	if err != nil {
		return Requirement{}, fmt.Errorf("requirement %q: %w", s, err)
	}
	return r, nil
}

// NormalPackage is a package's name as the index compares it.
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

// requirementParser walks over one requirement from left to right.
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

// name reads an identifier: ASCII letters, digits, "-", "_" and ".", a letter or digit at both ends.
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

// url reads the address of a direct reference: everything to the next space.
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

// here says what stands at the parser's place, for an error.
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

// Alphanumeric reports whether a byte is a letter or a digit of ASCII.
func Alphanumeric(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9'
}
