package steps

import (
	"bytes"
	"maps"
	"path"
	"slices"

	"sleet/scaffold"
	"sleet/scaffold/check"
	"sleet/scaffold/existing"
	"sleet/scaffold/migrate"
	"sleet/snowflake"
)

// Move is an app on its way to the container runtime. It is never changed in place: a screen that
// changes it makes another.
type Move struct {
	// Folder is what was read; nil before. Root is the app in it that questions are about.
	Folder *existing.Folder
	Root   string
	// Apps are those of a folder with several; Chosen says that the person chose Root among them.
	Apps   []MoveApp
	Chosen bool
	// Native reports that a Native App deploys the app, so that apply cannot.
	Native bool
	// Items is the checklist.
	Items []migrate.Item
	// Left counts what the person has to do, Look what they should look at.
	Left, Look int
	// Streamlit is the version to be held against; empty is the newest known.
	Streamlit string
	// Legacy says that the app was made with ROOT_LOCATION.
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

// with gives a Move that differs.
func (m *Move) with(change func(*Move)) *Move {
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

// MoveApp is one of several apps of a folder.
type MoveApp struct {
	// Root is its folder, Name what a person calls it by: the path of its main file.
	Root, Name string
	// Automatic and Manual count the places that a container does not take.
	Automatic, Manual int
	// Moved says that it is a container app already.
	Moved bool
}

// Asks says whether the folder has several apps, none of which is chosen.
func (m *Move) Asks() bool { return len(m.Apps) > 1 && !m.Chosen }

// Scanned gives the State once the folder is read: its answers are those that the files give. Of
// several apps one must be chosen first.
func (s State) Scanned(folder *existing.Folder, uncommitted []string) (State, error) {
	s.Move = s.Move.with(func(m *Move) {
		m.Folder, m.Uncommitted, m.Apps, m.Chosen = folder, uncommitted, nil, false
		for _, app := range folder.Apps {
			m.Apps = append(m.Apps, moveApp(folder, app))
		}
		first := max(slices.IndexFunc(m.Apps, func(a MoveApp) bool { return !a.Moved }), 0)
		m.Root = m.Apps[first].Root
	})
	if s.Move.Asks() {
		return s, nil
	}
	return s.Choosing(s.Move.Root)
}

func moveApp(folder *existing.Folder, app *existing.App) MoveApp {
	found := migrate.Look(folder, app)
	a := MoveApp{Root: app.Root, Name: app.Main, Moved: !found.Fresh || found.Container}
	if a.Name == "" {
		a.Name = app.Root
	}
	for _, f := range check.Findings(app, check.Options{Runtime: scaffold.Container}) {
		if f.Automatic {
			a.Automatic++
		} else {
			a.Manual++
		}
	}
	return a
}

// Choosing gives the State with an app of the folder chosen, as its files tell.
func (s State) Choosing(root string) (State, error) {
	s.Move = s.Move.with(func(m *Move) {
		m.Root, m.Chosen, m.Items = root, true, nil
		m.Skip, m.Edited, m.Ticked = nil, nil, nil
	})
	s.App = migrate.Look(s.Move.Folder, s.Move.app()).App
	if several := s.Move.candidates(); s.App.App.MainFile == "" && len(several) > 1 {
		s.App.App.MainFile = several[0] // shown as chosen, and asked about
	}
	if s.Move.Answers != nil {
		var err error
		if s.App, err = s.Move.Answers(s.App); err != nil {
			return s, err
		}
	}
	plan, err := s.Move.Plan(s.App)
	s.Move = s.Move.with(func(m *Move) {
		m.Native = plan.Native
		m.Items, m.Left, m.Look = plan.Items, len(plan.Manual), len(plan.Review)+len(plan.Advice)
	})
	return s, err
}

// app is the app that is moved.
func (m *Move) app() *existing.App {
	for _, app := range m.Folder.Apps {
		if app.Root == m.Root {
			return app
		}
	}
	return m.Folder.Apps[0]
}

// candidates are the files any of which could be the app's main file, as sleet.toml names them.
func (m *Move) candidates() []string { return migrate.MainCandidates(m.app()) }

// Plan gives what becomes of the app with its answers.
func (m *Move) Plan(app scaffold.App) (migrate.Migration, error) {
	return migrate.Plan(m.Folder, m.app(), migrate.Choices{App: app, Streamlit: m.Streamlit, Legacy: m.Legacy, Say: Comments, Skip: m.Skip, Edited: m.Edited})
}

// changes are the files to write, with the manual work ticked that is done.
func (m *Move) changes(plan migrate.Migration) []migrate.Change {
	changes := slices.Clone(plan.Changes)
	for i, c := range changes {
		if path.Base(c.Path) == migrate.ManualFile {
			changes[i].New = m.ticked(plan, c.New)
		}
	}
	return changes
}

// ticked ticks the boxes of the manual work that is done already.
func (m *Move) ticked(plan migrate.Migration, text []byte) []byte {
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
func noteID(n migrate.Note) string {
	return n.Rule + " " + n.Symbol + " " + n.Path + " " + n.Message.String()
}

// MoveGroup is edits that stand or fall together, or a file that is made or goes.
type MoveGroup struct {
	ID, Path string
	Kind     migrate.Kind
	// Rules are those of the findings that are mended, Why says so in sentences.
	Rules []string
	Why   []snowflake.Text
	// Flagged says that somebody should look at it, Fixed that it cannot be left out by itself.
	Flagged, Fixed bool
	// Old is the file as it stands, nil for a new one; Now is what the group makes of it, nil for one
	// that goes.
	Old, Now []byte
}

// Groups lists all that a migration would do, edits first.
func (m *Move) Groups(app scaffold.App) ([]MoveGroup, error) {
	plan, err := m.Plan(app)
	if err != nil {
		return nil, err
	}
	var all []MoveGroup
	at := map[string]int{}
	edits := map[string][]migrate.Edit{}
	for _, e := range plan.Edits {
		i, known := at[e.Group]
		if !known {
			i = len(all)
			at[e.Group] = i
			all = append(all, MoveGroup{ID: e.Group, Path: e.Path, Kind: e.Kind})
		}
		g := &all[i]
		g.Flagged = g.Flagged || !e.Automatic
		g.Rules = once(g.Rules, e.Rule)
		if !slices.ContainsFunc(g.Why, func(t snowflake.Text) bool { return t.String() == e.Why.String() }) {
			g.Why = append(g.Why, e.Why)
		}
		edits[e.Group] = append(edits[e.Group], e)
	}
	for i, g := range all {
		old, _ := m.Folder.Content(g.Path)
		now, err := migrate.ApplyEdits(old, edits[g.ID])
		if err != nil {
			return nil, err
		}
		all[i].Old, all[i].Now = old, now
	}
	for _, c := range plan.Changes {
		made := slices.ContainsFunc(plan.New, func(f scaffold.File) bool { return f.Path == c.Path })
		if c.New == nil || made {
			all = append(all, MoveGroup{ID: "file:" + c.Path, Path: c.Path, Fixed: true, Old: c.Old, Now: c.New})
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

// Taking gives a Move that takes a group of edits, or leaves it out.
func (m *Move) Taking(group string, yes bool) *Move {
	return m.with(func(m *Move) {
		delete(m.Skip, group)
		if !yes {
			m.Skip[group] = true
		}
	})
}
