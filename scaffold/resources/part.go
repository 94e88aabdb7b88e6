package resources

import (
	"sleet/snowflake"
	"sleet/ui/message"
)

// part is a run of steps for one purpose, by one role: a chapter of a script.
type part struct {
	title message.ID
	// role runs it; the zero Name is the role of the session.
	role  snowflake.Name
	steps []step
}

// step is a resource, or a USE, with the reason that stands over it.
type step struct {
	snowflake.Resource
	why string
	// use is a USE DATABASE or USE SCHEMA of Name.
	use string
	// altered are the statements of a step that changes an app that is there, in place of its CREATE.
	altered []snowflake.Statement
}

// parts are the steps of setting the app up; those that this app does not need are left out.
func (a *Parsed) parts() []part {
	all := []part{
		{"file.sql.part.schema", a.Owner, a.place()},
		{"file.sql.part.network_rule", a.Owner, a.networkRule()},
		{"file.sql.part.secrets", a.Owner, a.createSecrets()},
		{"file.sql.part.account", a.Admin, a.accountLevel()},
		{"file.sql.part.functions", a.Owner, a.functions()},
		{"file.sql.part.upload", a.Owner, a.uploadStep()},
		{"file.sql.part.app", a.Owner, a.createApp()},
		{"file.sql.part.viewers", a.Admin, a.viewerGrants()},
	}
	return filled(all)
}

// filled leaves out parts in which nothing is to do.
func filled(all []part) []part {
	var parts []part
	for _, p := range all {
		if len(p.steps) > 0 {
			parts = append(parts, p)
		}
	}
	return parts
}

// desired returns everything that an app wants in an account, in the order in which it is made: what it
// uses of others, what it makes, a grant each.
func desired(a *Parsed) snowflake.DesiredResources {
	b := newBuilder(a)
	b.uses()
	for _, p := range a.parts() {
		for _, s := range p.steps {
			if s.use != "" {
				continue
			}
			s.Owner = p.role
			b.add(s.Resource)
		}
	}
	return snowflake.DesiredResources{List: b.list, Spelling: a.Spelling}
}

// slots returns the places of the secrets' values that the app brings, in order.
func slots(a *Parsed) []snowflake.Slot {
	var slots []snowflake.Slot
	for _, s := range a.Secrets {
		if !s.Existing {
			slots = append(slots, s.slots()...)
		}
	}
	return slots
}
