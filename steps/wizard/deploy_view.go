package wizard

import (
	"context"
	"errors"
	"strings"

	"charm.land/bubbles/v2/key"

	"sleet/snowflake"
	"sleet/steps"
	"sleet/steps/doctor"
	"sleet/steps/wizard/screen"
	"sleet/ui"
	"sleet/ui/cells"
	"sleet/ui/message"
)

// listed fills the list from the progress of the steps.
func (p deployScreen) listed() deployScreen {
	assessment := p.assessment
	assessment.Edited, assessment.Gone = nil, nil // the upload includes what was agreed to
	p.rows = planRows(assessment, p.unfolded, false)
	entries := make([]ui.Entry, len(p.rows))
	for i, row := range p.rows {
		switch row.kind {
		case blockedRow:
			entries[i] = blockedEntry(p.context, p.assessment.Plan, row.items)
		case foldRow:
			entries[i] = foldEntry(p.context, p.words, p.assessment.Plan, row.items, p.unfolded)
		case nestedRow:
			entries[i] = p.entry(row.items[0], p.steps[row.items[0]])
			entries[i].Title = "  " + entries[i].Title
		case itemRow, fileRow, noteRow:
			entries[i] = p.entry(row.items[0], p.steps[row.items[0]])
		}
	}
	p.list = p.list.WithEntries(entries...).ExpandDetail(p.decide != nil)
	return p
}

func (p deployScreen) entry(i int, row deployRow) ui.Entry {
	k, item := p.context, p.assessment.Plan.Items[i]
	e := ui.Entry{Mark: row.mark, Title: k.T.Say(item.Text())}
	switch row.mark {
	case ui.MarkWaiting:
		e.Side = k.T("live.waiting")
		if p.over {
			e.Side = k.T("live.not_run")
		}
	case ui.MarkRunning:
		e.Side = screen.Elapsed(max(p.now.Sub(row.began), 0))
		if !row.progress.IsZero() {
			e.Side += "  " + k.T.Say(row.progress)
		}
	case ui.MarkDone:
		e.Side = screen.Elapsed(row.event.Took)
	case ui.MarkFailed:
		e.Side = strings.TrimSpace(k.T("live.failed") + " " + row.event.Code)
	case ui.MarkSkipped:
		switch {
		case row.undone:
			e.Side = k.T("live.undone_row")
		case row.handed:
			e.Side = k.T("live.handed")
		default:
			e.Side = k.T("live.skipped")
		}
	case ui.MarkSame:
		e.Side = k.T(p.words.same)
	case ui.MarkCannot:
		e.Side = k.T("plan.cannot")
	case ui.MarkCreate, ui.MarkAlter, ui.MarkDrop, ui.MarkUnknown, ui.MarkNote:
	}
	e.Detail = p.detail(i, row)
	return e
}

// detail returns the detail of one step.
func (p deployScreen) detail(i int, row deployRow) []ui.Paragraph {
	k, item := p.context, p.assessment.Plan.Items[i]
	var all []ui.Paragraph
	if row.mark == ui.MarkFailed && !row.event.Message.IsZero() {
		all = append(all, ui.Paragraph{Tone: ui.ToneBad, Text: k.T.Say(row.event.Message)})
	} else if !row.event.Message.IsZero() && (row.mark == ui.MarkDone || row.mark == ui.MarkSkipped) {
		all = append(all, ui.Paragraph{Tone: ui.ToneMuted, Text: k.T.Say(row.event.Message)})
	}
	if id := row.event.QueryID; id != "" && !strings.Contains(k.T.Say(row.event.Message), id) { // Snowflake's errors name it
		all = append(all, ui.Paragraph{Tone: ui.ToneMuted, Text: k.T("live.query", "id", id)})
	}
	if !item.Reason.IsZero() && row.mark == ui.MarkCannot {
		all = append(all, ui.Paragraph{Tone: ui.ToneBad, Text: k.T.Say(item.Reason)})
	}
	if !item.Owner.IsZero() && len(item.Statements) > 0 {
		all = append(all, ui.Paragraph{Tone: ui.ToneMuted, Text: k.T("plan.role", "role", item.Owner.SQL())})
	}
	all = append(all, statements(item.Statements, item.Owner)...)
	if len(item.Fixes()) > 0 {
		all = append(all, ui.Paragraph{Tone: ui.ToneTitle, Text: k.T("plan.handover")})
		all = append(all, statements(item.Fixes(), snowflake.Name{})...)
	}
	return all
}

