package migrate

import (
	"bytes"
	"cmp"
	"fmt"
	"path"
	"slices"
	"strings"
	"unicode"

	"sleet/scaffold"
	"sleet/scaffold/check"
	"sleet/scaffold/check/facts"
	"sleet/scaffold/check/rules"
	"sleet/scaffold/existing"
	"sleet/scaffold/migrate/change"
	"sleet/scaffold/migrate/manifest"
	"sleet/scaffold/resources"
	"sleet/ui/message"
)

// RuleUnreadable is the rule id for a file that cannot be read or parsed.
const RuleUnreadable = "unreadable"

// unticked returns a list with all boxes unchecked.
func unticked(data []byte) []byte {
	for _, box := range []string{"- [x] ", "- [X] "} {
		data = bytes.ReplaceAll(data, []byte(box), []byte("- [ ] "))
	}
	return data
}

// advice reports whether a finding breaks nothing by itself. SQL files that created the app before are history: the app
// no longer has their bindings.
func advice(f facts.Finding) bool {
	switch f.Rule {
	case "SL111":
		return true
	case "SL303":
		return strings.HasSuffix(strings.ToLower(f.Path), ".sql")
	case "SL501":
		return f.Severity != facts.Error
	default:
		return f.Severity == facts.Advice
	}
}

// noted reports whether a note replaces a finding, because it has more details.
func (p *planner) noted(f facts.Finding) bool {
	packages := f.Rule == manifest.RulePackages && f.Symbol == manifest.SymbolDynamic
	imports := strings.EqualFold(f.Symbol, importsSymbol) && (f.Rule == ruleSQL || f.Rule == manifest.RuleProject)
	return (packages || imports) && slices.ContainsFunc(p.notes, func(n change.Note) bool {
		return n.Manual && n.Rule == f.Rule && n.Symbol == f.Symbol && (packages || n.Path == f.Path)
	})
}

// leftover checks the folder after the migration. The remaining findings, and the notes of the rewriting, are left to
// the person.
func (p *planner) leftover(streamlit string) {
	var findings []facts.Finding
	folder := p.after()
	if after := appAt(folder, p.root); after != nil {
		findings = check.Findings(after, facts.Options{Runtime: scaffold.Container, Streamlit: streamlit})
	}
	for _, s := range folder.Skipped {
		if inFolder(p.root, s.Path) && !s.Handler {
			p.m.Manual = append(p.m.Manual, change.Note{
				Rule: RuleUnreadable, Path: s.Path, Line: s.Line, Message: message.New("manual.unreadable", "reason", s.Reason), Fix: message.New("manual.unreadable.fix"), Manual: true,
			})
		}
	}
	roles := aboutRole(findings)
	for _, f := range findings {
		if p.noted(f) {
			continue // the note names the packages or files
		}
		n := change.Note{Rule: f.Rule, Symbol: f.Symbol, Path: f.Path, Line: f.Line, Manual: true, Message: f.Message, Fix: f.Fix}
		about := advice(f)
		if f.Rule == RuleViewer {
			n = viewerNote(n, roles)
			about = !n.Manual
		}
		switch made := func(file scaffold.File) bool { return file.Path == n.Path }; {
		case !about:
			p.m.Manual = append(p.m.Manual, n)
		case !slices.ContainsFunc(p.m.New, made):
			p.m.Advice = append(p.m.Advice, n)
		}
	}
	p.viewers(folder)
	for _, n := range p.openBoxes() {
		again := func(have change.Note) bool { return have.Rule == n.Rule && have.Path == n.Path && have.Line == n.Line }
		if !slices.ContainsFunc(p.notes, again) {
			p.m.Manual = append(p.m.Manual, n)
		}
	}
	listed := map[change.Mark][]change.Note{}
	for _, n := range p.m.Manual {
		listed[n.Mark()] = append(listed[n.Mark()], n)
	}
	for _, n := range p.notes {
		twin := func(have change.Note) bool { return have.Symbol == n.Symbol || n.Symbol != importsSymbol }
		switch {
		case !n.Manual:
			p.m.Notes = append(p.m.Notes, n)
		case !slices.ContainsFunc(listed[n.Mark()], twin):
			listed[n.Mark()] = append(listed[n.Mark()], n)
			p.m.Manual = append(p.m.Manual, n)
		}
	}
	for _, list := range [][]change.Note{p.m.Manual, p.m.Advice} {
		slices.SortStableFunc(list, byPlace)
	}
}

// viewers adds notes about what changes when one process serves all viewers, in addition to the findings.
func (p *planner) viewers(folder *existing.Folder) {
	before, after := appAt(p.folder, p.root), appAt(folder, p.root)
	if before == nil || after == nil || !p.m.Fresh {
		return
	}
	for _, n := range append(cacheNotes(before, after), policyNotes(after)...) {
		if n.Manual {
			p.m.Manual = append(p.m.Manual, n)
		} else {
			p.m.Advice = append(p.m.Advice, n)
		}
	}
}

