package reports

import (
	"fmt"
	"strings"

	"charm.land/lipgloss/v2"

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

// PlanJSON returns a plan as a value for JSON.
func PlanJSON(env string, plan snowflake.Plan) any {
	r := planJSON{Environment: env, Objects: []itemJSON{}}
	for _, item := range plan.Items {
		r.Objects = append(r.Objects, itemOf(item))
	}
	return r
}

func itemOf(item snowflake.Item) itemJSON {
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
	return j
}

// PlanStyle is how a plan is printed.
type PlanStyle struct {
	T ui.Translate
	// Colors has the styles of the stream; none if it is not a terminal.
	Colors  *ui.Context
	Unicode bool
	// Width is the width of the terminal; 0 if there is none.
	Width int
}

// PlanText returns a plan as text without control characters: a line for each object, then its changes and statements.
func PlanText(s deploy.Assessment, style PlanStyle) string {
	p := planPrinter{PlanStyle: style, assessment: s}
	for _, item := range s.Plan.Items {
		p.action = max(p.action, cells.Width(style.T.Say(deploy.ActionOf(s, item))))
	}
	before := len("  + ") + p.action + len("  ")
	p.roles = roleColumn{title: TitleWidth(style.T, s.Plan), before: before}
	if style.Width > 0 {
		p.roles.room = max(style.Width-before, 1)
	}
	for _, item := range s.Plan.Items {
		p.item(item)
	}
	return p.text.String()
}

// planPrinter prints the items of a plan, one below the other.
type planPrinter struct {
	PlanStyle
	text       strings.Builder
	assessment deploy.Assessment
	// action is the width of the column of actions.
	action int
	roles  roleColumn
}

// item prints an object with its reason, changes and statements.
func (p *planPrinter) item(item snowflake.Item) {
	p.title(item)
	if !item.Reason.IsZero() {
		prose(&p.text, "      ", p.T.Say(item.Reason), p.Width)
	}
	for _, c := range item.Changes {
		from, to := c.Words()
		output.Indent(&p.text, "      ", fmt.Sprintf("%s: %s %s %s", c.Property, p.value(from), arrow(p.Unicode), p.value(to)))
	}
	for _, st := range item.Statements {
		if st.SQL != "" {
			p.statement("      ", item, st)
		}
	}
	if fixes := item.Fixes(); len(fixes) > 0 {
		output.Indent(&p.text, "      ", p.T("run.fixes"))
		for _, st := range fixes {
			p.statement("        ", item, st)
		}
	}
}

// title prints the line of an object: its sign, the action, the name and the role.
func (p *planPrinter) title(item snowflake.Item) {
	sign, look := actionSign(item.Action), p.actionStyle(item.Action)
	if deploy.IsUnknown(p.assessment, item) {
		sign, look = "?", p.Colors.Warn
	}
	name := p.Colors.Text
	if item.Action == snowflake.ActionSame {
		name = p.Colors.Muted
	}
	words := cells.Clean(p.T.Say(item.Text()))
	action := cells.Pad(p.T.Say(deploy.ActionOf(p.assessment, item)), p.action)
	line := "  " + look.Render(sign+" "+action) + "  " + name.Render(words)
	if !item.Owner.IsZero() && item.Action != snowflake.ActionSame {
		role := "(" + cells.Clean(p.T("run.role", "role", item.Owner.SQL())) + ")"
		line += p.roles.gap(cells.Width(words), cells.Width(role)) + p.Colors.Muted.Render(role)
	}
	p.text.WriteString(line + "\n")
}

// actionStyle returns the style of an action's sign and name.
func (p *planPrinter) actionStyle(a snowflake.Action) lipgloss.Style {
	switch a {
	case snowflake.ActionCreate:
		return p.Colors.Good
	case snowflake.ActionAlter:
		return p.Colors.Warn
	case snowflake.ActionDrop, snowflake.ActionCannot:
		return p.Colors.Bad
	case snowflake.ActionSame:
		return p.Colors.Muted
	default:
		return lipgloss.Style{}
	}
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

// statement prints highlighted SQL, after a comment with its role if that is not the object's.
func (p *planPrinter) statement(indent string, item snowflake.Item, st snowflake.Statement) {
	sql := st.SQL + ";"
	if !st.Role.IsZero() && st.Role != item.Owner {
		sql = "-- " + p.T("plan.role", "role", st.Role.SQL()) + "\n" + sql
	}
	if !p.Colors.Colour() {
		output.Indent(&p.text, indent, sql)
		return
	}
	for _, line := range p.Colors.Highlight("statement.sql", strings.TrimRight(sql, "\n")) {
		p.text.WriteString(indent + line + "\n")
	}
}

// value returns a value, or the word for none.
func (p *planPrinter) value(value message.Message) string {
	if value.IsZero() {
		return p.T("plan.none")
	}
	return p.T.Say(value)
}

// roleColumn places the roles of a plan after the names of its objects.
type roleColumn struct {
	// title is the width of the names, before the width of what precedes a name on its line.
	title, before int
	// room is the width that a line of the terminal has for a name and its role; 0 if there is no terminal.
	room int
}

// gap returns the text between a name and a role of these widths: spaces up to the column, fewer if the line is too
// short for that, and a new line if it is too short for both.
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

// prose writes an indented text, wrapped at words if the terminal has a width.
func prose(b *strings.Builder, indent, text string, width int) {
	if width > 0 {
		text = strings.Join(cells.Wrap(output.Clean(text), max(width-len(indent), 1)), "\n")
	}
	output.Indent(b, indent, text)
}

func arrow(unicode bool) string {
	if unicode {
		return "→"
	}
	return "->"
}

// TitleWidth returns the width of the names of a plan's items, so that the next column is aligned.
func TitleWidth(t ui.Translate, plan snowflake.Plan) int {
	const most = 72 // a longer name moves only its own line
	width := 0
	for _, item := range plan.Items {
		if w := cells.Width(cells.Clean(t.Say(item.Text()))); w <= most {
			width = max(width, w)
		}
	}
	return width
}
