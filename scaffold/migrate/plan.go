package migrate

import (
	"bytes"
	"cmp"
	"maps"
	"path"
	"slices"

	"sleet/scaffold"
	"sleet/scaffold/answers"
	"sleet/scaffold/existing"
	"sleet/scaffold/migrate/change"
	"sleet/scaffold/migrate/manifest"
	"sleet/scaffold/migrate/rewrite"
	"sleet/scaffold/resources"
	"sleet/snowflake"
	"sleet/ui/message"
)

// Migration is what is to become of an app.
type Migration struct {
	// Root is the app's folder, App the app as sleet.toml is to keep it. Fresh says that it is moved
	// now, and was not before.
	Root  string
	App   scaffold.App
	Fresh bool
	// Native reports that a Native App deploys the app, so that apply cannot.
	Native bool
	// Edits are those of files that stay, with those of the groups that the choices skip. New are the
	// files that are made, Removed those that go.
	Edits   []change.Edit
	New     []scaffold.File
	Removed []string
	// Changes is what is to be written, as files before and after, for Apply.
	Changes []Change
	// Secrets are those that the code reads.
	Secrets []rewrite.Secret
	// Review are the edits that may change what the app does, at the lines where they are afterwards.
	Review []change.Note
	// Manual is left to the person, in files as they are afterwards; Advice is worth a look. Notes is
	// what was changed on the way and is not plain to see.
	Manual, Advice, Notes []change.Note
	// Items is the checklist.
	Items []Item
	// Steps are what remains to be done in the account.
	Steps []message.Message

	// list writes MIGRATION.md, nil where none is the migration's to write.
	// lists is the snowflake.yml that lists uv.lock once it is there.
	lists *lockListing
	list  func(Migration) []byte
}

// Plan returns what a migration does to an app of a folder. It does no I/O: the same folder and the same
// choices give the same. Choices.App starts from that of Inspect.
func Plan(folder *existing.Folder, app *existing.App, c Choices) (Migration, error) {
	m, err := planOnce(folder, app, c)
	if err != nil || len(c.Skip) == 0 && len(c.Edited) == 0 {
		return m, err
	}
	c.Skip, c.Edited = nil, nil
	whole, err := planOnce(folder, app, c)
	m.Edits = whole.Edits
	return m, err
}

func plan(folder *existing.Folder, app *existing.App, c Choices) (Migration, error) {
	if main := c.App.App.MainFile; main != "" && app.InRoot(main) != app.Main {
		app = app.WithMain(app.InRoot(main))
	}
	p := planner{folder: folder, root: app.Root, now: map[string][]byte{}, m: Migration{Root: app.Root}}
	found := Inspect(folder, app)
	if found.Container {
		p.m.App = found.App
		p.m.Notes = []change.Note{{Rule: manifest.RuleProject, Path: cmp.Or(app.Main, app.Root), Message: message.New("moved.container-already")}}
		return p.m, nil
	}
	if err := p.app(app, found, c); err != nil {
		return Migration{}, err
	}
	for name, data := range c.Edited {
		if now, ok := p.content(name); ok && !bytes.Equal(now, data) {
			p.now[name] = data
		}
	}
	p.say = func(text message.Message) string {
		if c.Say == nil {
			return text.String()
		}
		return c.Say(p.m.App.Resolve().App.Language, text)
	}
	p.m.Review = p.review()
	p.leftover(c.Streamlit)
	p.m.Items = p.items(app, c.Streamlit)
	p.writeManual()
	p.changes()
	return p.m, nil
}

// Nested is what becomes of an app inside another one: nothing, until somebody names its folder.
func Nested(folder *existing.Folder, app *existing.App) Migration {
	text := message.New("moved.nested", "folder", path.Join(folder.Dir, app.Root))
	return Migration{Root: app.Root, App: Inspect(folder, app).App, Notes: []change.Note{{Rule: RuleNested, Path: app.Root, Message: text}}}
}

// RuleNested is in place of a rule where an app is inside another one.
const RuleNested = "nested-app"

// planner puts a migration together.
type planner struct {
	folder *existing.Folder
	root   string
	m      Migration
	// now are the files as they are to be, nil for one that goes; those that are not in it stay.
	now   map[string][]byte
	moved movedApp
	notes []change.Note
	say   func(message.Message) string
	// undone are the answers of the app as it was, for undoneAt, its sleet.toml.
	undone   []byte
	undoneAt string
	// fixed are the findings in code that the edits answer.
	fixed []change.Mark
}

