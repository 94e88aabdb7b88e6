package steps

import (
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"sleet/scaffold"
	"sleet/scaffold/existing"
	"sleet/scaffold/migrate"
	"sleet/scaffold/upload"
	"sleet/scaffold/validate"
	"sleet/scaffold/workspace"
	"sleet/ui/message"
)

// MissingFilesError reports that an app's folder lacks files that a deployment needs.
type MissingFilesError struct {
	// Dir is the folder as the person named it, Paths are the missing files. NoAnswers reports that there is no
	// sleet.toml.
	Dir       string
	Paths     []string
	NoAnswers bool
	// Own reports that the folder has files that sleet did not write: somebody else's app.
	Own bool
	// Below are the folders below it that have a sleet.toml. Container reports that the app already runs in a
	// container, so that a migration would write nothing.
	Below     []string
	Container bool
	// Native is the manifest of the Native App that deploys the app, "" if none does.
	Native string
}

// Error names the missing files and the command that writes them.
func (e *MissingFilesError) Error() string { return e.Message().String() }

// Message returns the message.
func (e *MissingFilesError) Message() message.Message {
	name, dir := "files", message.Verbatim(shownDir(e.Dir))
	if e.Dir == "." {
		dir = message.New("new.unwritten.here")
	}
	command := "new"
	switch {
	case e.NoAnswers && len(e.Below) > 0:
		return message.New("new.unwritten.below", "dir", dir, "apps", strings.Join(e.Below, ", "),
			"command", "sleet apply "+ShellWord(path.Join(filepath.ToSlash(e.Dir), e.Below[0])))
	case e.NoAnswers && e.Native != "":
		return message.New("new.unwritten.own_native", "dir", dir, "manifest", e.Native)
	case e.NoAnswers && e.Container:
		return message.New("new.unwritten.own_container", "dir", dir)
	case e.NoAnswers && e.Own:
		name, command = "own_answers", "migrate"
	case e.NoAnswers:
		name = "answers"
	case e.Own:
		name = "own_main"
	}
	return message.New(message.ID("new.unwritten."+name), "dir", dir, "paths", strings.Join(e.Paths, ", "),
		"command", "sleet "+command+" "+ShellWord(e.Dir))
}

// unanswered returns the error of a folder without a sleet.toml. It names the folders below that have one, or the
// Native App that deploys the app.
func unanswered(dir, shown string, own bool) *MissingFilesError {
	e := &MissingFilesError{Dir: shown, NoAnswers: true, Own: own}
	folder, err := existing.Read(dir)
	if err != nil {
		return e // the folder does not exist or cannot be read
	}
	for _, app := range folder.Apps {
		if app.Answers != nil && app.Root != "." {
			e.Below = append(e.Below, app.Root)
		}
	}
	for _, app := range folder.Apps {
		found := migrate.Inspect(folder, app)
		e.Container = found.Container && len(folder.Apps) == 1
		if e.Native = found.NativeAppManifest(); e.Native == "" {
			break
		}
	}
	return e
}

func shownDir(dir string) string {
	if dir == "." {
		return "the folder"
	}
	return dir
}

// Deployable checks that the app of a folder can be deployed as it is. The error says why not: no answers or missing
// files (*MissingFilesError), or answers with errors (*ProblemsError). problems also has those that do not prevent a
// deployment; behind are the files that are older than the answers.
//
// An app that sleet did not write needs only its main file: other files that sleet never wrote there are not missing.
// config.toml is never missing, since Streamlit has a default for each option.
func Deployable(folder workspace.Folder, shown string) (problems []validate.Problem, behind []string, err error) {
	own := ownFiles(folder)
	if !folder.Exists || !folder.Saved {
		return nil, nil, unanswered(folder.Dir, shown, own)
	}
	plan := NewPlan(folder.App, folder)
	if err := plan.Err(); err != nil {
		return plan.Problems, nil, err
	}
	main := folder.App.Resolve().App.MainFile
	problems = plan.Problems
	var missing []string
	for _, c := range plan.Changes {
		switch _, written := folder.App.Written[c.Path]; {
		case !upload.Uploads(folder.App, c.Path):
		case c.State == workspace.FileChanged:
			behind = append(behind, c.Path)
		case c.State != workspace.FileNew || path.Dir(c.Path) == ".streamlit" && path.Base(c.Path) == "config.toml":
		case own && c.Path == main:
			return problems, nil, &MissingFilesError{Dir: shown, Paths: []string{main}, Own: true}
		case own && !written && upload.ListsPackages(c.Path) && holdsPackageList(folder):
		case own && !written:
			problems = append(problems, absent(c.Path))
		default:
			missing = append(missing, c.Path)
		}
	}
	if len(missing) > 0 {
		return problems, behind, &MissingFilesError{Dir: shown, Paths: missing}
	}
	return problems, behind, nil
}

// holdsPackageList reports whether the folder has a package file that the runtime reads.
func holdsPackageList(folder workspace.Folder) bool {
	return slices.ContainsFunc(folder.App.PackageLists(), func(name string) bool {
		info, err := os.Stat(filepath.Join(folder.Dir, filepath.FromSlash(name)))
		return err == nil && info.Mode().IsRegular()
	})
}

// ownFiles reports whether a folder holds files that sleet did not write.
func ownFiles(folder workspace.Folder) bool {
	if slices.ContainsFunc(folder.Others, func(name string) bool { return !strings.HasPrefix(name, ".") }) {
		return true
	}
	for name := range folder.Files {
		_, written := folder.App.Written[name]
		if !written && name != scaffold.AnswersFile && name != ".gitignore" {
			return true
		}
	}
	return false
}

// absent returns the warning about a file that the answers describe and that the folder of an existing app lacks.
func absent(name string) validate.Problem {
	return validate.Problem{
		ID: "file-absent", Severity: validate.Warning, Path: name,
		Message: message.New("apply.absent", "path", name), Fix: message.New("apply.absent_fix"),
	}
}
