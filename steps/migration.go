package steps

import (
	"bytes"
	"maps"
	"path"
	"slices"

	"sleet/scaffold"
	"sleet/scaffold/check"
	"sleet/scaffold/check/facts"
	"sleet/scaffold/existing"
	"sleet/scaffold/migrate"
	"sleet/scaffold/migrate/change"
	"sleet/ui/message"
)

// Migration is an app being migrated to the container runtime. It is never changed in place: With returns a changed
// copy.
type Migration struct {
	// Folder is what was read; nil before that. Root is the folder of the app that the questions are about.
	Folder *existing.Folder
	Root   string
	// Apps are the apps of a folder with several. Chosen reports that the person chose Root among them.
	Apps   []MigrationApp
	Chosen bool
	// Native reports that a Native App deploys the app, so that apply cannot.
	Native bool
	// Items is the checklist.
	Items []migrate.Item
	// Streamlit is the version to check against; empty means the newest known.
	Streamlit string
	// Legacy reports whether the app was made with ROOT_LOCATION.
	Legacy bool
	// Answers, if not nil, changes the answers that were inferred from the files.
	Answers func(scaffold.App) (scaffold.App, error)
	// Skip are the groups of edits that the person rejected, Edited the texts of files that they wrote themselves in
	// place of the edits, Ticked the manual work that is done.
	Skip   map[string]bool
	Edited map[string][]byte
	Ticked map[string]bool
	// Uncommitted are files with uncommitted changes.
	Uncommitted []string
}

// With returns a copy of the Migration with a change.
func (m *Migration) With(change func(*Migration)) *Migration {
	next := *m
	next.Skip, next.Edited, next.Ticked = maps.Clone(m.Skip), maps.Clone(m.Edited), maps.Clone(m.Ticked)
	if next.Skip == nil {
		next.Skip = map[string]bool{}
	}
	if next.Edited == nil {
		next.Edited = map[string][]byte{}
	}
	if next.Ticked == nil {
		next.Ticked = map[string]bool{}
	}
	change(&next)
	return &next
}

// MigrationApp is one of several apps in a folder.
type MigrationApp struct {
	// Root is its folder, Name is the path of its main file.
	Root, Name string
	// Automatic and Manual count the places that are incompatible with a container.
	Automatic, Manual int
	// Moved reports whether it already is a container app.
	Moved bool
}

// NeedsApp reports whether the folder has several apps and none is chosen.
func (m *Migration) NeedsApp() bool { return len(m.Apps) > 1 && !m.Chosen }

// WithScan returns the State after the folder was read, with the answers that its files imply. If there are several
// apps, one must be chosen first.
func (s State) WithScan(folder *existing.Folder, uncommitted []string) (State, error) {
	s.Migration = s.Migration.With(func(m *Migration) {
		m.Folder, m.Uncommitted, m.Apps, m.Chosen = folder, uncommitted, nil, false
		for _, app := range folder.Apps {
			m.Apps = append(m.Apps, migrationApp(folder, app))
		}
		first := max(slices.IndexFunc(m.Apps, func(a MigrationApp) bool { return !a.Moved }), 0)
		m.Root = m.Apps[first].Root
	})
	if s.Migration.NeedsApp() {
		return s, nil
	}
	return s.WithMigrationApp(s.Migration.Root)
}

func migrationApp(folder *existing.Folder, app *existing.App) MigrationApp {
	found := migrate.Inspect(folder, app)
	a := MigrationApp{Root: app.Root, Name: app.Main, Moved: !found.Fresh || found.Container}
	if a.Name == "" {
		a.Name = app.Root
	}
	for _, f := range check.Findings(app, facts.Options{Runtime: scaffold.Container}) {
		if f.Automatic {
			a.Automatic++
		} else {
			a.Manual++
		}
	}
	return a
}

