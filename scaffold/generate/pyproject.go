package generate

import (
	"strings"

	"sleet/scaffold"
	"sleet/scaffold/resources"
	"sleet/scaffold/textedit"
)

// pyprojectTOML writes pyproject.toml, from which uv installs the packages of a container app.
// https://docs.snowflake.com/en/developer-guide/streamlit/app-development/dependency-management
func pyprojectTOML(a scaffold.App) []byte {
	if !scaffold.UsesPackageIndex(a) {
		return nil
	}
	l := a.App.Language
	var b strings.Builder
	b.WriteString(remark(scaffold.Say(
		"The packages of the app, which uv installs when the container starts.",
		"アプリのパッケージです。コンテナの起動時に uv がインストールします。",
	).In(l)))
	if a.LocksPackages() {
		b.WriteString(remark(scaffold.Say(
			"After a change here run `uv lock`: uv.lock has the exact version of each.",
			"変更したら `uv lock` を実行してください。uv.lock が正確なバージョンを記録します。",
		).In(l)))
	}
	b.WriteString("[project]\n")
	b.WriteString("name = " + textedit.TOMLString(projectName(a)) + "\n")
	b.WriteString("version = \"0.1.0\"\n")
	b.WriteString("requires-python = " + textedit.TOMLString("=="+a.Python.Version+".*") + "\n")
	b.WriteString(remark(sourceRemark(a).In(l)))
	b.WriteString("dependencies = [\n")
	for _, r := range requirements(a) {
		b.WriteString("    " + textedit.TOMLString(pypiText(r)) + ",\n")
	}
	b.WriteString("]\n")
	return []byte(b.String())
}

// sourceRemark says where the packages come from.
func sourceRemark(a scaffold.App) scaffold.Text {
	switch a.Python.Source {
	case scaffold.PyPIIntegration:
		o := resources.Parse(a)
		integration := o.SQL(o.Integration)
		return scaffold.Say(
			"They come from PyPI, through the integration that sql/setup.sql makes:\n"+integration,
			"sql/setup.sql で作成する次の統合を通して、PyPI から取得します。\n"+integration)
	case scaffold.Preinstalled:
		return scaffold.Say(
			"No package index is attached to the app: it has what the runtime brings. A version here would keep it from "+
				"starting once the runtime has another.",
			"アプリにパッケージインデックスを割り当てないため、ランタイムにあるものだけを使えます。\n"+
				"ここでバージョンを指定すると、ランタイムの更新後に起動できなくなることがあります。")
	case scaffold.ArtifactRepository:
		return scaffold.Say(
			"They come from Snowflake's mirror of PyPI, the artifact repository that sql/setup.sql attaches to the app: "+
				"snowflake.snowpark.pypi_shared_repository.",
			"Snowflake の PyPI ミラーから取得します。sql/setup.sql がアプリに割り当てる\n"+
				"アーティファクトリポジトリ snowflake.snowpark.pypi_shared_repository です。")
	default:
		return scaffold.Text{}
	}
}
