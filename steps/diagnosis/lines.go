package diagnosis

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"sleet/snowflake"
	"sleet/steps/doctor"
	"sleet/ui"
	"sleet/ui/message"
)

// Report is what there is to show.
type Report struct {
	Input  doctor.Input
	Chains []doctor.Chain
	// T are the words in the person's language. Unicode says that the terminal shows more than ASCII.
	T       ui.Translate
	Unicode bool
	// Width is how wide a text may be; 0 leaves lines as they are.
	Width int
}

// role is what a piece of text is, and with it how it looks.
type role int

const (
	plain role = iota
	strong
	mark
	good
	bad
	open
)

// drawing lays out links; paint gives a text its look.
type drawing struct {
	Report
	paint func(role, string) string
	// kinds and links are the widths of the columns of kinds and of links.
	kinds, links int
	// broken breaks statements that are too wide.
	broken bool
	// shown are the statements that stand above already; nil repeats them.
	shown map[string]bool
}

// columns measures the words of the kinds and of the links that are shown.
func (d *drawing) columns(all bool) {
	for _, c := range d.Chains {
		d.kinds = max(d.kinds, ui.Width(d.kind(c)))
		for _, l := range c.Links {
			if all || c.State() == doctor.Broken || l.State != doctor.OK {
				d.links = max(d.links, ui.Width(d.link(l)))
			}
		}
	}
}

func (d *drawing) kind(c doctor.Chain) string {
	return d.T(message.ID("diagnosis.kind_" + string(c.Kind)))
}
func (d *drawing) link(l doctor.Link) string { return d.T(message.ID("diagnosis.link_" + l.Name)) }

// title is the app's name and what it runs on.
func (r Report) title() (name, about string) {
	about = r.T(message.ID("diagnosis.runtime_" + string(r.Input.Runtime())))
	if in := r.Input; in.Account != nil && !in.Account.Owner.IsZero() {
		about += r.T("check.comma") + r.T("diagnosis.owner", "role", ui.Clean(in.Account.Owner.SQL()))
	}
	return ui.Clean(r.Input.Name.SQL()), about
}

// sign is the sign of a state in its colour.
func (d *drawing) sign(state doctor.State) string {
	signs := map[doctor.State]string{doctor.OK: "+", doctor.Broken: "x", doctor.Unknown: "?"}
	if d.Unicode {
		signs = map[doctor.State]string{doctor.OK: "✓", doctor.Broken: "✗", doctor.Unknown: "?"}
	}
	return d.paint(map[doctor.State]role{doctor.OK: good, doctor.Broken: bad, doctor.Unknown: open}[state], signs[state])
}

// chain is the line of a chain.
func (d *drawing) chain(c doctor.Chain) string {
	state, subject := c.State(), ui.Clean(c.Subject)
	if state != doctor.OK {
		subject = d.paint(strong, subject)
	}
	return d.sign(state) + " " + ui.Pad(d.kind(c), d.kinds) + " " + subject
}

// lines are the lines of a link: what was found, and below it what shows or fixes it.
func (d *drawing) lines(l doctor.Link) []string {
	const indent = "    "
	name := ui.Pad(d.link(l), d.links)
	detail := Sentence(d.T.Say(l.Detail))
	if l.Name == "code" || l.Name == "import" || strings.Contains(l.Object, ".py:") {
		detail = l.Object + "  " + detail
	}
	hang := strings.Repeat(" ", ui.Width(indent+name)+1)
	lines := d.wrapped("  "+d.sign(l.State)+" "+d.paint(mark, name)+" ", hang, detail)
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
			lines = append(lines, d.statement(hang+"  ", ui.Clean(line))...)
		}
	}
	return lines
}

// statement is a line of a statement. A text leaves it whole, to be copied; the screen breaks it.
func (d *drawing) statement(hang, line string) []string {
	if !d.broken {
		return []string{hang + line}
	}
	text := strings.TrimLeft(line, " ")
	hang += line[:len(line)-len(text)]
	return d.wrapped(hang, hang+"  ", text)
}

// above reports whether statements stand above already, all of them, and notes them.
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

// runAs is the line before statements.
func (d *drawing) runAs(state doctor.State, role snowflake.Name) string {
	id := "diagnosis.run"
	if state == doctor.Unknown {
		id = "diagnosis.show"
	}
	if role.IsZero() {
		return d.T(message.ID(id))
	}
	return d.T(message.ID(id+"_as"), "role", ui.Clean(role.SQL()))
}

// wrapped breaks a text into lines of the width there is, the first behind lead, the others behind hang.
func (d *drawing) wrapped(lead, hang, text string) []string {
	const least = 30
	text = message.MaskURLs(text)
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		lines[i] = ui.Clean(line)
	}
	if room := d.Width - ui.Width(hang); d.Width > 0 && room >= least {
		lines = ui.Wrap(strings.Join(lines, "\n"), room)
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

// Sentence makes a sentence of a clause: findings of sleet check begin in lower case and end without a full stop.
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
