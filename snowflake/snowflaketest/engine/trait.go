package engine

import "slices"

// Trait is one difference between accounts: by release, edition, region or an administrator's settings, or a point on
// which the documentation and recordings of accounts disagree. An Account has no traits unless With or WithReal adds
// them. A client must work with each of them.
type Trait string

// The traits of accounts.
const (
	// CommitEndsLive makes ALTER STREAMLIT … COMMIT end the live version. Then there is none until ADD LIVE VERSION
	// FROM LAST. Without the trait the live version stays, as the page says:
	// https://docs.snowflake.com/en/sql-reference/sql/alter-streamlit
	CommitEndsLive Trait = "commit-ends-live"
	// RuntimeNull makes DESCRIBE STREAMLIT show NULL for the runtime of a warehouse app that was
	// created without RUNTIME_NAME.
	RuntimeNull Trait = "runtime-null"
	// RuntimeVersioned makes it show SYSTEM$ST_WAREHOUSE_RUNTIME_PY3_11 for the other warehouse apps.
	RuntimeVersioned Trait = "runtime-versioned"
	// TitleNull shows NULL for a title that was never set.
	TitleNull Trait = "title-null"
	// RepositoriesShown adds artifact_repositories to SHOW STREAMLITS. No account shows it in DESCRIBE.
	RepositoriesShown Trait = "repositories-shown"
	// FunctionLists shows the integrations and secrets of a function as JSON, with the database and
	// schema of each secret in double quotes.
	FunctionLists Trait = "function-lists"
	// SecureHidden hides the body of a SECURE function, and all properties after it, from roles other than its owner.
	SecureHidden Trait = "secure-hidden"
	// GrantStatus answers a GRANT that the role may not make with a status row instead of an error.
	GrantStatus Trait = "grant-status"
	// GrantRefused answers it with error 003102, or 003011 if some of several privileges were granted.
	GrantRefused Trait = "grant-refused"
	// InheritedGrants supports GRANT INHERITED and shows such a grant with an empty name.
	// https://docs.snowflake.com/en/user-guide/inherited-grants-intro
	InheritedGrants Trait = "inherited-grants"
	// ManageGrantsInside allows GRANT MANAGE GRANTS on a database or schema.
	ManageGrantsInside Trait = "manage-grants-inside"
	// SecondaryRoles starts each session with all roles of its user active.
	// https://docs.snowflake.com/en/user-guide/security-access-control-overview#authorization-through-primary-role-and-secondary-roles
	SecondaryRoles Trait = "secondary-roles"
	// PypiWithheld revokes the database role for packages from PyPI from PUBLIC.
	// https://docs.snowflake.com/en/release-notes/bcr-bundles/un-bundled/bcr-2280
	PypiWithheld Trait = "pypi-withheld"
	// PypiUnlisted leaves it granted to PUBLIC but omits it from SHOW GRANTS.
	PypiUnlisted Trait = "pypi-unlisted"
	// MissingNumbers uses the error codes for missing objects that were seen in accounts: 002003 for integrations,
	// warehouses, secrets and functions, 002043 for the schema of stages, Streamlits and network rules.
	MissingNumbers Trait = "missing-numbers"
	// RefusalsExplained adds to error 003001 which role lacks which privilege.
	RefusalsExplained Trait = "refusals-explained"
	// HostsResolved refuses a network rule for a host that cannot resolve: a single label, an IP address, or a name
	// under .invalid.
	HostsResolved Trait = "hosts-resolved"
	// RuleUsage allows GRANT USAGE on a network rule.
	RuleUsage Trait = "rule-usage"
	// ListPadded makes LIST show sizes padded to 16 bytes and multipart md5 sums.
	ListPadded Trait = "list-padded"
	// WarehouseUpper stores QUERY_WAREHOUSE in upper case, even if it was in double quotes.
	WarehouseUpper Trait = "warehouse-upper"
	// SnowsightElsewhere uses a Snowsight host other than app.snowflake.com.
	SnowsightElsewhere Trait = "snowsight-elsewhere"
	// ListsEmpty shows an empty list of an integration as an empty text, not as [].
	ListsEmpty Trait = "lists-empty"
	// HierarchyUnknown refuses SHOW GRANTS TO ROLE … INCLUDE HIERARCHY, like releases before November 2026.
	HierarchyUnknown Trait = "hierarchy-unknown"
	// RestartUnknown has no SYSTEM$RESTART_STREAMLIT.
	RestartUnknown Trait = "restart-unknown"
	// HostUnknown has no SYSTEM$GET_SNOWSIGHT_HOST.
	HostUnknown Trait = "host-unknown"
	// FieldsHidden shows NULL for the title and comment of an app in SHOW and DESCRIBE, set or not.
	FieldsHidden Trait = "fields-hidden"
)

// RealTraits returns the traits that recordings of current accounts show together.
func RealTraits() []Trait {
	return []Trait{
		CommitEndsLive, RuntimeNull, RuntimeVersioned, TitleNull, RepositoriesShown, FunctionLists, SecureHidden,
		GrantStatus, InheritedGrants, ManageGrantsInside, SecondaryRoles, PypiUnlisted, MissingNumbers, RefusalsExplained,
		HostsResolved, RuleUsage, ListPadded, WarehouseUpper, SnowsightElsewhere, ListsEmpty,
	}
}

// Traits returns every trait in a fixed order: first those that WithReal turns on, then those of older or restricted
// accounts.
func Traits() []Trait {
	return append(RealTraits(), GrantRefused, PypiWithheld, HierarchyUnknown, RestartUnknown, HostUnknown, FieldsHidden)
}

// is reports whether the account has a trait.
func (e *Engine) is(t Trait) bool { return slices.Contains(e.Options.Traits, t) }
