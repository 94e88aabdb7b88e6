package resources

import (
	"cmp"
	"slices"
	"strings"

	"sleet/scaffold"
	"sleet/snowflake"
)

// For returns everything that an app needs in an account. If the answers leave the database, schema
// or owner to the connection, it uses the session's. It does no I/O.
func For(a scaffold.App, session snowflake.Context, facts CodeFacts) snowflake.DesiredResources {
	r := Parse(withSession(a, session))
	r.Defaulted, r.ContextFunctions = openProperties(a), facts.ContextFunctions
	return desired(r)
}

// CodeFacts describes what an app's code requires in an account.
type CodeFacts struct {
	// ContextFunctions reports whether the code calls functions such as CURRENT_USER().
	ContextFunctions bool
}

// SecretSlots returns the slots for the values of all secrets that an app creates, in order.
func SecretSlots(a scaffold.App) []snowflake.Slot { return slots(Parse(a)) }

// SetupSQL returns sql/setup.sql.
func SetupSQL(a scaffold.App) []byte { return setupScript(Parse(a)) }

// TeardownSQL returns sql/teardown.sql.
func TeardownSQL(a scaffold.App) []byte { return teardownScript(Parse(a)) }

// withSession fills in what the answers leave to the connection. The name of the integration does not
// change, so that it is the same as in sql/setup.sql.
func withSession(a scaffold.App, session snowflake.Context) scaffold.App {
	p := a.Clone()
	p.Network.Integration = a.Resolve().Network.Integration
	p.App.Database = cmp.Or(a.App.Database, rawName(session.Database))
	p.App.Schema = cmp.Or(a.App.Schema, rawName(session.Schema))
	if a.App.Database != "" && a.App.Schema == "" && !snowflake.SameName(a.App.Database, rawName(session.Database)) {
		p.App.Schema = "PUBLIC"
	}
	p.Roles.Owner = cmp.Or(a.Roles.Owner, rawName(session.Role))
	return p
}

// rawName converts a stored name to the raw text that denotes it.
func rawName(stored string) string {
	if stored == "" {
		return ""
	}
	return snowflake.FromStored(stored)
}

// openProperties returns the properties of the app that no answer sets: a new app gets defaults, an
// existing one keeps its own.
func openProperties(a scaffold.App) map[string]bool {
	return map[string]bool{
		"TITLE": a.App.Title == "", "MAIN_FILE": a.App.MainFile == "", "QUERY_WAREHOUSE": a.App.QueryWarehouse == "",
		"COMPUTE_POOL": a.App.ComputePool == nil, "COMMENT": a.App.Comment == "",
	}
}

// Parse fills in an app's defaults and parses its names.
func Parse(a scaffold.App) *Parsed {
	r := a.Resolve()
	facts := scaffold.Facts(r.App.Runtime)
	n := names{app: r, spelling: snowflake.Spelling{}}
	o := &Parsed{
		Spelling: n.spelling, Language: r.App.Language, PlainName: snowflake.Unquote(r.App.Name),
		MainFile: r.App.MainFile, Title: r.App.Title, Comment: r.App.Comment, Runtime: r.RuntimeName(),
		Hosts: r.Network.Hosts, Folder: r.StageFolder(), Files: uploadedFiles(r), Cortex: r.App.Cortex != "", Caller: r.CallersRights(), ViewerHosts: facts.ViewerHosts,
		SystemOwner: r.Roles.Owner != "" && scaffold.SystemRole(r.Roles.Owner),
	}
	if r.App.Database != "" {
		o.Database = snowflake.Name{Database: snowflake.AccountObject(r.App.Database).Object}
		n.spelling.Add(o.Database, snowflake.LenientIdent(r.App.Database))
	}
	if r.App.Schema != "" {
		o.Schema = snowflake.SchemaIn(r.App.Database, r.App.Schema)
		n.spelling.Add(o.Schema, snowflake.LenientJoin("", r.App.Database, snowflake.LenientIdent(r.App.Schema)))
	}
	o.Streamlit, o.Stage = n.object(snowflake.LenientIdent(r.App.Name)), n.object(r.App.Stage)
	o.Warehouse = n.ofAccount(r.App.QueryWarehouse)
	if facts.ComputePool && *r.App.ComputePool != "" {
		o.Pool = n.ofAccount(*r.App.ComputePool)
	}
	if r.Roles.Owner != "" {
		o.Owner, o.Admin = n.ofAccount(r.Roles.Owner), n.ofAccount(r.Roles.Admin)
	}
	for _, v := range r.Roles.Viewers {
		o.Viewers = append(o.Viewers, n.ofAccount(v))
	}
	for _, s := range r.Secrets {
		o.Secrets = append(o.Secrets, n.secret(s))
	}
	if len(r.Network.Hosts) > 0 {
		o.Rule = n.object(r.Network.Rule)
	}
	o.Rules = n.rules(o.Rule)
	if len(o.Rules) > 0 || len(o.Secrets) > 0 {
		o.Integration = n.ofAccount(r.Network.Integration)
	}
	if scaffold.UsesPackageIndex(r) && r.Python.Source == scaffold.ArtifactRepository {
		o.Repositories = []snowflake.Name{n.object(SharedRepository)}
	}
	return o
}

