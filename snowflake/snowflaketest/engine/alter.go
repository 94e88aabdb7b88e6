package engine

import (
	"slices"
	"strings"

	"sleet/snowflake/snowflaketest/ddl"
	"sleet/snowflake/snowflaketest/grammar"
)

// alter runs an ALTER statement, or COMMENT ON.
func (s *Session) alter(a *ddl.Alter) (string, *grammar.Error) {
	o, err := s.find(a.Kind, a.Name, "ALTER "+a.Kind)
	if err != nil {
		if a.IfExists {
			return executed, nil
		}
		return "", err
	}
	if err := s.must(o, "OWNERSHIP", alterPrivilege(a)); err != nil {
		return "", err
	}
	return s.change(o, a.Change)
}

// alterPrivilege returns the privilege that suffices instead of OWNERSHIP; empty if there is none.
func alterPrivilege(a *ddl.Alter) string {
	switch a.Change.(type) {
	case ddl.Operate:
		return "OPERATE"
	case ddl.Set, ddl.Unset, ddl.Comment:
		switch a.Kind {
		case grammar.KindSecret, grammar.KindDatabase, grammar.KindSchema, grammar.KindWarehouse, grammar.KindPool:
			return "MODIFY"
		}
	}
	return ""
}

// change changes an object and returns the status.
func (s *Session) change(o *object, change ddl.Change) (string, *grammar.Error) {
	switch c := change.(type) {
	case ddl.Rename:
		return executed, s.rename(o, c.To)
	case ddl.Set:
		return executed, s.setProperties(o, c.Got, c.Known)
	case ddl.SetSecure:
		o.function.Secure = true
	case ddl.Unset:
		return executed, s.unsetProperties(o, c.Properties)
	case ddl.Comment:
		o.comment = c.Text
	case ddl.ManagedAccess:
		return executed, s.manageAccess(o, c.On)
	case ddl.AddLiveVersion, ddl.CommitVersion, ddl.AbortVersion:
		return s.changeVersions(o, change)
	}
	return executed, nil
}

// manageAccess turns managed access of a schema on or off.
func (s *Session) manageAccess(o *object, on bool) *grammar.Error {
	if !s.e.hasGlobal(s.roles(), "MANAGE GRANTS") && on {
		return grammar.Denied("schema", grammar.QuoteName(o.short()))
	}
	delete(o.props, "MANAGED ACCESS")
	if on {
		o.props["MANAGED ACCESS"] = value{text: "true"}
	}
	return nil
}

// changeVersions changes the versions of an app.
// https://docs.snowflake.com/en/sql-reference/sql/alter-streamlit
func (s *Session) changeVersions(o *object, change ddl.Change) (string, *grammar.Error) {
	if _, legacy := o.props["ROOT_LOCATION"]; legacy {
		return "", grammar.Refuse(1008, "22023", "Attached stage not exists.")
	}
	_, add := change.(ddl.AddLiveVersion)
	_, abort := change.(ddl.AbortVersion)
	switch {
	case add && o.live != nil:
		return "", grammar.Refuse(99106, "42710", "There is already a live version. Please commit it first.")
	case !add && o.live == nil:
		return "", grammar.NoLiveVersion()
	case add:
		o.live = newStageFiles()
		o.live.copyFrom(o.versions[len(o.versions)-1].files, "")
		s.e.starts(o)
		return "Live version successfully created.", nil
	case abort:
		o.live = nil
		return "Live version successfully aborted.", nil
	}
	o.commit(s.e.tick())
	if s.e.is(CommitEndsLive) {
		o.live = nil
	}
	return "Live version successfully committed.", nil
}

// rename renames an object.
func (s *Session) rename(o *object, to grammar.Name) *grammar.Error {
	full, err := s.complete(o.kind, to, "ALTER "+o.kind)
	if err != nil {
		return err
	}
	if o.kind == grammar.KindFunction {
		_, types, _ := strings.Cut(o.short(), "(")
		full[len(full)-1] += "(" + types
	}
	if s.e.get(o.kind, full...) != nil {
		return grammar.Exists(full.String())
	}
	s.e.rename(o, full)
	return nil
}

// drop runs a DROP statement.
func (s *Session) drop(d *ddl.Drop) (string, *grammar.Error) {
	o, err := s.find(d.Kind, d.Name, "DROP "+d.Kind)
	if err != nil {
		if d.IfExists {
			return "Drop statement executed successfully (" + grammar.QuoteName(d.Name[len(d.Name)-1]) + " already dropped).", nil
		}
		return "", err
	}
	if err := s.mustOwn(o); err != nil {
		return "", err
	}
	if err := s.inUse(o); err != nil {
		return "", err
	}
	s.e.drop(o)
	s.forget()
	return grammar.QuoteName(o.short()) + " successfully dropped.", nil
}

// inUse returns an error if another object needs o, so that o cannot be dropped.
func (s *Session) inUse(o *object) *grammar.Error {
	if o.kind != grammar.KindRule {
		return nil
	}
	for _, i := range s.e.all(grammar.KindIntegration) {
		if slices.Contains(i.props["ALLOWED_NETWORK_RULES"].list, o.full()) {
			return grammar.Refuse(98508, "42601", "Cannot perform operation on network rule %s. It is used by the integration %s.", o.full(), i.full())
		}
	}
	return nil
}