// ended returns the title once the run is over, "" before that.
func (p deployScreen) ended() message.ID {
	switch {
	case !p.over:
		return ""
	case p.aborted():
		return p.words.endedStopped
	case p.failure != nil:
		return p.words.endedFailed
	case p.done.Undone:
		return "live.ended_undone"
	case !p.done.Complete():
		return p.words.endedPart
	}
	return p.words.ended
}

// head returns the lines above the list: the progress, and at the end the result.
func (p deployScreen) head() []string {
	k := p.context
	if !p.over {
		return []string{p.progress()}
	}
	var all []ui.Paragraph
	switch {
	case p.aborted():
		all = append(all, ui.Paragraph{Tone: ui.ToneWarn, Text: k.Glyphs.Warn + " " + k.T(p.words.aborted)})
	case p.failure != nil:
		return screen.FitHalf(k, screen.Failure(k, p.failure, p.w), p.h)
	case p.done.Undone:
		all = append(all, ui.Paragraph{Tone: ui.ToneWarn, Text: k.Glyphs.Warn + " " + k.T("live.undone")})
	case p.done.Complete():
		all = append(all, ui.Paragraph{Tone: ui.ToneGood, Text: k.Glyphs.Done + " " + k.T("live.whole", "time", screen.Elapsed(p.took))})
	default:
		all = append(all, ui.Paragraph{Tone: ui.ToneWarn, Text: k.Glyphs.Warn + " " + k.T("live.counts", "counts", p.done.Counts(), "time", screen.Elapsed(p.took))})
	}
	all = append(all, p.startLines()...)
	if len(p.done.Unverified) > 0 {
		all = append(all, ui.Paragraph{Tone: ui.ToneWarn, Text: k.T("live.unverified", "names", k.T.Say(message.Join(", ", p.done.Unverified...)))})
	}
	if len(p.done.NotShown) > 0 {
		all = append(all, ui.Paragraph{Text: k.T("live.not_shown", "names", k.T.Say(message.Join(", ", p.done.NotShown...)))})
	}
	if p.path != "" {
		all = append(all, ui.Paragraph{Text: k.T("live.handover", "path", p.path)})
	}
	for _, each := range steps.Addresses(k.T, p.done) {
		all = append(all, ui.Paragraph{Text: each.Label}, ui.Paragraph{Link: ui.Link{URL: each.URL}})
	}
	var lines []string
	for _, each := range all {
		lines = append(lines, k.Paragraph(each, max(p.w, 1))...)
	}
	return screen.FitHalf(k, lines, p.h)
}

// startLines returns how long the app has been starting, or the result.
func (p deployScreen) startLines() []ui.Paragraph {
	k := p.context
	switch {
	case p.waiting:
		return []ui.Paragraph{{Tone: ui.ToneMuted, Text: k.T("apply.starting") + "  " + screen.Elapsed(max(p.now.Sub(p.began), 0)) + "  " + k.T("apply.starting_keys")}}
	case p.startup == nil:
		return nil
	}
	text := k.T.Say(steps.StartupWords(*p.startup, p.shown))
	switch p.startup.Outcome {
	case doctor.Started:
		return []ui.Paragraph{{Tone: ui.ToneGood, Text: k.Glyphs.Done + " " + text}}
	case doctor.Failed:
		return []ui.Paragraph{{Tone: ui.ToneBad, Text: k.Glyphs.Bad + " " + text}}
	case doctor.Inconclusive, doctor.Unreadable, doctor.Canceled:
	}
	return []ui.Paragraph{{Tone: ui.ToneMuted, Text: text}}
}

