package engine

import (
	"strings"
)

// alterSet reads the properties after SET.
func (p *parser) alterSet(a *alteration) statement {
	if a.kind == kindFunction && p.word("SECURE") {
		return a.change("", func(_ *Session, o *object) *Error {
			o.function.secure = true
			return nil
		})
	}
	known := alterProperties(a.kind)
	got := p.readProperties(a.kind, known, a.kind == kindSecret || a.kind == kindStreamlit)
	if len(got) == 0 {
		p.fail()
	}
	return a.change(alterPrivilege(a.kind), func(s *Session, o *object) *Error { return s.setProperties(o, got, known) })
}

// setProperties sets properties of an object, all or none.
func (s *Session) setProperties(o *object, got map[string]given, known properties) *Error {
	if err := checkSet(o, got); err != nil {
		return err
	}
	if err := s.resolves(o.props["TYPE"].text, got["VALUE_LIST"].texts); err != nil {
		return err
	}
	values, err := s.resolve(got, known, "ALTER "+o.kind)
	if err != nil {
		return err
	}
	changed := *o
	changed.props = map[string]value{}
	for word, v := range o.props {
		changed.props[word] = v
	}
	for word, v := range values {
		if word == "COMMENT" {
			changed.comment = v.text
			continue
		}
		changed.props[word] = v
	}
	switch o.kind {
	case kindFunction:
		err = s.checkBindings(&changed)
	case kindIntegration:
		err = s.checkAccess(&changed)
	case kindStreamlit:
		err = s.checkAltered(&changed, values)
	}
	if err != nil {
		return err
	}
	o.props, o.comment, o.runtimeDefault = changed.props, changed.comment, changed.runtimeDefault
	return nil
}

// checkAltered checks an app after SET.
func (s *Session) checkAltered(o *object, set map[string]value) *Error {
	if root, ok := set["ROOT_LOCATION"]; ok {
		stage, folder, err := s.stageAt(root.text, "READ")
		if err != nil {
			return err
		}
		o.props["ROOT_LOCATION"] = value{text: strings.TrimSuffix("@"+stage.full()+"/"+folder, "/")}
	}
	if _, legacy := o.props["ROOT_LOCATION"]; legacy {
		return s.checkBindings(o)
	}
	if runtime, ok := set["RUNTIME_NAME"]; ok {
		o.runtimeDefault = false
		if runtime.text != ContainerRuntime {
			delete(o.props, "COMPUTE_POOL")
		}
	}
	return s.checkStreamlit(o)
}

// checkSet refuses properties that the object at hand cannot have.
func checkSet(o *object, got map[string]given) *Error {
	_, legacy := o.props["ROOT_LOCATION"]
	switch o.kind {
	case kindStreamlit:
		for _, word := range sorted(got) {
			// https://docs.snowflake.com/en/sql-reference/sql/alter-streamlit
			if _, known := streamlitProperties(legacy)[word]; !known {
				return invalidProperty(word, kindStreamlit)
			}
		}
	case kindSecret:
		return checkSecret(o.props["TYPE"].text, got, false)
	case kindRule:
		if list, ok := got["VALUE_LIST"]; ok {
			return checkHosts(o.props["TYPE"].text, list.texts)
		}
	case kindIntegration:
		known := otherIntegrationProperties()
		if o.props["TYPE"].text == "EXTERNAL_ACCESS" {
			known = accessProperties()
		}
		for _, word := range sorted(got) {
			if _, ok := known[word]; !ok {
				return invalidProperty(word, "INTEGRATION")
			}
		}
	}
	return nil
}
