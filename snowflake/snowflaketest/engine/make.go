package engine

import (
	"maps"
	"slices"
	"strings"

	"sleet/snowflake/snowflaketest/grammar"
)

// sorted returns the keys of a map in order.
func sorted[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }

// fields cuts a kind into its words.
func fields(kind string) []string { return strings.Fields(kind) }

// make makes the object of a CREATE statement, if it is not there. finish completes it, and may
// refuse it.
func (s *Session) make(c *creation, finish func(*object) *grammar.Error) (string, *grammar.Error) {
	doing := "CREATE " + c.kind
	full, err := s.complete(c.kind, c.name, doing)
	if err != nil {
		return "", err
	}
	if err := s.mayMake(c, full); err != nil {
		return "", err
	}
	old := s.e.get(c.kind, full...)
	if old != nil {
		if done, status, err := s.existing(c, old); done || err != nil {
			return status, err
		}
	}
	values, err := s.resolve(c.got, c.known, doing)
	if err != nil {
		return "", err
	}
	o := &object{kind: c.kind, parts: full, owner: s.owning(), props: values}
	o.comment = values["COMMENT"].text
	delete(o.props, "COMMENT")
	if finish != nil {
		if err := finish(o); err != nil {
			return "", err
		}
	}
	if old != nil {
		s.e.drop(old)
	}
	s.e.add(o)
	s.e.applyFuture(o)
	if c.kind == grammar.KindRole { // a role's maker does not get it; USERADMIN's parents own it
		delete(o.props, "ROLE")
	}
	if c.kind == grammar.KindRule {
		return "Network rule " + grammar.QuoteName(o.short()) + " is created.", nil
	}
	return grammar.Title(c.kind) + " " + grammar.QuoteName(o.short()) + " successfully created.", nil
}

// mayMake checks the privilege to create.
func (s *Session) mayMake(c *creation, full grammar.Name) *grammar.Error {
	switch c.kind {
	case grammar.KindDatabase, grammar.KindWarehouse, grammar.KindPool, grammar.KindRole:
		return s.mayCreateGlobal("CREATE " + c.kind)
	case grammar.KindIntegration:
		if c.known["ALLOWED_NETWORK_RULES"].Refers != "" {
			return s.mayCreateGlobal("CREATE INTEGRATION", "CREATE EXTERNAL ACCESS INTEGRATION")
		}
		return s.mayCreateGlobal("CREATE INTEGRATION")
	case grammar.KindDatabaseRole:
		db := s.e.get(grammar.KindDatabase, full[0])
		if db == nil || !s.sees(db) {
			return grammar.Absent("Database", grammar.Qualified(full[0]))
		}
		return s.must(db, "CREATE DATABASE ROLE")
	default:
		return s.mayCreate(c.kind, full)
	}
}

// existing says what a CREATE statement makes of an object that is there: done where that is all.
func (s *Session) existing(c *creation, old *object) (bool, string, *grammar.Error) {
	display := old.full()
	switch {
	case !s.sees(old):
		return true, "", grammar.Hidden(display)
	case c.ifNotExist:
		return true, grammar.QuoteName(old.short()) + " already exists, statement succeeded.", nil
	case c.orAlter:
		status, err := s.alterExisting(c, old)
		return true, status, err
	case !c.replace:
		return true, "", grammar.Exists(display)
	}
	return false, "", s.mustOwn(old)
}

// alterExisting makes an object as CREATE OR ALTER says: what is left out goes back to its default.
func (s *Session) alterExisting(c *creation, old *object) (string, *grammar.Error) {
	if err := s.mustOwn(old); err != nil {
		return "", err
	}
	values, err := s.resolve(c.got, c.known, "CREATE OR ALTER "+c.kind)
	if err != nil {
		return "", err
	}
	for _, fixed := range []string{"TYPE", "MODE", "ENCRYPTION"} {
		if v, ok := values[fixed]; ok && v.text != old.props[fixed].text {
			return "", grammar.Compile(1420, "22023", "property '%s' of '%s' cannot be changed", fixed, old.full())
		}
		if v, ok := old.props[fixed]; ok {
			values[fixed] = v
		}
	}
	old.comment = values["COMMENT"].text
	delete(values, "COMMENT")
	old.props = values
	return grammar.Title(c.kind) + " " + grammar.QuoteName(old.short()) + " successfully altered.", nil
}
