package command

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"charm.land/lipgloss/v2"

	"sleet/scaffold"
	"sleet/scaffold/existing"
	"sleet/scaffold/migrate"
	"sleet/scaffold/migrate/change"
	"sleet/scaffold/validate"
	"sleet/scaffold/workspace"
	"sleet/steps/command/exit"
	"sleet/steps/command/output"
	"sleet/steps/uv"
	"sleet/ui"
	"sleet/ui/message"
)

// leftError reports that manual work is left: exit code 1.
type leftError struct{ notes []change.Note }

func (e *leftError) Error() string { return e.Message().String() }

// Message returns the message.
func (e *leftError) Message() message.Message {
	places := make([]string, 0, len(e.notes))
	for _, n := range e.notes {
		places = append(places, n.Place(".")+" ("+n.Rule+")")
	}
	if len(places) == 1 {
		return message.New("migrate.left_one", "places", someOf(places))
	}
	return message.New("migrate.left_many", "things", len(places), "places", someOf(places))
}

// locks returns the lock files that uv writes for the migrated apps.
func (m migrated) locks() []string {
	var paths []string
	for _, app := range m.apps {
		if app.Fresh && app.App.LocksPackages() {
			paths = append(paths, path.Join(app.Root, scaffold.LockFile))
		}
	}
	return paths
}

// lock runs uv for each migrated app. Packages that uv cannot resolve become manual work. Any other failure is a
// warning: the app works without the lock.
func (o *migrateOptions) lock(ctx context.Context, dir string, end *migrated) error {
	if o.noLock || o.host.Uv.Path == "" {
		for i, app := range end.apps {
			if app.Fresh && app.App.LocksPackages() {
				end.apps[i].Steps = append(untried(app, o.noLock), app.Steps...)
			}
		}
		return nil
	}
	for i, app := range end.apps {
		lock := path.Join(app.Root, scaffold.LockFile)
		if !slices.Contains(end.locks(), lock) && !migrate.AwaitsLock(dir, lock, o.host.MigrateWriteOptions()) {
			continue
		}
		output.Say(o.host.Err, o.t("migrate.pinning"))
		words, err := o.host.Uv.Lock(ctx, filepath.Join(dir, filepath.FromSlash(app.Root)))
		reason := uv.IsUnresolvable(err)
		switch {
		case err == nil:
			output.Say(o.host.Err, words)
			if err := migrate.AddLockToProject(dir, app, o.host.MigrateWriteOptions()); err != nil {
				return message.Wrap(err, "migrate.not_migrated")
			}
		case errors.Is(err, context.Canceled):
			return message.Wrap(err, "new.written_then")
		case reason != "":
			late := []change.Note{app.LockFailure(reason)}
			if end.apps[i], err = migrate.AddNotes(dir, app, late, o.host.MigrateWriteOptions()); err != nil {
				return message.Wrap(err, "migrate.not_migrated")
			}
			if name := path.Join(app.Root, scaffold.ManualFile); app.Fresh && !slices.ContainsFunc(end.changes, func(c migrate.Change) bool { return c.Path == name }) {
				end.changes = append(end.changes, migrate.Change{Path: name, New: []byte{}})
			}
		default:
			p := unlocked(err, lock, path.Join(filepath.ToSlash(end.dir), app.Root))
			end.problems = append(end.problems, p)
			output.Say(o.host.Err, output.Problem(o.globals.words(o.host), p))
		}
	}
	return nil
}

// untried returns notes that the packages of an app were not resolved together, and which of them are pinned to one
// version and so most likely to conflict. If the lock was skipped, no package is pinned and no lock file is outdated, there
// is no note.
func untried(app migrate.Migration, skipped bool) []message.Message {
	pinned := someOf(app.Pinned())
	switch none := len(app.Pinned()) == 0; {
	case skipped && none && app.StaleLock():
		return []message.Message{message.New("migrate.lock_stale")}
	case skipped && none:
		return nil
	case skipped:
		return []message.Message{message.New("migrate.lock_skipped", "pinned", pinned)}
	case none:
		return []message.Message{message.New("migrate.untried")}
	default:
		return []message.Message{message.New("migrate.untried_pinned", "pinned", pinned)}
	}
}

