package resources

import (
	"sleet/snowflake"
	"sleet/ui/message"
)

// part is a section of a script: steps with one purpose, run by one role.
type part struct {
	title message.ID
	// role runs the part; the zero Name is the session's role.
	role  snowflake.Name
	steps []step
}

// step is a resource or a USE statement, with the comment above it.
type step struct {
	snowflake.Resource
	why string
	// use is a USE DATABASE or USE SCHEMA statement.
	use string
	// altered holds the statements of a step that changes an existing app, instead of its CREATE.
	altered []snowflake.Statement
}

// parts returns the non-empty parts of setting up the app.
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
	return nonEmpty(all)
}

// nonEmpty returns the parts that have steps.
func nonEmpty(all []part) []part {
	var parts []part
	for _, p := range all {
		if len(p.steps) > 0 {
			parts = append(parts, p)
		}
	}
	return parts
}

// desired returns everything that an app needs in an account, in the order of creation: existing
// resources first, then those that it creates, with each grant on its own.
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

// slots returns the slots for the values of the secrets that the app creates, in order.
func slots(a *Parsed) []snowflake.Slot {
	var slots []snowflake.Slot
	for _, s := range a.Secrets {
		if !s.Existing {
			slots = append(slots, s.slots()...)
		}
	}
	return slots
}
