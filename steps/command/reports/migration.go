package reports

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"sleet/scaffold"
	"sleet/scaffold/existing"
	"sleet/scaffold/migrate"
	"sleet/scaffold/migrate/change"
	"sleet/scaffold/validate"
	"sleet/scaffold/workspace"
	"sleet/ui"
	"sleet/ui/cells"
	"sleet/ui/message"
)

// Migration is the result of migrating the apps of a folder.
type Migration struct {
	Dir     string
	Apps    []migrate.Migration
	Changes []migrate.Change
	Skipped []existing.Skipped
	// Problems are warnings found during the run.
	Problems []validate.Problem
}

// LockFiles returns the lock files that uv writes for the migrated apps.
func (m Migration) LockFiles() []string {
	var paths []string
	for _, app := range m.Apps {
		if app.Fresh && app.App.LocksPackages() {
			paths = append(paths, path.Join(app.Root, scaffold.LockFile))
		}
	}
	return paths
}

// Manual returns the manual work of all apps.
func (m Migration) Manual() []change.Note {
	type said struct {
		rule, symbol, path string
		line               int
		message            string
	}
	var all []change.Note
	seen := map[said]bool{}
	for _, app := range m.Apps {
		for _, n := range app.Manual {
			if of := (said{n.Rule, n.Symbol, n.Path, n.Line, n.Message.String()}); !seen[of] {
				seen[of] = true
				all = append(all, n)
			}
		}
	}
	return all
}

// Review returns the edits of all apps that the person should review.
func (m Migration) Review() []change.Note {
	var all []change.Note
	for _, app := range m.Apps {
		all = append(all, app.Review...)
	}
	return all
}

// Text returns a migration as text: the files for standard output, and everything else for standard error. With dryRun,
// standard output has only the differences.
func (m Migration) Text(t ui.Translate, dryRun bool) (files, notes string) {
	out, said := textBuilder{t: t}, textBuilder{t: t}
	for _, c := range m.Changes {
		if dryRun {
			out.text.WriteString(workspace.UnifiedDiff(c.Path, c.Old, c.New))
			continue
		}
		out.file(stateOf(c), c.Path)
	}
	if len(m.Changes) == 0 {
		said.line("migrate.nothing")
	}
	for _, app := range m.Apps {
		for _, n := range app.Notes {
			said.line("migrate.note", "place", n.Place("."), "note", t.Say(n.Message))
		}
	}
	list := &out
	if dryRun {
		list = &said
	}
	list.notes("migrate.needs", m.Manual())
	list.notes("migrate.review", m.Review())
	for _, app := range m.Apps {
		said.notes("migrate.look", app.Advice)
	}
	for _, s := range m.Skipped {
		if s.Handler {
			said.line("migrate.skipped", "path", s.Path, "why", t.Say(s.Reason))
		}
	}
	if !dryRun {
		said.steps(m)
	}
	return out.text.String(), strings.TrimRight(said.text.String(), "\n")
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

// FileLine returns the line about what happens to a file.
func FileLine(t ui.Translate, state, name string) string {
	const widest = 8
	return cells.Pad(t(message.ID("migrate.state_"+state)), widest) + " " + name + "\n"
}

// textBuilder builds the text of a report in the person's language.
type textBuilder struct {
	text strings.Builder
	t    ui.Translate
}

func (b *textBuilder) line(id message.ID, data ...any) { b.text.WriteString(b.t(id, data...) + "\n") }

// file writes what happens to a file.
func (b *textBuilder) file(state, name string) {
	b.text.WriteString(FileLine(b.t, state, name))
}

// notes lists notes under a title.
func (b *textBuilder) notes(title string, notes []change.Note) {
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
func (b *textBuilder) steps(m Migration) {
	for _, app := range m.Apps {
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

// JSON returns a migration as a value for JSON.
func (m Migration) JSON() any {
	r := migrateJSON{
		Dir: m.Dir, Files: []migrateFileJSON{}, Edits: []editJSON{}, Manual: notesJSON(m.Manual(), []noteJSON{}),
		Advice: []noteJSON{}, Notes: []noteJSON{}, Skipped: append([]existing.Skipped{}, m.Skipped...), Steps: []string{},
		Problems: append([]validate.Problem{}, m.Problems...),
	}
	for _, c := range m.Changes {
		r.Files = append(r.Files, migrateFileJSON{c.Path, stateOf(c)})
	}
	for _, app := range m.Apps {
		for _, e := range app.Edits {
			r.Edits = append(r.Edits, editJSON{e.Path, e.Line, e.Rule, e.Symbol, e.Why.String(), e.Automatic})
		}
		r.Advice, r.Notes = notesJSON(app.Advice, r.Advice), notesJSON(app.Notes, r.Notes)
		for _, s := range app.Steps {
			r.Steps = append(r.Steps, s.String())
		}
	}
	return r
}
