package engine

import (
	"slices"
	"strings"

	"sleet/snowflake/snowflaketest/grammar"
)

// rename reads the new name after RENAME TO.
func (p *parser) rename(a *alteration) statement {
	if a.kind == grammar.KindSecret || a.kind == grammar.KindRule || a.kind == grammar.KindIntegration {
		p.Skip(-2)
		p.Fail()
	}
	to := p.Name(grammar.Depth(a.kind))
	return a.change("", func(s *Session, o *object) *grammar.Error {
		full, err := s.complete(a.kind, to, "ALTER "+a.kind)
		if err != nil {
			return err
		}
		if a.kind == grammar.KindFunction {
			_, types, _ := strings.Cut(o.short(), "(")
			full[len(full)-1] += "(" + types
		}
		if s.e.get(a.kind, full...) != nil {
			return grammar.Exists(full.String())
		}
		s.e.rename(o, full)
		return nil
	})
}

// rename moves an object, what is in it, and the grants on all of that.
func (e *Engine) rename(o *object, to grammar.Name) {
	moved := map[string]string{}
	depth := len(o.parts)
	var list []*object
	for _, other := range e.objects {
		if other == o || (o.kind == grammar.KindDatabase || o.kind == grammar.KindSchema) && len(other.parts) > depth && slices.Equal(other.parts[:depth], o.parts) {
			list = append(list, other)
		}
	}
	for _, other := range list {
		old := other.key()
		delete(e.objects, old)
		other.parts = append(slices.Clone(to), other.parts[depth:]...)
		moved[old] = other.key()
		e.objects[other.key()] = other
	}
	if o.kind == grammar.KindRole {
		for _, other := range e.objects {
			if to, ok := moved[other.owner]; ok {
				other.owner = to
			}
		}
	}
	swap := func(k *string) {
		if to, ok := moved[*k]; ok {
			*k = to
		}
	}
	for i := range e.grants {
		swap(&e.grants[i].on)
		swap(&e.grants[i].to)
	}
	for i := range e.future {
		swap(&e.future[i].in)
		swap(&e.future[i].to)
	}
	for i := range e.inheritedGrants {
		swap(&e.inheritedGrants[i].in)
		swap(&e.inheritedGrants[i].to)
	}
	for _, list := range e.members {
		for i := range list {
			swap(&list[i].to)
		}
	}
	for old, to := range moved {
		if list, ok := e.members[old]; ok {
			delete(e.members, old)
			e.members[to] = list
		}
	}
}
