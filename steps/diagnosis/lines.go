package diagnosis

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"sleet/snowflake"
	"sleet/steps/doctor"
	"sleet/ui"
	"sleet/ui/cells"
	"sleet/ui/message"
)

// Report is a diagnosis to show.
type Report struct {
	Input  doctor.Input
	Chains []doctor.Chain
	// T translates to the person's language. Unicode reports whether the terminal shows more than ASCII.
	T       ui.Translate
	Unicode bool
	// Width is the width to wrap text to; 0 disables wrapping.
	Width int
}

// role is the role of a piece of text, which determines its style.
type role int

const (
	plain role = iota
	strong
	mark
	good
	bad
	open
)

// drawing lays out links. paint applies the style of a role.
type drawing struct {
	Report
	paint func(role, string) string
	// kinds and links are the widths of the columns of kinds and of links.
	kinds, links int
	// broken reports whether to wrap statements that are too wide.
	broken bool
	// shown are the statements printed so far, which are not repeated; nil repeats them.
	shown map[string]bool
}

// columns measures the names of the kinds and links that are shown.
func (d *drawing) columns(all bool) {
	for _, c := range d.Chains {
		d.kinds = max(d.kinds, cells.Width(d.kind(c)))
		for _, l := range c.Links {
			if all || c.State() == doctor.Broken || l.State != doctor.OK {
				d.links = max(d.links, cells.Width(d.link(l)))
			}
		}
	}
}

func (d *drawing) kind(c doctor.Chain) string {
	return d.T(message.ID("diagnosis.kind_" + string(c.Kind)))
}
func (d *drawing) link(l doctor.Link) string { return d.T(message.ID("diagnosis.link_" + l.Name)) }

// title returns the app's name, and its runtime and owner.
func (r Report) title() (name, about string) {
	about = r.T(message.ID("diagnosis.runtime_" + string(r.Input.Runtime())))
	if in := r.Input; in.Account != nil && !in.Account.Owner.IsZero() {
		about += r.T("check.comma") + r.T("diagnosis.owner", "role", cells.Clean(in.Account.Owner.SQL()))
	}
	return cells.Clean(r.Input.Name.SQL()), about
}

// symbol returns the styled symbol of a state.
func (d *drawing) symbol(state doctor.State) string {
	signs := map[doctor.State]string{doctor.OK: "+", doctor.Broken: "x", doctor.Unknown: "?"}
	if d.Unicode {
		signs = map[doctor.State]string{doctor.OK: "✓", doctor.Broken: "✗", doctor.Unknown: "?"}
	}
	return d.paint(map[doctor.State]role{doctor.OK: good, doctor.Broken: bad, doctor.Unknown: open}[state], signs[state])
}

// chain returns the line of a chain.
func (d *drawing) chain(c doctor.Chain) string {
	state, subject := c.State(), cells.Clean(c.Subject)
	if state != doctor.OK {
		subject = d.paint(strong, subject)
	}
	return d.symbol(state) + " " + cells.Pad(d.kind(c), d.kinds) + " " + subject
}

// lines returns the lines of a link: what was found, followed by what shows or fixes it.
func (d *drawing) lines(l doctor.Link) []string {
	const indent = "    "
	name := cells.Pad(d.link(l), d.links)
	detail := Sentence(d.T.Say(l.Detail))
	if l.Name == "code" || l.Name == "import" || strings.Contains(l.Object, ".py:") {
		detail = l.Object + "  " + detail
	}
	hang := strings.Repeat(" ", cells.Width(indent+name)+1)
	lines := d.wrapped("  "+d.symbol(l.State)+" "+d.paint(mark, name)+" ", hang, detail)
	if l.State == doctor.OK {
		return lines
	}
	before := hang + d.paint(strong, d.T("diagnosis.edit")) + " "
	if edit := Sentence(d.T.Say(l.Edit)); edit != "" {
		lines = append(lines, d.wrapped(before, hang, edit)...)
	}
	if d.above(l.Statements) {
		return append(lines, before+d.T("diagnosis.above"))
	}
	as := snowflake.Name{}
	for i, st := range l.Statements {
		if i == 0 || st.Role != as {
			as = st.Role
			lines = append(lines, hang+d.paint(strong, d.runAs(l.State, as)))
		}
		for line := range strings.SplitSeq(st.SQL+";", "\n") {
			lines = append(lines, d.statement(hang+"  ", cells.Clean(line))...)
		}
	}
	return lines
}

// statement returns a line of SQL. Text output keeps it whole so that it can be copied; the screen wraps it.
func (d *drawing) statement(hang, line string) []string {
	if !d.broken {
		return []string{hang + line}
	}
	text := strings.TrimLeft(line, " ")
	hang += line[:len(line)-len(text)]
	return d.wrapped(hang, hang+"  ", text)
}

// above reports whether all of the statements were printed already, and records them.
func (d *drawing) above(list []snowflake.Statement) bool {
	if d.shown == nil {
		return false
	}
	all := len(list) > 0
	for _, st := range list {
		all = all && d.shown[st.SQL]
		d.shown[st.SQL] = true
	}
	return all
}

// runAs returns the line that introduces statements.
func (d *drawing) runAs(state doctor.State, role snowflake.Name) string {
	id := "diagnosis.run"
	if state == doctor.Unknown {
		id = "diagnosis.show"
	}
	if role.IsZero() {
		return d.T(message.ID(id))
	}
	return d.T(message.ID(id+"_as"), "role", cells.Clean(role.SQL()))
}

// wrapped wraps a text to the available width, with lead before the first line and hang before the others.
func (d *drawing) wrapped(lead, hang, text string) []string {
	const least = 30
	text = message.MaskURLs(text)
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		lines[i] = cells.Clean(line)
	}
	if room := d.Width - cells.Width(hang); d.Width > 0 && room >= least {
		lines = cells.Wrap(strings.Join(lines, "\n"), room)
	}
	for i := range lines {
		if i == 0 {
			lines[i] = lead + lines[i]
		} else {
			lines[i] = hang + lines[i]
		}
	}
	return lines
}

// Sentence returns a clause as a sentence: findings of sleet check start in lower case and have no full stop.
func Sentence(text string) string {
	if text == "" {
		return ""
	}
	first, size := utf8.DecodeRuneInString(text)
	word, _, _ := strings.Cut(text, " ")
	if unicode.IsLower(first) && !strings.ContainsAny(word, "._/(\"") {
		text = string(unicode.ToUpper(first)) + text[size:]
	}
	last, _ := utf8.DecodeLastRuneInString(text)
	if last < utf8.RuneSelf && !strings.ContainsRune(".!?:…", last) && !strings.HasPrefix(text, "Run: ") && !strings.Contains(text, " SET ") {
		text += "."
	}
	return text
}
