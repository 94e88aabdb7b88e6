package resources

import (
	"slices"
	"strings"

	"sleet/snowflake"
)

// setupHead says what the script is, what to do before it runs, and who may run it.
func (a *Parsed) setupHead() string {
	lines := []string{
		a.tell(say(
			"Sets up the app %s in Snowflake, in order and by role. Written by sleet from sleet.toml.\n"+
				"Running it again changes nothing: what exists is left as it is. Only the functions are created again.",
			"アプリ %s を Snowflake に用意します。順序どおり、ロールごとに並んでいます。sleet が sleet.toml から作成しました。\n"+
				"再び実行しても、既にあるものは変わりません。作り直すのは関数だけです。"), a.SQL(a.Streamlit)),
	}
	if slices.ContainsFunc(a.Secrets, hasSlots) {
		lines = append(lines, "", a.tell(say(
			"Before you run it, put the value of each secret in the place of its placeholder (in angle brackets). A statement\n"+
				"left with a placeholder is a syntax error, so that no secret is ever made of one. Never save the values here.\n"+
				"A secret that exists keeps its value: on a later run, delete its statement.",
			"実行する前に、山括弧のプレースホルダーをシークレットの値に置き換えてください。残したまま実行すると構文エラーになり、\n"+
				"プレースホルダーがシークレットになることはありません。値をこのファイルに保存しないでください。\n"+
				"既にあるシークレットの値は変わりません。二度目からはその文を削除してください。")))
	}
	lines = append(lines, a.placeNote()...)
	lines = append(lines, "", a.roleHead())
	lines = append(lines, a.privileges()...)
	return strings.Join(append(lines, a.systemRoleNote()...), "\n")
}

func hasSlots(s parsedSecret) bool { return !s.Existing && len(s.parts()) > 0 }

// placeNote says what the script leaves to the session.
func (a *Parsed) placeNote() []string {
	var note phrase
	switch {
	case a.Database.IsZero() && a.Schema.IsZero():
		note = say(
			"No database and no schema are named in sleet.toml: choose them with USE DATABASE and USE SCHEMA first.",
			"sleet.toml にデータベースとスキーマの指定がありません。先に USE DATABASE と USE SCHEMA で選んでください。")
	case a.Database.IsZero():
		note = say(
			"No database is named in sleet.toml: choose one with USE DATABASE first.",
			"sleet.toml にデータベースの指定がありません。先に USE DATABASE で選んでください。")
	case a.Schema.IsZero():
		note = say(
			"No schema is named in sleet.toml: USE DATABASE chooses PUBLIC. For another, add USE SCHEMA after it.",
			"sleet.toml にスキーマの指定がありません。USE DATABASE は PUBLIC を選びます。別のものは続けて USE SCHEMA で選んでください。")
	default:
		return nil
	}
	return []string{"", a.tell(note)}
}

func (a *Parsed) roleHead() string {
	if a.Owner.IsZero() {
		return a.tell(say(
			"It switches no role: the role of the session runs all of it and owns the app permanently (the ownership of a\n"+
				"STREAMLIT cannot be transferred). To split the work by role, name roles.owner in sleet.toml. The role needs:",
			"ロールは切り替えません。セッションのロールがすべてを実行し、アプリを所有し続けます (STREAMLIT の所有権は移せません)。\n"+
				"ロールごとに分けるには sleet.toml の roles.owner を指定してください。ロールには次の権限が必要です。"))
	}
	lines := []string{a.tell(say(
		"%s owns the app permanently: the ownership of a STREAMLIT cannot be transferred.",
		"%s がアプリを所有し続けます (STREAMLIT の所有権は移せません)。"), a.SQL(a.Owner))}
	if !a.Integration.IsZero() || a.Cortex || a.Caller || len(a.Viewers) > 0 {
		lines = append(lines, a.tell(say(
			"Account-level steps and grants to viewers run as %s, which needs MANAGE GRANTS and\n"+
				"CREATE EXTERNAL ACCESS INTEGRATION (ACCOUNTADMIN has both).",
			"アカウントレベルの手順と閲覧者への権限付与は %s が実行します。MANAGE GRANTS と\n"+
				"CREATE EXTERNAL ACCESS INTEGRATION が必要です (ACCOUNTADMIN は両方を持ちます)。"), a.SQL(a.Admin)))
	}
	return strings.Join(append(lines, a.tell(say(
		"%s needs, where it does not own them (an administrator grants it):",
		"%s には、所有していないものについて次の権限が必要です (管理者が付与します)。"), a.SQL(a.Owner))), "\n")
}

