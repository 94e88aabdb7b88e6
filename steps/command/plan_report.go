package command

import (
	"io"

	"github.com/charmbracelet/colorprofile"

	"sleet/steps/command/output"
	"sleet/steps/command/reports"
	"sleet/steps/deploy"
	"sleet/ui"
)

// planText returns a plan as text for a stream.
func (o *liveOptions) planText(out io.Writer, s deploy.Assessment) string {
	return reports.PlanText(s, reports.PlanStyle{
		T: o.t, Colors: o.colours(out), Unicode: ui.UTF8(o.host.Getenv), Width: output.Width(out),
	})
}

// colours returns the styles that a stream supports; none if it is not a terminal.
func (o *liveOptions) colours(out io.Writer) *ui.Context {
	if shared, ok := out.(*output.LineWriter); ok {
		out = shared.Out
	}
	theme := ui.NewTheme(ui.Dark(o.host.Getenv), colorprofile.Detect(out, o.host.Environ), ui.UTF8(o.host.Getenv))
	if theme.Profile <= colorprofile.NoTTY {
		theme = ui.Theme{Profile: theme.Profile, Glyphs: theme.Glyphs} // a file or a pipe
	}
	return ui.NewContext(theme, o.t)
}
