package grammar

import (
	"slices"
	"strconv"
	"strings"
)

// Shape is the form of a property's value.
type Shape int

// The forms of a property's value.
const (
	ShapeText     Shape = iota // 'text'
	ShapeName                  // a name, also in single quotes
	ShapeBool                  // TRUE or FALSE
	ShapeNumber                // a whole number, or NULL
	ShapeWord                  // one of the property's words, also in single quotes
	ShapeTexts                 // ('text', …)
	ShapeNames                 // (name, …), or one of the property's words, such as ALL or NONE
	ShapeBindings              // ('key' = name, …)
	ShapeOptions               // (OPTION = value …)
	ShapeAny                   // a word, number or text
)

// Property describes one property of a statement, according to its reference page.
type Property struct {
	Shape Shape
	// words are the values of a ShapeWord, or the keywords that can replace the list of a ShapeNames.
	words []string
	// Refers is the kind of the objects that the value names. Needs are the privileges on them, of which the role must
	// have one.
	Refers string
	Needs  []string
}

// Properties are the properties of one statement by name.
type Properties map[string]Property

// Given is the value of a property in a statement.
type Given struct {
	Text  string
	Names []Name
	Texts []string
	Keys  []string // of bindings, parallel to Names
}

// ReadProperties reads properties in any order, each at most once, until no property follows. An unknown property is an
// error.
func (r *Reader) ReadProperties(kind string, known Properties, commas bool) map[string]Given {
	got := map[string]Given{}
	for {
		t := r.Peek()
		follows := r.Ahead(1)
		if t.Kind != TokenWord || follows.Kind != TokenSymbol || follows.Text != "=" {
			return got
		}
		word := strings.ToUpper(t.Text)
		prop, ok := known[word]
		if !ok {
			panic(InvalidProperty(word, kind))
		}
		if _, twice := got[word]; twice {
			panic(Compile(1424, "22023", "duplicate property '%s' for '%s'", word, kind))
		}
		r.at += 2
		got[word] = r.propertyValue(word, prop)
		if commas {
			r.Symbol(",")
		}
	}
}

// propertyValue reads the value of a property.
func (r *Reader) propertyValue(word string, prop Property) Given {
	var g Given
	switch prop.Shape {
	case ShapeText:
		g.Text = r.Text()
	case ShapeName:
		g.Names = []Name{r.nameOrText(depthOf(prop.Refers))}
	case ShapeBool:
		g.Text = strings.ToLower(strconv.FormatBool(r.boolean()))
	case ShapeNumber:
		if r.Word("NULL") {
			g.Text = ""
			break
		}
		g.Text = strconv.FormatInt(r.Number(), 10)
	case ShapeWord:
		g.Text = r.choice(word, prop.words)
	case ShapeTexts:
		r.Brackets(func() { g.Texts = append(g.Texts, r.Text()) })
	case ShapeNames:
		for _, w := range prop.words {
			if r.Word(w) {
				g.Text = w
				return g
			}
		}
		r.Brackets(func() { g.Names = append(g.Names, r.Name(depthOf(prop.Refers))) })
	case ShapeBindings:
		r.Brackets(func() {
			if r.Peek().Kind != TokenText && word == "SECRETS" {
				panic(Sentence("Secret names must be specified using single quotes."))
			}
			k := r.Text()
			r.NeedSymbol("=")
			if slices.Contains(g.Keys, k) {
				panic(InvalidValue(k, word))
			}
			g.Keys = append(g.Keys, k)
			g.Names = append(g.Names, r.Name(depthOf(prop.Refers)))
		})
	case ShapeOptions:
		g.Text = r.options()
	case ShapeAny:
		g.Text = r.Scalar()
	}
	return g
}

func depthOf(kind string) int {
	if kind == "" {
		return 3
	}
	return Depth(kind)
}

// choice reads one of the words.
func (r *Reader) choice(property string, words []string) string {
	t := r.Peek()
	if t.Kind != TokenWord && t.Kind != TokenText {
		r.Fail()
	}
	if !slices.Contains(words, strings.ToUpper(t.Text)) {
		panic(InvalidValue(t.Text, property))
	}
	r.at++
	return strings.ToUpper(t.Text)
}

// Scalar reads a word, a number or a text.
func (r *Reader) Scalar() string {
	t := r.Peek()
	switch t.Kind {
	case TokenText:
		return r.Text()
	case TokenWord, TokenNumber, TokenQuoted:
		r.at++
		return t.Text
	default:
		r.Fail()
		return ""
	}
}

// options reads (OPTION = value …) and returns it in a normalized form.
func (r *Reader) options() string {
	var list []string
	r.NeedSymbol("(")
	for !r.Symbol(")") {
		if r.Peek().Kind != TokenWord {
			r.Fail()
		}
		option := strings.ToUpper(r.Scalar())
		r.NeedSymbol("=")
		list = append(list, option+"="+strings.ToUpper(r.Scalar()))
		r.Symbol(",")
	}
	slices.Sort(list)
	return strings.Join(list, " ")
}
