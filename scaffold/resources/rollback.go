package resources

import (
	"slices"
	"strings"

	"sleet/snowflake"
)

// rollbackParts are the steps of Rollback.
func (a *Parsed) rollbackParts(from parsedDeployed) []part {
	made := a.migrationParts(from)
	if from.Legacy {
		return a.teardownParts(made)
	}
	upload := step{Resource: a.upload(), altered: []snowflake.Statement{{
		Ref: a.upload().Ref,
		Why: a.tell(say(
			"Bring the old files back: `sleet migrate --undo` in the app's folder, and then upload them to the live version\n"+
				"as in migrate.sql. environment.yml is one of them. Or give up the live version for the one that COMMIT kept.",
			"古いファイルに戻します。アプリのフォルダで `sleet migrate --undo` を実行し、migrate.sql と同じ方法で\n"+
				"ライブバージョンにアップロードしてください (environment.yml を含む)。COMMIT で残したバージョンに戻すこともできます。")),
	}}}
	all := filled([]part{
		{say("Place", "場所"), a.Owner, sessionOnly(a.place())},
		{say("Upload", "アップロード"), a.Owner, []step{upload}},
		{say("Switch", "切り替え"), a.Owner, a.switchBack(from)},
	})
	// USE DATABASE is there already.
	undone := a.teardownParts(made)
	for i, p := range undone {
		undone[i].steps = slices.DeleteFunc(p.steps, func(s step) bool { return s.use != "" })
	}
	return append(all, filled(undone)...)
}

// switchBack sets the warehouse runtime and the lists as they were.
func (a *Parsed) switchBack(from parsedDeployed) []step {
	var list []step
	if len(a.Repositories) > 0 {
		list = append(list, a.alter("UNSET ARTIFACT_REPOSITORIES", a.tell(say(
			"A warehouse app takes its packages from environment.yml. Unset the repositories before the switch.",
			"ウェアハウスのアプリはパッケージを environment.yml から取得します。切り替える前にリポジトリを解除します。"))))
	}
	list = append(list, a.alterSet(a.tell(say(
		"The app runs in its warehouse again, with the lists it had.",
		"アプリは再びウェアハウスで動き、リストは元に戻ります。")), []snowflake.Property{
		{Name: "RUNTIME_NAME", Value: snowflake.TextValue(from.WarehouseRuntime)},
		{Name: "QUERY_WAREHOUSE", Value: snowflake.NameValue(from.Warehouse)},
		{Name: "EXTERNAL_ACCESS_INTEGRATIONS", Value: snowflake.NamesValue(from.Integrations...)},
		{Name: "SECRETS", Value: snowflake.ListValue(from.Secrets)},
	}))
	var unset []string
	if len(from.Secrets) == 0 && len(a.mergedBindings(from)) > 0 {
		unset = append(unset, "SECRETS")
	}
	if len(from.Integrations) == 0 && len(a.mergedIntegrations(from)) > 0 {
		unset = append(unset, "EXTERNAL_ACCESS_INTEGRATIONS")
	}
	if len(unset) > 0 {
		list = append(list, a.alter("UNSET "+strings.Join(unset, ", "), a.tell(say(
			"The app had none.", "アプリには割り当てられていませんでした。"))))
	}
	return list
}
