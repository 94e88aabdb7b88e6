package command

import (
	"context"

	"github.com/charmbracelet/colorprofile"

	"sleet/steps/command/crash"
	"sleet/steps/command/exit"
	"sleet/steps/command/output"
	"sleet/steps/command/reports"
	"sleet/steps/command/script"
	"sleet/steps/diagnosis"
	"sleet/steps/doctor"
	"sleet/steps/wizard"
	"sleet/ui"
)

// show shows a diagnosis to a person: as a tree on a terminal, or else as text.
func (o *doctorOptions) show(ctx context.Context, in doctor.Input, chains []doctor.Chain) error {
	r := diagnosis.Report{Input: in, Chains: chains, T: o.t, Unicode: ui.UTF8(o.host.Getenv), Width: output.Width(o.host.Out)}
	if o.host.Terminal && !o.plain && !o.globals.accessible && !o.host.IsDumbTerminal() {
		defer crash.WatchTerminal(o.host.In, o.t("run.crashed"))()
		return diagnosis.Show(ctx, wizard.Session{Environ: o.host.Environ, In: o.host.In, Out: o.host.Out, Terminal: true}, r)
	}
	_, err := colorprofile.NewWriter(o.host.Out, o.host.Environ).WriteString(r.Text())
	return exit.Failed(err, "run.unprinted")
}

// writeFix writes the statements that fix an app to sql/fix.sql in its folder, or in the current one, without running
// them. It does not replace a script that somebody edited, but uses the next free name.
func (o *doctorOptions) writeFix(x examined, in doctor.Input, chains []doctor.Chain) error {
	fixes := doctor.Fixes(chains)
	if len(fixes) == 0 {
		output.Say(o.host.Err, o.t("diagnosis.nothing_to_run"))
		return nil
	}
	dir := x.dir
	if dir == "" {
		dir = o.host.Dir
	}
	const everybody = 0o644
	path, err := script.Save(dir, "sql/fix", reports.FixScript(in, chains, fixes), everybody)
	if err == nil {
		output.Say(o.host.Err, o.t("diagnosis.written", "path", path))
	}
	return exit.Failed(err, "diagnosis.unwritten")
}
