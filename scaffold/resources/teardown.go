package resources

import (
	"slices"
	"strings"

	"sleet/snowflake"
)

// teardownParts are the undoing of each part of setup, the last one first. Grants are left out: those
// on objects that go go with them, and those on what stays may have been there before. So is the
// schema, and of the stage only the app's files go.
func (a *Parsed) teardownParts(setup []part) []part {
	var parts []part
	for _, made := range slices.Backward(setup) {
		var list []step
		for _, s := range slices.Backward(made.steps) {
			if sql := a.teardown(s); sql != "" {
				st := snowflake.Statement{Ref: s.Ref, SQL: sql, Why: a.teardownWhy(s.Kind)}
				list = append(list, step{Resource: s.Resource, altered: []snowflake.Statement{st}})
			}
		}
		if len(list) > 0 {
			parts = append(parts, part{made.title, made.role, list})
		}
	}
	return a.useDatabase(parts)
}

// teardown is the statement that undoes a step; empty where none does.
func (a *Parsed) teardown(s step) string {
	switch {
	case s.use != "", s.altered != nil:
		return ""
	case s.Kind == snowflake.KindGrant, s.Kind == snowflake.KindSchema, s.Kind == snowflake.KindUpload:
		return ""
	case s.Kind == snowflake.KindStage:
		return a.Spelling.Drop(a.upload().Ref)
	default:
		return a.Spelling.Drop(s.Ref)
	}
}

// useDatabase puts USE DATABASE first where names carry no schema and the database is known.
func (a *Parsed) useDatabase(parts []part) []part {
	if !a.Database.IsZero() && a.Schema.IsZero() && len(parts) > 0 {
		parts[0].steps = append([]step{a.use(snowflake.OnDatabase, a.Database)}, parts[0].steps...)
	}
	return parts
}

func (a *Parsed) teardownWhy(kind snowflake.Kind) string {
	switch kind {
	case snowflake.KindStage:
		return a.tell(say(
			"The files of the app only: the stage and the schema stay, for others may use them.",
			"アプリのファイルだけを消します。ステージとスキーマは他でも使われうるため残します。"))
	case snowflake.KindIntegration:
		return a.tell(say(
			"See first that no other app or function uses it: what it allowed stops working there.",
			"他のアプリや関数が使っていないことを先に確認してください。使っていれば動かなくなります。"))
	case snowflake.KindSecret, snowflake.KindNetworkRule:
		return a.tell(say(
			"See first that nothing else uses it. It cannot be recovered.",
			"他で使われていないことを先に確認してください。元には戻せません。"))
	case snowflake.KindStreamlit:
		return a.tell(say(
			"The app, with the edits made to it in Snowsight.",
			"アプリを、Snowsight での編集内容ごと削除します。"))
	default:
		return ""
	}
}

// teardownHead says what the script is and who may run it.
func (a *Parsed) teardownHead() string {
	lines := []string{a.tell(say(
		"Removes from Snowflake what sql/setup.sql made for the app %s, in the opposite order. Written by sleet.",
		"sql/setup.sql がアプリ %s のために作ったものを、逆の順で Snowflake から取り除きます。sleet が作成しました。"), a.SQL(a.Streamlit))}
	lines = append(lines, a.placeNote()...)
	if a.Owner.IsZero() {
		lines = append(lines, "", a.tell(say(
			"It switches no role: run it as the role that ran setup.sql, which owns these objects.",
			"ロールは切り替えません。setup.sql を実行し、これらを所有するロールで実行してください。")))
	}
	return strings.Join(lines, "\n")
}

// teardownFoot says what stays, and how to take it back where nothing else needs it.
func (a *Parsed) teardownFoot(setup []part) []string {
	var kept []string
	for _, name := range a.secretNames(func(s parsedSecret) bool { return s.Existing }) {
		kept = append(kept, "  SECRET "+a.SQL(name))
	}
	for _, st := range a.statements(setup) {
		if st.Kind == snowflake.KindGrant && !a.dropped(st.Grant) {
			kept = append(kept, "  "+a.Spelling.Drop(st.Ref))
		}
	}
	if len(kept) == 0 {
		return nil
	}
	return append([]string{a.tell(say(
		"What stays: secrets that were there before, and grants that other apps may need. Where nothing does:",
		"残るもの: 元からあったシークレットと、他のアプリが必要としうる権限。不要であれば次を実行してください。"))}, kept...)
}

// dropped reports whether the object of a grant goes in Teardown, and the grant with it.
func (a *Parsed) dropped(g snowflake.Privilege) bool {
	switch g.On {
	case snowflake.KindStreamlit.On():
		return g.Object == a.Streamlit
	case snowflake.OnIntegration:
		return g.Object == a.Integration
	case snowflake.KindSecret.On():
		return slices.ContainsFunc(a.Secrets, func(s parsedSecret) bool { return !s.Existing && s.Name == g.Object })
	default:
		return false
	}
}
