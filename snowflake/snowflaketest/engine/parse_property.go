package engine

import (
	"slices"
	"strconv"
	"strings"
)

// shape is how the value of a property is written.
type shape int

const (
	shapeText     shape = iota // 'text'
	shapeName                  // a name, also in single quotes
	shapeBool                  // TRUE or FALSE
	shapeNumber                // a whole number, or NULL
	shapeWord                  // one of some words, also in single quotes
	shapeTexts                 // ('text', …)
	shapeNames                 // (name, …), or NONE, or ALL where words says so
	shapeBindings              // ('key' = name, …)
	shapeOptions               // (OPTION = value …)
	shapeAny                   // a word, number or text
)

// property is what the reference page of a statement says about one property.
type property struct {
	shape shape
	// words are what a shapeWord can be; for shapeNames what stands for a list.
	words []string
	// refers is the kind of the objects that it names; needs are the privileges on them, one of
	// which the role must have.
	refers string
	needs  []string
}

// properties are those of one statement.
type properties map[string]property

// given is the value of a property as a statement gives it.
type given struct {
	text  string
	names []name
	texts []string
	keys  []string // of bindings, beside names
}

// readProperties reads properties in any order, each at most once. It ends where no property
// begins; an unknown one is refused.
func (p *parser) readProperties(kind string, known properties, commas bool) map[string]given {
	got := map[string]given{}
	for {
		t := p.peek()
		follows := p.ahead(1)
		if t.kind != tokenWord || follows.kind != tokenSymbol || follows.text != "=" {
			return got
		}
		word := strings.ToUpper(t.text)
		prop, ok := known[word]
		if !ok {
			panic(invalidProperty(word, kind))
		}
		if _, twice := got[word]; twice {
			panic(compile(1424, "22023", "duplicate property '%s' for '%s'", word, kind))
		}
		p.at += 2
		got[word] = p.propertyValue(word, prop)
		if commas {
			p.symbol(",")
		}
	}
}

// propertyValue reads one value.
func (p *parser) propertyValue(word string, prop property) given {
	var g given
	switch prop.shape {
	case shapeText:
		g.text = p.text()
	case shapeName:
		g.names = []name{p.nameOrText(depthOf(prop.refers))}
	case shapeBool:
		g.text = strings.ToLower(strconv.FormatBool(p.boolean()))
	case shapeNumber:
		if p.word("NULL") {
			g.text = ""
			break
		}
		g.text = strconv.FormatInt(p.number(), 10)
	case shapeWord:
		g.text = p.choice(word, prop.words)
	case shapeTexts:
		p.brackets(func() { g.texts = append(g.texts, p.text()) })
	case shapeNames:
		for _, w := range prop.words {
			if p.word(w) {
				g.text = w
				return g
			}
		}
		p.brackets(func() { g.names = append(g.names, p.name(depthOf(prop.refers))) })
	case shapeBindings:
		p.brackets(func() {
			if p.peek().kind != tokenText && word == "SECRETS" {
				panic(sentence("Secret names must be specified using single quotes."))
			}
			k := p.text()
			p.needSymbol("=")
			if slices.Contains(g.keys, k) {
				panic(invalidValue(k, word))
			}
			g.keys = append(g.keys, k)
			g.names = append(g.names, p.name(depthOf(prop.refers)))
		})
	case shapeOptions:
		g.text = p.options()
	case shapeAny:
		g.text = p.scalar()
	}
	return g
}

func depthOf(kind string) int {
	if kind == "" {
		return 3
	}
	return depth(kind)
}

// choice reads one of some words.
func (p *parser) choice(property string, words []string) string {
	t := p.peek()
	if t.kind != tokenWord && t.kind != tokenText {
		p.fail()
	}
	if !slices.Contains(words, strings.ToUpper(t.text)) {
		panic(invalidValue(t.text, property))
	}
	p.at++
	return strings.ToUpper(t.text)
}

// scalar reads a word, a number or a text.
func (p *parser) scalar() string {
	t := p.peek()
	switch t.kind {
	case tokenText:
		return p.text()
	case tokenWord, tokenNumber, tokenQuoted:
		p.at++
		return t.text
	default:
		p.fail()
		return ""
	}
}

// options reads (OPTION = value …) and gives it back in one form.
func (p *parser) options() string {
	var list []string
	p.needSymbol("(")
	for !p.symbol(")") {
		if p.peek().kind != tokenWord {
			p.fail()
		}
		option := strings.ToUpper(p.scalar())
		p.needSymbol("=")
		list = append(list, option+"="+strings.ToUpper(p.scalar()))
		p.symbol(",")
	}
	slices.Sort(list)
	return strings.Join(list, " ")
}

// resolve returns properties as an object keeps them: names in full, each referred object found and
// the privilege on it checked.
func (s *Session) resolve(got map[string]given, known properties, doing string) (map[string]value, *Error) {
	values := map[string]value{}
	for _, word := range sorted(got) {
		g, prop := got[word], known[word]
		v := value{text: g.text, list: g.texts}
		for i, n := range g.names {
			full, err := s.reference(n, prop, doing)
			if err != nil {
				return nil, err
			}
			switch prop.shape {
			case shapeName:
				v.text = full
			case shapeBindings:
				v.binds = append(v.binds, binding{g.keys[i], full})
			default:
				v.list = append(v.list, full)
			}
		}
		values[word] = v
	}
	return values, nil
}

// reference returns the full name of an object that a property names.
func (s *Session) reference(n name, prop property, doing string) (string, *Error) {
	if prop.refers == "" {
		return n.String(), nil
	}
	o, err := s.find(prop.refers, n, doing)
	if err != nil {
		if strings.Contains(doing, kindStreamlit) {
			err = s.streamlitReference(prop.refers, n, err)
		}
		return "", err
	}
	if len(prop.needs) > 0 && !s.may(o, prop.needs...) {
		if prop.refers == kindPool && strings.Contains(doing, kindStreamlit) {
			return "", noUsageOnPool(o)
		}
		return "", s.lacks(o, prop.needs...)
	}
	if len(prop.needs) > 0 {
		if err := s.reach(o); err != nil {
			return "", err
		}
	}
	return o.full(), nil
}

// noUsageOnPool is what STREAMLIT says about a pool that its owner may not use.
// https://docs.snowflake.com/en/release-notes/bcr-bundles/2026_06/bcr-2342
func noUsageOnPool(o *object) *Error {
	return refuse(3001, "42501", "STREAMLIT_VALIDATION_FAILURE_NO_USAGE_ON_COMPUTE_POOL: the owner role of the Streamlit lacks USAGE on the compute pool '%s'. Insufficient privileges to operate on compute pool '%s'", o.full(), o.full())
}

// lookup finds an object by the full name that a property keeps.
func (e *Engine) lookup(kind, full string) *object {
	tokens, err := lex(full)
	if err != nil {
		return nil
	}
	var parts name
	for _, t := range tokens {
		switch t.kind {
		case tokenWord:
			parts = append(parts, strings.ToUpper(t.text))
		case tokenQuoted:
			parts = append(parts, t.text)
		default:
		}
	}
	return e.get(kind, parts...)
}
