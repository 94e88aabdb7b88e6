package scaffold

import (
	"slices"
	"strings"

	"sleet/snowflake"
)

// setupHead says what the script is, what to do before it runs, and who may run it.
func setupHead(o *objects) string {
	lines := []string{
		o.tell(say(
			"Sets up the app %s in Snowflake, in order and by role. Written by sleet from sleet.toml.\n"+
				"Running it again changes nothing: what exists is left as it is. Only the functions are made anew.",
			"アプリ %s を Snowflake に用意します。順序どおり、ロールごとに並んでいます。sleet が sleet.toml から作成しました。\n"+
				"再び実行しても、既にあるものは変わりません。作り直すのは関数だけです。"), o.streamlit),
	}
	if slices.ContainsFunc(o.secrets, hasSlots) {
		lines = append(lines, "", o.tell(say(
			"Before you run it, put the value of each secret in the place of its placeholder (in angle brackets). A statement\n"+
				"left with a placeholder is a syntax error, so that no secret is ever made of one. Never save the values here.\n"+
				"A secret that exists keeps its value: on a later run, delete its statement.",
			"実行する前に、山括弧のプレースホルダーをシークレットの値に置き換えてください。残したまま実行すると構文エラーになり、\n"+
				"プレースホルダーがシークレットになることはありません。値をこのファイルに保存しないでください。\n"+
				"既にあるシークレットの値は変わりません。二度目からはその文を削除してください。")))
	}
	lines = append(lines, o.placeNote()...)
	lines = append(lines, "", o.roleHead())
	lines = append(lines, o.privileges()...)
	return strings.Join(append(lines, o.systemRoleNote()...), "\n")
}

func hasSlots(s secretObject) bool { return !s.Existing && len(secretParts(s.Type, s.Flow)) > 0 }

// placeNote says what the script leaves to the session.
func (o *objects) placeNote() []string {
	var note text
	switch {
	case o.database == "" && o.schema == "":
		note = say(
			"No database and no schema are named in sleet.toml: choose them with USE DATABASE and USE SCHEMA first.",
			"sleet.toml にデータベースとスキーマの指定がありません。先に USE DATABASE と USE SCHEMA で選んでください。")
	case o.database == "":
		note = say(
			"No database is named in sleet.toml: choose one with USE DATABASE first.",
			"sleet.toml にデータベースの指定がありません。先に USE DATABASE で選んでください。")
	case o.schema == "":
		note = say(
			"No schema is named in sleet.toml: USE DATABASE chooses PUBLIC. For another, add USE SCHEMA after it.",
			"sleet.toml にスキーマの指定がありません。USE DATABASE は PUBLIC を選びます。別のものは続けて USE SCHEMA で選んでください。")
	default:
		return nil
	}
	return []string{"", o.tell(note)}
}

func (o *objects) roleHead() string {
	if o.owner == "" {
		return o.tell(say(
			"It switches no role: the role of the session runs all of it and owns the app for ever (the ownership of a\n"+
				"STREAMLIT cannot be transferred). To split the work by role, name roles.owner in sleet.toml. The role needs:",
			"ロールは切り替えません。セッションのロールがすべてを実行し、アプリを所有し続けます (STREAMLIT の所有権は移せません)。\n"+
				"ロールごとに分けるには sleet.toml の roles.owner を指定してください。ロールには次の権限が必要です。"))
	}
	lines := []string{o.tell(say(
		"%s owns the app for ever: the ownership of a STREAMLIT cannot be transferred.",
		"%s がアプリを所有し続けます (STREAMLIT の所有権は移せません)。"), o.owner)}
	if o.integration != "" || o.app.App.Cortex || len(o.viewers) > 0 {
		lines = append(lines, o.tell(say(
			"Account-level steps and grants to viewers run as %s, which needs CREATE INTEGRATION and MANAGE GRANTS\n"+
				"(ACCOUNTADMIN has both).",
			"アカウントレベルの手順と閲覧者への権限付与は %s が実行します。CREATE INTEGRATION と MANAGE GRANTS が必要です\n"+
				"(ACCOUNTADMIN は両方を持ちます)。"), o.admin))
	}
	return strings.Join(append(lines, o.tell(say(
		"%s needs, where it does not own them (an administrator grants it):",
		"%s には、所有していないものについて次の権限が必要です (管理者が付与します)。"), o.owner)), "\n")
}