// WithMigrationApp returns the State with an app of the folder chosen and the answers that its files imply.
func (s State) WithMigrationApp(root string) (State, error) {
	s.Migration = s.Migration.With(func(m *Migration) {
		m.Root, m.Chosen, m.Items = root, true, nil
		m.Skip, m.Edited, m.Ticked = nil, nil, nil
	})
	s.App = migrate.Inspect(s.Migration.Folder, s.Migration.App()).App
	if several := s.Migration.Candidates(); s.App.App.MainFile == "" && len(several) > 1 {
		s.App.App.MainFile = several[0] // selected by default, and asked about
	}
	if s.Migration.Answers != nil {
		var err error
		if s.App, err = s.Migration.Answers(s.App); err != nil {
			return s, err
		}
	}
	plan, err := s.Migration.Plan(s.App)
	s.Migration = s.Migration.With(func(m *Migration) {
		m.Native = plan.Native
		m.Items = plan.Items
	})
	return s, err
}

// Counts returns how many places the migration changes, how many need manual work, and how many need a review: the sums
// over the checklist.
func (m *Migration) Counts() (automatic, manual, review int) {
	for _, item := range m.Items {
		automatic, manual, review = automatic+item.Fixed(), manual+item.Left, review+item.Advice
	}
	return automatic, manual, review
}

// ItemWords returns the state of an item of the checklist, with its counts.
func ItemWords(t message.Translate, item migrate.Item) string {
	switch {
	case item.State == migrate.ItemUnaffected:
		return t("migration.unaffected")
	case item.State == migrate.ItemAutomatic && item.Fixed() == 0:
		return t("migration.does")
	}
	line := ""
	for _, c := range []struct {
		n  int
		id message.ID
	}{{item.Fixed(), "migration.automatic"}, {item.Left, "migration.manual"}, {item.Advice, "migration.review"}} {
		switch {
		case c.n == 0:
		case line == "":
			line = t(c.id, "count", c.n)
		default:
			line = t("plan.counts", "first", line, "then", t(c.id, "count", c.n))
		}
	}
	return line
}

// App returns the app that is migrated.
func (m *Migration) App() *existing.App {
	for _, app := range m.Folder.Apps {
		if app.Root == m.Root {
			return app
		}
	}
	return m.Folder.Apps[0]
}

// Candidates returns the files that could be the app's main file, as paths for sleet.toml.
func (m *Migration) Candidates() []string { return migrate.MainCandidates(m.App()) }

// Plan returns the planned migration of the app with its answers.
func (m *Migration) Plan(app scaffold.App) (migrate.Migration, error) {
	return migrate.Plan(m.Folder, m.App(), migrate.Choices{App: app, Streamlit: m.Streamlit, Legacy: m.Legacy, Say: Comments, Skip: m.Skip, Edited: m.Edited})
}

// changes returns the files to write, with finished manual work ticked.
func (m *Migration) changes(plan migrate.Migration) []migrate.Change {
	changes := slices.Clone(plan.Changes)
	for i, c := range changes {
		if path.Base(c.Path) == scaffold.ManualFile {
			changes[i].New = m.ticked(plan, c.New)
		}
	}
	return changes
}

// ticked ticks the boxes of finished manual work.
func (m *Migration) ticked(plan migrate.Migration, text []byte) []byte {
	lines := bytes.SplitAfter(text, []byte("\n"))
	box, done := []byte("- [ ] "), []byte("- [x] ")
	for i, line := range lines {
		for _, note := range plan.Manual {
			if m.Ticked[noteID(note)] && bytes.HasPrefix(line, box) && bytes.Contains(line, []byte(Comments(plan.App.Resolve().App.Language, note.Message))) {
				lines[i] = append(slices.Clone(done), line[len(box):]...)
			}
		}
	}
	return bytes.Join(lines, nil)
}

// noteID returns an id of manual work.
func noteID(n change.Note) string {
	return n.Rule + " " + n.Symbol + " " + n.Path + " " + n.Message.String()
}