// progress returns how many steps are over and how long the run has taken, or that a step failed.
func (p deployScreen) progress() string {
	of, over := 0, 0
	for _, row := range p.steps {
		switch row.mark {
		case ui.MarkSame, ui.MarkCannot:
		case ui.MarkDone, ui.MarkSkipped, ui.MarkFailed:
			of++
			over++
		case ui.MarkWaiting, ui.MarkRunning, ui.MarkCreate, ui.MarkAlter, ui.MarkDrop, ui.MarkUnknown, ui.MarkNote:
			of++
		}
	}
	k := p.context
	if p.decide != nil {
		return k.Bad.Render(k.Cut(k.Glyphs.Bad+" "+k.T("live.decide"), p.w))
	}
	words := k.T("live.progress", "done", over, "steps", of, "time", screen.Elapsed(max(p.now.Sub(p.began), 0)))
	if len(p.notes) > 0 {
		words += "  " + p.context.T.Say(p.notes[len(p.notes)-1])
	}
	return k.Bar(over, of, min(p.w/3, screen.ProgressBar)) + "  " + k.Text.Render(k.Cut(cells.Clean(words), max(p.w-min(p.w/3, screen.ProgressBar)-2, 1)))
}

func (p deployScreen) View() string {
	head := p.head()
	room := max(p.h-len(head)-1, 1)
	return strings.Join(head, "\n") + "\n\n" + p.list.SetSize(p.w, room).View()
}

// Confirmation returns the question over the screen, or nil.
func (p deployScreen) Confirmation() *ui.Confirm { return p.undo }

func (p deployScreen) Keys() []key.Binding {
	k := p.context
	switch {
	case p.decide != nil:
		var all []key.Binding
		for _, letter := range p.words.decisions {
			keys := []string{letter}
			if letter == stopLetter {
				keys = append(keys, p.context.Keys.Back.Keys()...)
			}
			all = append(all, key.NewBinding(key.WithKeys(keys...), key.WithHelp(letter, k.T(message.ID("live.key_"+letter)))))
		}
		return all
	case !p.over:
		return append(p.foldKeys(), k.Keys.Down, ui.WithDesc(k.Keys.Back, k.T("live.stop")))
	}
	all := append([]key.Binding{ui.WithDesc(k.Keys.Enter, k.T("done.finish"))}, append(p.foldKeys(), k.Keys.Down)...)
	if p.done.URL != "" && !p.opened && p.browses() {
		all[0] = ui.WithDesc(k.Keys.Enter, k.T("live.open"))
		all = append(all, ui.WithDesc(k.Keys.Back, k.T("done.finish")))
	}
	if p.undoes() {
		all = append(all, key.NewBinding(key.WithKeys(undoLetter), key.WithHelp(undoLetter, k.T("live.key_u"))))
	}
	return all
}

// foldKeys returns the key that shows or hides the unchanged objects, if the cursor is on their line.
func (p deployScreen) foldKeys() []key.Binding {
	if !p.folds() {
		return nil
	}
	return []key.Binding{foldKey(p.context, p.unfolded)}
}

// DeployEndLines returns the result of deploying or removing the app, to stay in the terminal.
func DeployEndLines(k *ui.Context, s steps.State) []string {
	a, words := s.Outcome.Applied, wordsOf(s)
	var lines []string
	switch {
	case errors.Is(s.Outcome.Failure, context.Canceled):
		lines = append(lines, k.Warn.Render(k.Glyphs.Warn)+" "+k.T(words.aborted))
	case a.Undone:
		lines = append(lines, k.Warn.Render(k.Glyphs.Warn)+" "+k.T("live.undone"))
	case a.Complete() && a.URL != "":
		lines = append(lines, k.Good.Render(k.Glyphs.Done)+" "+k.T("live.end"))
	case a.Complete() && s.IsRemoval() && a.Done > 0:
		lines = append(lines, k.Good.Render(k.Glyphs.Done)+" "+k.T("destroy.end"))
	case a.Complete():
		lines = append(lines, k.Good.Render(k.Glyphs.Done)+" "+k.T(words.nothing))
	default:
		lines = append(lines, k.Warn.Render(k.Glyphs.Warn)+" "+k.T(words.endPart, "counts", a.Counts()))
	}
	if s.Outcome.Handover != "" {
		lines = append(lines, "  "+k.T("live.handover", "path", cells.Clean(s.Outcome.Handover)))
	}
	for _, line := range steps.AddressLines(k.T, *a) {
		lines = append(lines, "  "+line)
	}
	return lines
}
