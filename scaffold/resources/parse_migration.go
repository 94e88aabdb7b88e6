package resources

import (
	"slices"

	"sleet/scaffold"
	"sleet/snowflake"
)

// Deployed is a warehouse app as it is in the account before its migration to a container, as far as
// its files or the account itself tell. Names are raw text, as in sleet.toml.
type Deployed struct {
	// Legacy says that the app was made with ROOT_LOCATION, which no container app can have: it stays
	// and a new one is made beside it.
	Legacy bool
	// Name is the app's qualified name where it is another than that of the answers.
	Name string
	// Runtime is the RUNTIME_NAME that it has, empty where nobody knows.
	Runtime string
	// Warehouse is its query warehouse, empty where nobody knows.
	Warehouse string
	// Integrations and Secrets are the lists that are set on it. SET takes whole lists, so that what
	// they hold goes into the new ones.
	Integrations []string
	Secrets      []SecretBinding
	// Grants are the privileges that roles have on it, but for its owner's.
	Grants []AppGrant
	// Files are those to upload, by their paths in the app's folder; empty stands for those that sleet
	// writes.
	Files []string
}

// SecretBinding is one entry of an app's SECRETS list.
type SecretBinding struct{ Key, Object string }

// AppGrant is a privilege of a role on an app. Of is what the role belongs to: "" for the account,
// "DATABASE", or "APPLICATION" for a Native App.
type AppGrant struct{ Privilege, Role, Of string }

// What a role belongs to where it is not the account.
const (
	ofDatabase    = "DATABASE"
	ofApplication = "APPLICATION"
)

// MigrateSQL returns sql/migrate.sql, which migrates an app to the container runtime.
func MigrateSQL(a scaffold.App, from Deployed) []byte { return migrateScript(migration(a, from)) }

// RollbackSQL returns sql/rollback.sql, which undoes MigrateSQL.
func RollbackSQL(a scaffold.App, from Deployed) []byte { return rollbackScript(migration(a, from)) }

// migration parses the names of an app before and after its migration. A secret that the app had before
// is there: the migration makes it as little as the rollback drops it.
func migration(a scaffold.App, from Deployed) (*Parsed, parsedDeployed) {
	o := Parse(a)
	if len(from.Files) > 0 {
		o.Files = from.Files
	}
	n := names{app: a.Resolve(), spelling: o.Spelling}
	old := parsedDeployed{Legacy: from.Legacy, WarehouseRuntime: scaffold.Facts(scaffold.Warehouse).SQLName}
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
		case ofApplication: // Native Apps alone have such roles
		case ofDatabase:
			role := n.object(g.Role)
			if role.Schema == "" {
				role.Schema = snowflake.AccountObject(n.app.App.Database).Object
			}
			role = snowflake.DatabaseRole(role.Schema, role.Object)
			n.spelling.Add(role, snowflake.AnyJoin(n.app.App.Database, "", g.Role))
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

// Attached returns the integrations and the secrets that are set on the app after Move: what it had, and
// what it needs now. Names are as SQL writes them.
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
