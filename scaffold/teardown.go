package scaffold

import (
	"slices"
	"strings"

	"sleet/snowflake"
)

// teardownSections gives the steps of Teardown: the undoing of each step of setup, the last one
// first. Grants are left out: those on objects that go go with them, and those on what stays may
// have been there before.
func teardownSections(o *objects, setup []section) []section {
	var sections []section
	for _, made := range slices.Backward(setup) {
		var list []snowflake.Statement
		for _, st := range slices.Backward(made.statements) {
			if st.Undo == "" || st.Kind == snowflake.KindGrant {
				continue
			}
			list = append(list, snowflake.Statement{
				Kind: st.Kind, Name: st.Name, SQL: st.Undo, Why: o.teardownWhy(st.Kind),
			})
		}
		if len(list) > 0 {
			sections = append(sections, section{made.title, made.role, list})
		}
	}
	return o.useDatabase(sections)
}

// useDatabase puts USE DATABASE first where names carry no schema and the database is known.
func (o *objects) useDatabase(sections []section) []section {
	if o.database != "" && o.schema == "" && len(sections) > 0 {
		use := snowflake.Statement{Kind: snowflake.KindSession, Name: o.database, SQL: "USE DATABASE " + o.database}
		sections[0].statements = append([]snowflake.Statement{use}, sections[0].statements...)
	}
	return sections
}

func (o *objects) teardownWhy(kind snowflake.Kind) string {
	switch kind {
	case snowflake.KindStage:
		return o.tell(say(
			"The files of the app only: the stage and the schema stay, for others may use them.",
			"アプリのファイルだけを消します。ステージとスキーマは他でも使われうるため残します。"))
	case snowflake.KindIntegration:
		return o.tell(say(
			"See first that no other app or function uses it: what it allowed stops working there.",
			"他のアプリや関数が使っていないことを先に確認してください。使っていれば動かなくなります。"))
	case snowflake.KindSecret, snowflake.KindNetworkRule:
		return o.tell(say(
			"See first that nothing else uses it. It cannot be recovered.",
			"他で使われていないことを先に確認してください。元には戻せません。"))
	case snowflake.KindStreamlit:
		return o.tell(say(
			"The app, with the edits made to it in Snowsight.",
			"アプリを、Snowsight での編集内容ごと削除します。"))
	default:
		return ""
	}
}

// teardownHead says what the script is and who may run it.
func teardownHead(o *objects) string {
	lines := []string{o.tell(say(
		"Removes from Snowflake what sql/setup.sql made for the app %s, in the opposite order. Written by sleet.",
		"sql/setup.sql がアプリ %s のために作ったものを、逆の順で Snowflake から取り除きます。sleet が作成しました。"), o.streamlit)}
	lines = append(lines, o.placeNote()...)
	if o.owner == "" {
		lines = append(lines, "", o.tell(say(
			"It switches no role: run it as the role that ran setup.sql, which owns these objects.",
			"ロールは切り替えません。setup.sql を実行し、これらを所有するロールで実行してください。")))
	}
	return strings.Join(lines, "\n")
}

// teardownFoot says what stays, and how to take it back where nothing else needs it.
func teardownFoot(o *objects, setup []section) []string {
	var kept []string
	for _, name := range o.secretNames(func(s secretObject) bool { return s.Existing }) {
		kept = append(kept, "  SECRET "+name)
	}
	for _, st := range statements(setup) {
		if st.Kind == snowflake.KindGrant && !o.dropped(st.Name) {
			kept = append(kept, "  "+st.Undo)
		}
	}
	if len(kept) == 0 {
		return nil
	}
	return append([]string{o.tell(say(
		"What stays: secrets that were there before, and grants that other apps may need. Where nothing does:",
		"残るもの: 元からあったシークレットと、他のアプリが必要としうる権限。不要であれば次を実行してください。"))}, kept...)
}

// dropped says whether the object of a grant goes in Teardown, and the grant with it.
func (o *objects) dropped(object string) bool {
	if object == "STREAMLIT "+o.streamlit || object == "INTEGRATION "+o.integration {
		return true
	}
	return slices.ContainsFunc(o.secrets, func(s secretObject) bool {
		return !s.Existing && object == "SECRET "+s.name
	})
}
