package resources

import (
	"slices"
	"strings"
)

// migrationHead says what the script is, what to do before it runs, and who may run it.
func (a *Parsed) migrationHead(from parsedDeployed) string {
	lines := []string{a.tell(say(
		"Moves the app %s to the container runtime, in order and by role. Written by sleet migrate. `sleet apply` does\n"+
			"the same from sleet.toml. rollback.sql is the way back.",
		"アプリ %s をコンテナランタイムへ移します。順序どおり、ロールごとに並んでいます。sleet migrate が作成しました。\n"+
			"`sleet apply` でも sleet.toml から同じことができます。rollback.sql で元に戻せます。"), a.SQL(a.Streamlit))}
	if from.Legacy {
		lines = []string{a.tell(say(
			"Makes the container app %s beside %s, in order and by role. Written by sleet migrate.\n"+
				"The old app was made with ROOT_LOCATION: no ALTER can give it a container, so it stays as it is. The new one\n"+
				"has a URL of its own: tell its viewers. rollback.sql is the way back.",
			"コンテナアプリ %s を %s の隣に作ります。順序どおり、ロールごとに並んでいます。sleet migrate が作成しました。\n"+
				"古いアプリは ROOT_LOCATION で作られているため、ALTER ではコンテナにできず、そのまま残ります。\n"+
				"新しいアプリの URL は異なるため、閲覧者に知らせてください。rollback.sql で元に戻せます。"), a.SQL(a.Streamlit), a.oldName(from))}
	}
	if slices.ContainsFunc(a.Secrets, hasSlots) {
		lines = append(lines, "", a.tell(say(
			"Before you run it, put the value of each secret in the place of its placeholder (in angle brackets). A statement\n"+
				"left with a placeholder is a syntax error. Never save the values here. Where a secret is there already, delete its\n"+
				"statement, and name it in sleet.toml: object = \"…\", existing = true.",
			"実行する前に、山括弧のプレースホルダーをシークレットの値に置き換えてください。残したまま実行すると構文エラーになります。\n"+
				"値をこのファイルに保存しないでください。シークレットが既にある場合はその文を削除し、\n"+
				"sleet.toml に object = \"…\" と existing = true を指定してください。")))
	}
	lines = append(lines, a.placeNote()...)
	lines = append(lines, "", a.roleHead())
	lines = append(lines, a.migrationPrivileges(from)...)
	if !from.Legacy {
		lines = append(lines, "", a.tell(say(
			"If DESCRIBE STREAMLIT %s shows a root_location, the app cannot be altered so: run sleet migrate --undo and then\n"+
				"sleet migrate --root-location, which makes a new app beside it.",
			"DESCRIBE STREAMLIT %s に root_location が表示される場合、この方法では変更できません。sleet migrate --undo の後に\n"+
				"sleet migrate --root-location を実行すると、隣に新しいアプリを作ります。"), a.SQL(a.Streamlit)))
	}
	return strings.Join(append(lines, a.systemRoleNote()...), "\n")
}

// migrationPrivileges lists what the role that moves the app needs. An app that is there is altered, which
// takes its ownership, and nothing of what only a new one needs.
func (a *Parsed) migrationPrivileges(from parsedDeployed) []string {
	lines := a.privileges()
	if from.Legacy {
		return lines
	}
	unneeded := []string{", CREATE SCHEMA", "", ", CREATE STREAMLIT", "", ", CREATE STAGE", ""}
	if a.attached(from) {
		unneeded = append(unneeded, ", CREATE NETWORK RULE", "")
	}
	less := strings.NewReplacer(unneeded...)
	for i := range lines {
		lines[i] = less.Replace(lines[i])
	}
	if a.Owner.IsZero() {
		lines = append(lines, "  OWNERSHIP ON STREAMLIT "+a.SQL(a.Streamlit))
	}
	return lines
}

// migrationFoot says what remains to be done after a move to a new app.
func (a *Parsed) migrationFoot(from parsedDeployed) []string {
	if !from.Legacy {
		return nil
	}
	return []string{a.tell(say(
		"When everybody uses the new app, the old one can go:",
		"全員が新しいアプリを使うようになったら、古いアプリを削除できます。")), "  DROP STREAMLIT " + a.oldName(from)}
}

// oldName is the name of the app that stays beside the new one.
func (a *Parsed) oldName(from parsedDeployed) string { return a.SQL(from.Name) }

// rollbackHead says what the script is and who may run it.
func (a *Parsed) rollbackHead(from parsedDeployed) string {
	lines := []string{a.tell(say(
		"Takes back what migrate.sql did for the app %s. Written by sleet migrate.",
		"migrate.sql がアプリ %s に対して行ったことを元に戻します。sleet migrate が作成しました。"), a.SQL(a.Streamlit))}
	if from.Legacy {
		lines = append(lines, a.tell(say(
			"The old app %s was never changed.", "古いアプリ %s は変更されていません。"), a.oldName(from)))
	}
	lines = append(lines, a.placeNote()...)
	if a.Owner.IsZero() {
		lines = append(lines, "", a.tell(say(
			"It switches no role: run it as the role that ran migrate.sql.",
			"ロールは切り替えません。migrate.sql を実行したロールで実行してください。")))
	}
	return strings.Join(lines, "\n")
}