// movedApp is an app that is moved.
type movedApp struct {
	root  string
	app   scaffold.App
	from  resources.Deployed
	named bool
	open  []manifest.Open
	// native is the Native App that deploys it, nil without one.
	native *native
}

// content is a file as it is to be.
func (p *planner) content(name string) ([]byte, bool) {
	if data, changed := p.now[name]; changed {
		return data, data != nil
	}
	return p.folder.Content(name)
}

// edit makes edits of files.
func (p *planner) edit(edits []change.Edit) error {
	byPath := change.EditsByPath(edits)
	for _, name := range slices.Sorted(maps.Keys(byPath)) {
		data, _ := p.content(name)
		out, err := change.ApplyEdits(data, byPath[name])
		if err != nil {
			return err
		}
		if len(bytes.TrimSpace(out)) == 0 && len(bytes.TrimSpace(data)) > 0 {
			p.remove(name)
			continue
		}
		p.now[name] = out
	}
	for _, e := range edits {
		if data, ok := p.folder.Content(e.Path); ok && e.Line == 0 {
			e.Line = bytes.Count(data[:min(e.Start, len(data))], []byte("\n")) + 1
		}
		p.m.Edits = append(p.m.Edits, e)
	}
	return nil
}

// add makes a file, or writes one again.
func (p *planner) add(name string, data []byte) {
	if have, ok := p.content(name); ok && bytes.Equal(have, data) {
		return
	}
	p.now[name] = data
	p.m.New = append(p.m.New, scaffold.File{Path: name, Data: data})
}

func (p *planner) remove(name string) {
	p.now[name] = nil
	p.m.Removed = append(p.m.Removed, name)
}

// app plans one app.
func (p *planner) app(app *existing.App, found Inspection, c Choices) error {
	skip := func(name string, kind change.Kind) bool {
		return c.Skip[name+":"+string(kind)] || c.Skip[change.WrittenGroup(name)]
	}
	was := app
	if found.Fresh {
		app = p.renewed(app, found.own, c)
	}
	c.bound = found.bound
	code := rewrite.Python(app, rewrite.Options{App: c.App, Streamlit: c.Streamlit, Skip: c.Skip, Bound: c.bound})
	p.fixed = code.Fixed
	p.m.Secrets, p.m.Fresh, p.m.App = code.Secrets, found.Fresh, c.App
	if err := p.edit(code.Edits); err != nil {
		return err
	}
	for _, f := range code.New {
		p.add(f.Path, f.Data)
	}
	p.notes = append(append(p.notes, found.Notes...), p.movedNotes(code)...)
	p.notes = append(p.notes, mainNotes(was, c.App)...)
	name := app.InRoot(scaffold.ConfigFile)
	if !skip(name, change.KindConfig) {
		if err := p.edit(grouped(found.config, change.KindConfig)); err != nil {
			return err
		}
	}
	p.m.lists = listing(was, found, c.App)
	if !found.Fresh {
		p.projectNotes(app, c.App)
		return nil
	}
	moved := movedApp{root: app.Root, app: finished(c.App, found, code), from: found.From, named: found.Named || c.App.App.Name != ""}
	for _, o := range found.Open {
		if !answered(moved.app, o.Key) {
			moved.open = append(moved.open, o)
		}
	}
	moved.settleName(c)
	app = was
	if found.own.any() {
		var err error
		if moved.app.Written, err = p.renew(app, found.own, moved.app, c); err != nil {
			return err
		}
	}
	conda := listPath(app, scaffold.CondaFile)
	unread := app.Holds(conda) && app.Files[conda] == nil
	if !unread && !found.own.packages && !skip(app.InRoot(scaffold.PyprojectFile), change.KindPackages) {
		if err := p.packages(app, found, moved.app); err != nil {
			return err
		}
	}
	if found.native != nil {
		p.notes = append(p.notes, found.native.notes(app, code.Secrets)...)
		moved.native = found.native
		p.m.App, p.m.Native, p.moved = moved.app, true, moved
		return nil
	}
	if err := p.project(app, found, moved, skip); err != nil {
		return err
	}
	if err := p.sql(found.created, moved, skip); err != nil {
		return err
	}
	p.scripts(app, &moved)
	p.m.App, p.moved = moved.app, moved
	return nil
}

