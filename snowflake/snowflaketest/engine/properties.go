package engine

import (
	"slices"
	"strings"

	"sleet/snowflake/snowflaketest/grammar"
)

// setProperties sets properties of an object, all or none.
func (s *Session) setProperties(o *object, got map[string]grammar.Given, known grammar.Properties) *grammar.Error {
	if err := checkSet(o, got); err != nil {
		return err
	}
	if err := s.resolves(o.props["TYPE"].text, got["VALUE_LIST"].Texts); err != nil {
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
	case grammar.KindFunction:
		err = s.checkBindings(&changed)
	case grammar.KindIntegration:
		err = s.checkAccess(&changed)
	case grammar.KindStreamlit:
		err = s.checkAltered(&changed, values)
	}
	if err != nil {
		return err
	}
	o.props, o.comment, o.runtimeDefault = changed.props, changed.comment, changed.runtimeDefault
	return nil
}

// checkAltered checks an app after SET.
func (s *Session) checkAltered(o *object, set map[string]value) *grammar.Error {
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

// checkSet returns an error for properties that an object cannot have.
func checkSet(o *object, got map[string]grammar.Given) *grammar.Error {
	_, legacy := o.props["ROOT_LOCATION"]
	switch o.kind {
	case grammar.KindStreamlit:
		for _, word := range sorted(got) {
			// https://docs.snowflake.com/en/sql-reference/sql/alter-streamlit
			if _, known := grammar.StreamlitProperties(legacy)[word]; !known {
				return grammar.InvalidProperty(word, grammar.KindStreamlit)
			}
		}
	case grammar.KindSecret:
		return grammar.CheckSecret(o.props["TYPE"].text, got, false)
	case grammar.KindRule:
		if list, ok := got["VALUE_LIST"]; ok {
			return grammar.CheckHosts(o.props["TYPE"].text, list.Texts)
		}
	case grammar.KindIntegration:
		known := grammar.OtherIntegrationProperties()
		if o.props["TYPE"].text == "EXTERNAL_ACCESS" {
			known = grammar.AccessProperties()
		}
		for _, word := range sorted(got) {
			if _, ok := known[word]; !ok {
				return grammar.InvalidProperty(word, "INTEGRATION")
			}
		}
	}
	return nil
}

// unsetProperties removes properties of an object.
func (s *Session) unsetProperties(o *object, list []string) *grammar.Error {
	if _, legacy := o.props["ROOT_LOCATION"]; legacy {
		return grammar.InvalidProperty(list[0], grammar.KindStreamlit)
	}
	changed := *o
	changed.props = map[string]value{}
	for word, v := range o.props {
		if !slices.Contains(list, word) {
			changed.props[word] = v
		}
	}
	if slices.Contains(list, "COMMENT") {
		changed.comment = ""
	}
	if o.kind == grammar.KindStreamlit && slices.Contains(list, "TITLE") {
		s.defaultTitle(&changed)
	}
	if o.kind == grammar.KindFunction && slices.Contains(list, "SECURE") {
		o.function.Secure = false
	}
	if o.kind == grammar.KindStreamlit || o.kind == grammar.KindFunction {
		if err := s.checkBindings(&changed); err != nil {
			return err
		}
	}
	o.props, o.comment = changed.props, changed.comment
	return nil
}
