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

// Input is the input of a diagnosis.
type Input struct {
	// App is the app's code, from its folder or from the account.
	App *existing.App
	// Skipped are files of the app that could not be read or parsed.
	Skipped []existing.Skipped
	// Name is the app's qualified name. Account is what the account shows of it, nil if there is no such app.
	Name    snowflake.Name
	Account *snowflake.Examined
	// Absent is why the app was not found. Hidden reports whether another role may see it.
	Absent message.Message
	Hidden bool
	// Role is the session's role.
	Role snowflake.Name
	// Viewer is the role to check as a viewer. The zero Name checks all roles with USAGE on the app.
	Viewer snowflake.Name
	// Folder is the folder as the person named it, empty for an app that was read from the account.
	Folder string
	// Differs are the files of the folder that are missing or different in the live version.
	Differs []string
	// Stale reports whether files or a secret's value changed since the app's container started.
	Stale bool
}

// Runtime returns the runtime that the app is checked against.
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

// doctor builds the chains of one app.
type doctor struct {
	Input
	e       snowflake.Examined
	options facts.Options
	// needs is everything that the app lacks. It is complete after the chains were built once, because a statement that
	// sets a list sets all of it.
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

// chains builds every chain, and collects in needs what is missing.
func (d *doctor) chains() []Chain {
	var list []Chain
	if d.App != nil {
		list = slices.Concat(d.secrets(), d.hosts(), d.packages())
	}
	list = append(list, d.start())
	return append(list, d.viewers()...)
}

// absent returns the chain of an app that was not found.
func (d *doctor) absent() Chain {
	b := newChain(KindStart, d.Name.SQL())
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

// place returns a position in the code.
func place(p string, line int) string { return fmt.Sprintf("%s:%d", p, line) }

// findings returns the findings of the given rules of sleet check.
func (d *doctor) findings(rules ...string) []facts.Finding {
	if d.App == nil {
		return nil
	}
	o := d.options
	o.Select = rules
	return check.Findings(d.App, o)
}

// administrator is the role for statements that only an administrator may run.
var administrator = snowflake.StoredObject("ACCOUNTADMIN") //nolint:gochecknoglobals // A constant, which Go has no word for.

// granted reports whether a role has a privilege on an object, according to the visible grants.
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

// showGrants returns the statement that shows a role's grants, which the role itself can run.
func showGrants(role snowflake.Name) []snowflake.Statement {
	return []snowflake.Statement{{SQL: "SHOW GRANTS TO ROLE " + role.SQL(), Role: role}}
}

// seen returns the state of an object's presence. An object that the account calls absent may be hidden from the roles
// that were used. If one of them owns the app, the object is absent for the app as well.
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

// unseen reports whether the app's owner does not see an object, and no role that sees everything was asked: either it
// does not exist, or the owner has no privilege on it.
func (d *doctor) unseen(o snowflake.Observed) bool {
	return o.Presence == snowflake.Absent && !d.e.All && slices.Contains(d.e.Seen, d.e.Owner)
}

// unseenLink returns the link of an object that the app's owner does not see, with the grant that fixes it.
func (d *doctor) unseenLink(link, privileges string, kind snowflake.Kind, object snowflake.Name) Link {
	return Link{
		Name: link, State: Broken, Object: object.SQL(),
		Detail: message.New("doctor.usage.unseen", "role", d.e.Owner.SQL(), "object", object.SQL(), "privileges", privileges),
		Statements: []snowflake.Statement{{
			SQL: "GRANT " + privileges + " ON " + kind.On() + " " + object.SQL() + " TO ROLE " + d.e.Owner.SQL(), Role: administrator,
		}},
	}
}

// unseenIntegration returns the first integration that the app's owner does not see.
func (d *doctor) unseenIntegration(list []snowflake.Name) (snowflake.Name, bool) {
	for _, i := range list {
		if d.unseen(d.e.Get(snowflake.KindIntegration, i)) {
			return i, true
		}
	}
	return snowflake.Name{}, false
}

// reader returns the role that may see what the roles in use do not.
func (d *doctor) reader() snowflake.Name {
	if !d.e.Owner.IsZero() && !slices.Contains(d.e.Seen, d.e.Owner) {
		return d.e.Owner
	}
	return administrator
}
