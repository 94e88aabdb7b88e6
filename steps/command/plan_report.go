package command

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"sleet/snowflake"
	"sleet/ui"
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
			Action: item.Action, Kind: item.Kind, Name: item.Name, Role: item.Role,
			Changes: []changeJSON{}, Statements: []string{}, Reason: item.Reason,
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
	return wrapErr("cannot print the report", enc.Encode(value))
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
func planText(plan snowflake.Plan, unicode bool) string {
	var b strings.Builder
	for _, item := range plan.Items {
		fmt.Fprintf(&b, "  %s %-8s %s %s", actionSign(item.Action), item.Action, item.Kind, item.Name)
		if item.Role != "" && item.Action != snowflake.ActionSame {
			fmt.Fprintf(&b, "  (role %s)", item.Role)
		}
		b.WriteByte('\n')
		if item.Reason != "" {
			indent(&b, "      ", item.Reason)
		}
		for _, c := range item.Changes {
			indent(&b, "      ", fmt.Sprintf("%s: %s %s %s", c.Property, shownValue(c.From), arrow(unicode), shownValue(c.To)))
		}
		for _, st := range item.Statements {
			if st.SQL != "" {
				indent(&b, "      ", roleNote(item, st)+st.SQL+";")
			}
		}
		if len(item.Handover) > 0 {
			indent(&b, "      ", "what mends it, for an administrator:")
			for _, st := range item.Handover {
				indent(&b, "        ", roleNote(item, st)+st.SQL+";")
			}
		}
	}
	return b.String()
}

// roleNote names the role of a statement where it is another than the object's.
func roleNote(item snowflake.Item, st snowflake.Statement) string {
	if st.Role == "" || snowflake.Same(st.Role, item.Role) {
		return ""
	}
	return "-- as " + st.Role + "\n"
}

func shownValue(value string) string {
	if value == "" {
		return "(none)"
	}
	return value
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

// planCounts says in one line how much a plan does.
func planCounts(plan snowflake.Plan) string {
	counts := map[snowflake.Action]int{}
	for _, item := range plan.Items {
		counts[item.Action]++
	}
	return fmt.Sprintf("%d to create, %d to alter, %d as they are, %d that cannot be",
		counts[snowflake.ActionCreate], counts[snowflake.ActionAlter], counts[snowflake.ActionSame], counts[snowflake.ActionCannot])
}
