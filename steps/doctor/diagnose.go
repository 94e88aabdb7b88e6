package doctor

import (
	"fmt"
	"slices"

	"sleet/scaffold"
	"sleet/scaffold/check"
	"sleet/scaffold/check/facts"
	"sleet/scaffold/existing"
	"sleet/snowflake"
	"sleet/ui/message"
)

// Input is what a diagnosis reads.
type Input struct {
	// App is the app's code: that of its folder, or of the account.
	App *existing.App
	// Skipped are files of the app that could not be read or understood.
	Skipped []existing.Skipped
	// Name is the app's name in full; Account is what the account shows of it, nil where the app is not there.
	Name    snowflake.Name
	Account *snowflake.Examined
	// Absent says why the app is not there; Hidden reports that it may be there for another role.
	Absent message.Message
	Hidden bool
	// Role is the session's role.
	Role snowflake.Name
	// Viewer is the role of which it is asked whether it can use the app; the zero Name takes those that have
	// USAGE on it.
	Viewer snowflake.Name
	// Folder is the folder as the person named it, empty for an app that was read from the account.
	Folder string
	// Differs are the files of the folder that the live version does not have, or has otherwise.
	Differs []string
	// Stale says that files or a value of a secret changed since the app's container started.
	Stale bool
}

// Runtime is the runtime that an app is held against.
func (in Input) Runtime() scaffold.Runtime {
	switch {
	case in.Account == nil && in.App != nil && in.App.Runtime != "":
		return in.App.Runtime
	case in.Account == nil || in.Account.Container():
		return scaffold.Container
	default:
		return scaffold.Warehouse
	}
}

// doctor makes the chains of one app.
type doctor struct {
	Input
	e       snowflake.Examined
	options facts.Options
	// needs is what the app lacks in all, known once every chain was walked once: a statement that sets a list
	// sets all of it.
	needs *needs
}

// Diagnose returns the chains of an app, by kind and in the order of the code.
func Diagnose(in Input) []Chain {
	d := &doctor{Input: in, options: facts.Options{Runtime: in.Runtime()}, needs: &needs{}}
	if in.Account == nil {
		return []Chain{d.absent()}
	}
	d.e = *in.Account
	d.chains()
	return d.chains()
}

// chains walks every chain. What is lacking is noted on the way.
func (d *doctor) chains() []Chain {
	var list []Chain
	if d.App != nil {
		list = slices.Concat(d.secrets(), d.hosts(), d.packages())
	}
	list = append(list, d.start())
	return append(list, d.viewers()...)
}

// absent is the chain of an app that is not there.
func (d *doctor) absent() Chain {
	b := start(KindStart, d.Name.SQL())
	l := Link{Name: "app", State: Broken, Object: d.Name.SQL(), Detail: message.New("doctor.app.absent", "app", d.Name.SQL(), "role", d.Role.SQL(), "why", d.Absent)}
	switch {
	case d.Hidden:
		l.State, l.Statements = Unknown, []snowflake.Statement{{SQL: "SHOW STREAMLITS LIKE " + snowflake.Literal(d.Name.Object) + " IN ACCOUNT", Role: administrator}}
	case d.Folder != "":
		l.Edit = message.New("doctor.app.apply", "dir", d.Folder)
	default:
		l.Statements = []snowflake.Statement{{SQL: "SHOW STREAMLITS LIKE " + snowflake.Literal(d.Name.Object) + " IN ACCOUNT"}}
	}
	b.add(l)
	return b.Chain
}

// place is a place in the code.
func place(p string, line int) string { return fmt.Sprintf("%s:%d", p, line) }

// findings are those of some of the rules of sleet check.
func (d *doctor) findings(rules ...string) []facts.Finding {
	if d.App == nil {
		return nil
	}
	o := d.options
	o.Select = rules
	return check.Findings(d.App, o)
}

// administrator runs what only an administrator may.
var administrator = snowflake.StoredObject("ACCOUNTADMIN") //nolint:gochecknoglobals // A constant, which Go has no word for.

// granted reports whether a role has a privilege on an object, as far as the grants tell.
func (d *doctor) granted(role snowflake.Name, privilege string, kind snowflake.Kind, object snowflake.Name) State {
	if role == administrator || role.IsZero() {
		return Unknown
	}
	need := snowflake.Privilege{Name: privilege, On: kind.On(), Object: object, Role: role}
	switch {
	case d.e.Roles.Holds(role, need):
		return OK
	case d.e.Roles.Known[role]:
		return Broken
	default:
		return Unknown
	}
}

// showGrants is the statement that tells what a role has, and who can run it: the role itself.
func showGrants(role snowflake.Name) []snowflake.Statement {
	return []snowflake.Statement{{SQL: "SHOW GRANTS TO ROLE " + role.SQL(), Role: role}}
}

// seen returns the state of an object's presence. What the account says is not there may be hidden from the roles
// that were used; where one of them is the app's owner, it is not there for the app either.
func (d *doctor) seen(o snowflake.Observed) State {
	switch o.Presence {
	case snowflake.Present:
		return OK
	case snowflake.Absent:
		if d.e.All || slices.Contains(d.e.Seen, d.e.Owner) {
			return Broken
		}
	case snowflake.Unknown, snowflake.Hidden:
	}
	return Unknown
}

// unseen reports whether the app's owner does not see an object, while nobody was asked who sees every one: it is gone,
// or the owner has no privilege on it.
func (d *doctor) unseen(o snowflake.Observed) bool {
	return o.Presence == snowflake.Absent && !d.e.All && slices.Contains(d.e.Seen, d.e.Owner)
}

// unseenLink is the link of an object that the app's owner does not see, with the grant that makes it seen.
func (d *doctor) unseenLink(link, privileges string, kind snowflake.Kind, object snowflake.Name) Link {
	return Link{
		Name: link, State: Broken, Object: object.SQL(),
		Detail: message.New("doctor.usage.unseen", "role", d.e.Owner.SQL(), "object", object.SQL(), "privileges", privileges),
		Statements: []snowflake.Statement{{
			SQL: "GRANT " + privileges + " ON " + kind.On() + " " + object.SQL() + " TO ROLE " + d.e.Owner.SQL(), Role: administrator,
		}},
	}
}

// unseenIntegration is the first integration that the app's owner does not see.
func (d *doctor) unseenIntegration(list []snowflake.Name) (snowflake.Name, bool) {
	for _, i := range list {
		if d.unseen(d.e.Get(snowflake.KindIntegration, i)) {
			return i, true
		}
	}
	return snowflake.Name{}, false
}

// reader is the role that can see what the roles in use do not.
func (d *doctor) reader() snowflake.Name {
	if !d.e.Owner.IsZero() && !slices.Contains(d.e.Seen, d.e.Owner) {
		return d.e.Owner
	}
	return administrator
}
