package command

import (
	"fmt"
	"strings"

	"charm.land/lipgloss/v2"

	"sleet/snowflake/account/profile"
	"sleet/snowflake/safely"
	"sleet/steps/command/accounts"
	"sleet/steps/command/output"
	"sleet/ui/message"
)

// print prints the table, with each connection's problems below it.
func (o *connectionsOptions) print(all profile.Profiles, failures []error) error {
	var b strings.Builder
	said := map[string]bool{}
	for i, line := range o.table(all.List, failures) {
		b.WriteString(line + "\n")
		if i > 0 {
			o.under(&b, all.List[i-1], failures[i-1], said)
		}
	}
	for _, problem := range all.Problems {
		output.Indent(&b, "", "! "+o.t.Say(problem.Message)+"\n  "+o.t.Say(problem.Fix))
	}
	if _, err := fmt.Fprint(o.host.Out, b.String()); err != nil {
		return message.Wrap(err, "run.unprinted")
	}
	return nil
}

// table returns the lines of the table, the heading first; none if there are no connections.
func (o *connectionsOptions) table(list []profile.Profile, failures []error) []string {
	if len(list) == 0 {
		return nil
	}
	rows := [][]string{{"", o.t("connections.name"), o.t("connections.account"), o.t("connections.user"), o.t("connections.role"), o.t("connections.authenticator"), o.t("connections.from")}}
	for i, p := range list {
		rows = append(rows, []string{o.sign(p, failures[i]), p.Name, p.Account, p.User, p.Role, accounts.Authenticator(p), o.t.Say(p.Location())})
	}
	widths := make([]int, len(rows[0]))
	for _, row := range rows {
		for i, cell := range row {
			row[i] = strings.ReplaceAll(safely.Visible(cell), "\n", " ")
			widths[i] = max(widths[i], lipgloss.Width(row[i]))
		}
	}
	lines := make([]string, 0, len(rows))
	for _, row := range rows {
		var line strings.Builder
		for c, cell := range row {
			line.WriteString(cell + strings.Repeat(" ", widths[c]-lipgloss.Width(cell)+2))
		}
		lines = append(lines, strings.TrimRight(line.String(), " "))
	}
	return lines
}

// under writes what is wrong with a connection, and the fix. A problem of its file is written only once for all
// connections in the file.
func (o *connectionsOptions) under(b *strings.Builder, p profile.Profile, failure error, said map[string]bool) {
	const margin = "      "
	for _, problem := range p.Problems {
		msg := o.t.Say(problem.Message)
		if problem.Mode && said[msg] {
			continue
		}
		said[msg] = true
		output.Indent(b, margin, msg+"\n"+o.t.Say(problem.Fix))
	}
	if failure != nil && p.Err() == nil {
		output.Indent(b, margin, o.t.Say(message.Of(failure)))
	}
}

// sign returns the mark of the default connection and, with --test, the result.
func (o *connectionsOptions) sign(p profile.Profile, failure error) string {
	sign := " "
	if p.Default {
		sign = "*"
	}
	switch {
	case failure != nil || p.Err() != nil:
		return sign + " " + o.t("connections.failed")
	case o.test:
		return sign + " " + o.t("connections.works")
	}
	return sign
}
