package resources

import (
	"path"
	"strings"
	"unicode"

	"sleet/snowflake"
)

// upload returns the upload of the app's files. It is not a SQL statement: PUT requires absolute
// paths and does not run in Snowsight.
func (a *Parsed) upload() snowflake.Resource {
	return snowflake.Resource{Ref: snowflake.Ref{Kind: snowflake.KindUpload, Name: a.Stage, Folder: a.Folder}, Managed: true}
}

func (a *Parsed) uploadStep() []step {
	return []step{{
		Resource: a.upload(),
		why: a.text("file.sql.upload", "location", a.Location()) +
			"\n  sleet apply\n" + a.copyCommands() +
			"\n  " + a.text("file.sql.upload_snowsight", "folder", a.Folder),
	}}
}

// copyCommands returns the Snowflake CLI commands that upload the app's own files.
// https://docs.snowflake.com/en/developer-guide/snowflake-cli/command-reference/stage-commands/copy
func (a *Parsed) copyCommands() string {
	lines := make([]string, 0, len(a.Files))
	for _, file := range a.Files {
		target := a.Location()
		if dir := path.Dir(file); dir != "." {
			target += "/" + dir
		}
		lines = append(lines, "  snow stage copy "+shellText(file)+" "+shellText(target)+" --overwrite")
	}
	return strings.Join(lines, "\n")
}

// shellText returns text as a shell word, quoted only if needed.
func shellText(text string) string {
	plain := func(r rune) bool {
		return r < unicode.MaxASCII && (unicode.IsLetter(r) || unicode.IsDigit(r)) || strings.ContainsRune("@/._-", r)
	}
	if strings.TrimFunc(text, plain) == "" {
		return text
	}
	return "'" + strings.ReplaceAll(text, "'", `'\''`) + "'"
}

// createApp creates the STREAMLIT and its live version. RUNTIME_NAME is always written, because the
// default has changed.
// https://docs.snowflake.com/en/sql-reference/sql/create-streamlit
// https://docs.snowflake.com/en/release-notes/bcr-bundles/2026_06/bcr-2342
func (a *Parsed) createApp() []step {
	return []step{{Resource: a.streamlit(), why: a.appWhy()}}
}

// streamlit returns the app as CREATE STREAMLIT creates it. ARTIFACT_REPOSITORIES is documented on
// the page about packages, not on the statement's own page.
// https://docs.snowflake.com/en/developer-guide/streamlit/app-development/dependency-management
func (a *Parsed) streamlit() snowflake.Resource {
	list := []snowflake.Property{
		{Name: "FROM", Value: snowflake.TextValue(a.Location()), Clause: snowflake.ClauseWords, Created: true},
		{Name: "MAIN_FILE", Value: snowflake.TextValue(a.MainFile)},
		{Name: "QUERY_WAREHOUSE", Value: snowflake.NameValue(a.Warehouse), Switch: true},
		{Name: "RUNTIME_NAME", Value: snowflake.TextValue(a.Runtime)},
		{Name: "COMPUTE_POOL", Value: snowflake.NameValue(a.Pool), Switch: true},
		{Name: "COMMENT", Value: snowflake.TextValue(a.Comment)},
		{Name: "TITLE", Value: snowflake.TextValue(a.Title)},
		{Name: "EXTERNAL_ACCESS_INTEGRATIONS", Value: snowflake.NamesValue(a.Integrations()...)},
		{Name: "SECRETS", Value: snowflake.ListValue(a.Bindings())},
	}
	if len(a.Repositories) > 0 {
		// The repositories are set together with the package list.
		list = append(list, snowflake.Property{
			Name: "ARTIFACT_REPOSITORIES", Value: snowflake.NamesValue(a.Repositories...), With: []string{"pyproject.toml", "requirements.txt", "uv.lock"},
		})
	}
	for i, p := range list {
		list[i].Default = a.Defaulted[p.Name]
	}
	return snowflake.Resource{Ref: snowflake.Ref{Kind: snowflake.KindStreamlit, Name: a.Streamlit}, Managed: true, Properties: list}
}

func (a *Parsed) liveWhy() string {
	return a.text("file.sql.add_live_version", "hosts", strings.Join(a.ViewerHosts, ", "))
}

func (a *Parsed) appWhy() string {
	why := a.text("file.sql.app")
	if len(a.Repositories) > 0 {
		why += "\n" + a.text("file.sql.app_pypi")
	}
	return why
}

// addLiveVersion returns the statement that publishes what CREATE STREAMLIT copied. ADD LIVE
// VERSION has no IF NOT EXISTS, so a block ignores the error for an existing live version. SQLCODE
// is a number.
// https://docs.snowflake.com/en/sql-reference/sql/alter-streamlit
// https://docs.snowflake.com/en/developer-guide/snowflake-scripting/exceptions
func (a *Parsed) addLiveVersion() string {
	return "EXECUTE IMMEDIATE " + snowflake.Body(`
BEGIN
  ALTER STREAMLIT `+a.SQL(a.Streamlit)+` ADD LIVE VERSION FROM LAST;
EXCEPTION
  WHEN OTHER THEN
    IF (SQLCODE <> 99106) THEN
      RAISE;
    END IF;
END;
`)
}
