package scaffold

import (
	"slices"
	"strings"

	"sleet/snowflake"
)

// Standing is a warehouse app as it stands in the account before its move to a container, as far as
// its files or the account itself tell. Names are raw text, as in sleet.toml.
type Standing struct {
	// Legacy says that the app was made with ROOT_LOCATION, which no container app can have: it stays
	// and a new one is made beside it.
	Legacy bool
	// Name is the app's qualified name where it is another than that of the answers.
	Name string
	// Warehouse is its query warehouse, empty where nobody knows.
	Warehouse string
	// Integrations and Secrets are the lists that are set on it. SET takes whole lists, so that what
	// they hold goes into the new ones.
	Integrations []string
	Secrets      []SecretBinding
	// Grants are the privileges that roles have on it, but for its owner's.
	Grants []AppGrant
	// Files are those to upload, by their paths in the app's folder; empty stands for those that sleet
	// writes.
	Files []string
}

// SecretBinding is one entry of an app's SECRETS list.
type SecretBinding struct{ Key, Object string }

// AppGrant is a privilege of a role on an app. Of is what the role belongs to: "" for the account,
// "DATABASE", or "APPLICATION" for a Native App.
type AppGrant struct{ Privilege, Role, Of string }

// What a role belongs to where it is not the account.
const (
	ofDatabase    = "DATABASE"
	ofApplication = "APPLICATION"
)

// Move gives the statements that move an app to the container runtime, in order: what Setup makes
// for its secrets, the upload of the new files, and the switch. Everything that others attached to
// the app stays.
func Move(a App, from Standing) []snowflake.Statement {
	return statements(moveSections(standingObjects(a, from), from))
}

// MoveBack gives the statements that undo Move: the app as it stood, and nothing left of what Move
// made.
func MoveBack(a App, from Standing) []snowflake.Statement {
	return statements(backSections(standingObjects(a, from), from))
}

// MoveSQL is Move as a script, sql/migrate.sql.
func MoveSQL(a App, from Standing) []byte {
	o := standingObjects(a, from)
	return script(o, moveHead(o, from), moveSections(o, from), moveFoot(o, from))
}

// MoveBackSQL is MoveBack as a script, sql/rollback.sql.
func MoveBackSQL(a App, from Standing) []byte {
	o := standingObjects(a, from)
	return script(o, backHead(o, from), backSections(o, from), nil)
}

// standingObjects gives the app's objects. A secret that the app had before is there: the move makes
// it as little as the way back drops it.
func standingObjects(a App, from Standing) *objects {
	b := a.Clone()
	resolved := a.Resolve()
	in := func(raw string) string { return snowflake.AnyJoin(a.App.Database, a.App.Schema, raw) }
	for i, s := range resolved.Secrets {
		had := func(have SecretBinding) bool { return sameParts(in(have.Object), in(s.Object)) }
		if slices.ContainsFunc(from.Secrets, had) {
			b.Secrets[i].Existing = true
		}
	}
	o := objectsOf(b)
	o.files = from.Files
	return o
}

// sameParts says whether two qualified names, as SQL writes them, are of one object.
func sameParts(a, b string) bool {
	x, errX := snowflake.Qualified(a)
	y, errY := snowflake.Qualified(b)
	return errX == nil && errY == nil && slices.EqualFunc(x, y, snowflake.Same)
}

// moveSections gives the steps of Move; those that this app does not need are left out.
func moveSections(o *objects, from Standing) []section {
	if from.Legacy {
		return append(o.withoutAttached(setupSections(o), from), o.repeatedGrants(from)...)
	}
	all := []section{
		{say("Place", "場所"), o.owner, sessionOnly(o.place())},
		{say("Network rule", "ネットワークルール"), o.owner, o.networkRule()},
		{say("Secrets", "シークレット"), o.owner, o.createSecrets()},
		{say("Integration and account-level grants", "統合とアカウントレベルの権限"), o.admin, o.accountLevel()},
		{say("Functions that hold secrets", "シークレットを渡す関数"), o.owner, o.functions()},
		{say("Upload", "アップロード"), o.owner, o.uploadLive()},
		{say("Switch", "切り替え"), o.owner, o.switchRuntime(from)},
	}
	return o.withoutAttached(all, from)
}

// attached says whether the app's integration is one that it had before.
func (o *objects) attached(from Standing) bool {
	return slices.ContainsFunc(from.Integrations, func(raw string) bool {
		return o.integration != "" && snowflake.Same(snowflake.AnyIdent(raw), o.integration)
	})
}

