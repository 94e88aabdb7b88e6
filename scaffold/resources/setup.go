package resources

import "sleet/snowflake"

// setupScript is sql/setup.sql: the statements that make the whole app in the account, in order: schema and stage,
// network rule, secrets, integration, the functions that return secrets, the upload, the app, its
// live version, the viewers' grants. What exists is left as it is, so running them again changes
// nothing; only the functions, which are the app's alone, are replaced, and keep their grants.
// A change of role is a statement of its own; with no owner in the answers there is none.
func setupScript(a *Parsed) []byte { return a.script(a.setupHead(), a.parts(), nil) }

// teardownScript is sql/teardown.sql: the statements that remove what sql/setup.sql makes, in the opposite order.
// It leaves what others may use: the schema, the stage with other apps' files, secrets that were there before,
// and what was granted on them.
func teardownScript(a *Parsed) []byte {
	made := a.parts()
	return a.script(a.teardownHead(), a.teardownParts(made), a.teardownFoot(made))
}

// statements returns the statements of all parts, each with its role, and a USE ROLE where the role
// changes.
func (a *Parsed) statements(parts []part) []snowflake.Statement {
	all := make([]snowflake.Statement, 0, 4*len(parts))
	role := snowflake.Name{}
	for _, p := range parts {
		all = append(all, a.withRole(p, role)...)
		role = p.role
	}
	return all
}

// withRole returns a part's statements with its role in each, after a USE ROLE where the role before
// was another.
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

// together reports whether a step grants more of what the one before it grants, so that one statement
// does both.
func together(s, next step) bool {
	return s.Kind == snowflake.KindGrant && next.Kind == snowflake.KindGrant && next.why == "" &&
		s.Grant.On == next.Grant.On && s.Grant.Object == next.Grant.Object && s.Grant.Role == next.Grant.Role
}

// render returns the statements of a step, the reason with the first.
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
