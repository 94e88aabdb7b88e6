package engine

import (
	"net/netip"
	"strings"

	"sleet/snowflake/snowflaketest/ddl"
	"sleet/snowflake/snowflaketest/grammar"
)

// create runs a CREATE statement.
func (s *Session) create(c *ddl.Create) (string, *grammar.Error) {
	switch {
	case c.Kind == grammar.KindFunction:
		return s.createFunction(c)
	case c.Category == "EXTERNAL ACCESS" && s.e.Options.Trial:
		return "", noExternalAccess()
	case c.Kind == grammar.KindRule:
		if err := s.resolves(c.Got["TYPE"].Text, c.Got["VALUE_LIST"].Texts); err != nil {
			return "", err
		}
	}
	return s.make(c, func(o *object) *grammar.Error { return s.finish(c, o) })
}

// finish completes an object according to its kind, or returns an error.
func (s *Session) finish(c *ddl.Create, o *object) *grammar.Error {
	switch c.Kind {
	case grammar.KindIntegration:
		return s.finishIntegration(c, o)
	case grammar.KindStreamlit:
		if root, legacy := c.Got["ROOT_LOCATION"]; legacy {
			return s.finishLegacy(o, root.Text)
		}
		return s.finishStreamlit(o, c.From)
	case grammar.KindSecret:
		if api := o.props["API_AUTHENTICATION"].text; api != "" {
			if i := s.e.lookup(grammar.KindIntegration, api); i == nil || i.props["TYPE"].text != "API_AUTHENTICATION" {
				return grammar.InvalidValue(api, "API_AUTHENTICATION")
			}
		}
	case grammar.KindRule:
	default:
		if c.Managed {
			o.props["MANAGED ACCESS"] = value{text: "true"}
		}
		s.afterPlain(o)
	}
	return nil
}

// finishIntegration completes an integration of any category.
func (s *Session) finishIntegration(c *ddl.Create, o *object) *grammar.Error {
	switch c.Category {
	case "EXTERNAL ACCESS":
		o.props["TYPE"] = value{text: "EXTERNAL_ACCESS"}
		return s.checkAccess(o)
	case "API":
		o.props["TYPE"] = value{text: "EXTERNAL_API"}
	}
	o.props["CATEGORY"] = value{text: c.Category}
	return nil
}

// make creates the object of a CREATE statement unless it exists. finish completes the object, or returns an error.
func (s *Session) make(c *ddl.Create, finish func(*object) *grammar.Error) (string, *grammar.Error) {
	doing := "CREATE " + c.Kind
	full, err := s.complete(c.Kind, c.Name, doing)
	if err != nil {
		return "", err
	}
	if err := s.mayMake(c, full); err != nil {
		return "", err
	}
	old := s.e.get(c.Kind, full...)
	if old != nil {
		if done, status, err := s.existing(c, old); done || err != nil {
			return status, err
		}
	}
	values, err := s.resolve(c.Got, c.Known, doing)
	if err != nil {
		return "", err
	}
	o := &object{kind: c.Kind, parts: full, owner: s.owning(), props: values}
	o.comment = values["COMMENT"].text
	delete(o.props, "COMMENT")
	if err := finish(o); err != nil {
		return "", err
	}
	if old != nil {
		s.e.drop(old)
	}
	s.e.add(o)
	s.e.applyFuture(o)
	if c.Kind == grammar.KindRole { // creating a role does not grant it to its creator
		delete(o.props, "ROLE")
	}
	if c.Kind == grammar.KindRule {
		return "Network rule " + grammar.QuoteName(o.short()) + " is created.", nil
	}
	return grammar.Title(c.Kind) + " " + grammar.QuoteName(o.short()) + " successfully created.", nil
}

