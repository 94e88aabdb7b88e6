package accessible

import (
	"errors"
	"fmt"
	"strings"

	"sleet/scaffold/migrate"
	"sleet/ui"
)

// moveReport reads the folder and says by checklist item what a container does not take.
func (d *dialogue) moveReport() error {
	if d.state.Move.Folder == nil {
		d.say("move.scanning")
		folder, uncommitted, err := d.Effects.Scan()
		if err != nil {
			return fmt.Errorf("cannot read the app: %w", err)
		}
		if len(folder.Apps) == 0 {
			return errors.New(d.t("move.none"))
		}
		if d.state, err = d.state.Scanned(folder, uncommitted); err != nil {
			return fmt.Errorf("cannot plan the move: %w", err)
		}
	}
	if n := len(d.state.Move.Uncommitted); n > 0 {
		d.say("move.uncommitted", "Count", n)
	}
	for _, item := range d.state.Move.Items {
		state := map[migrate.ItemState]string{
			migrate.ItemUnaffected: d.t("move.unaffected"), migrate.ItemAutomatic: d.t("move.does"),
			migrate.ItemManual: d.t("move.manual", "Count", len(item.Findings)),
		}
		d.print(d.t("move.item."+item.ID) + ": " + state[item.State])
		for _, f := range item.Findings {
			d.print(fmt.Sprintf("  %s:%d %s %s", f.Path, f.Line, f.Rule, f.Message))
			d.print("    " + f.Fix)
		}
	}
	_, err := d.read(d.t("ui.key.enter") + ":")
	return err
}

// moveChanges shows each change and asks whether to take it.
func (d *dialogue) moveChanges() error {
	groups, err := d.state.Move.Groups(d.state.App)
	if err != nil {
		return fmt.Errorf("cannot plan the move: %w", err)
	}
	for _, g := range groups {
		d.print("")
		name := g.Path
		if g.Kind != "" {
			name += ", " + d.t("move.kind."+string(g.Kind))
		}
		d.print(strings.TrimSpace(name + ": " + strings.Join(g.Why, "; ")))
		switch {
		case g.Old == nil:
			d.print(d.t("move.new"))
			continue
		case g.Now == nil:
			d.print(d.t("move.goes"))
			continue
		}
		d.print(strings.TrimRight(ui.DiffText(g.Path, string(g.Old), string(g.Now)), "\n"))
		if g.Fixed {
			continue
		}
		yes, err := d.taken()
		if err != nil {
			return err
		}
		d.state.Move = d.state.Move.Taking(g.ID, yes)
	}
	return nil
}

// taken asks for a yes; an empty line is one.
func (d *dialogue) taken() (bool, error) {
	yes, no := d.t("ui.toggle.on"), d.t("ui.toggle.off")
	line, err := d.read(fmt.Sprintf("%s, %s/%s [%s]:", d.t("move.take"), yes, no, yes))
	line = strings.ToLower(strings.TrimSpace(line))
	return line != "n" && line != "no" && line != strings.ToLower(no), err
}

// moveManual says what is left to the person, and asks before anything is written.
func (d *dialogue) moveManual() error {
	plan, err := d.state.Move.Plan(d.state.App)
	if err != nil {
		return fmt.Errorf("cannot plan the move: %w", err)
	}
	for _, n := range append(plan.Manual, plan.Advice...) {
		d.print(fmt.Sprintf("%s:%d %s", n.Path, n.Line, n.Message))
		d.print("  " + n.Fix)
	}
	_, err = d.read(d.t("move.write") + ":")
	return err
}
