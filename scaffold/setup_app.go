package scaffold

import (
	"path"
	"strings"
	"unicode"

	"sleet/snowflake"
)

// upload is the place of the files' upload. It is no statement of the language: PUT takes absolute
// paths and does not run in Snowsight.
func (o *objects) upload() []snowflake.Statement {
	return []snowflake.Statement{{
		Kind: snowflake.KindUpload,
		Name: o.location,
		Why: o.tell(say(
			"Stop here, upload the files of the app to %s in one of these ways, and then go on.",
			"ここで止めて、アプリのファイルを次のいずれかの方法で %s にアップロードし、それから続けてください。"), o.location) +
			"\n  sleet apply\n" + o.copyCommands() +
			o.tell(say(
				"\n  Snowsight: the page of the stage, + Files, with the path %s",
				"\n  Snowsight: ステージのページの「+ Files」で、パスに %s を指定"), o.app.StageFolder()),
	}}
}

// copyCommands gives the Snowflake CLI's commands that upload the app's own files.
// https://docs.snowflake.com/en/developer-guide/snowflake-cli/command-reference/stage-commands/copy
func (o *objects) copyCommands() string {
	files := o.uploadFiles()
	lines := make([]string, 0, len(files))
	for _, file := range files {
		target := o.location
		if dir := path.Dir(file); dir != "." {
			target += "/" + dir
		}
		lines = append(lines, "  snow stage copy "+shellText(file)+" "+shellText(target)+" --overwrite")
	}
	return strings.Join(lines, "\n")
}

// uploadFiles returns the files that have to be on the stage, the main file first.
func (o *objects) uploadFiles() []string {
	if len(o.files) > 0 {
		return o.files
	}
	files := appFiles(o.app)
	if o.app.LocksPackages() {
		files = append(files, LockFile)
	}
	return files
}

// shellText gives a word as a shell takes it, in quotes only where it needs them.
func shellText(text string) string {
	plain := func(r rune) bool {
		return r < unicode.MaxASCII && (unicode.IsLetter(r) || unicode.IsDigit(r)) || strings.ContainsRune("@/._-", r)
	}
	if strings.TrimFunc(text, plain) == "" {
		return text
	}
	return "'" + strings.ReplaceAll(text, "'", `'\''`) + "'"
}

// createApp makes the STREAMLIT and its live version. RUNTIME_NAME is always written: what its
// absence means has changed.
// https://docs.snowflake.com/en/sql-reference/sql/create-streamlit
// https://docs.snowflake.com/en/release-notes/bcr-bundles/2026_06/bcr-2342
func (o *objects) createApp() []snowflake.Statement {
	a := o.app.App
	return []snowflake.Statement{
		{
			Kind: snowflake.KindStreamlit,
			Name: o.streamlit,
			SQL: snowflake.Clauses("CREATE STREAMLIT IF NOT EXISTS "+o.streamlit,
				"FROM "+snowflake.Literal(o.location),
				snowflake.SetText("MAIN_FILE", a.MainFile),
				snowflake.Set("QUERY_WAREHOUSE", o.warehouse),
				snowflake.SetText("RUNTIME_NAME", o.facts.SQLName),
				snowflake.Set("COMPUTE_POOL", o.pool),
				snowflake.SetText("COMMENT", a.Comment),
				snowflake.SetText("TITLE", a.Title),
				snowflake.Set("EXTERNAL_ACCESS_INTEGRATIONS", snowflake.List(o.integrations()...)),
				snowflake.Set("SECRETS", snowflake.List(o.bindings()...)),
				snowflake.Set("ARTIFACT_REPOSITORIES", snowflake.List(o.repositories()...))),
			Undo: "DROP STREAMLIT IF EXISTS " + o.streamlit,
			Why:  o.appWhy(),
		},
		{
			Kind: snowflake.KindStreamlit,
			Name: o.streamlit,
			SQL:  o.addLiveVersion(),
			Why: o.tell(say(
				"Until there is a live version nobody but the owner can open the app. Error 099106 says that there is one.",
				"ライブバージョンができるまで、所有者以外はアプリを開けません。エラー 099106 は既にあることを示します。")),
		},
	}
}

func (o *objects) appWhy() string {
	why := o.tell(say(
		"The app. It copies the uploaded files once. An app that exists is left as it is.",
		"アプリです。アップロード済みのファイルを一度だけ複製します。既にあるアプリは変わりません。"))
	if len(o.repositories()) > 0 {
		why += "\n" + o.tell(say(
			"Its packages come from the mirror of PyPI that Snowflake keeps. It takes the database role\n"+
				"SNOWFLAKE.PYPI_REPOSITORY_USER, which PUBLIC has unless it was taken back.",
			"パッケージは Snowflake の PyPI ミラーから取得します。データベースロール SNOWFLAKE.PYPI_REPOSITORY_USER が\n"+
				"必要ですが、取り消されていない限り PUBLIC に付与されています。"))
	}
	return why
}

// repositories gives the ARTIFACT_REPOSITORIES of the app. The clause is not on the statement's own
// page, but on that about packages.
// https://docs.snowflake.com/en/developer-guide/streamlit/app-development/dependency-management
func (o *objects) repositories() []string {
	if !usesPackageIndex(o.app) || o.app.Python.Source != ArtifactRepository {
		return nil
	}
	return []string{"snowflake.snowpark.pypi_shared_repository"}
}

// Repositories returns the artifact repositories that are attached to an app.
func Repositories(a App) []string { return objectsOf(a).repositories() }

// addLiveVersion publishes what CREATE STREAMLIT copied. ADD LIVE VERSION has no IF NOT EXISTS, so
// a block lets the one error pass that says there is a live version. SQLCODE is a number.
// https://docs.snowflake.com/en/sql-reference/sql/alter-streamlit
// https://docs.snowflake.com/en/developer-guide/snowflake-scripting/exceptions
func (o *objects) addLiveVersion() string {
	return "EXECUTE IMMEDIATE " + snowflake.Body(`
BEGIN
  ALTER STREAMLIT `+o.streamlit+` ADD LIVE VERSION FROM LAST;
EXCEPTION
  WHEN OTHER THEN
    IF (SQLCODE <> 99106) THEN
      RAISE;
    END IF;
END;
`)
}
