package wizard

import (
	"slices"
	"strings"

	"charm.land/bubbles/v2/key"

	"sleet/snowflake"
	"sleet/steps/deploy"
	"sleet/ui"
	"sleet/ui/cells"
	"sleet/ui/message"
)

// planRow is a line of the plan: one item, several items in a group, or a file.
type planRow struct {
	kind  rowKind
	items []int
	file  *planFile
}

// rowKind is the kind of a line of a plan.
type rowKind int

const (
	itemRow    rowKind = iota // one item
	nestedRow                 // one item of the unfolded line above
	blockedRow                // items blocked by one cause
	foldRow                   // unchanged items
	fileRow                   // a file that differs between the account and the folder
	noteRow                   // what the account did not show, and which files are not sent
)

// planRows returns the lines of a plan: changes first, then blocked items by their cause, then unknown ones, and last
// the unchanged ones, folded.
func planRows(s deploy.Assessment, unfolded, notes bool) []planRow {
	var rows []planRow
	each := func(kind rowKind, items []int) {
		for _, i := range items {
			rows = append(rows, planRow{kind: kind, items: []int{i}})
		}
	}
	groups := deploy.GroupsOf(s)
	each(itemRow, groups.Changes)
	for _, f := range planFiles(s) {
		rows = append(rows, planRow{kind: fileRow, file: &f})
	}
	for _, group := range groups.Blocked {
		if len(group.Items) == 1 {
			each(itemRow, group.Items)
			continue
		}
		rows = append(rows, planRow{kind: blockedRow, items: group.Items})
	}
	each(itemRow, groups.Unknown)
	if notes {
		rows = append(rows, planRow{kind: noteRow})
	}
	switch len(groups.Same) {
	case 0:
	case 1:
		each(itemRow, groups.Same)
	default:
		rows = append(rows, planRow{kind: foldRow, items: groups.Same})
		if unfolded {
			each(nestedRow, groups.Same)
		}
	}
	return rows
}

// foldKey returns the key that shows or hides the unchanged objects.
func foldKey(k *ui.Context, unfolded bool) key.Binding {
	if unfolded {
		return ui.WithDesc(k.Keys.Space, k.T("plan.fold"))
	}
	return ui.WithDesc(k.Keys.Space, k.T("plan.unfold"))
}

// planFile is a file that differs between the account and the folder although no local edit explains it: it was edited
// in Snowsight, or no longer exists in the folder.
type planFile struct {
	path string
	gone bool
}

// planFiles returns the files to ask about, edited ones first.
func planFiles(s deploy.Assessment) []planFile {
	var all []planFile
	for _, path := range s.Edited {
		all = append(all, planFile{path: path})
	}
	for _, path := range s.Gone {
		all = append(all, planFile{path: path, gone: true})
	}
	return all
}

// fileEntry returns a file's line in the plan.
func (p planScreen) fileEntry(f planFile) ui.Entry {
	k := p.context
	e := ui.Entry{Mark: ui.MarkSame, Title: f.path}
	yes, id := p.agreedFiles[f.path], "plan.edited"
	if f.gone {
		id = "plan.gone"
	}
	e.Side = k.T(message.ID(id + "_no"))
	if yes {
		e.Side, e.Mark = k.T(message.ID(id+"_yes")), ui.MarkAlter
	}
	e.Detail = []ui.Paragraph{{Tone: ui.ToneWarn, Text: k.T(message.ID(id + "_ask"))}}
	return e
}

// blockedEntry returns the line of several items blocked by one cause, with the cause, the items and the fixes, each
// once.
func blockedEntry(k *ui.Context, plan snowflake.Plan, items []int) ui.Entry {
	e := ui.Entry{Mark: ui.MarkCannot, Title: k.T("plan.objects", "count", len(items)), Side: k.T("plan.cannot")}
	e.Detail = append(e.Detail, ui.Paragraph{Tone: ui.ToneBad, Text: k.T.Say(plan.Items[items[0]].Reason)})
	var fixes []snowflake.Statement
	for _, i := range items {
		item := plan.Items[i]
		line := "  " + k.T.Say(item.Text())
		if len(item.Blocked) > 0 {
			line += "  (" + k.T("plan.waits") + ")"
		}
		e.Detail = append(e.Detail, ui.Paragraph{Text: line})
		for _, fix := range item.Fixes() {
			if !slices.ContainsFunc(fixes, func(other snowflake.Statement) bool { return other.SQL == fix.SQL && other.Role == fix.Role }) {
				fixes = append(fixes, fix)
			}
		}
	}
	if len(fixes) > 0 {
		e.Detail = append(e.Detail, ui.Paragraph{Tone: ui.ToneTitle, Text: k.T("plan.handover")})
		e.Detail = append(e.Detail, statements(fixes, snowflake.Name{})...)
	}
	return e
}

// foldEntry returns the line of the items that stay as they are, with the reasons why a removal keeps them.
func foldEntry(k *ui.Context, words runWords, plan snowflake.Plan, items []int, unfolded bool) ui.Entry {
	e := ui.Entry{Mark: ui.MarkSame, Title: k.T("plan.objects", "count", len(items)), Side: k.T(words.same) + " " + k.Glyphs.More}
	if unfolded {
		e.Side = k.T(words.same) + " " + k.Glyphs.Less
		return e
	}
	for _, i := range items {
		e.Detail = append(e.Detail, ui.Paragraph{Tone: ui.ToneMuted, Text: k.T.Say(plan.Items[i].Text())})
		if reason := plan.Items[i].Reason; !reason.IsZero() {
			e.Detail = append(e.Detail, ui.Paragraph{Text: "  " + k.T.Say(reason)})
		}
	}
	return e
}

// noteEntry returns the line of what the account did not show, and of files that are not sent.
func noteEntry(k *ui.Context, notes []message.Message) ui.Entry {
	e := ui.Entry{Mark: ui.MarkNote, Title: k.T("plan.notes", "count", len(notes))}
	for _, note := range notes {
		e.Detail = append(e.Detail, ui.Paragraph{Text: k.T.Say(note)})
	}
	return e
}

// planNotes returns the notes of an assessment beside its plan.
func planNotes(s deploy.Assessment) []message.Message {
	return append(slices.Clone(s.Withheld), s.Account.Notes...)
}

// PlanLines returns the text of one item of a plan; the first line is its action and the object.
func PlanLines(k *ui.Context, s deploy.Assessment, i int) []string {
	item := s.Plan.Items[i]
	item.Ask = false // asked separately
	s.Plan.Items = []snowflake.Item{item}
	e := planScreen{context: k, assessment: s}.entry(0, item)
	lines := []string{e.Side + ": " + e.Title}
	for _, passage := range e.Detail {
		lines = append(lines, strings.Split(passage.Text, "\n")...)
	}
	return lines
}

// PlanCounts returns a summary of a plan in one line.
func PlanCounts(k *ui.Context, s deploy.Assessment) string {
	line := planScreen{context: k, words: applyWords, assessment: s}.counts()
	if s.Context.Account == "" {
		return line
	}
	return cells.Clean(s.Context.Account) + " " + k.Glyphs.Crumb + " " + line
}
