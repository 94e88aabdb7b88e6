package scaffold

import (
	"slices"
	"strings"

	"sleet/snowflake"
)

// objects are the app's objects in the account, their names as SQL writes them. Names that
// Snowflake cannot take, which Problems refuses, stand here quoted and harmless, so that a preview
// can show what is still being typed.
type objects struct {
	app   App
	facts RuntimeFacts
	// database is empty where it is left to the session, and so is schema, which carries its
	// database where that is known.
	database, schema string
	streamlit        string
	stage            string
	// location is the folder of the app's files: @STAGE/NAME.
	location string
	// rule is the app's own network rule, empty without hosts; rules are all that the integration
	// allows.
	rule  string
	rules []string
	// integration is empty where the app needs none.
	integration string
	warehouse   string
	// pool is empty where the account's default is to be used, or none is needed.
	pool string
	// owner and admin are both empty where no owner is named: then no role is switched.
	owner, admin string
	viewers      []string
	secrets      []secretObject
	// files are those to upload, by their paths in the app's folder.
	files []string
}

// secretObject is a secret with its names.
type secretObject struct {
	SecretDecl
	name string
	// database and schema hold it; empty where the name has no such part.
	database, schema string
	// function holds the secret for the app; empty where the app reaches it in another way.
	function string
}

func objectsOf(a App) *objects {
	r := a.Resolve()
	in := func(raw string) string { return snowflake.AnyJoin(r.App.Database, r.App.Schema, raw) }
	o := &objects{
		app:       r,
		facts:     Facts(r.App.Runtime),
		streamlit: in(snowflake.AnyIdent(r.App.Name)),
		stage:     in(r.App.Stage),
		warehouse: snowflake.AnyIdent(r.App.QueryWarehouse),
	}
	if r.App.Database != "" {
		o.database = snowflake.AnyIdent(r.App.Database)
	}
	if r.App.Schema != "" {
		o.schema = snowflake.AnyJoin("", r.App.Database, snowflake.AnyIdent(r.App.Schema))
	}
	o.location = "@" + o.stage + "/" + r.StageFolder()
	if o.facts.ComputePool && *r.App.ComputePool != "" {
		o.pool = snowflake.AnyIdent(*r.App.ComputePool)
	}
	if r.Roles.Owner != "" {
		o.owner, o.admin = snowflake.AnyIdent(r.Roles.Owner), snowflake.AnyIdent(r.Roles.Admin)
		if snowflake.Same(o.owner, o.admin) {
			o.admin = o.owner
		}
	}
	for _, v := range r.Roles.Viewers {
		o.viewers = append(o.viewers, snowflake.AnyIdent(v))
	}
	for _, s := range r.Secrets {
		o.secrets = append(o.secrets, secretObjectOf(r, s, in))
	}
	if len(r.Network.Hosts) > 0 {
		o.rule = in(r.Network.Rule)
	}
	o.rules = allowedRules(r, o.rule, in)
	if len(o.rules) > 0 || len(o.secrets) > 0 {
		o.integration = snowflake.AnyIdent(r.Network.Integration)
	}
	return o
}

// pypiRule is the network rule that Snowflake keeps for PyPI.
// https://docs.snowflake.com/en/developer-guide/streamlit/app-development/dependency-management
const pypiRule = "snowflake.external_access.pypi_rule"

// allowedRules gives the rules of the integration: the app's own, those named in the answers, and
// PyPI's where packages come from there.
func allowedRules(a App, own string, in func(string) string) []string {
	var rules []string
	if own != "" {
		rules = append(rules, own)
	}
	for _, raw := range a.Network.Rules {
		if rule := in(raw); !slices.Contains(rules, rule) {
			rules = append(rules, rule)
		}
	}
	listed := slices.ContainsFunc(rules, func(rule string) bool { return strings.EqualFold(rule, pypiRule) })
	if usesPackageIndex(a) && a.Python.Source == PyPIIntegration && !listed {
		rules = append(rules, pypiRule)
	}
	return rules
}

// usesPackageIndex says whether the runtime can take packages from a Python package index.
func usesPackageIndex(a App) bool { return Facts(a.App.Runtime).PackageFile == pyprojectFile }

// pyprojectFile lists the packages of a runtime that takes them from a Python package index.
const pyprojectFile = "pyproject.toml"

func secretObjectOf(a App, s SecretDecl, in func(string) string) secretObject {
	o := secretObject{SecretDecl: s, name: in(s.Object)}
	if s.Access == AccessFunction {
		o.function = in(a.FunctionName(s.Key)) + "()"
	}
	o.schema = schemaOf(o.name)
	o.database = schemaOf(o.schema)
	return o
}

// schemaOf gives a qualified name without its last part, empty where it has one part only.
func schemaOf(name string) string {
	parts, err := snowflake.Qualified(name)
	if err != nil {
		return ""
	}
	return strings.Join(parts[:len(parts)-1], ".")
}

// secretNames gives the names of the secrets that keep wants.
func (o *objects) secretNames(keep func(secretObject) bool) []string {
	var names []string
	for _, s := range o.secrets {
		if keep(s) && !slices.Contains(names, s.name) {
			names = append(names, s.name)
		}
	}
	return names
}

// bindings gives the SECRETS list of the app: 'key' = name for each secret that the platform hands
// to it. A secret behind a function is the function's alone.
func (o *objects) bindings() []string {
	var list []string
	for _, s := range o.secrets {
		if s.Access != AccessFunction {
			list = append(list, binding(s))
		}
	}
	return list
}

func binding(s secretObject) string { return snowflake.Set(snowflake.Literal(s.Key), s.name) }

// integrations gives the app's EXTERNAL_ACCESS_INTEGRATIONS list.
func (o *objects) integrations() []string {
	if o.integration == "" {
		return nil
	}
	return []string{o.integration}
}

// systemRoles are the roles that every account has.
// https://docs.snowflake.com/en/user-guide/security-access-control-overview
const systemRoles = " ACCOUNTADMIN GLOBALORGADMIN ORGADMIN PUBLIC SECURITYADMIN SYSADMIN USERADMIN "

// systemRole says whether a raw name is that of a role that every account has.
func systemRole(raw string) bool {
	stored, err := snowflake.Stored(raw)
	return err == nil && slices.Contains(strings.Fields(systemRoles), stored)
}