// withoutAttached leaves out the making of an integration that the app had before, and of its rule, so
// that the way back leaves them alone, and sections in which nothing remains.
func (o *objects) withoutAttached(sections []section, from Standing) []section {
	attached := o.attached(from)
	var kept []section
	for _, s := range sections {
		s.statements = slices.DeleteFunc(s.statements, func(st snowflake.Statement) bool {
			own := st.Kind == snowflake.KindIntegration || st.Kind == snowflake.KindNetworkRule || st.Name == "INTEGRATION "+o.integration
			return attached && own
		})
		if len(s.statements) > 0 {
			kept = append(kept, s)
		}
	}
	return kept
}

// sessionOnly keeps the statements that choose where the session is.
func sessionOnly(list []snowflake.Statement) []snowflake.Statement {
	return slices.DeleteFunc(list, func(st snowflake.Statement) bool { return st.Kind != snowflake.KindSession })
}

// uploadLive is the place of the new files' upload: into the live version, which viewers see.
func (o *objects) uploadLive() []snowflake.Statement {
	location := "snow://streamlit/" + o.streamlit + "/versions/live"
	files := o.uploadFiles()
	lines := make([]string, 0, len(files))
	for _, file := range files {
		target := location
		if i := strings.LastIndexByte(file, '/'); i >= 0 {
			target += "/" + file[:i]
		}
		lines = append(lines, "  snow stage copy "+shellText(file)+" "+shellText(target+"/")+" --overwrite")
	}
	return []snowflake.Statement{{
		Kind: snowflake.KindUpload,
		Name: location,
		Why: o.tell(say(
			"Stop here. First keep what is there now as a version (in preview, hence not part of the script):\n"+
				"  ALTER STREAMLIT %s COMMIT\n"+
				"Then upload the changed files of the app in one of these ways, and go on at once: until the switch\n"+
				"viewers have the new code in the old runtime.",
			"ここで止めてください。まず現在の内容をバージョンとして残します (プレビュー機能のため、スクリプトには含めていません)。\n"+
				"  ALTER STREAMLIT %s COMMIT\n"+
				"次に、変更したファイルを次のいずれかの方法でアップロードし、すぐに続けてください。\n"+
				"切り替えるまで、閲覧者には古いランタイムで新しいコードが見えます。"), o.streamlit) +
			"\n  sleet apply\n" + strings.Join(lines, "\n") +
			o.tell(say(
				"\n  Snowsight: the app's page, Edit, and the same files",
				"\n  Snowsight: アプリのページの「編集」で同じファイルを置き換えます。")),
	}}
}

// switchRuntime sets the runtime and the lists of the app, and gives it a live version.
// https://docs.snowflake.com/en/developer-guide/streamlit/migrations-and-upgrades/runtime-migration
// https://docs.snowflake.com/en/sql-reference/sql/alter-streamlit
func (o *objects) switchRuntime(from Standing) []snowflake.Statement {
	var list []snowflake.Statement
	bindings := o.mergedBindings(from)
	if len(bindings) == 0 && len(from.Secrets) > 0 {
		list = append(list, o.alter("UNSET SECRETS", o.tell(say(
			"The functions hold the secrets now.", "シークレットは関数が渡すようになりました。"))))
	}
	warehouse := ""
	if from.Warehouse != "" {
		warehouse = snowflake.AnyIdent(from.Warehouse)
	}
	why := o.tell(say(
		"The switch. Name, URL and grants of the app stay. SET takes whole lists: they hold what was attached before,\n"+
			"as far as the app's files tell. Compare them with DESCRIBE STREAMLIT %s first.",
		"切り替えです。アプリの名前、URL、権限は変わりません。SET はリスト全体を置き換えるため、以前に割り当てられていたものも\n"+
			"アプリのファイルから分かる限り含めています。先に DESCRIBE STREAMLIT %s と比べてください。"), o.streamlit)
	if o.pool == "" {
		why += "\n" + o.tell(say(
			"No COMPUTE_POOL: the account's DEFAULT_STREAMLIT_COMPUTE_POOL is used.",
			"COMPUTE_POOL なし: アカウントの DEFAULT_STREAMLIT_COMPUTE_POOL を使います。"))
	}
	list = append(list, o.alter(snowflake.Clauses("SET",
		snowflake.SetText("RUNTIME_NAME", o.facts.SQLName),
		snowflake.Set("COMPUTE_POOL", o.pool),
		snowflake.Set("QUERY_WAREHOUSE", warehouse),
		snowflake.Set("EXTERNAL_ACCESS_INTEGRATIONS", snowflake.List(o.mergedIntegrations(from)...)),
		snowflake.Set("SECRETS", snowflake.List(bindings...)),
		snowflake.Set("ARTIFACT_REPOSITORIES", snowflake.List(o.repositories()...))), why))
	return append(list, snowflake.Statement{
		Kind: snowflake.KindStreamlit, Name: o.streamlit, SQL: o.addLiveVersion(),
		Why: o.tell(say(
			"Nobody but the owner can open an app without a live version. Error 099106 says that there is one.",
			"ライブバージョンがなければ、所有者以外はアプリを開けません。エラー 099106 は既にあることを示します。")),
	})
}

