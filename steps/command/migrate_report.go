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
	"sleet/scaffold/migrate"
	"sleet/scaffold/migrate/change"
	"sleet/steps/command/exit"
	"sleet/steps/command/output"
	"sleet/steps/command/reports"
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

// lock runs uv for each migrated app. Packages that uv cannot resolve become manual work. Any other failure is a
// warning: the app works without the lock.
func (o *migrateOptions) lock(ctx context.Context, dir string, end *reports.Migration) error {
	if o.noLock || o.host.Uv.Path == "" {
		for i, app := range end.Apps {
			if app.Fresh && app.App.LocksPackages() {
				end.Apps[i].Steps = append(untried(app, o.noLock), app.Steps...)
			}
		}
		return nil
	}
	for i, app := range end.Apps {
		lock := path.Join(app.Root, scaffold.LockFile)
		if !slices.Contains(end.LockFiles(), lock) && !migrate.AwaitsLock(dir, lock, o.host.MigrateWriteOptions()) {
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
			if end.Apps[i], err = migrate.AddNotes(dir, app, late, o.host.MigrateWriteOptions()); err != nil {
				return message.Wrap(err, "migrate.not_migrated")
			}
			if name := path.Join(app.Root, scaffold.ManualFile); app.Fresh && !slices.ContainsFunc(end.Changes, func(c migrate.Change) bool { return c.Path == name }) {
				end.Changes = append(end.Changes, migrate.Change{Path: name, New: []byte{}})
			}
		default:
			p := unlocked(err, lock, path.Join(filepath.ToSlash(end.Dir), app.Root))
			end.Problems = append(end.Problems, p)
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

// report prints the result of a run and returns the error about manual work that is left.
func (o *migrateOptions) report(end reports.Migration) error {
	var err error
	if o.json {
		err = output.JSON(o.host.Out, end.JSON())
	} else {
		err = o.print(end)
	}
	if left := end.Manual(); err == nil && len(left) > 0 {
		return &leftError{left}
	}
	return err
}

// print prints a migration as text.
func (o *migrateOptions) print(end reports.Migration) error {
	files, notes := end.Text(o.t, o.dryRun)
	if _, err := io.WriteString(o.host.Out, output.Clean(files)); err != nil {
		return message.Wrap(err, "run.unprinted")
	}
	if notes != "" {
		output.Say(o.host.Err, notes)
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
func (b *report) steps(end reports.Migration) {
	for _, app := range end.Apps {
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

// printUndone lists the restored files.
func (o *migrateOptions) printUndone(dir string, paths []string) error {
	if o.json {
		return output.JSON(o.host.Out, map[string]any{"dir": dir, "restored": paths})
	}
	var lines strings.Builder
	for _, p := range paths {
		word := "restored"
		if _, err := os.Lstat(filepath.Join(dir, filepath.FromSlash(p))); errors.Is(err, fs.ErrNotExist) {
			word = "removed"
		}
		lines.WriteString(reports.FileLine(o.t, word, p))
	}
	if _, err := io.WriteString(o.host.Out, output.Clean(lines.String())); err != nil {
		return exit.Failed(err, "run.unprinted")
	}
	if slices.Contains(paths, scaffold.AnswersFile) && o.host.Deployed(dir) {
		if _, err := os.Lstat(filepath.Join(dir, scaffold.AnswersFile)); err == nil {
			output.Say(o.host.Err, o.t("migrate.undone_applied"))
		}
	}
	return nil
}
