package doctor

import (
	"slices"

	"sleet/scaffold"
	"sleet/scaffold/check"
	"sleet/scaffold/check/facts"
	"sleet/snowflake"
	"sleet/ui/message"
)

// viewers returns the chains of the roles that should be able to use the app: the one to check, or those with USAGE on
// it.
func (d *doctor) viewers() []Chain {
	roles := d.e.Viewers
	if !d.Viewer.IsZero() {
		roles = []snowflake.Name{d.Viewer}
	}
	list := make([]Chain, 0, len(roles))
	for _, role := range roles {
		list = append(list, d.viewer(role))
	}
	return list
}

// viewer returns the chain of one role: it can reach the app, and sees its own rows and no other viewer's.
func (d *doctor) viewer(role snowflake.Name) Chain {
	b := newChain(KindViewer, role.SQL())
	app := d.e.App
	for _, step := range []struct {
		link string
		kind snowflake.Kind
		on   snowflake.Name
	}{
		{"database", snowflake.KindDatabase, app.InDatabase()},
		{"schema", snowflake.KindSchema, app.Parent()},
		{"app", snowflake.KindStreamlit, app},
	} {
		state := d.granted(role, "USAGE", step.kind, step.on)
		if state == Unknown && step.kind == snowflake.KindStreamlit && d.e.ViewersKnown && role != administrator {
			if state = Broken; slices.Contains(d.e.Viewers, role) {
				state = OK
			}
		}
		switch state {
		case OK:
			b.ok(step.link, step.on.SQL(), message.New("doctor.usage.ok", "role", role.SQL(), "object", step.on.SQL()))
		case Unknown:
			b.add(Link{Name: step.link, State: Unknown, Object: step.on.SQL(), Detail: message.New("doctor.grants.hidden", "role", role.SQL()), Statements: showGrants(role)})
		default:
			who := d.e.Owner
			if owner := d.e.Roles.Owner(snowflake.Ref{Kind: step.kind, Name: step.on}); step.kind != snowflake.KindStreamlit {
				who = orAdministrator(owner)
			}
			b.add(Link{
				Name: step.link, State: Broken, Object: step.on.SQL(), Detail: message.New("doctor.viewer.usage", "role", role.SQL(), "object", step.on.SQL()),
				Statements: []snowflake.Statement{{SQL: "GRANT USAGE ON " + step.kind.SQL() + " " + step.on.SQL() + " TO ROLE " + role.SQL(), Role: who}},
			})
		}
	}
	d.rights(b)
	d.session(b)
	return b.Chain
}

// session adds the link for the privilege READ SESSION. Without it, context functions that identify the viewer return
// NULL under owner's rights.
// https://docs.snowflake.com/en/developer-guide/streamlit/features/row-access
func (d *doctor) session(b *builder) {
	if d.App == nil {
		return
	}
	asked := check.Findings(d.App, facts.Options{Runtime: scaffold.Container, Select: []string{"SL113"}})
	if len(asked) == 0 {
		return
	}
	const privilege = "READ SESSION"
	function, owner := asked[0].Symbol, d.e.Owner
	switch {
	case owner == administrator || d.e.Roles.Holds(owner, snowflake.Privilege{Name: privilege, On: snowflake.OnAccount, Role: owner}):
		b.ok("session", owner.SQL(), message.New("doctor.session.ok", "role", owner.SQL(), "function", function))
	case d.e.Roles.Known[owner]:
		b.add(Link{
			Name: "session", State: Broken, Object: owner.SQL(), Detail: message.New("doctor.session.missing", "role", owner.SQL(), "function", function),
			Statements: []snowflake.Statement{{SQL: "GRANT " + privilege + " ON ACCOUNT TO ROLE " + owner.SQL(), Role: administrator}},
		})
	default:
		b.add(Link{Name: "session", State: Unknown, Object: owner.SQL(), Detail: message.New("doctor.grants.hidden", "role", owner.SQL()), Statements: showGrants(owner)})
	}
}

// rights adds the links for code that depends on who the viewer is.
// https://docs.snowflake.com/en/developer-guide/streamlit/features/restricted-callers-rights
func (d *doctor) rights(b *builder) {
	for _, f := range d.findings("SL113") {
		b.add(Link{Name: "rights", State: Broken, Object: place(f.Path, f.Line), Detail: f.Message, Edit: f.Fix})
	}
	for _, f := range d.findings("SL114") {
		b.add(Link{Name: "cache", State: Broken, Object: place(f.Path, f.Line), Detail: f.Message, Edit: f.Fix})
	}
}
