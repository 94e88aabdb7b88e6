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

// Migration is an app on its way to the container runtime. It is never changed in place: a screen that
// changes it makes another.
type Migration struct {
	// Folder is what was read; nil before. Root is the app in it that questions are about.
	Folder *existing.Folder
	Root   string
	// Apps are those of a folder with several; Chosen says that the person chose Root among them.
	Apps   []MigrationApp
	Chosen bool
	// Native reports that a Native App deploys the app, so that apply cannot.
	Native bool
	// Items is the checklist.
	Items []migrate.Item
	// Streamlit is the version to be held against; empty is the newest known.
	Streamlit string
	// Legacy reports whether the app was made with ROOT_LOCATION.
	Legacy bool
	// Answers, where it is not nil, are set on top of what the files tell.
	Answers func(scaffold.App) (scaffold.App, error)
	// Skip are the groups of edits that the person does not want, Edited the texts of files that
	// they wrote themselves in place of the edits, Ticked the manual work that is done.
	Skip   map[string]bool
	Edited map[string][]byte
	Ticked map[string]bool
	// Uncommitted are files that git has no commit of as they are.
	Uncommitted []string
}

// With returns a Move that differs.
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

// MigrationApp is one of several apps of a folder.
type MigrationApp struct {
	// Root is its folder, Name what a person calls it by: the path of its main file.
	Root, Name string
	// Automatic and Manual count the places that a container does not take.
	Automatic, Manual int
	// Moved reports whether it is a container app already.
	Moved bool
}

// Asks reports whether the folder has several apps, none of which is chosen.
func (m *Migration) Asks() bool { return len(m.Apps) > 1 && !m.Chosen }

// Scanned returns the State once the folder is read: its answers are those that the files give. Of
// several apps one must be chosen first.
func (s State) Scanned(folder *existing.Folder, uncommitted []string) (State, error) {
	s.Migration = s.Migration.With(func(m *Migration) {
		m.Folder, m.Uncommitted, m.Apps, m.Chosen = folder, uncommitted, nil, false
		for _, app := range folder.Apps {
			m.Apps = append(m.Apps, migrationApp(folder, app))
		}
		first := max(slices.IndexFunc(m.Apps, func(a MigrationApp) bool { return !a.Moved }), 0)
		m.Root = m.Apps[first].Root
	})
	if s.Migration.Asks() {
		return s, nil
	}
	return s.Choosing(s.Migration.Root)
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

// Choosing returns the State with an app of the folder chosen, as its files tell.
func (s State) Choosing(root string) (State, error) {
	s.Migration = s.Migration.With(func(m *Migration) {
		m.Root, m.Chosen, m.Items = root, true, nil
		m.Skip, m.Edited, m.Ticked = nil, nil, nil
	})
	s.App = migrate.Inspect(s.Migration.Folder, s.Migration.App()).App
	if several := s.Migration.Candidates(); s.App.App.MainFile == "" && len(several) > 1 {
		s.App.App.MainFile = several[0] // shown as chosen, and asked about
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

// Counts returns how many places the migration changes, how many are left to the person, and how
// many they should look at: the sums over the checklist.
func (m *Migration) Counts() (automatic, manual, review int) {
	for _, item := range m.Items {
		automatic, manual, review = automatic+item.Fixed(), manual+item.Left, review+item.Advice
	}
	return automatic, manual, review
}

// ItemWords says how an item of the checklist stands, with its counts.
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

// App is the app that is moved.
func (m *Migration) App() *existing.App {
	for _, app := range m.Folder.Apps {
		if app.Root == m.Root {
			return app
		}
	}
	return m.Folder.Apps[0]
}

// Candidates are the files any of which could be the app's main file, as sleet.toml names them.
func (m *Migration) Candidates() []string { return migrate.MainCandidates(m.App()) }

// Plan returns what becomes of the app with its answers.
func (m *Migration) Plan(app scaffold.App) (migrate.Migration, error) {
	return migrate.Plan(m.Folder, m.App(), migrate.Choices{App: app, Streamlit: m.Streamlit, Legacy: m.Legacy, Say: Comments, Skip: m.Skip, Edited: m.Edited})
}

// changes are the files to write, with the manual work ticked that is done.
func (m *Migration) changes(plan migrate.Migration) []migrate.Change {
	changes := slices.Clone(plan.Changes)
	for i, c := range changes {
		if path.Base(c.Path) == migrate.ManualFile {
			changes[i].New = m.ticked(plan, c.New)
		}
	}
	return changes
}

// ticked ticks the boxes of the manual work that is done already.
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

// noteID tells manual work from other.
func noteID(n change.Note) string {
	return n.Rule + " " + n.Symbol + " " + n.Path + " " + n.Message.String()
}

// MigrationGroup is edits that stand or fall together, or a file that is made or goes.
type MigrationGroup struct {
	ID, Path string
	Kind     change.Kind
	// Rules are those of the findings that are fixed, Why says so in sentences.
	Rules []string
	Why   []message.Message
	// Flagged says that somebody should look at it, Fixed that it cannot be left out by itself.
	Flagged, Fixed bool
	// Old is the file as it stands, nil for a new one; Now is what the group makes of it, nil for one
	// that goes.
	Old, Now []byte
}

// Groups lists all that a migration would do, edits first.
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

// Taking returns a Move that takes a group of edits, or leaves it out.
func (m *Migration) Taking(group string, yes bool) *Migration {
	return m.With(func(m *Migration) {
		delete(m.Skip, group)
		if !yes {
			m.Skip[group] = true
		}
	})
}

// Tick returns a Move with manual work ticked, or not any more; Ticks reports whether it is.
func (m *Migration) Tick(n change.Note) *Migration {
	id := noteID(n)
	return m.With(func(m *Migration) { m.Ticked[id] = !m.Ticked[id] })
}

// Ticks reports whether manual work is ticked as done.
func (m *Migration) Ticks(n change.Note) bool { return m.Ticked[noteID(n)] }

// Left returns how much manual work is not ticked, as far as the migration can be planned.
func (m *Migration) Left(app scaffold.App) int {
	plan, err := m.Plan(app)
	if err != nil {
		return 0
	}
	left := 0
	for _, n := range plan.Manual {
		if !m.Ticks(n) {
			left++
		}
	}
	return left
}

// Rewritten returns a Move with a file as the person wrote it.
func (m *Migration) Rewritten(path string, text []byte) *Migration {
	return m.With(func(m *Migration) { m.Edited[path] = text })
}

// Text returns a file of the move as it is to become with all that is taken.
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
