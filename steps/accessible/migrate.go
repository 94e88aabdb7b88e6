package accessible

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"sleet/scaffold/migrate/change"
	"sleet/steps"
	"sleet/ui/codeview"
	"sleet/ui/message"
)

// progressPace is the minimum time between two lines of progress.
const progressPace = 2 * time.Second

// migrationReport scans the folder and prints the findings by checklist item.
func (d *dialogue) migrationReport() error {
	if d.state.Migration.Folder == nil {
		d.say("migration.scanning")
		folder, uncommitted, err := d.Effects.Scan(steps.Throttle(progressPace, time.Now, func(files int) { d.say("migration.scanned", "count", files) }))
		if err != nil {
			return message.Wrap(err, "migrate.unread")
		}
		d.say("migration.read", "count", len(folder.Paths))
		if len(folder.Apps) == 0 {
			return message.NewError("migration.none")
		}
		if d.state, err = d.state.WithScan(folder, uncommitted); err != nil {
			return message.Wrap(err, "migrate.unplanned")
		}
	}
	if d.state.Migration.NeedsApp() {
		var options []option
		for _, app := range d.state.Migration.Apps {
			o := option{value: app.Root, title: app.Name, brings: d.t("migration.counts", "automatic", app.Automatic, "manual", app.Manual)}
			if app.Moved {
				o.brings = d.t("migration.moved")
			}
			options = append(options, o)
		}
		root, err := d.choose(d.t("migration.which"), options, d.state.Migration.Root)
		if err != nil {
			return err
		}
		if d.state, err = d.state.WithMigrationApp(root); err != nil {
			return message.Wrap(err, "migrate.unplanned")
		}
	}
	if n := len(d.state.Migration.Uncommitted); n > 0 {
		d.say("migration.uncommitted", "count", n)
	}
	for _, item := range d.state.Migration.Items {
		d.print(d.t(message.ID("migration.item."+item.ID)) + ": " + steps.ItemWords(d.Words.T, item))
		for _, f := range item.Findings {
			d.print(fmt.Sprintf("  %s:%d %s %s", f.Path, f.Line, f.Rule, d.Words.Say(f.Message)))
			d.print("    " + d.Words.Say(f.Fix))
		}
	}
	_, err := d.read(d.t("ui.key.enter") + ":")
	return err
}

// migrationChanges shows each change and asks what to do with it.
func (d *dialogue) migrationChanges() error {
	groups, err := d.state.Migration.Groups(d.state.App)
	if err != nil {
		return message.Wrap(err, "migrate.unplanned")
	}
	all := map[change.Kind]bool{} // kinds whose changes are all accepted
	for _, g := range groups {
		d.print("")
		name := g.Path
		if g.Kind != "" {
			name += ", " + d.t(message.ID("migration.kind."+string(g.Kind)))
		}
		d.print(strings.TrimSpace(name + ": " + strings.Join(append(g.Rules, steps.SayAll(d.t, g.Why)), "; ")))
		switch {
		case g.Old == nil:
			d.print(d.t("migration.new"))
			continue
		case g.Now == nil:
			d.print(d.t("migration.goes"))
			continue
		}
		d.print(strings.TrimRight(codeview.DiffText(g.Path, string(g.Old), string(g.Now)), "\n"))
		switch {
		case g.Fixed:
		case all[g.Kind]:
			d.state.Migration = d.state.Migration.WithGroup(g.ID, true)
			d.say("migration.take")
		default:
			if all[g.Kind], err = d.change(g); err != nil {
				return err
			}
		}
	}
	return nil
}

// change asks what to do with one change. all reports whether all other changes of its kind are accepted, too.
func (d *dialogue) change(g steps.MigrationGroup) (all bool, err error) {
	if g.Flagged {
		d.say("migration.look")
	}
	options := []option{
		{value: "take", title: d.t("accessible.take"), also: []string{"y", "yes", d.t("ui.toggle.on")}},
		{value: "leave", title: d.t("accessible.leave"), also: []string{"n", "no", d.t("ui.toggle.off")}},
		{value: "all", title: d.t("migration.key_all")},
	}
	if d.Effects.EditHere != nil {
		options = append(options, option{value: "edit", title: d.t("migration.key_edit")})
	}
	current := "take"
	if d.state.Migration.Skip[g.ID] {
		current = "leave"
	}
	for {
		chosen, err := d.choose(d.t("migration.key_space"), options, current)
		if err != nil {
			return false, err
		}
		if chosen != "edit" {
			d.state.Migration = d.state.Migration.WithGroup(g.ID, chosen != "leave")
			return chosen == "all", nil
		}
		text, err := d.state.Migration.Text(d.state, g)
		if err == nil {
			text, err = d.Effects.EditHere(g.Path, text)
		}
		if err == nil {
			d.state.Migration = d.state.Migration.WithFile(g.Path, text)
			d.say("migration.mine")
			return false, nil
		}
		d.print(err.Error())
	}
}

// manualWork prints the manual work, lets the person check it off, and asks before anything is written.
func (d *dialogue) manualWork() error {
	plan, err := d.state.Migration.Plan(d.state.App)
	if err != nil {
		return message.Wrap(err, "migrate.unplanned")
	}
	notes := slices.Concat(plan.Manual, plan.Review, plan.Advice)
	for {
		for i, n := range notes {
			if i == len(plan.Manual) && len(plan.Review) > 0 {
				d.say("migrate.review")
			}
			box := ""
			if n.Manual {
				box = map[bool]string{true: "[x] ", false: "[ ] "}[d.state.Migration.IsDone(n)]
			}
			d.print(fmt.Sprintf("  %d. %s%s:%d %s", i+1, box, n.Path, n.Line, d.Words.Say(n.Message)))
			d.print("     " + d.Words.Say(n.Fix))
		}
		prompt := d.t("accessible.manual_none")
		if len(plan.Manual) > 0 {
			prompt = d.t("accessible.manual", "notes", len(notes))
		}
		line, err := d.read(prompt + d.promptEnd())
		line = strings.ToLower(strings.TrimSpace(line))
		if err != nil || line == "" {
			return err
		}
		if line == deployWord && d.Effects.Account.CanConnect() {
			d.deployAfter = true
			return nil
		}
		if i, ok := number(line, len(notes)); ok && notes[i].Manual {
			d.state.Migration = d.state.Migration.ToggleDone(notes[i])
			continue
		}
		d.say("accessible.unknown")
	}
}
