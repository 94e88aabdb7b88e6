package resources

import "sleet/snowflake"

// setupScript returns sql/setup.sql, the statements that create the whole app in the account, in
// order: schema and stage, network rule, secrets, integration, the UDFs that return secrets, the
// upload, the app, its live version, the viewers' grants. Existing objects stay unchanged, so
// running it again changes nothing. Only the UDFs, which belong to the app alone, are replaced, and
// they keep their grants. Roles are switched with USE ROLE, unless the answers name no owner.
func setupScript(a *Parsed) []byte { return a.script(a.setupHead(), a.parts(), nil) }

// teardownScript returns sql/teardown.sql, which removes what sql/setup.sql creates, in reverse
// order. It keeps what others may use: the schema, the stage with other apps' files, existing
// secrets, and the grants on them.
func teardownScript(a *Parsed) []byte {
	made := a.parts()
	return a.script(a.teardownHead(), a.teardownParts(made), a.teardownFoot(made))
}

// statements returns the statements of all parts, each with its role, and with USE ROLE where the
// role changes.
func (a *Parsed) statements(parts []part) []snowflake.Statement {
	all := make([]snowflake.Statement, 0, 4*len(parts))
	role := snowflake.Name{}
	for _, p := range parts {
		all = append(all, a.withRole(p, role)...)
		role = p.role
	}
	return all
}

// withRole returns a part's statements with its role, preceded by USE ROLE if the role differs from
// before.
func (a *Parsed) withRole(p part, before snowflake.Name) []snowflake.Statement {
	list := make([]snowflake.Statement, 0, len(p.steps)+1)
	if p.role != before {
		list = append(list, snowflake.Statement{
			Ref: snowflake.Ref{Kind: snowflake.KindSession, Name: p.role}, SQL: "USE ROLE " + a.SQL(p.role),
		})
	}
	for i := 0; i < len(p.steps); i++ {
		s := p.steps[i]
		rendered := a.render(s)
		for i+1 < len(p.steps) && together(s, p.steps[i+1]) {
			i++
			s.Grant.Name += ", " + p.steps[i].Grant.Name
			rendered = a.render(s)
		}
		list = append(list, rendered...)
	}
	for i := range list {
		list[i].Role = p.role
	}
	return list
}

// together reports whether a step grants another privilege like the one before it, so that one
// statement can do both.
func together(s, next step) bool {
	return s.Kind == snowflake.KindGrant && next.Kind == snowflake.KindGrant && next.why == "" &&
		s.Grant.On == next.Grant.On && s.Grant.Object == next.Grant.Object && s.Grant.Role == next.Grant.Role
}

// render returns the statements of a step, with the comment on the first.
func (a *Parsed) render(s step) []snowflake.Statement {
	switch {
	case s.use != "":
		return []snowflake.Statement{{Ref: s.Ref, SQL: s.use, Why: s.why}}
	case s.altered != nil:
		return s.altered
	}
	list := s.Create(a.Spelling)
	list[0].Why = s.why
	if s.Kind == snowflake.KindStreamlit {
		live := &list[len(list)-1]
		live.SQL, live.Why = a.addLiveVersion(), a.liveWhy()
	}
	return list
}