// after returns the folder after the migration. If nothing changes, it is the same folder, with its caches.
func (p *planner) after() *existing.Folder {
	for name, now := range p.now {
		if was, there := p.folder.Content(name); there != (now != nil) || !bytes.Equal(was, now) {
			return p.folder.With(p.now)
		}
	}
	return p.folder
}

func byPlace(a, b change.Note) int {
	return cmp.Or(cmp.Compare(a.Path, b.Path), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Rule, b.Rule))
}

// writeManual writes the list of manual work for an app that is migrated now. An existing list belongs to the person.
func (p *planner) writeManual() {
	if !p.m.Fresh {
		return
	}
	p.m.Steps = p.moved.steps()
	name := path.Join(p.root, scaffold.ManualFile)
	if slices.Contains(p.folder.Paths, name) {
		return
	}
	p.m.list = func(done Migration) []byte { return manualText(p.moved, p.say, done) }
	if len(p.m.Manual)+len(p.m.Review) > 0 {
		p.add(name, p.m.list(p.m))
	}
}

// steps returns the remaining steps in the account.
func (m movedApp) steps() []message.Message {
	if m.native != nil {
		return m.native.steps()
	}
	app := m.app.Resolve()
	var steps []message.Message
	open := map[string]bool{}
	for _, o := range m.open {
		open[o.Key] = true
		place := change.Note{Path: o.Path, Line: o.Line}.Place(".")
		steps = append(steps, message.New("moved.step-open", "key", o.Key, "text", o.Text, "place", place))
	}
	switch {
	case open["app.name"]:
	case !m.named:
		steps = append(steps, message.New("moved.step-name", "name", app.App.Name))
	case (app.App.Database == "" || app.App.Schema == "") && !open["app.database"] && !open["app.schema"]:
		steps = append(steps, message.New("moved.step-schema"))
	}
	if m.from.Legacy {
		steps = append(steps, message.New("moved.step-beside", "script", scaffold.MigrateFile, "name", app.App.Name))
		return append(steps, message.New("moved.step-address"))
	}
	for _, s := range app.Secrets {
		if !s.Existing && !slices.ContainsFunc(m.from.Secrets, func(b resources.SecretBinding) bool { return strings.EqualFold(b.Key, s.Key) }) {
			steps = append(steps, message.New("moved.step-secret", "key", s.Key, "script", scaffold.MigrateFile))
		}
	}
	return append(steps,
		message.New("moved.step-apply", "script", scaffold.MigrateFile),
		message.New("moved.step-try", "script", scaffold.RollbackFile))
}

// manualText returns MIGRATION.md, with messages rendered by say.
func manualText(m movedApp, say func(message.Message) string, done Migration) []byte {
	var b strings.Builder
	line := func(format string, args ...any) {
		for i, a := range args {
			if text, ok := a.(message.Message); ok {
				args[i] = inline(say(text))
			}
		}
		fmt.Fprintf(&b, format+"\n", args...)
	}
	line("# %s\n", message.New("moved.list-title", "title", m.app.Resolve().App.Title))
	line("%s", message.New("moved.list-head"))
	section := func(title message.Message, notes []change.Note) {
		if len(notes) == 0 {
			return
		}
		line("\n## %s\n", title)
		for _, n := range notes {
			line("- [ ] %s %s (%s)", code(n.Place(m.root)), n.Message, n.Rule)
			if n.Fix.String() != "" {
				line("      %s", n.Fix)
			}
			if r, ok := rules.RuleOf(n.Rule); ok && r.Page != "" {
				line("      <%s>", r.Page)
			}
		}
	}
	section(message.New("moved.list-manual"), done.Manual)
	section(message.New("moved.list-review"), done.Review)
	section(message.New("moved.list-advice"), done.Advice)
	line("\n## %s\n", message.New("moved.list-steps"))
	for _, s := range done.Steps {
		line("- [ ] %s", s)
	}
	return []byte(b.String())
}

// inline returns a text as one line of a list. It removes control characters for bidirectional text, which could change
// how other text reads.
func inline(text string) string {
	return strings.Join(strings.Fields(strings.Map(func(r rune) rune {
		switch {
		case r < ' ' || r == 0x7f:
			return ' '
		case unicode.Is(unicode.Bidi_Control, r):
			return -1
		}
		return r
	}, text)), " ")
}

// code returns a text as a code span, delimited by more backticks than it contains.
// https://spec.commonmark.org/0.31.2/#code-spans
func code(text string) string {
	text = inline(text)
	mark := "`"
	for strings.Contains(text, mark) {
		mark += "`"
	}
	if len(mark) == 1 {
		return mark + text + mark
	}
	return mark + " " + text + " " + mark
}