// MigrationGroup is a set of edits that are accepted or skipped together, or a file that is created or removed.
type MigrationGroup struct {
	ID, Path string
	Kind     change.Kind
	// Rules are the ids of the findings that are fixed, Why are the reasons.
	Rules []string
	Why   []message.Message
	// Flagged reports that somebody should review it, Fixed that it cannot be skipped.
	Flagged, Fixed bool
	// Old is the current file, nil for a new one. Now is the file after the edits, nil for a removed one.
	Old, Now []byte
}

// Groups returns everything that a migration would change, edits first.
func (m *Migration) Groups(app scaffold.App) ([]MigrationGroup, error) {
	plan, err := m.Plan(app)
	if err != nil {
		return nil, err
	}
	var all []MigrationGroup
	at := map[string]int{}
	edits := map[string][]change.Edit{}
	for _, e := range plan.Edits {
		i, known := at[e.Group]
		if !known {
			i = len(all)
			at[e.Group] = i
			all = append(all, MigrationGroup{ID: e.Group, Path: e.Path, Kind: e.Kind})
		}
		g := &all[i]
		g.Flagged = g.Flagged || !e.Automatic
		g.Rules = once(g.Rules, e.Rule)
		if !slices.ContainsFunc(g.Why, func(t message.Message) bool { return t.String() == e.Why.String() }) {
			g.Why = append(g.Why, e.Why)
		}
		edits[e.Group] = append(edits[e.Group], e)
	}
	for i, g := range all {
		old, _ := m.Folder.Content(g.Path)
		now, err := change.ApplyEdits(old, edits[g.ID])
		if err != nil {
			return nil, err
		}
		all[i].Old, all[i].Now = old, now
	}
	for _, c := range plan.Changes {
		made := slices.ContainsFunc(plan.New, func(f scaffold.File) bool { return f.Path == c.Path })
		if c.New == nil || made {
			all = append(all, MigrationGroup{ID: "file:" + c.Path, Path: c.Path, Fixed: true, Old: c.Old, Now: c.New})
		}
	}
	return all, nil
}

func once(list []string, s string) []string {
	if s == "" || slices.Contains(list, s) {
		return list
	}
	return append(list, s)
}

// WithGroup returns a Migration that accepts or skips a group of edits.
func (m *Migration) WithGroup(group string, yes bool) *Migration {
	return m.With(func(m *Migration) {
		delete(m.Skip, group)
		if !yes {
			m.Skip[group] = true
		}
	})
}

// ToggleDone returns a Migration with the tick of manual work toggled.
func (m *Migration) ToggleDone(n change.Note) *Migration {
	id := noteID(n)
	return m.With(func(m *Migration) { m.Ticked[id] = !m.Ticked[id] })
}

// IsDone reports whether manual work is ticked as done.
func (m *Migration) IsDone(n change.Note) bool { return m.Ticked[noteID(n)] }

// Remaining returns how much manual work is not ticked, or 0 if the migration cannot be planned.
func (m *Migration) Remaining(app scaffold.App) int {
	plan, err := m.Plan(app)
	if err != nil {
		return 0
	}
	left := 0
	for _, n := range plan.Manual {
		if !m.IsDone(n) {
			left++
		}
	}
	return left
}

// WithFile returns a Migration with a file as the person wrote it.
func (m *Migration) WithFile(path string, text []byte) *Migration {
	return m.With(func(m *Migration) { m.Edited[path] = text })
}

// Text returns the text that a file will have with all accepted edits.
func (m *Migration) Text(s State, g MigrationGroup) ([]byte, error) {
	if text := m.Edited[g.Path]; text != nil {
		return text, nil
	}
	plan, err := m.Plan(s.App)
	text := g.Now
	for _, c := range plan.Changes {
		if c.Path == g.Path {
			text = c.New
		}
	}
	return text, err
}
