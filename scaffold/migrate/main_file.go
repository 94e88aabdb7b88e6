package migrate

import (
	"path"
	"strings"

	"sleet/scaffold"
	"sleet/scaffold/existing"
	"sleet/scaffold/migrate/change"
	"sleet/ui/message"
)

// RuleMain is the rule id if it is unknown which file Streamlit runs.
const RuleMain = "main-file"

// RuleShared is the rule id if apps share a folder, because sleet.toml describes only one of them.
const RuleShared = "shared-folder"

// MainCandidates returns the files that could be an app's main file, relative to its root.
func MainCandidates(app *existing.App) []string {
	list := make([]string, 0, len(app.Candidates))
	for _, p := range app.Candidates {
		list = append(list, change.Relative(app.Root, p))
	}
	return list
}

// otherMains returns the names of the main files of other apps in the app's folder.
func otherMains(app *existing.App) []string {
	var names []string
	for _, p := range app.Mains {
		if p != app.Main && app.HasFile(p) {
			names = append(names, path.Base(p))
		}
	}
	return names
}

// mainNotes returns a note that asks for the main file if the files leave it open: apply uploads an app without it, but
// Snowflake cannot open the app.
func mainNotes(app *existing.App, answers scaffold.App) []change.Note {
	main := app.RootPath(answers.Resolve().App.MainFile)
	if others := otherMains(app); len(others) > 0 && app.Answers == nil {
		return []change.Note{{
			Rule: RuleShared, Path: app.RootPath(scaffold.AnswersFile), Manual: true,
			Message: message.New("manual.main-shared", "files", strings.Join(others, ", ")), Fix: message.New("manual.main-shared.fix"),
		}}
	}
	if app.HasFile(main) {
		return nil
	}
	n := change.Note{Rule: RuleMain, Path: app.RootPath(scaffold.AnswersFile), Manual: true}
	candidates := MainCandidates(app)
	switch {
	case len(candidates) > 0:
		n.Message = message.New("manual.main-several", "files", strings.Join(candidates, ", "))
		n.Fix = message.New("manual.main-several.fix", "setting", shellWord("app.main_file="+candidates[0]))
	case answers.App.MainFile != "":
		n.Message, n.Fix = message.New("manual.main-gone", "file", answers.App.MainFile), message.New("manual.main-gone.fix")
	default:
		n.Message, n.Fix = message.New("manual.main-none"), message.New("manual.main-none.fix")
	}
	return []change.Note{n}
}

// shellWord quotes a word for a shell.
func shellWord(word string) string {
	if !strings.ContainsAny(word, " \t\n'\"`$&|;<>()[]{}*?!#~\\") {
		return word
	}
	return "'" + strings.ReplaceAll(word, "'", `'\''`) + "'"
}
