package generate

import (
	"strings"

	"sleet/scaffold"
)

// environmentYML writes environment.yml, from which conda installs the packages of a warehouse app.
// Snowflake takes its own channel alone, "=" with "*" at the end of a version, and no pip section.
// https://docs.snowflake.com/en/developer-guide/streamlit/app-development/dependency-management
func environmentYML(a scaffold.App) []byte {
	if scaffold.UsesPackageIndex(a) {
		return nil
	}
	var b strings.Builder
	b.WriteString(remark(scaffold.Say(
		"The packages of the app, from Snowflake's conda channel.\n"+
			"Versions are written name=1.2.3 or name=1.2.*\n"+
			"On your own machine conda knows the channel by its address, which is on\n"+
			"https://docs.snowflake.com/en/developer-guide/udf/python/udf-python-packages",
		"アプリのパッケージです。Snowflake の conda チャンネルから取得します。\n"+
			"バージョンは name=1.2.3 または name=1.2.* の形で指定します。\n"+
			"手元の PC で conda 環境を作るときは、次のページにあるアドレスを指定します。\n"+
			"https://docs.snowflake.com/en/developer-guide/udf/python/udf-python-packages",
	).In(a.App.Language)))
	b.WriteString("name: " + yamlString(projectName(a)) + "\n")
	b.WriteString("channels:\n  - snowflake\ndependencies:\n")
	b.WriteString("  - " + yamlString("python="+a.Python.Version+".*") + "\n")
	for _, r := range requirements(a) {
		b.WriteString("  - " + yamlString(condaText(r)) + "\n")
	}
	return []byte(b.String())
}
