package doctor

import (
	"slices"

	"sleet/snowflake"
	"sleet/ui/message"
)

// viewers are the chains of the roles that are to use the app: the one that is asked about, else those that have
// USAGE on it.
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

// viewer is the chain of one role: it reaches the app, and sees its own rows and no other viewer's.
func (d *doctor) viewer(role snowflake.Name) Chain {
	b := start(KindViewer, role.SQL())
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
			if step.kind == snowflake.KindDatabase {
				who = orAdministrator(d.e.Roles.Owner(snowflake.Ref{Kind: step.kind, Name: step.on}))
			}
			b.add(Link{
				Name: step.link, State: Broken, Object: step.on.SQL(), Detail: message.New("doctor.viewer.usage", "role", role.SQL(), "object", step.on.SQL()),
				Statements: []snowflake.Statement{{SQL: "GRANT USAGE ON " + step.kind.SQL() + " " + step.on.SQL() + " TO ROLE " + role.SQL(), Role: who}},
			})
		}
	}
	d.rights(b)
	return b.Chain
}

// rights adds the links of code that depends on who the viewer is.
// https://docs.snowflake.com/en/developer-guide/streamlit/features/restricted-callers-rights
func (d *doctor) rights(b *building) {
	for _, f := range d.findings("SL113") {
		b.add(Link{Name: "rights", State: Broken, Object: place(f.Path, f.Line), Detail: f.Said, Edit: f.FixSaid})
	}
	for _, f := range d.findings("SL114") {
		b.add(Link{Name: "cache", State: Broken, Object: place(f.Path, f.Line), Detail: f.Said, Edit: f.FixSaid})
	}
}
