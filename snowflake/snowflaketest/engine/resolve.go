package engine

import "strings"

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
