package generate

import (
	"strings"

	"sleet/scaffold"
)

// gitignore writes .gitignore. Secrets that a developer keeps in .streamlit/secrets.toml stay out of
// the repository; the one that sleet writes holds none and belongs to the app, so it is kept.
func gitignore(a scaffold.App) []byte {
	var b strings.Builder
	part := func(t scaffold.Text, lines ...string) {
		if b.Len() > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(remark(t.In(a.App.Language)))
		for _, line := range lines {
			b.WriteString(line + "\n")
		}
	}
	part(scaffold.Say("Python.", "Python"),
		".venv/", "__pycache__/", "*.pyc", ".pytest_cache/", ".ruff_cache/")
	if !scaffold.WritesValues(a) {
		part(scaffold.Say(
			"Secrets of a developer's machine: nothing for the repository, and never uploaded.",
			"開発者の PC のシークレット。リポジトリに入れず、アップロードもしません。"),
			"/"+scaffold.SecretsFile)
	} else {
		part(scaffold.Say(
			"/.streamlit/secrets.toml is not in this list: it holds no secret and belongs to the app.\n"+
				"Keep the secrets of your own machine in ~/.streamlit/secrets.toml.",
			"/.streamlit/secrets.toml はシークレットを含まず、アプリの一部です。\n"+
				"そのため、ここには書きません。\n"+
				"手元の PC のシークレットは ~/.streamlit/secrets.toml に置いてください。"))
	}
	part(scaffold.Say("What the Snowflake CLI gathers, and settings of one person.", "Snowflake CLI の作業フォルダと個人用の設定"),
		"/output/bundle/", "/output/deploy/", "/snowflake.local.yml")
	part(scaffold.Say("What a stopped run of sleet may leave behind.", "sleet が中断されたときに残ることがあるファイル"),
		".*"+strings.Repeat("[0-9]", 10))
	part(scaffold.Say("What systems leave behind.", "OS が作るファイル"),
		".DS_Store", "Thumbs.db")
	return []byte(b.String())
}
