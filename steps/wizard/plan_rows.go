package wizard

import (
	"slices"
	"strings"

	"sleet/snowflake"
	"sleet/steps/deploy"
	"sleet/ui"
	"sleet/ui/cells"
	"sleet/ui/message"
)

// planRow is a line of the plan: one item, several that have one thing in common, or a file.
type planRow struct {
	kind  rowKind
	items []int
	file  *planFile
}

// rowKind is what a line of a plan stands for.
type rowKind int

const (
	itemRow    rowKind = iota // one item
	nestedRow                 // one item of what is unfolded above it
	blockedRow                // what one cause blocks
	foldRow                   // what stays as it is
	fileRow                   // a file that differs in the account from the folder
	noteRow                   // what the account did not show, and what is not sent
)

// planRows lays a plan out: changes first, then what is blocked, by its cause, then what is not known, and last what
// stays as it is, folded.
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

// planFile is a file that differs in the account from the folder, through nobody's
// doing here: it was edited in Snowsight, or the folder has it no longer.
type planFile struct {
	path string
	gone bool
}

// planFiles are the files to be asked about, edited ones first.
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

// fileEntry is a file's line in the plan.
func (p planScreen) fileEntry(f planFile) ui.Entry {
	k := p.kit
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

// blockedEntry is the line of several items that one cause blocks: why, which, and what fixes it, each once.
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

// foldEntry is the line of what stays as it is.
func foldEntry(k *ui.Context, plan snowflake.Plan, items []int, unfolded bool) ui.Entry {
	e := ui.Entry{Mark: ui.MarkSame, Title: k.T("plan.objects", "count", len(items)), Side: k.T("plan.same") + " " + k.Glyphs.More}
	if unfolded {
		e.Side = k.T("plan.same") + " " + k.Glyphs.Less
		return e
	}
	names := make([]string, 0, len(items))
	for _, i := range items {
		names = append(names, k.T.Say(plan.Items[i].Text()))
	}
	e.Detail = []ui.Paragraph{{Tone: ui.ToneMuted, Text: strings.Join(names, "\n")}}
	return e
}

// noteEntry is the line of what the account did not show, and of what is not sent.
func noteEntry(k *ui.Context, notes []message.Message) ui.Entry {
	e := ui.Entry{Mark: ui.MarkNote, Title: k.T("plan.notes", "count", len(notes))}
	for _, note := range notes {
		e.Detail = append(e.Detail, ui.Paragraph{Text: k.T.Say(note)})
	}
	return e
}

// planNotes are what a person should know of an assessment beside its plan.
func planNotes(s deploy.Assessment) []message.Message {
	return append(slices.Clone(s.Withheld), s.Account.Notes...)
}

// PlanLines words one item of a plan with everything about it; the first line is what becomes of
// which thing.
func PlanLines(k *ui.Context, s deploy.Assessment, i int) []string {
	item := s.Plan.Items[i]
	item.Ask = false // that is asked apart
	s.Plan.Items = []snowflake.Item{item}
	e := planScreen{kit: k, survey: s}.entry(0, item)
	lines := []string{e.Side + ": " + e.Title}
	for _, passage := range e.Detail {
		lines = append(lines, strings.Split(passage.Text, "\n")...)
	}
	return lines
}

// PlanCounts says in one line how much a plan does.
func PlanCounts(k *ui.Context, s deploy.Assessment) string {
	line := planScreen{kit: k, words: applyWords, survey: s}.counts()
	if s.Context.Account == "" {
		return line
	}
	return cells.Clean(s.Context.Account) + " " + k.Glyphs.Crumb + " " + line
}
