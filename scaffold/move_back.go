package scaffold

import (
	"slices"
	"strings"

	"sleet/snowflake"
)

// backSections gives the steps of MoveBack.
func backSections(o *objects, from Standing) []section {
	made := moveSections(o, from)
	if from.Legacy {
		return teardownSections(o, made)
	}
	all := []section{
		{say("Place", "場所"), o.owner, sessionOnly(o.place())},
		{say("Upload", "アップロード"), o.owner, []snowflake.Statement{{
			Kind: snowflake.KindUpload, Name: "snow://streamlit/" + o.streamlit + "/versions/live",
			Why: o.tell(say(
				"Bring the old files back: `sleet migrate --undo` in the app's folder, and then upload them to the live version\n"+
					"as in migrate.sql. environment.yml is one of them. Or give up the live version for the one that COMMIT kept.",
				"古いファイルに戻します。アプリのフォルダで `sleet migrate --undo` を実行し、migrate.sql と同じ方法で\n"+
					"ライブバージョンにアップロードしてください (environment.yml を含む)。COMMIT で残したバージョンに戻すこともできます。")),
		}}},
		{say("Switch", "切り替え"), o.owner, o.switchBack(from)},
	}
	all = slices.DeleteFunc(all, func(s section) bool { return len(s.statements) == 0 })
	// USE DATABASE stands above already.
	for _, s := range teardownSections(o, made) {
		s.statements = slices.DeleteFunc(s.statements, func(st snowflake.Statement) bool { return st.Kind == snowflake.KindSession })
		if len(s.statements) > 0 {
			all = append(all, s)
		}
	}
	return all
}

// switchBack sets the warehouse runtime and the lists as they were.
func (o *objects) switchBack(from Standing) []snowflake.Statement {
	warehouse := ""
	if from.Warehouse != "" {
		warehouse = snowflake.AnyIdent(from.Warehouse)
	}
	integrations := o.standingIntegrations(from)
	bindings := make([]string, 0, len(from.Secrets))
	for _, b := range from.Secrets {
		bindings = append(bindings, o.standingBinding(b))
	}
	var list []snowflake.Statement
	if len(o.repositories()) > 0 {
		list = append(list, o.alter("UNSET ARTIFACT_REPOSITORIES", o.tell(say(
			"A warehouse app takes its packages from environment.yml. Unset the repositories before the switch.",
			"ウェアハウスのアプリはパッケージを environment.yml から取得します。切り替える前にリポジトリを解除します。"))))
	}
	list = append(list, o.alter(snowflake.Clauses("SET",
		snowflake.SetText("RUNTIME_NAME", Facts(Warehouse).SQLName),
		snowflake.Set("QUERY_WAREHOUSE", warehouse),
		snowflake.Set("EXTERNAL_ACCESS_INTEGRATIONS", snowflake.List(integrations...)),
		snowflake.Set("SECRETS", snowflake.List(bindings...))), o.tell(say(
		"The app runs in its warehouse again, with the lists it had.",
		"アプリは再びウェアハウスで動き、リストは元に戻ります。"))))
	var unset []string
	if len(bindings) == 0 && len(o.mergedBindings(from)) > 0 {
		unset = append(unset, "SECRETS")
	}
	if len(integrations) == 0 && len(o.mergedIntegrations(from)) > 0 {
		unset = append(unset, "EXTERNAL_ACCESS_INTEGRATIONS")
	}
	if len(unset) > 0 {
		list = append(list, o.alter("UNSET "+strings.Join(unset, ", "), o.tell(say(
			"The app had none.", "アプリには割り当てられていませんでした。"))))
	}
	return list
}