// manual returns the manual work of all apps.
func (m migrated) manual() []change.Note {
	type said struct {
		rule, symbol, path string
		line               int
		message            string
	}
	var all []change.Note
	seen := map[said]bool{}
	for _, app := range m.apps {
		for _, n := range app.Manual {
			if of := (said{n.Rule, n.Symbol, n.Path, n.Line, n.Message.String()}); !seen[of] {
				seen[of] = true
				all = append(all, n)
			}
		}
	}
	return all
}

// review returns the edits of all apps that the person should review.
func (m migrated) review() []change.Note {
	var all []change.Note
	for _, app := range m.apps {
		all = append(all, app.Review...)
	}
	return all
}

// report prints the result of a run and returns the error about manual work that is left.
func (o *migrateOptions) report(end migrated) error {
	var err error
	if o.json {
		err = o.printMigrated(end)
	} else {
		err = o.printChanges(end)
	}
	if left := end.manual(); err == nil && len(left) > 0 {
		return &leftError{left}
	}
	return err
}

// stateOf returns what happens to a file.
func stateOf(c migrate.Change) string {
	switch {
	case c.New == nil:
		return "removed"
	case c.Old == nil:
		return string(workspace.FileNew)
	default:
		return string(workspace.FileChanged)
	}
}

// printChanges prints the files, or with --dry-run the differences, and the manual work.
func (o *migrateOptions) printChanges(end migrated) error {
	out := report{t: o.t}
	for _, c := range end.changes {
		if o.dryRun {
			out.text.WriteString(workspace.UnifiedDiff(c.Path, c.Old, c.New))
			continue
		}
		out.file(stateOf(c), c.Path)
	}
	said := report{t: o.t}
	if len(end.changes) == 0 {
		said.text.WriteString(o.t("migrate.nothing") + "\n")
	}
	for _, app := range end.apps {
		for _, n := range app.Notes {
			said.line("migrate.note", "place", n.Place("."), "note", o.catalogue().Say(n.Message))
		}
	}
	list := &out
	if o.dryRun {
		list = &said // standard output has only the differences
	}
	list.notes("migrate.needs", end.manual())
	list.notes("migrate.review", end.review())
	for _, app := range end.apps {
		said.notes("migrate.look", app.Advice)
	}
	for _, s := range end.skipped {
		if s.Handler {
			said.line("migrate.skipped", "path", s.Path, "why", o.catalogue().Say(s.Reason))
		}
	}
	if !o.dryRun {
		said.steps(end)
	}
	if _, err := io.WriteString(o.host.Out, output.Clean(out.text.String())); err != nil {
		return message.Wrap(err, "run.unprinted")
	}
	if text := strings.TrimRight(said.text.String(), "\n"); text != "" {
		output.Say(o.host.Err, text)
	}
	return nil
}

// report builds the output of a run in the person's language.
type report struct {
	text strings.Builder
	t    ui.Translate
}

func (b *report) line(id message.ID, data ...any) { b.text.WriteString(b.t(id, data...) + "\n") }

// file writes what happens to a file.
func (b *report) file(state, name string) {
	const widest = 8
	word := b.t(message.ID("migrate.state_" + state))
	b.text.WriteString(word + strings.Repeat(" ", max(widest-lipgloss.Width(word), 0)) + " " + name + "\n")
}

// notes lists notes under a title.
func (b *report) notes(title string, notes []change.Note) {
	if len(notes) == 0 {
		return
	}
	if b.text.Len() > 0 {
		b.text.WriteByte('\n')
	}
	b.line(message.ID(title))
	for _, alike := range sameFix(notes) {
		for _, n := range alike {
			fmt.Fprintf(&b.text, "  %s: %s: %s\n", n.Place("."), n.Rule, b.t.Say(n.Message))
		}
		if fix := b.t.Say(alike[0].Fix); fix != "" {
			fmt.Fprintf(&b.text, "      %s\n", fix)
		}
	}
}

// sameFix groups notes of one rule with the same fix, so that the report has the fix once. The groups are in the order
// of their first notes.
func sameFix(notes []change.Note) [][]change.Note {
	var groups [][]change.Note
	for _, n := range notes {
		i := slices.IndexFunc(groups, func(g []change.Note) bool { return g[0].Rule == n.Rule && g[0].Fix.String() == n.Fix.String() })
		if i < 0 {
			groups = append(groups, []change.Note{n})
			continue
		}
		groups[i] = append(groups[i], n)
	}
	return groups
}

