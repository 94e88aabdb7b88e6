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
func (r *reader) readProperties(kind string, known properties, commas bool) map[string]given {
	got := map[string]given{}
	for {
		t := r.peek()
		follows := r.ahead(1)
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
		r.at += 2
		got[word] = r.propertyValue(word, prop)
		if commas {
			r.symbol(",")
		}
	}
}

// propertyValue reads one value.
func (r *reader) propertyValue(word string, prop property) given {
	var g given
	switch prop.shape {
	case shapeText:
		g.text = r.text()
	case shapeName:
		g.names = []name{r.nameOrText(depthOf(prop.refers))}
	case shapeBool:
		g.text = strings.ToLower(strconv.FormatBool(r.boolean()))
	case shapeNumber:
		if r.word("NULL") {
			g.text = ""
			break
		}
		g.text = strconv.FormatInt(r.number(), 10)
	case shapeWord:
		g.text = r.choice(word, prop.words)
	case shapeTexts:
		r.brackets(func() { g.texts = append(g.texts, r.text()) })
	case shapeNames:
		for _, w := range prop.words {
			if r.word(w) {
				g.text = w
				return g
			}
		}
		r.brackets(func() { g.names = append(g.names, r.name(depthOf(prop.refers))) })
	case shapeBindings:
		r.brackets(func() {
			if r.peek().kind != tokenText && word == "SECRETS" {
				panic(sentence("Secret names must be specified using single quotes."))
			}
			k := r.text()
			r.needSymbol("=")
			if slices.Contains(g.keys, k) {
				panic(invalidValue(k, word))
			}
			g.keys = append(g.keys, k)
			g.names = append(g.names, r.name(depthOf(prop.refers)))
		})
	case shapeOptions:
		g.text = r.options()
	case shapeAny:
		g.text = r.scalar()
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
func (r *reader) choice(property string, words []string) string {
	t := r.peek()
	if t.kind != tokenWord && t.kind != tokenText {
		r.fail()
	}
	if !slices.Contains(words, strings.ToUpper(t.text)) {
		panic(invalidValue(t.text, property))
	}
	r.at++
	return strings.ToUpper(t.text)
}

// scalar reads a word, a number or a text.
func (r *reader) scalar() string {
	t := r.peek()
	switch t.kind {
	case tokenText:
		return r.text()
	case tokenWord, tokenNumber, tokenQuoted:
		r.at++
		return t.text
	default:
		r.fail()
		return ""
	}
}

// options reads (OPTION = value …) and gives it back in one form.
func (r *reader) options() string {
	var list []string
	r.needSymbol("(")
	for !r.symbol(")") {
		if r.peek().kind != tokenWord {
			r.fail()
		}
		option := strings.ToUpper(r.scalar())
		r.needSymbol("=")
		list = append(list, option+"="+strings.ToUpper(r.scalar()))
		r.symbol(",")
	}
	slices.Sort(list)
	return strings.Join(list, " ")
}
