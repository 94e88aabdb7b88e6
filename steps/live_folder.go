package steps

import (
	"fmt"
	"strings"

	"sleet/scaffold"
	"sleet/snowflake"
)

// UnwrittenError says that an app's folder lacks files that its answers call for, so that there is
// nothing whole to bring to the account.
type UnwrittenError struct {
	// Dir is the folder as the person named it, Paths the files that are not there; NoAnswers says
	// that there is no sleet.toml.
	Dir       string
	Paths     []string
	NoAnswers bool
}

// Error names the files and the command that writes them.
func (e *UnwrittenError) Error() string {
	if e.NoAnswers {
		return fmt.Sprintf("%s has no %s, so there is no app to set up; `sleet new %s` makes one",
			shownDir(e.Dir), scaffold.AnswersFile, shellWord(e.Dir))
	}
	return fmt.Sprintf("%s lacks %s, which its %s calls for; `sleet new %s` writes it",
		shownDir(e.Dir), strings.Join(e.Paths, ", "), scaffold.AnswersFile, shellWord(e.Dir))
}

// Says gives the words.
func (e *UnwrittenError) Says() snowflake.Text {
	name, dir := "files", snowflake.Verbatim(shownDir(e.Dir))
	if e.Dir == "." {
		dir = worded("new.unwritten.here", shownDir(e.Dir))
	}
	if e.NoAnswers {
		name = "answers"
	}
	return worded("new.unwritten."+name, e.Error(), "Dir", dir, "Paths", strings.Join(e.Paths, ", "), "Command", "sleet new "+shellWord(e.Dir))
}

func shownDir(dir string) string {
	if dir == "." {
		return "the folder"
	}
	return dir
}

// Deployable says why the app of a folder cannot be brought to an account as it stands: no
// answers, answers with errors (*ProblemsError), or files that are not there (*UnwrittenError). It
// also gives the problems that stop nothing, and the files that the answers would write anew.
func Deployable(folder scaffold.Folder, shown string) (problems []scaffold.Problem, behind []string, err error) {
	if !folder.Exists || !folder.Saved {
		return nil, nil, &UnwrittenError{Dir: shown, NoAnswers: true}
	}
	plan := NewPlan(folder.App, folder)
	if err := plan.Err(); err != nil {
		return plan.Problems, nil, err
	}
	var missing []string
	for _, c := range plan.Changes {
		switch {
		case !folder.App.Uploads(c.Path):
		case c.State == scaffold.FileNew:
			missing = append(missing, c.Path)
		case c.State == scaffold.FileChanged:
			behind = append(behind, c.Path)
		}
	}
	if len(missing) > 0 {
		return plan.Problems, behind, &UnwrittenError{Dir: shown, Paths: missing}
	}
	return plan.Problems, behind, nil
}