// steps writes what to do next in the account.
func (b *report) steps(end migrated) {
	for _, app := range end.apps {
		if len(app.Steps) == 0 || len(app.Changes) == 0 {
			continue
		}
		b.text.WriteString("\n")
		if app.Root == "." {
			b.line("migrate.next")
		} else {
			b.line("migrate.next_in", "folder", app.Root)
		}
		for _, s := range app.Steps {
			b.text.WriteString("  " + b.t.Say(s) + "\n")
		}
	}
}

// migrateJSON is the output of `sleet migrate --json`.
type migrateJSON struct {
	Dir      string             `json:"dir"`
	Files    []migrateFileJSON  `json:"files"`
	Edits    []editJSON         `json:"edits"`
	Manual   []noteJSON         `json:"manual"`
	Advice   []noteJSON         `json:"advice"`
	Notes    []noteJSON         `json:"notes"`
	Skipped  []existing.Skipped `json:"skipped"`
	Steps    []string           `json:"steps"`
	Problems []validate.Problem `json:"problems"`
}

type migrateFileJSON struct {
	Path  string `json:"path"`
	State string `json:"state"`
}

type editJSON struct {
	Path      string `json:"path"`
	Line      int    `json:"line"`
	Rule      string `json:"rule"`
	Symbol    string `json:"symbol"`
	Why       string `json:"why"`
	Automatic bool   `json:"automatic"`
}

type noteJSON struct {
	Rule    string `json:"rule"`
	Symbol  string `json:"symbol"`
	Path    string `json:"path"`
	Line    int    `json:"line"`
	Message string `json:"message"`
	Fix     string `json:"fix"`
}

func notesJSON(list []change.Note, to []noteJSON) []noteJSON {
	for _, n := range list {
		to = append(to, noteJSON{n.Rule, n.Symbol, n.Path, n.Line, n.Message.String(), n.Fix.String()})
	}
	return to
}

func (o *migrateOptions) printMigrated(end migrated) error {
	r := migrateJSON{
		Dir: end.dir, Files: []migrateFileJSON{}, Edits: []editJSON{}, Manual: notesJSON(end.manual(), []noteJSON{}),
		Advice: []noteJSON{}, Notes: []noteJSON{}, Skipped: append([]existing.Skipped{}, end.skipped...), Steps: []string{},
		Problems: append([]validate.Problem{}, end.problems...),
	}
	for _, c := range end.changes {
		r.Files = append(r.Files, migrateFileJSON{c.Path, stateOf(c)})
	}
	for _, app := range end.apps {
		for _, e := range app.Edits {
			r.Edits = append(r.Edits, editJSON{e.Path, e.Line, e.Rule, e.Symbol, e.Why.String(), e.Automatic})
		}
		r.Advice, r.Notes = notesJSON(app.Advice, r.Advice), notesJSON(app.Notes, r.Notes)
		for _, s := range app.Steps {
			r.Steps = append(r.Steps, s.String())
		}
	}
	return output.JSON(o.host.Out, r)
}

// printUndone lists the restored files.
func (o *migrateOptions) printUndone(dir string, paths []string) error {
	if o.json {
		return output.JSON(o.host.Out, map[string]any{"dir": dir, "restored": paths})
	}
	b := report{t: o.t}
	for _, p := range paths {
		word := "restored"
		if _, err := os.Lstat(filepath.Join(dir, filepath.FromSlash(p))); errors.Is(err, fs.ErrNotExist) {
			word = "removed"
		}
		b.file(word, p)
	}
	if _, err := io.WriteString(o.host.Out, output.Clean(b.text.String())); err != nil {
		return exit.Failed(err, "run.unprinted")
	}
	if slices.Contains(paths, scaffold.AnswersFile) && o.host.Deployed(dir) {
		if _, err := os.Lstat(filepath.Join(dir, scaffold.AnswersFile)); err == nil {
			output.Say(o.host.Err, o.t("migrate.undone_applied"))
		}
	}
	return nil
}
