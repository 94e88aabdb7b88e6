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

// Migration is the plan of an app's migration.
type Migration struct {
	// Root is the app's folder. App is the app for sleet.toml. Fresh reports whether this migration migrates the app;
	// otherwise it was migrated before.
	Root  string
	App   scaffold.App
	Fresh bool
	// Native reports whether a Native App deploys the app, so that apply cannot.
	Native bool
	// Edits are the edits of files that stay, including those of skipped groups. New are the files to create, Removed
	// the files to remove.
	Edits   []change.Edit
	New     []scaffold.File
	Removed []string
	// Changes are the files to write, before and after, for Apply.
	Changes []Change
	// Secrets are the secrets that the code reads.
	Secrets []rewrite.Secret
	// Review are the edits that may change the app's behavior, with their lines in the edited files.
	Review []change.Note
	// Manual is the work left to the person, with lines in the edited files. Advice is worth a look. Notes are changes
	// that are not obvious.
	Manual, Advice, Notes []change.Note
	// Items is the checklist.
	Items []Item
	// Steps are the remaining steps in the account.
	Steps []message.Message

	// list writes MIGRATION.md; nil if the migration does not write it. lists is the snowflake.yml that must list
	// uv.lock once it exists.
	lists *lockListing
	// locked reports whether the app had a lock file before the migration.
	locked bool
	list   func(Migration) []byte
}

// Plan returns the migration of an app of a folder. It does no I/O: the same folder and choices have the same result.
// Choices.App starts from that of Inspect.
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
	if main := c.App.App.MainFile; main != "" && app.RootPath(main) != app.Main {
		app = app.WithMain(app.RootPath(main))
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

// Nested returns the migration of an app inside another one: nothing, until the person names its folder.
func Nested(folder *existing.Folder, app *existing.App) Migration {
	text := message.New("moved.nested", "folder", path.Join(folder.Dir, app.Root))
	return Migration{Root: app.Root, App: Inspect(folder, app).App, Notes: []change.Note{{Rule: RuleNested, Path: app.Root, Message: text}}}
}

// RuleNested is the rule id if an app is inside another one.
const RuleNested = "nested-app"

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
	p.m.locked = app.HasFile(app.RootPath(scaffold.LockFile))
	if err := p.edit(code.Edits); err != nil {
		return err
	}
	for _, f := range code.New {
		p.add(f.Path, f.Data)
	}
	p.notes = append(append(p.notes, found.Notes...), p.movedNotes(code)...)
	p.notes = append(p.notes, mainNotes(was, c.App)...)
	name := app.RootPath(scaffold.ConfigFile)
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
	unread := app.HasFile(conda) && app.Files[conda] == nil
	if !unread && !found.own.packages && !skip(app.RootPath(scaffold.PyprojectFile), change.KindPackages) {
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

// scripts writes the SQL scripts for the migration and the rollback, and sleet.toml.
func (p *planner) scripts(app *existing.App, moved *movedApp) {
	moved.from.Files = p.sent(app, *moved)
	p.add(app.RootPath(scaffold.MigrateFile), resources.MigrateSQL(moved.app, moved.from))
	p.add(app.RootPath(scaffold.RollbackFile), resources.RollbackSQL(moved.app, moved.from))
	text := answers.TOML(moved.app)
	if own, ok := p.content(app.RootPath(scaffold.AnswersFile)); ok && app.Answers != nil {
		text = answers.Edit(own, *app.Answers, moved.app)
	}
	p.add(app.RootPath(scaffold.AnswersFile), text)
	if app.Answers == nil && !moved.from.Legacy {
		p.undone, p.undoneAt = answers.TOML(unmoved(app, *moved)), app.RootPath(scaffold.AnswersFile)
	}
}

// unmoved returns the answers for an app before its migration, from those of the container app. Its files contain the
// rest.
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

// grouped assigns edits to the group of their kind in their file, which a person accepts or skips as a whole.
func grouped(edits []change.Edit, kind change.Kind) []change.Edit {
	for i := range edits {
		edits[i].Kind, edits[i].Group = kind, edits[i].Path+":"+string(kind)
	}
	return edits
}

// movedNotes returns the notes on the code with their lines in the edited files.
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
		// The answer Cortex means that the page that sleet generates uses Cortex, which this page does not.
		app.Python.Packages = append(app.Python.Packages, "requests")
	}
	return app
}

// settleName sets another name for the new app if the old app cannot be altered, unless the person chose one.
func (m *movedApp) settleName(c Choices) {
	m.from.Legacy = m.from.Legacy || c.Legacy
	name := c.App.Resolve().App.Name
	if m.from.Name == "" {
		m.from.Name = name
	}
	if m.from.Legacy && snowflake.SameName(snowflake.LenientIdent(m.from.Name), snowflake.LenientIdent(name)) {
		m.app.App.Name = besideName(name)
	}
	if !m.from.Legacy {
		m.from.Name = ""
	}
}

// changes records every changed file before and after.
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