// alter gives an ALTER STREAMLIT of the app.
func (o *objects) alter(what, why string) snowflake.Statement {
	return snowflake.Statement{
		Kind: snowflake.KindStreamlit, Name: o.streamlit, SQL: "ALTER STREAMLIT " + o.streamlit + " " + what, Why: why,
	}
}

// mergedIntegrations gives the integrations that the app had and the one that it needs now.
func (o *objects) mergedIntegrations(from Standing) []string {
	list := o.standingIntegrations(from)
	for _, own := range o.integrations() {
		if !slices.ContainsFunc(list, func(have string) bool { return snowflake.Same(have, own) }) {
			list = append(list, own)
		}
	}
	return list
}

func (o *objects) standingIntegrations(from Standing) []string {
	list := make([]string, 0, len(from.Integrations)+1)
	for _, raw := range from.Integrations {
		list = append(list, snowflake.AnyIdent(raw))
	}
	return list
}

// mergedBindings gives the secrets that the platform hands to the app: those of the answers, and
// those it had of which the answers say nothing.
func (o *objects) mergedBindings(from Standing) []string {
	list := o.bindings()
	for _, b := range from.Secrets {
		declared := func(s secretObject) bool { return strings.EqualFold(s.Key, b.Key) }
		if !slices.ContainsFunc(o.secrets, declared) {
			list = append(list, o.standingBinding(b))
		}
	}
	return list
}

func (o *objects) standingBinding(b SecretBinding) string {
	return snowflake.Set(snowflake.Literal(b.Key), snowflake.AnyJoin(o.app.App.Database, o.app.App.Schema, b.Object))
}

// repeatedGrants gives the roles of the old app the same privileges on the new one. USAGE is that of
// the viewers, who get the way to it as well.
func (o *objects) repeatedGrants(from Standing) []section {
	var list []snowflake.Statement
	for _, g := range from.Grants {
		if g.Of == ofApplication { // Native Apps alone have such roles
			continue
		}
		role := snowflake.AnyIdent(g.Role)
		viewer := func(v string) bool { return snowflake.Same(v, role) }
		if g.Privilege == usage && slices.ContainsFunc(o.viewers, viewer) {
			continue
		}
		repeated := grant(g.Privilege, "STREAMLIT "+o.streamlit, role, "")
		if g.Of == ofDatabase {
			role = "DATABASE ROLE " + snowflake.AnyJoin(o.app.App.Database, "", g.Role)
			repeated.SQL = "GRANT " + g.Privilege + " ON STREAMLIT " + o.streamlit + " TO " + role
			repeated.Undo = "REVOKE " + g.Privilege + " ON STREAMLIT " + o.streamlit + " FROM " + role
		}
		list = append(list, repeated)
	}
	if list = distinct(list); len(list) == 0 {
		return nil
	}
	list = because(list, o.tell(say("As on the old app.", "古いアプリと同じ権限です。")))
	return []section{{say("Grants of the old app", "古いアプリの権限"), o.admin, list}}
}

// Attached gives the integrations and the secrets that are set on the app after Move: what it had, and
// what it needs now. Names are as SQL writes them.
func Attached(a App, from Standing) (integrations []string, secrets []SecretBinding) {
	o := standingObjects(a, from)
	for _, s := range o.secrets {
		if s.Access != AccessFunction {
			secrets = append(secrets, SecretBinding{Key: s.Key, Object: s.name})
		}
	}
	for _, b := range from.Secrets {
		if !slices.ContainsFunc(o.secrets, func(s secretObject) bool { return strings.EqualFold(s.Key, b.Key) }) {
			secrets = append(secrets, SecretBinding{Key: b.Key, Object: snowflake.AnyJoin(a.App.Database, a.App.Schema, b.Object)})
		}
	}
	return o.mergedIntegrations(from), secrets
}