// privileges lists what the role that makes the app needs: as GRANT statements where it is named.
func (a *Parsed) privileges() []string {
	var lines []string
	add := func(privileges, object string) {
		line := "  " + privileges + " ON " + object
		if !a.Owner.IsZero() {
			line = "  GRANT " + privileges + " ON " + object + " TO ROLE " + a.SQL(a.Owner)
		}
		if !slices.Contains(lines, line) {
			lines = append(lines, line)
		}
	}
	databaseNeeds := usage
	if !a.Schema.IsZero() {
		databaseNeeds += ", CREATE SCHEMA"
	}
	switch {
	case !a.Database.IsZero():
		add(databaseNeeds, "DATABASE "+a.SQL(a.Database))
	case !a.Schema.IsZero():
		// It has no name to grant on.
		lines = append(lines, "  "+a.tell(say("%s on the database in use", "使用中のデータベースの %s"), databaseNeeds))
	}
	for _, p := range a.schemaPrivileges() {
		if database := p.schema.InDatabase(); !database.IsZero() && database != a.Database {
			add(usage, "DATABASE "+a.SQL(database))
		}
		schema := a.tell(say("<the schema in use>", "<使用中のスキーマ>"))
		if !p.schema.IsZero() {
			schema = a.SQL(p.schema)
		}
		add(strings.Join(p.list, ", "), "SCHEMA "+schema)
	}
	add(usage, "WAREHOUSE "+a.SQL(a.Warehouse))
	if !a.Pool.IsZero() {
		add(usage, "COMPUTE POOL "+a.SQL(a.Pool))
	}
	for _, s := range a.Secrets {
		if !s.Integration.IsZero() && !s.Existing {
			add(usage, "INTEGRATION "+a.SQL(s.Integration))
		}
		if s.Existing && a.Owner.IsZero() {
			a.wayToExisting(s, add)
			add("USAGE, READ", "SECRET "+a.SQL(s.Name))
		}
	}
	if a.Owner.IsZero() && !a.Integration.IsZero() {
		add(snowflake.CreateExternalAccess, "ACCOUNT")
	}
	if a.Owner.IsZero() && len(a.Viewers) > 0 && (!a.Database.IsZero() || !a.Schema.IsZero()) {
		add("MANAGE GRANTS", "ACCOUNT "+a.tell(say("(or own the database and the schema)", "(またはデータベースとスキーマの所有)")))
	}
	if a.Owner.IsZero() && a.Cortex {
		lines = append(lines, "  DATABASE ROLE "+a.SQL(cortexUser()))
	}
	return lines
}

// wayToExisting adds what leads to a secret that was there before: its database and schema, where they
// are not the app's own.
func (a *Parsed) wayToExisting(s parsedSecret, add func(privileges, object string)) {
	if database := s.Name.InDatabase(); !database.IsZero() && database != a.Database {
		add(usage, "DATABASE "+a.SQL(database))
	}
	schema := s.Name.Parent()
	here := slices.ContainsFunc(a.schemaPrivileges(), func(p schemaPrivileges) bool { return p.schema == schema })
	if schema.Schema != "" && !here {
		add(usage, "SCHEMA "+a.SQL(schema))
	}
}

// schemaPrivileges is what it takes to make objects in one schema.
type schemaPrivileges struct {
	schema snowflake.Name
	list   []string
}

// schemaPrivileges returns what it takes to make the app's objects, schema by schema, the app's own
// first.
func (a *Parsed) schemaPrivileges() []schemaPrivileges {
	all := []schemaPrivileges{{a.Schema, []string{usage, "CREATE STREAMLIT"}}}
	add := func(name snowflake.Name, privilege string) {
		schema := name.Parent()
		i := slices.IndexFunc(all, func(p schemaPrivileges) bool { return p.schema == schema })
		if i < 0 {
			i = len(all)
			all = append(all, schemaPrivileges{schema, []string{usage}})
		}
		if !slices.Contains(all[i].list, privilege) {
			all[i].list = append(all[i].list, privilege)
		}
	}
	add(a.Stage, "CREATE STAGE")
	if !a.Rule.IsZero() {
		add(a.Rule, "CREATE NETWORK RULE")
	}
	for _, s := range a.Secrets {
		if !s.Existing {
			add(s.Name, "CREATE SECRET")
		}
		if !s.Function.IsZero() {
			add(s.Function, "CREATE FUNCTION")
		}
	}
	return all
}

// systemRoleNote warns of an owner that every account has: each viewer acts with its rights.
// https://docs.snowflake.com/en/developer-guide/streamlit/object-management/owners-rights
func (a *Parsed) systemRoleNote() []string {
	if !a.SystemOwner {
		return nil
	}
	return []string{"", a.tell(say(
		"WARNING: %s is a system role. Every viewer of the app acts with its rights, and that cannot be changed later.\n"+
			"Make a role for the app and name it in roles.owner.",
		"警告: %s はシステムロールです。アプリの閲覧者は皆その権限で動き、後から変更できません。\n"+
			"アプリ用のロールを作り、roles.owner に指定してください。"), a.SQL(a.Owner))}
}
