package command

import (
	"fmt"
	"io"
	"strings"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/colorprofile"

	"sleet/snowflake"
	"sleet/steps/command/output"
	"sleet/steps/deploy"
	"sleet/ui"
	"sleet/ui/cells"
	"sleet/ui/message"
)

// planJSON is the output of `sleet apply --plan --json`.
type planJSON struct {
	Environment string     `json:"environment,omitempty"`
	Objects     []itemJSON `json:"objects"`
}

type itemJSON struct {
	Action     snowflake.Action `json:"action"`
	Kind       snowflake.Kind   `json:"kind"`
	Name       string           `json:"name"`
	Role       string           `json:"role"`
	Changes    []changeJSON     `json:"changes"`
	Statements []string         `json:"statements"`
	Reason     string           `json:"reason"`
}

type changeJSON struct {
	Property string `json:"property"`
	From     string `json:"from"`
	To       string `json:"to"`
}

// printPlanJSON prints a plan as JSON.
func printPlanJSON(out io.Writer, env string, plan snowflake.Plan) error {
	r := planJSON{Environment: env, Objects: []itemJSON{}}
	for _, item := range plan.Items {
		j := itemJSON{
			Action: item.Action, Kind: item.Kind, Name: item.SQL(), Role: item.Owner.SQL(),
			Changes: []changeJSON{}, Statements: []string{}, Reason: item.Reason.String(),
		}
		for _, c := range item.Changes {
			j.Changes = append(j.Changes, changeJSON{c.Property, c.From, c.To})
		}
		for _, st := range item.Statements {
			if st.SQL != "" {
				j.Statements = append(j.Statements, st.SQL)
			}
		}
		r.Objects = append(r.Objects, j)
	}
	return output.JSON(out, r)
}

// actionSign returns the sign before an object in a plan.
func actionSign(a snowflake.Action) string {
	switch a {
	case snowflake.ActionCreate:
		return "+"
	case snowflake.ActionAlter:
		return "~"
	case snowflake.ActionCannot:
		return "!"
	case snowflake.ActionSame:
		return "="
	case snowflake.ActionDrop:
		return "-"
	default:
		return "?"
	}
}

// planText returns a plan as text without control characters: a line for each object, then its changes and statements.
func (o *liveOptions) planText(out io.Writer, s deploy.Assessment) string {
	var b strings.Builder
	k := o.colours(out)
	unicode := ui.UTF8(o.host.Getenv)
	action := 0
	for _, item := range s.Plan.Items {
		action = max(action, cells.Width(o.words(deploy.ActionOf(s, item))))
	}
	before := len("  + ") + action + len("  ")
	roles := roleColumn{title: o.titleWidth(s.Plan), before: before}
	width := output.Width(out)
	if width > 0 {
		roles.room = max(width-before, 1)
	}
	for _, item := range s.Plan.Items {
		sign := actionSign(item.Action)
		look := map[snowflake.Action]lipgloss.Style{
			snowflake.ActionCreate: k.Good, snowflake.ActionAlter: k.Warn, snowflake.ActionDrop: k.Bad, snowflake.ActionCannot: k.Bad, snowflake.ActionSame: k.Muted,
		}[item.Action]
		if deploy.IsUnknown(s, item) {
			sign, look = "?", k.Warn
		}
		name := k.Text
		if item.Action == snowflake.ActionSame {
			name = k.Muted
		}
		words := cells.Clean(o.words(item.Text()))
		line := "  " + look.Render(sign+" "+cells.Pad(o.words(deploy.ActionOf(s, item)), action)) + "  " + name.Render(words)
		if !item.Owner.IsZero() && item.Action != snowflake.ActionSame {
			role := "(" + cells.Clean(o.t("run.role", "role", item.Owner.SQL())) + ")"
			line += roles.gap(cells.Width(words), cells.Width(role)) + k.Muted.Render(role)
		}
		b.WriteString(line + "\n")
		if !item.Reason.IsZero() {
			prose(&b, "      ", o.words(item.Reason), width)
		}
		for _, c := range item.Changes {
			from, to := c.Words()
			output.Indent(&b, "      ", fmt.Sprintf("%s: %s %s %s", c.Property, o.shownValue(from), arrow(unicode), o.shownValue(to)))
		}
		for _, st := range item.Statements {
			if st.SQL != "" {
				statement(&b, k, "      ", o.roleNote(item, st)+st.SQL+";")
			}
		}
		if len(item.Fixes()) > 0 {
			output.Indent(&b, "      ", o.t("run.fixes"))
			for _, st := range item.Fixes() {
				statement(&b, k, "        ", o.roleNote(item, st)+st.SQL+";")
			}
		}
	}
	return b.String()
}

// roleColumn places the roles of a plan after the names of its objects.
type roleColumn struct {
	// title is how wide the names are, before how much is before one on its line.
	title, before int
	// room is what a name and its role have on a line of the terminal, 0 where there is none.
	room int
}

// gap returns what is between a name and a role of these widths: spaces up to the column, fewer where the line is too
// short for that, and a new line where it is too short for both.
func (c roleColumn) gap(name, role int) string {
	const apart = 2
	column := max(c.title, name)
	if c.room > 0 {
		column = min(column, c.room-apart-role)
	}
	if column < name {
		return "\n" + strings.Repeat(" ", c.before)
	}
	return strings.Repeat(" ", column-name+apart)
}

// roleNote returns the role of a statement if it is not the object's.
func (o *liveOptions) roleNote(item snowflake.Item, st snowflake.Statement) string {
	if st.Role.IsZero() || st.Role == item.Owner {
		return ""
	}
	return "-- " + o.t("plan.role", "role", st.Role.SQL()) + "\n"
}

// prose writes a text with each line moved to the right, and breaks it at words where the terminal has a width.
func prose(b *strings.Builder, by, text string, width int) {
	if width > 0 {
		text = strings.Join(cells.Wrap(output.Clean(text), max(width-len(by), 1)), "\n")
	}
	output.Indent(b, by, text)
}

// shownValue returns a value, or the word for none.
func (o *liveOptions) shownValue(value message.Message) string {
	if value.IsZero() {
		return o.t("plan.none")
	}
	return o.words(value)
}

func arrow(unicode bool) string {
	if unicode {
		return "→"
	}
	return "->"
}

// titleWidth returns the width of the names of a plan's items, so that the next column is aligned.
func (o *liveOptions) titleWidth(plan snowflake.Plan) int {
	const most = 72 // a longer name moves only its own line
	width := 0
	for _, item := range plan.Items {
		if w := cells.Width(cells.Clean(o.words(item.Text()))); w <= most {
			width = max(width, w)
		}
	}
	return width
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

// statement writes highlighted SQL with each line indented.
func statement(b *strings.Builder, k *ui.Context, by, sql string) {
	if !k.Colour() {
		output.Indent(b, by, sql)
		return
	}
	for _, line := range k.Highlight("statement.sql", strings.TrimRight(sql, "\n")) {
		b.WriteString(by + line + "\n")
	}
}