// scripts writes the SQL of the switch and of the rollback, and sleet.toml.
func (p *planner) scripts(app *existing.App, moved *movedApp) {
	moved.from.Files = p.sent(app, *moved)
	p.add(app.InRoot(scaffold.MigrateFile), resources.MigrateSQL(moved.app, moved.from))
	p.add(app.InRoot(scaffold.RollbackFile), resources.RollbackSQL(moved.app, moved.from))
	text := answers.TOML(moved.app)
	if own, ok := p.content(app.InRoot(scaffold.AnswersFile)); ok && app.Answers != nil {
		text = answers.Edit(own, *app.Answers, moved.app)
	}
	p.add(app.InRoot(scaffold.AnswersFile), text)
	if app.Answers == nil && !moved.from.Legacy {
		p.undone, p.undoneAt = answers.TOML(unmoved(app, *moved)), app.InRoot(scaffold.AnswersFile)
	}
}

// unmoved are the answers of an app as it was before, from those of the container app: its files say the rest.
func unmoved(app *existing.App, moved movedApp) scaffold.App {
	was := moved.app.Clone()
	was.App.Runtime, was.App.RuntimeName, was.App.ComputePool, was.App.Cortex = scaffold.Warehouse, moved.from.Runtime, nil, ""
	was.App.MainFile = cmp.Or(app.Main, was.App.MainFile)
	was.App.QueryWarehouse = cmp.Or(moved.from.Warehouse, was.App.QueryWarehouse)
	was.Python, was.Config, was.Values, was.Written = scaffold.Python{}, nil, nil, nil
	for i := range was.Secrets {
		was.Secrets[i].Access = ""
	}
	return was
}

// grouped puts edits of one kind into the groups that a person takes or leaves.
func grouped(edits []change.Edit, kind change.Kind) []change.Edit {
	for i := range edits {
		edits[i].Kind, edits[i].Group = kind, edits[i].Path+":"+string(kind)
	}
	return edits
}

// movedNotes returns the notes on the code at the lines where they stand afterwards.
func (p *planner) movedNotes(code rewrite.Code) []change.Note {
	notes := slices.Clone(code.Notes)
	byPath := change.EditsByPath(code.Edits)
	files := map[string]*change.EditedLines{}
	for i, n := range notes {
		data, there := p.folder.Content(n.Path)
		now, stays := p.content(n.Path)
		if !there || !stays || n.Line == 0 {
			continue
		}
		if files[n.Path] == nil {
			files[n.Path] = change.NewEditedLines(byPath[n.Path], now)
		}
		notes[i].Line = files[n.Path].Line(lineOffset(data, n.Line))
	}
	return notes
}

// lineOffset is where a line begins.
func lineOffset(data []byte, line int) int {
	at := 0
	for ; line > 1; line-- {
		i := bytes.IndexByte(data[at:], '\n')
		if i < 0 {
			return at
		}
		at += i + 1
	}
	return at
}

// finished completes the answers with what the code needs.
func finished(app scaffold.App, found Inspection, code rewrite.Code) scaffold.App {
	app = app.Clone()
	app.Folder, app.PipList = found.App.Folder, found.App.PipList
	app.App.Runtime = scaffold.Container
	if scaffold.RuntimeNamed(app.App.RuntimeName) == scaffold.Warehouse {
		app.App.RuntimeName = ""
	}
	switch {
	case !found.own.any():
		if code.Cortex && app.App.Cortex == "" {
			app.App.Cortex = scaffold.CortexAnalyst
		}
	case code.Cortex && app.App.Cortex == "" && !slices.Contains(app.Python.Packages, "requests"):
		// The answers say whether the page that sleet makes asks Cortex, which it does not.
		app.Python.Packages = append(app.Python.Packages, "requests")
	}
	return app
}

// settleName returns the new app beside one that cannot be altered a name of its own, unless the person
// did.
func (m *movedApp) settleName(c Choices) {
	m.from.Legacy = m.from.Legacy || c.Legacy
	name := c.App.Resolve().App.Name
	if m.from.Name == "" {
		m.from.Name = name
	}
	if m.from.Legacy && snowflake.Same(snowflake.AnyIdent(m.from.Name), snowflake.AnyIdent(name)) {
		m.app.App.Name = besideName(name)
	}
	if !m.from.Legacy {
		m.from.Name = ""
	}
}

// changes returns every file before and after.
func (p *planner) changes() {
	for _, name := range slices.Sorted(maps.Keys(p.now)) {
		old, there := p.folder.Content(name)
		now := p.now[name]
		if !there {
			old = nil
			if now == nil {
				continue
			}
		} else if old == nil {
			old = []byte{}
		}
		if there && now != nil && bytes.Equal(old, now) {
			continue
		}
		c := Change{Path: name, Old: old, New: now}
		if !there && name == p.undoneAt {
			c.Undone = p.undone
		}
		p.m.Changes = append(p.m.Changes, c)
	}
	change.SortEdits(p.m.Edits)
}
