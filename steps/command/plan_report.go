package command

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"sleet/snowflake"
	"sleet/steps"
	"sleet/steps/deploy"
	"sleet/ui"
	"sleet/ui/message"
)

// planJSON is what `sleet apply --plan --json` prints.
type planJSON struct {
	Objects []itemJSON `json:"objects"`
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

// printPlanJSON prints a plan for a program.
func printPlanJSON(out io.Writer, plan snowflake.Plan) error {
	r := planJSON{Objects: []itemJSON{}}
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
	return printJSON(out, r)
}

func printJSON(out io.Writer, value any) error {
	enc := json.NewEncoder(out)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return failedIf(enc.Encode(value), "run.unprinted")
}

// actionSigns are what stands before an object in a plan.
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

// planText is a plan as prose: a line an object, then what changes, and the statements.
func (o *liveOptions) planText(s deploy.Assessment) string {
	var b strings.Builder
	unicode := ui.UTF8(o.host.getenv)
	for _, item := range s.Plan.Items {
		action, sign := o.words(steps.ActionOf(s, item)), actionSign(item.Action)
		if steps.Unknown(s, item) {
			sign = "?"
		}
		const column = 8
		fmt.Fprintf(&b, "  %s %s%s %s", sign, action, strings.Repeat(" ", max(column-ui.Width(action), 0)), o.words(item.Text()))
		if !item.Owner.IsZero() && item.Action != snowflake.ActionSame {
			b.WriteString("  (" + o.t("run.role", "role", item.Owner.SQL()) + ")")
		}
		b.WriteByte('\n')
		if !item.Reason.IsZero() {
			indent(&b, "      ", o.words(item.Reason))
		}
		for _, c := range item.Changes {
			from, to := c.Words()
			indent(&b, "      ", fmt.Sprintf("%s: %s %s %s", c.Property, o.shownValue(from), arrow(unicode), o.shownValue(to)))
		}
		for _, st := range item.Statements {
			if st.SQL != "" {
				indent(&b, "      ", o.roleNote(item, st)+st.SQL+";")
			}
		}
		if len(item.Fixes()) > 0 {
			indent(&b, "      ", o.t("run.fixes"))
			for _, st := range item.Fixes() {
				indent(&b, "        ", o.roleNote(item, st)+st.SQL+";")
			}
		}
	}
	return b.String()
}

// roleNote names the role of a statement where it is another than the object's.
func (o *liveOptions) roleNote(item snowflake.Item, st snowflake.Statement) string {
	if st.Role.IsZero() || st.Role == item.Owner {
		return ""
	}
	return "-- " + o.t("plan.role", "role", st.Role.SQL()) + "\n"
}

// shownValue is a value, or the word for none.
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

// indent writes a text with each line moved to the right, and harmless to a terminal.
func indent(b *strings.Builder, by, text string) {
	for line := range strings.SplitSeq(strings.TrimRight(text, "\n"), "\n") {
		b.WriteString(by + ui.Clean(line) + "\n")
	}
}
