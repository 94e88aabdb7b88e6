package resources

import (
	"slices"

	"sleet/scaffold"
	"sleet/snowflake"
)

// Deployed is a deployed warehouse app before its migration to a container, as far as its files or
// the account describe it. Names are raw text, as in sleet.toml.
type Deployed struct {
	// Legacy reports whether the app was created with ROOT_LOCATION, which container apps do not
	// support. It then stays, and a new app is created beside it.
	Legacy bool
	// Name is the app's qualified name if it differs from the one in the answers.
	Name string
	// Runtime is its RUNTIME_NAME, empty if unknown.
	Runtime string
	// Warehouse is its query warehouse, empty if unknown.
	Warehouse string
	// Integrations and Secrets are set on the app now. SET replaces whole lists, so the new ones
	// must include them.
	Integrations []string
	Secrets      []SecretBinding
	// Grants are the privileges on it, except the owner's.
	Grants []AppGrant
	// Files are the paths of the files to upload, relative to the app's folder; empty means those
	// that sleet writes.
	Files []string
	// Conda reports whether its files include environment.yml. Without one, a warehouse app has the
	// packages that every warehouse has.
	Conda bool
}

// SecretBinding is one entry of an app's SECRETS list.
type SecretBinding struct{ Key, Object string }

// AppGrant is a privilege on an app that a role has. Of is the kind of role: "" for an account
// role, "DATABASE" for a database role, "APPLICATION" for an application role.
type AppGrant struct{ Privilege, Role, Of string }

// Kinds of roles that are not account roles.
const (
	ofDatabase    = "DATABASE"
	ofApplication = "APPLICATION"
)

// MigrateSQL returns sql/migrate.sql, which migrates an app to the container runtime.
func MigrateSQL(a scaffold.App, from Deployed) []byte { return migrateScript(migration(a, from)) }

// RollbackSQL returns sql/rollback.sql, which undoes MigrateSQL.
func RollbackSQL(a scaffold.App, from Deployed) []byte { return rollbackScript(migration(a, from)) }

// migration parses the names of an app before and after its migration. A secret that the app had
// before counts as existing: the migration does not create it and the rollback does not drop it.
func migration(a scaffold.App, from Deployed) (*Parsed, parsedDeployed) {
	o := Parse(a)
	if len(from.Files) > 0 {
		o.Files = from.Files
	}
	n := names{app: a.Resolve(), spelling: o.Spelling}
	old := parsedDeployed{Legacy: from.Legacy, Conda: from.Conda, WarehouseRuntime: scaffold.Facts(scaffold.Warehouse).SQLName}
	if scaffold.RuntimeNamed(from.Runtime) == scaffold.Warehouse {
		old.WarehouseRuntime = from.Runtime
	}
	if from.Name != "" {
		old.Name = n.object(from.Name)
	}
	if from.Warehouse != "" {
		old.Warehouse = n.ofAccount(from.Warehouse)
	}
	for _, raw := range from.Integrations {
		old.Integrations = append(old.Integrations, n.ofAccount(raw))
	}
	for _, b := range from.Secrets {
		old.Secrets = append(old.Secrets, snowflake.Entry{Key: b.Key, Name: n.object(b.Object)})
	}
	for _, g := range from.Grants {
		switch g.Of {
		case ofApplication: // only Native Apps have such roles
		case ofDatabase:
			role := n.object(g.Role)
			if role.Schema == "" {
				role.Schema = snowflake.AccountObject(n.app.App.Database).Object
			}
			role = snowflake.DatabaseRole(role.Schema, role.Object)
			n.spelling.Add(role, snowflake.LenientJoin(n.app.App.Database, "", g.Role))
			old.Grants = append(old.Grants, snowflake.Privilege{Name: g.Privilege, Role: role})
		default:
			old.Grants = append(old.Grants, snowflake.Privilege{Name: g.Privilege, Role: n.ofAccount(g.Role)})
		}
	}
	for i, s := range o.Secrets {
		had := func(e snowflake.Entry) bool { return e.Name == s.Name }
		o.Secrets[i].Existing = s.Existing || slices.ContainsFunc(old.Secrets, had)
	}
	return o, old
}

// Attached returns the integrations and secrets that are set on the app after the migration: the
// existing ones and the new ones. Names are in SQL syntax.
func Attached(a scaffold.App, from Deployed) (integrations []string, secrets []SecretBinding) {
	o, old := migration(a, from)
	names, bindings := attachedNames(o, old)
	for _, name := range names {
		integrations = append(integrations, o.SQL(name))
	}
	for _, b := range bindings {
		secrets = append(secrets, SecretBinding{Key: b.Key, Object: o.SQL(b.Name)})
	}
	return integrations, secrets
}