// names parses the names of an app and records their spelling.
type names struct {
	app      scaffold.App
	spelling snowflake.Spelling
}

// object returns the name of an object, in the app's schema unless raw is qualified.
func (n names) object(raw string) snowflake.Name {
	name := snowflake.ObjectIn(n.app.App.Database, n.app.App.Schema, raw)
	sql := snowflake.LenientJoin(n.app.App.Database, n.app.App.Schema, raw)
	n.spelling.Add(name, sql)
	for parent := name.Parent(); !parent.IsZero(); parent = parent.Parent() {
		cut := strings.LastIndexByte(sql, '.')
		if strings.HasSuffix(sql, `"`) {
			cut = strings.LastIndex(sql[:len(sql)-1], `."`)
		}
		if cut < 0 {
			break
		}
		sql = sql[:cut]
		n.spelling.Add(parent, sql)
	}
	return name
}

// ofAccount returns the name of an account-level object.
func (n names) ofAccount(raw string) snowflake.Name {
	name := snowflake.AccountObject(raw)
	n.spelling.Add(name, snowflake.LenientIdent(raw))
	return name
}

func (n names) secret(s scaffold.SecretDecl) parsedSecret {
	o := parsedSecret{
		Key: s.Key, Name: n.object(s.Object), Type: s.Type, Flow: s.Flow,
		Existing: s.Existing, Scopes: s.Scopes, Comment: s.Comment,
	}
	if s.Access == scaffold.AccessFunction {
		o.Function = n.object(n.app.FunctionName(s.Key))
	}
	if s.Integration != "" {
		o.Integration = n.ofAccount(s.Integration)
	}
	return o
}

// rules returns the rules of the integration: the app's own, those in the answers, and the one for
// PyPI if packages come from there.
func (n names) rules(own snowflake.Name) []snowflake.Name {
	var list []snowflake.Name
	add := func(rule snowflake.Name) {
		if !rule.IsZero() && !slices.Contains(list, rule) {
			list = append(list, rule)
		}
	}
	add(own)
	for _, raw := range n.app.Network.Rules {
		add(n.object(raw))
	}
	if scaffold.UsesPackageIndex(n.app) && n.app.Python.Source == scaffold.PyPIIntegration {
		add(n.object(PyPIRule))
	}
	return list
}

// uploadedFiles returns the app's own files and the lock file of its packages.
func uploadedFiles(r scaffold.App) []string {
	files := scaffold.AppFiles(r)
	if r.LocksPackages() {
		files = append(files, scaffold.LockFile)
	}
	return files
}

// Repositories returns the artifact repositories of an app, in SQL syntax.
func Repositories(a scaffold.App) []string {
	o := Parse(a)
	list := make([]string, 0, len(o.Repositories))
	for _, name := range o.Repositories {
		list = append(list, o.SQL(name))
	}
	return list
}
