package engine

import (
	"strings"

	"sleet/snowflake/snowflaketest/grammar"
)

// resolve returns properties as an object stores them: with fully qualified names, after checking that each object
// exists and that the session has the required privilege.
func (s *Session) resolve(got map[string]grammar.Given, known grammar.Properties, doing string) (map[string]value, *grammar.Error) {
	values := map[string]value{}
	for _, word := range sorted(got) {
		g, prop := got[word], known[word]
		v := value{text: g.Text, list: g.Texts}
		for i, n := range g.Names {
			full, err := s.reference(n, prop, doing)
			if err != nil {
				return nil, err
			}
			switch prop.Shape {
			case grammar.ShapeName:
				v.text = full
			case grammar.ShapeBindings:
				v.binds = append(v.binds, binding{g.Keys[i], full})
			default:
				v.list = append(v.list, full)
			}
		}
		values[word] = v
	}
	return values, nil
}

// reference returns the full name of an object that a property names.
func (s *Session) reference(n grammar.Name, prop grammar.Property, doing string) (string, *grammar.Error) {
	if prop.Refers == "" {
		return n.String(), nil
	}
	o, err := s.find(prop.Refers, n, doing)
	if err != nil {
		if strings.Contains(doing, grammar.KindStreamlit) {
			err = s.streamlitReference(prop.Refers, n, err)
		}
		return "", err
	}
	if len(prop.Needs) > 0 && !s.may(o, prop.Needs...) {
		if prop.Refers == grammar.KindPool && strings.Contains(doing, grammar.KindStreamlit) {
			return "", noUsageOnPool(o)
		}
		return "", s.lacks(o, prop.Needs...)
	}
	if len(prop.Needs) > 0 {
		if err := s.reach(o); err != nil {
			return "", err
		}
	}
	return o.full(), nil
}

// noUsageOnPool returns the error for a pool that the app's owner may not use.
// https://docs.snowflake.com/en/release-notes/bcr-bundles/2026_06/bcr-2342
func noUsageOnPool(o *object) *grammar.Error {
	return grammar.Refuse(3001, "42501", "STREAMLIT_VALIDATION_FAILURE_NO_USAGE_ON_COMPUTE_POOL: the owner role of the Streamlit lacks USAGE on the compute pool '%s'. Insufficient privileges to operate on compute pool '%s'", o.full(), o.full())
}

// lookup returns the object with the full name that a property stores.
func (e *Engine) lookup(kind, full string) *object {
	tokens, err := grammar.Lex(full)
	if err != nil {
		return nil
	}
	var parts grammar.Name
	for _, t := range tokens {
		switch t.Kind {
		case grammar.TokenWord:
			parts = append(parts, strings.ToUpper(t.Text))
		case grammar.TokenQuoted:
			parts = append(parts, t.Text)
		default:
		}
	}
	return e.get(kind, parts...)
}
