package command

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"sleet/ui/message"
)

// manPage returns the manual page of a command, in roff's man macros.
// https://man7.org/linux/man-pages/man7/groff_man.7.html
func manPage(cmd *cobra.Command, version string, at time.Time) string {
	listRules(cmd, message.For("en").T)
	var p manText
	name := manName(cmd)
	p.line(".TH %s 1 %s %s %s", roffArgument(strings.ToUpper(name)), at.UTC().Format(time.DateOnly), roffArgument("sleet "+version), roffArgument("sleet"))
	p.line(".nh")
	p.section("NAME")
	p.text(name + " - " + cmd.Short)
	p.section("SYNOPSIS")
	p.line(`\fB%s\fR`, roff(cmd.UseLine()))
	p.section("DESCRIPTION")
	p.text(cmp.Or(cmd.Long, cmd.Short))
	p.flags("OPTIONS", cmd.NonInheritedFlags())
	p.flags("OPTIONS OF EVERY COMMAND", cmd.InheritedFlags())
	if cmd.Example != "" {
		p.section("EXAMPLES")
		p.text(cmd.Example)
	}
	if others := manNeighbours(cmd); len(others) > 0 {
		p.section("SEE ALSO")
		p.line("%s", strings.Join(others, ",\n"))
	}
	return p.String()
}

// manName returns the name of a command's page, for example sleet-new.
func manName(cmd *cobra.Command) string { return strings.ReplaceAll(cmd.CommandPath(), " ", "-") }

// manNeighbours returns the pages of the parent command and of the subcommands.
func manNeighbours(cmd *cobra.Command) []string {
	all := cmd.Commands()
	if cmd.HasParent() {
		all = append([]*cobra.Command{cmd.Parent()}, all...)
	}
	var names []string
	for _, c := range all {
		if c.Runnable() && !c.Hidden {
			names = append(names, fmt.Sprintf(`\fB%s\fR(1)`, roff(manName(c))))
		}
	}
	return names
}

// manCommands returns a command and all commands below it that have a page.
func manCommands(cmd *cobra.Command) []*cobra.Command {
	list := []*cobra.Command{cmd}
	for _, c := range cmd.Commands() {
		if c.IsAvailableCommand() {
			list = append(list, manCommands(c)...)
		}
	}
	return list
}

// manText builds a page.
type manText struct{ strings.Builder }

func (p *manText) line(format string, args ...any) { fmt.Fprintf(&p.Builder, format+"\n", args...) }

func (p *manText) section(title string) { p.line(".SH %s", roffArgument(title)) }

// text writes paragraphs. Lines that are indented are kept unchanged.
func (p *manText) text(text string) {
	kept := false
	text = strings.TrimRight(strings.ReplaceAll(text, "\t", "    "), "\n")
	for line := range strings.SplitSeq(text, "\n") {
		if keep := strings.HasPrefix(line, " "); line != "" && keep != kept {
			p.line("%s", map[bool]string{true: ".nf", false: ".fi"}[keep])
			kept = keep
		}
		if line == "" {
			p.line(".PP")
			continue
		}
		p.line("%s", roff(line))
	}
	if kept {
		p.line(".fi")
	}
}

// flags writes the visible flags, in the order of the help.
func (p *manText) flags(title string, flags *pflag.FlagSet) {
	if !flags.HasAvailableFlags() {
		return
	}
	p.section(title)
	flags.VisitAll(func(f *pflag.Flag) {
		if f.Hidden {
			return
		}
		argument, usage := pflag.UnquoteUsage(f)
		names := []string{`\fB` + roff("--"+f.Name) + `\fR`}
		if f.Shorthand != "" {
			names = slices.Insert(names, 0, `\fB`+roff("-"+f.Shorthand)+`\fR`)
		}
		p.line(".TP")
		if argument != "" {
			argument = ` \fI` + roff(argument) + `\fR`
		}
		p.line("%s%s", strings.Join(names, ", "), argument)
		p.line("%s", roff(usage))
	})
}

// roff returns a line of text in ASCII, escaped so that it has no requests or escapes and its hyphens can be copied.
func roff(line string) string {
	line = strings.NewReplacer(`\`, `\e`, "-", `\-`).Replace(line)
	if strings.HasPrefix(line, ".") || strings.HasPrefix(line, "'") {
		line = `\&` + line
	}
	if strings.IndexFunc(line, func(r rune) bool { return r > unicode.MaxASCII }) < 0 {
		return line
	}
	var b strings.Builder
	for _, r := range line {
		if r > unicode.MaxASCII {
			fmt.Fprintf(&b, `\[u%04X]`, r)
		} else {
			b.WriteRune(r)
		}
	}
	return b.String()
}

// roffArgument returns a quoted argument of a request.
func roffArgument(text string) string { return `"` + strings.ReplaceAll(roff(text), `"`, `\(dq`) + `"` }