// moveHead says what the script is, what to do before it runs, and who may run it.
func moveHead(o *objects, from Standing) string {
	lines := []string{o.tell(say(
		"Moves the app %s to the container runtime, in order and by role. Written by sleet migrate. `sleet apply` does\n"+
			"the same from sleet.toml. rollback.sql is the way back.",
		"アプリ %s をコンテナランタイムへ移します。順序どおり、ロールごとに並んでいます。sleet migrate が作成しました。\n"+
			"`sleet apply` でも sleet.toml から同じことができます。rollback.sql で元に戻せます。"), o.streamlit)}
	if from.Legacy {
		lines = []string{o.tell(say(
			"Makes the container app %s beside %s, in order and by role. Written by sleet migrate.\n"+
				"The old app was made with ROOT_LOCATION: no ALTER can give it a container, so it stays as it is. The new one\n"+
				"has a URL of its own: tell its viewers. rollback.sql is the way back.",
			"コンテナアプリ %s を %s の隣に作ります。順序どおり、ロールごとに並んでいます。sleet migrate が作成しました。\n"+
				"古いアプリは ROOT_LOCATION で作られているため、ALTER ではコンテナにできず、そのまま残ります。\n"+
				"新しいアプリの URL は異なるため、閲覧者に知らせてください。rollback.sql で元に戻せます。"), o.streamlit, o.oldName(from))}
	}
	if slices.ContainsFunc(o.secrets, hasSlots) {
		lines = append(lines, "", o.tell(say(
			"Before you run it, put the value of each secret in the place of its placeholder (in angle brackets). A statement\n"+
				"left with a placeholder is a syntax error. Never save the values here. Where a secret is there already, delete its\n"+
				"statement, and name it in sleet.toml: object = \"…\", existing = true.",
			"実行する前に、山括弧のプレースホルダーをシークレットの値に置き換えてください。残したまま実行すると構文エラーになります。\n"+
				"値をこのファイルに保存しないでください。シークレットが既にある場合はその文を削除し、\n"+
				"sleet.toml に object = \"…\" と existing = true を指定してください。")))
	}
	lines = append(lines, o.placeNote()...)
	lines = append(lines, "", o.roleHead())
	lines = append(lines, o.movePrivileges(from)...)
	if !from.Legacy {
		lines = append(lines, "", o.tell(say(
			"If DESCRIBE STREAMLIT %s shows a root_location, the app cannot be altered so: run sleet migrate --undo and then\n"+
				"sleet migrate --root-location, which makes a new app beside it.",
			"DESCRIBE STREAMLIT %s に root_location が表示される場合、この方法では変更できません。sleet migrate --undo の後に\n"+
				"sleet migrate --root-location を実行すると、隣に新しいアプリを作ります。"), o.streamlit))
	}
	return strings.Join(append(lines, o.systemRoleNote()...), "\n")
}

// movePrivileges lists what the role that moves the app needs. An app that is there is altered, which
// takes its ownership, and nothing of what only a new one needs.
func (o *objects) movePrivileges(from Standing) []string {
	lines := o.privileges()
	if from.Legacy {
		return lines
	}
	unneeded := []string{", CREATE SCHEMA", "", ", CREATE STREAMLIT", "", ", CREATE STAGE", ""}
	if o.attached(from) {
		unneeded = append(unneeded, ", CREATE NETWORK RULE", "")
	}
	less := strings.NewReplacer(unneeded...)
	for i := range lines {
		lines[i] = less.Replace(lines[i])
	}
	if o.owner == "" {
		lines = append(lines, "  OWNERSHIP ON STREAMLIT "+o.streamlit)
	}
	return lines
}

// moveFoot says what remains to be done after a move to a new app.
func moveFoot(o *objects, from Standing) []string {
	if !from.Legacy {
		return nil
	}
	return []string{o.tell(say(
		"When everybody uses the new app, the old one can go:",
		"全員が新しいアプリを使うようになったら、古いアプリを削除できます。")), "  DROP STREAMLIT " + o.oldName(from)}
}

// oldName is the name of the app that stays beside the new one.
func (o *objects) oldName(from Standing) string {
	return snowflake.AnyJoin(o.app.App.Database, o.app.App.Schema, from.Name)
}

// backHead says what the script is and who may run it.
func backHead(o *objects, from Standing) string {
	lines := []string{o.tell(say(
		"Takes back what migrate.sql did for the app %s. Written by sleet migrate.",
		"migrate.sql がアプリ %s に対して行ったことを元に戻します。sleet migrate が作成しました。"), o.streamlit)}
	if from.Legacy {
		lines = append(lines, o.tell(say(
			"The old app %s was never changed.", "古いアプリ %s は変更されていません。"), o.oldName(from)))
	}
	lines = append(lines, o.placeNote()...)
	if o.owner == "" {
		lines = append(lines, "", o.tell(say(
			"It switches no role: run it as the role that ran migrate.sql.",
			"ロールは切り替えません。migrate.sql を実行したロールで実行してください。")))
	}
	return strings.Join(lines, "\n")
}
