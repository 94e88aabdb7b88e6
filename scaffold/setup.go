package scaffold

import "sleet/snowflake"

// Setup gives the statements that make the whole app in the account, in order: schema and stage,
// network rule, secrets, integration, the functions that hold secrets, the upload, the app, its
// live version, the viewers' grants. What exists is left as it is, so running them again changes
// nothing; only the functions, which are ours alone, are replaced, and keep their grants.
// A change of role is a statement of its own; with no owner in the answers there is none.
func Setup(a App) []snowflake.Statement {
	return statements(setupSections(objectsOf(a)))
}

// Teardown gives the statements that remove what Setup makes, in the opposite order. It leaves what
// others may use: the schema, the stage with other apps' files, secrets that were there before, and
// what was granted on them.
func Teardown(a App) []snowflake.Statement {
	o := objectsOf(a)
	return statements(teardownSections(o, setupSections(o)))
}

// SetupSQL is Setup as a script, sql/setup.sql.
func SetupSQL(a App) []byte {
	o := objectsOf(a)
	return script(o, setupHead(o), setupSections(o), nil)
}

// TeardownSQL is Teardown as a script, sql/teardown.sql.
func TeardownSQL(a App) []byte {
	o := objectsOf(a)
	made := setupSections(o)
	return script(o, teardownHead(o), teardownSections(o, made), teardownFoot(o, made))
}

// section is a run of statements for one purpose, by one role.
type section struct {
	title text
	// role runs it, as SQL writes it; empty means the role of the session.
	role       string
	statements []snowflake.Statement
}

// statements gives the statements of all sections, each with its role, and a USE ROLE where the
// role changes.
func statements(sections []section) []snowflake.Statement {
	all := make([]snowflake.Statement, 0, 4*len(sections))
	role := ""
	for _, s := range sections {
		all = append(all, s.withRole(role)...)
		role = s.role
	}
	return all
}

// withRole gives the section's statements with its role in each, after a USE ROLE where the role
// before was another.
func (s section) withRole(before string) []snowflake.Statement {
	list := make([]snowflake.Statement, 0, len(s.statements)+1)
	if s.role != before {
		list = append(list, snowflake.Statement{Kind: snowflake.KindSession, Name: s.role, SQL: "USE ROLE " + s.role})
	}
	list = append(list, s.statements...)
	for i := range list {
		list[i].Role = s.role
	}
	return list
}

// setupSections gives the steps of Setup; those that this app does not need are left out.
func setupSections(o *objects) []section {
	all := []section{
		{say("Schema and stage", "スキーマとステージ"), o.owner, o.place()},
		{say("Network rule", "ネットワークルール"), o.owner, o.networkRule()},
		{say("Secrets", "シークレット"), o.owner, o.createSecrets()},
		{say("Integration and account-level grants", "統合とアカウントレベルの権限"), o.admin, o.accountLevel()},
		{say("Functions that hold secrets", "シークレットを渡す関数"), o.owner, o.functions()},
		{say("Upload", "アップロード"), o.owner, o.upload()},
		{say("App", "アプリ"), o.owner, o.createApp()},
		{say("Viewers", "閲覧者"), o.admin, o.viewerGrants()},
	}
	sections := make([]section, 0, len(all))
	for _, s := range all {
		if len(s.statements) > 0 {
			sections = append(sections, s)
		}
	}
	return sections
}