// privileges lists what the role that makes the app needs: as GRANT statements where it is named.
func (o *objects) privileges() []string {
	var lines []string
	add := func(privileges, object string) {
		line := "  " + privileges + " ON " + object
		if o.owner != "" {
			line = "  GRANT " + privileges + " ON " + object + " TO ROLE " + o.owner
		}
		if !slices.Contains(lines, line) {
			lines = append(lines, line)
		}
	}
	databaseNeeds := usage
	if o.schema != "" {
		databaseNeeds += ", CREATE SCHEMA"
	}
	switch {
	case o.database != "":
		add(databaseNeeds, "DATABASE "+o.database)
	case o.schema != "":
		// It has no name to grant on.
		lines = append(lines, "  "+o.tell(say("%s on the database in use", "使用中のデータベースの %s"), databaseNeeds))
	}
	for _, p := range o.schemaPrivileges() {
		if database := schemaOf(p.schema); database != "" && database != o.database {
			add("USAGE", "DATABASE "+database)
		}
		add(strings.Join(p.list, ", "), "SCHEMA "+first(p.schema, o.tell(say("<the schema in use>", "<使用中のスキーマ>"))))
	}
	add("USAGE", "WAREHOUSE "+o.warehouse)
	if o.pool != "" {
		add("USAGE", "COMPUTE POOL "+o.pool)
	}
	for _, s := range o.secrets {
		if s.Integration != "" && !s.Existing {
			add("USAGE", "INTEGRATION "+snowflake.AnyIdent(s.Integration))
		}
		if s.Existing && o.owner == "" {
			o.wayToExisting(s, add)
			add("USAGE, READ", "SECRET "+s.name)
		}
	}
	if o.owner == "" && o.integration != "" {
		add("CREATE INTEGRATION", "ACCOUNT")
	}
	if o.owner == "" && len(o.viewers) > 0 && (o.database != "" || o.schema != "") {
		add("MANAGE GRANTS", "ACCOUNT "+o.tell(say("(or own the database and the schema)", "(またはデータベースとスキーマの所有)")))
	}
	if o.owner == "" && o.app.App.Cortex {
		lines = append(lines, "  DATABASE ROLE "+cortexRole)
	}
	return lines
}

// wayToExisting adds what leads to a secret that was there before: its database and schema, where they
// are not the app's own.
func (o *objects) wayToExisting(s secretObject, add func(privileges, object string)) {
	if s.database != "" && s.database != o.database {
		add(usage, "DATABASE "+s.database)
	}
	here := slices.ContainsFunc(o.schemaPrivileges(), func(p schemaPrivileges) bool { return p.schema == s.schema })
	if s.schema != "" && !here {
		add(usage, "SCHEMA "+s.schema)
	}
}

// schemaPrivileges is what it takes to make objects in one schema.
type schemaPrivileges struct {
	schema string
	list   []string
}

// schemaPrivileges gives what it takes to make the app's objects, schema by schema, the app's own
// first.
func (o *objects) schemaPrivileges() []schemaPrivileges {
	all := []schemaPrivileges{{o.schema, []string{"USAGE", "CREATE STREAMLIT"}}}
	add := func(name, privilege string) {
		schema := schemaOf(name)
		i := slices.IndexFunc(all, func(p schemaPrivileges) bool { return p.schema == schema })
		if i < 0 {
			i = len(all)
			all = append(all, schemaPrivileges{schema, []string{"USAGE"}})
		}
		if !slices.Contains(all[i].list, privilege) {
			all[i].list = append(all[i].list, privilege)
		}
	}
	add(o.stage, "CREATE STAGE")
	if o.rule != "" {
		add(o.rule, "CREATE NETWORK RULE")
	}
	for _, s := range o.secrets {
		if !s.Existing {
			add(s.name, "CREATE SECRET")
		}
		if s.function != "" {
			add(strings.TrimSuffix(s.function, "()"), "CREATE FUNCTION")
		}
	}
	return all
}

// systemRoleNote warns of an owner that every account has: each viewer acts with its rights.
// https://docs.snowflake.com/en/developer-guide/streamlit/object-management/owners-rights
func (o *objects) systemRoleNote() []string {
	if o.app.Roles.Owner == "" || !systemRole(o.app.Roles.Owner) {
		return nil
	}
	return []string{"", o.tell(say(
		"WARNING: %s is a system role. Every viewer of the app acts with its rights, and that cannot be changed later.\n"+
			"Make a role for the app and name it in roles.owner.",
		"警告: %s はシステムロールです。アプリの閲覧者は皆その権限で動き、後から変更できません。\n"+
			"アプリ用のロールを作り、roles.owner に指定してください。"), o.owner)}
}
