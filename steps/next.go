package steps

import (
	"slices"
	"strings"

	"sleet/scaffold"
)

// NextStep is one thing to do after an app was written.
type NextStep struct {
	// ID names the step; its words are the message next.ID.
	ID string
	// Why says in English what the command is for.
	Why string
	// Command is what to type; empty where there is nothing to type.
	Command string
}

// NextSteps returns what to do with an app that was just written, in order. dir is its path from the working folder,
// "." for that folder itself; locked reports whether uv.lock is beside pyproject.toml.
func NextSteps(app scaffold.App, dir string, locked bool) []NextStep {
	r := app.Resolve()
	var todo []NextStep
	if dir != "." {
		todo = append(todo, NextStep{ID: "cd", Why: "go to the app", Command: "cd " + ShellWord(dir)})
	}
	if !locked && app.LocksPackages() {
		todo = append(todo, NextStep{ // with uv it runs uv lock and lists uv.lock in snowflake.yml
			ID: "lock", Why: "lock the packages with uv (docs.astral.sh/uv)", Command: "sleet new . --yes",
		})
	}
	return append(todo, tryLocally(r), NextStep{
		ID: "apply", Why: "set it up in Snowflake", Command: "sleet apply",
	}, putUp(r))
}

// tryLocally returns the step that runs the app on the developer's machine. A warehouse app has a conda environment for
// Snowflake's own channel; uv installs the same Streamlit from PyPI without it.
// https://docs.streamlit.io/get-started/installation
func tryLocally(r scaffold.App) NextStep {
	words := []string{"uv"}
	for _, arg := range LocalRun(r) {
		if !slices.Contains([]string{"--no-project", "--python", "--with", "--with-requirements"}, arg) { // an option of uv needs no quotes
			arg = ShellWord(arg)
		}
		words = append(words, arg)
	}
	return NextStep{ID: "run", Why: "run it on this machine", Command: strings.Join(words, " ")}
}

// LocalRun returns the arguments for uv to run the app in its folder.
func LocalRun(app scaffold.App) []string {
	r := app.Resolve()
	run := []string{"streamlit", "run", r.App.MainFile}
	if strings.HasPrefix(r.App.MainFile, "-") {
		run[2] = "./" + r.App.MainFile
	}
	switch app.PackageFile() {
	case scaffold.PyprojectFile:
		return append([]string{"run"}, run...)
	case scaffold.PipFile:
		return append([]string{"run", "--no-project", "--python", r.Python.Version, "--with", "streamlit[snowflake]", "--with-requirements", scaffold.PipFile}, run...)
	}
	return append([]string{"run", "--no-project", "--python", r.Python.Version, "--with", "streamlit[snowflake]==" + r.Python.Streamlit}, run...)
}

// putUp returns the step that deploys the app without sleet. The Snowflake CLI creates no secrets, integrations or
// functions, and attaches no package repository: an app with any of them needs the script first.
// https://docs.snowflake.com/en/developer-guide/snowflake-cli/streamlit-apps/manage-apps/deploy-app
func putUp(r scaffold.App) NextStep {
	packages := scaffold.UsesPackageIndex(r) && r.Python.Source != scaffold.Preinstalled
	if packages || len(r.Secrets)+len(r.Network.Hosts)+len(r.Network.Rules) > 0 {
		return NextStep{
			ID:  "setup",
			Why: "or by hand: follow sql/setup.sql from its top; it says when to upload and where values go",
		}
	}
	return NextStep{ID: "deploy", Why: "or with the Snowflake CLI", Command: "snow streamlit deploy --open"}
}

// ShellWord quotes a word for a POSIX shell if necessary.
func ShellWord(word string) string {
	const safe = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_./+:=@%,-"
	if word != "" && strings.Trim(word, safe) == "" && !strings.HasPrefix(word, "-") {
		return word
	}
	if strings.HasPrefix(word, "-") {
		word = "./" + word
	}
	return "'" + strings.ReplaceAll(word, "'", `'\''`) + "'"
}