// mayMake checks the privilege to create.
func (s *Session) mayMake(c *ddl.Create, full grammar.Name) *grammar.Error {
	switch c.Kind {
	case grammar.KindDatabase, grammar.KindWarehouse, grammar.KindPool, grammar.KindRole:
		return s.mayCreateGlobal("CREATE " + c.Kind)
	case grammar.KindIntegration:
		if c.Category == "EXTERNAL ACCESS" {
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
		return s.mayCreate(c.Kind, full)
	}
}

// existing handles a CREATE statement for an object that exists. done reports whether the statement is complete.
func (s *Session) existing(c *ddl.Create, old *object) (bool, string, *grammar.Error) {
	display := old.full()
	switch {
	case !s.sees(old):
		return true, "", grammar.Hidden(display)
	case c.IfNotExists:
		return true, grammar.QuoteName(old.short()) + " already exists, statement succeeded.", nil
	case c.OrAlter:
		status, err := s.alterExisting(c, old)
		return true, status, err
	case !c.Replace:
		return true, "", grammar.Exists(display)
	}
	return false, "", s.mustOwn(old)
}

// alterExisting alters an object as CREATE OR ALTER does: properties that are left out are reset to their defaults.
func (s *Session) alterExisting(c *ddl.Create, old *object) (string, *grammar.Error) {
	if err := s.mustOwn(old); err != nil {
		return "", err
	}
	values, err := s.resolve(c.Got, c.Known, "CREATE OR ALTER "+c.Kind)
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
	return grammar.Title(c.Kind) + " " + grammar.QuoteName(old.short()) + " successfully altered.", nil
}

// afterPlain applies the side effects of creating objects of some kinds.
func (s *Session) afterPlain(o *object) {
	switch o.kind {
	case grammar.KindStage:
		if _, ok := o.props["ENCRYPTION"]; !ok {
			o.props["ENCRYPTION"] = value{text: "TYPE=SNOWFLAKE_FULL"}
		}
		o.files = newStageFiles()
	case grammar.KindDatabase:
		public := &object{kind: grammar.KindSchema, parts: grammar.Name{o.parts[0], "PUBLIC"}, owner: o.owner}
		s.e.add(public)
		s.database, s.schema = o.parts[0], "PUBLIC"
	case grammar.KindSchema:
		s.database, s.schema = o.parts[0], o.parts[1]
	case grammar.KindPool:
		if _, ok := o.props["AUTO_RESUME"]; !ok {
			o.props["AUTO_RESUME"] = value{text: "true"}
		}
	case grammar.KindWarehouse:
		s.warehouse = o.parts[0]
	}
}

// noExternalAccess returns the error of a trial account.
func noExternalAccess() *grammar.Error {
	return grammar.Refuse(509009, "0A000", "SQL compilation error: External access is not supported for trial accounts.")
}

// checkAccess checks the objects that an external access integration refers to.
func (s *Session) checkAccess(o *object) *grammar.Error {
	for _, rule := range o.props["ALLOWED_NETWORK_RULES"].list {
		r := s.e.lookup(grammar.KindRule, rule)
		if r == nil || r.props["MODE"].text != "EGRESS" {
			return grammar.Compile(1008, "22023", "Network rule '%s' is not an egress rule and cannot be allowed by an external access integration.", rule)
		}
	}
	for _, other := range o.props["ALLOWED_API_AUTHENTICATION_INTEGRATIONS"].list {
		if i := s.e.lookup(grammar.KindIntegration, other); i == nil || i.props["TYPE"].text != "API_AUTHENTICATION" {
			return grammar.InvalidValue(other, "ALLOWED_API_AUTHENTICATION_INTEGRATIONS")
		}
	}
	return nil
}

// resolves returns an error for hosts of a network rule that cannot resolve. It does not use the network.
func (s *Session) resolves(kind string, values []string) *grammar.Error {
	if kind != "HOST_PORT" || !s.e.is(HostsResolved) {
		return nil
	}
	for _, v := range values {
		host, _, _ := strings.Cut(strings.ToLower(v), ":")
		_, notIP := netip.ParseAddr(host)
		if host == "0.0.0.0" || notIP != nil && strings.Contains(host, ".") && !strings.HasSuffix(host, ".invalid") {
			continue
		}
		return grammar.Compile(1008, "22023", "invalid value '[%s]' for property 'VALUE_LIST', Reason: One or more values might be an unresolvable host name or an IP address.", v)
	}
	return nil
}
