package command

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"sleet/scaffold/answers"
	"sleet/scaffold/validate"
	"sleet/scaffold/workspace"
	"sleet/steps"
	"sleet/steps/command/output"
	"sleet/ui/cells"
	"sleet/ui/message"
)

// newJSON is the output of `sleet new --json`.
type newJSON struct {
	Dir      string             `json:"dir"`
	Files    []fileJSON         `json:"files"`
	Removed  []string           `json:"removed,omitempty"`
	Problems []validate.Problem `json:"problems"`
}

type fileJSON struct {
	Path  string              `json:"path"`
	State workspace.FileState `json:"state"`
}

// report prints the result of a run on standard output, as JSON or as text, and returns the run's error.
func (o *newOptions) report(end outcome) error {
	if o.json {
		return errors.Join(end.err, o.printJSON(end))
	}
	return errors.Join(end.err, o.printFiles(end.result))
}

// printJSON prints the report as JSON, with an error as one of its problems.
func (o *newOptions) printJSON(end outcome) error {
	r := newJSON{
		Dir: end.dir, Files: []fileJSON{}, Removed: end.result.Removed,
		Problems: append([]validate.Problem{}, end.problems...),
	}
	for _, c := range end.result.Changes {
		r.Files = append(r.Files, fileJSON{c.Path, o.state(c)})
	}
	if problem, ok := asProblem(end.err); ok {
		r.Problems = append(r.Problems, problem)
	}
	return output.JSON(o.host.Out, r)
}

// asProblem returns an error as a problem, unless the report already has it.
func asProblem(err error) (validate.Problem, bool) {
	var (
		problems *steps.ProblemsError
		kept     *steps.EditedFilesError
		place    *answers.ParseError
		folder   *workspace.FolderError
	)
	switch {
	case err == nil, errors.As(err, &problems), errors.As(err, &kept):
		return validate.Problem{}, false
	case errors.As(err, &place):
		fault := *place
		fault.Fix = message.Message{}
		return validate.Problem{ID: "answers", Severity: validate.Error, Message: fault.Message(), Fix: place.Fix}, true
	case errors.As(err, &folder):
		return validate.Problem{
			ID: "folder", Severity: validate.Error, Path: folder.Path, Message: folder.Why, Fix: folder.Fix,
		}, true
	default:
		return validate.Problem{ID: "failed", Severity: validate.Error, Message: message.Of(err)}, true
	}
}

// stateWidth is the width of the longest name of a file's state.
const stateWidth = 9

// printFiles prints a line for each file, and the differences of files that change or that were kept.
func (o *newOptions) printFiles(r workspace.Result) error {
	var out, prose strings.Builder
	t := o.words()
	line := func(state, path string) {
		out.WriteString(cells.Pad(t(message.ID("ui.tree."+state)), stateWidth) + " " + path + "\n")
	}
	for _, c := range r.Changes {
		line(string(o.state(c)), c.Path)
	}
	for _, path := range r.Removed {
		line("deleted", path)
	}
	for _, c := range r.Changes {
		edited := c.State == workspace.FileEdited
		switch {
		case o.dryRun && (edited || c.State == workspace.FileChanged):
			fmt.Fprintf(&out, "\n%s", workspace.UnifiedDiff(c.Path, c.Old, c.New))
		case edited && !o.overwrite:
			fmt.Fprintf(&prose, "\n%s", workspace.UnifiedDiff(c.Path, c.Old, c.New))
		}
	}
	if _, err := io.WriteString(o.host.Out, output.Clean(out.String())); err != nil {
		return message.Wrap(err, "run.unprinted")
	}
	if _, err := io.WriteString(o.host.Err, output.Clean(prose.String())); err != nil {
		return message.Wrap(err, "new.diff_unprinted")
	}
	return nil
}

// state returns a file's state for the report: an edited file that was replaced is changed.
func (o *newOptions) state(c workspace.Change) workspace.FileState {
	if c.State == workspace.FileEdited && o.overwrite {
		return workspace.FileChanged
	}
	return c.State
}
