package command

import (
	"os"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/charmbracelet/colorprofile"
	"golang.org/x/term"

	"sleet/scaffold"
	"sleet/snowflake"
	"sleet/steps/doctor"
	"sleet/ui"
	"sleet/ui/message"
)

// diagnosisJSON is what `sleet doctor --json` prints.
type diagnosisJSON struct {
	App     string           `json:"app"`
	Runtime scaffold.Runtime `json:"runtime"`
	Chains  []chainJSON      `json:"chains"`
	Broken  int              `json:"broken"`
	Unknown int              `json:"unknown"`
}

type chainJSON struct {
	Kind    doctor.Kind `json:"kind"`
	Subject string      `json:"subject"`
	Links   []linkJSON  `json:"links"`
}

type linkJSON struct {
	Name       string       `json:"name"`
	State      doctor.State `json:"state"`
	Object     string       `json:"object"`
	Detail     string       `json:"detail"`
	Statements []string     `json:"statements"`
	Edit       string       `json:"edit"`
}

// diagnosisOf is a diagnosis as a program reads it: in English, and before each statement the role that runs it.
func diagnosisOf(in doctor.Input, chains []doctor.Chain) diagnosisJSON {
	d := diagnosisJSON{
		App: in.Name.SQL(), Runtime: in.Runtime(), Chains: []chainJSON{},
		Broken: doctor.Count(chains, doctor.Broken), Unknown: doctor.Count(chains, doctor.Unknown),
	}
	for _, c := range chains {
		j := chainJSON{Kind: c.Kind, Subject: c.Subject, Links: []linkJSON{}}
		for _, l := range c.Links {
			j.Links = append(j.Links, linkJSON{
				Name: l.Name, State: l.State, Object: l.Object, Detail: sentence(l.Detail.String()),
				Statements: withRoles(l.Statements), Edit: sentence(l.Edit.String()),
			})
		}
		d.Chains = append(d.Chains, j)
	}
	return d
}

// withRoles are statements with USE ROLE before those that another role runs.
func withRoles(list []snowflake.Statement) []string {
	texts := []string{}
	role := snowflake.Name{}
	for _, st := range list {
		if !st.Role.IsZero() && st.Role != role {
			texts = append(texts, "USE ROLE "+st.Role.SQL())
			role = st.Role
		}
		texts = append(texts, st.SQL)
	}
	return texts
}

// sentence makes a sentence of a clause: findings of sleet check begin in lower case and end without a full stop.
func sentence(text string) string {
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

// print prints a diagnosis for a person: a line a chain that holds, and every link of one that does not.
func (o *doctorOptions) print(in doctor.Input, chains []doctor.Chain) error {
	r := diagnosisText{t: o.t, signs: stateSigns(o.host), width: textWidth(o.host), shown: map[string]bool{}}
	r.columns(chains)
	r.head(in)
	for _, c := range chains {
		r.chain(c)
	}
	out := colorprofile.NewWriter(o.host.Out, o.host.Environ)
	_, err := out.WriteString(r.b.String())
	return failedIf(err, "run.unprinted")
}

// stateSigns are the signs of the states of a link.
func stateSigns(host Host) map[doctor.State]string {
	if ui.UTF8(host.getenv) {
		return map[doctor.State]string{doctor.OK: "✓", doctor.Broken: "✗", doctor.Unknown: "?"}
	}
	return map[doctor.State]string{doctor.OK: "+", doctor.Broken: "x", doctor.Unknown: "?"}
}

// diagnosisText is a diagnosis in the making, in a person's language.
type diagnosisText struct {
	b     strings.Builder
	t     ui.Translate
	signs map[doctor.State]string
	width int
	// kinds and links are the widths of the columns of kinds and of links; shown are the statements that stand
	// above already.
	kinds, links int
	shown        map[string]bool
}

// columns measures the words of the kinds and of the links that are shown.
func (r *diagnosisText) columns(chains []doctor.Chain) {
	for _, c := range chains {
		r.kinds = max(r.kinds, ui.Width(r.t(message.ID("diagnosis.kind_"+string(c.Kind)))))
		for _, l := range c.Links {
			if c.State() == doctor.Broken || l.State != doctor.OK {
				r.links = max(r.links, ui.Width(r.t(message.ID("diagnosis.link_"+l.Name))))
			}
		}
	}
}

func (r *diagnosisText) head(in doctor.Input) {
	r.b.WriteString(styleStrong + ui.Clean(in.Name.SQL()) + styleEnd + "  " + r.t(message.ID("diagnosis.runtime_"+string(in.Runtime()))))
	if in.Account != nil && !in.Account.Owner.IsZero() {
		r.b.WriteString(r.t("check.comma") + r.t("diagnosis.owner", "role", ui.Clean(in.Account.Owner.SQL())))
	}
	r.b.WriteString("\n\n")
}

// textWidth is how wide a text may be on the terminal; 0 where standard output is none.
func textWidth(host Host) int {
	file, is := host.Out.(*os.File)
	if !is || !term.IsTerminal(int(file.Fd())) {
		return 0
	}
	width, _, err := term.GetSize(int(file.Fd()))
	if err != nil {
		return 0
	}
	return width
}

// styled is a sign in the colour of its state.
func (r *diagnosisText) styled(state doctor.State) string {
	style := map[doctor.State]string{doctor.OK: "\x1b[32m", doctor.Broken: styleError, doctor.Unknown: styleWarning}[state]
	return style + r.signs[state] + styleEnd
}

func (r *diagnosisText) chain(c doctor.Chain) {
	state := c.State()
	r.b.WriteString(r.styled(state) + " " + ui.Pad(r.t(message.ID("diagnosis.kind_"+string(c.Kind))), r.kinds) + " ")
	if state == doctor.OK {
		r.b.WriteString(ui.Clean(c.Subject) + "\n")
		return
	}
	r.b.WriteString(styleStrong + ui.Clean(c.Subject) + styleEnd + "\n")
	for _, l := range c.Links {
		if state == doctor.Unknown && l.State == doctor.OK {
			continue
		}
		r.link(l)
	}
}

// link writes one link, and below it what shows or fixes it.
func (r *diagnosisText) link(l doctor.Link) {
	const indent = "    "
	name := ui.Pad(r.t(message.ID("diagnosis.link_"+l.Name)), r.links)
	detail := sentence(r.t.Say(l.Detail))
	if l.Name == "code" || l.Name == "import" || strings.Contains(l.Object, ".py:") {
		detail = l.Object + "  " + detail
	}
	hang := strings.Repeat(" ", ui.Width(indent+name)+1)
	r.b.WriteString("  " + r.styled(l.State) + " " + styleMark + name + styleEnd + " " + r.wrapped(detail, hang) + "\n")
	if l.State == doctor.OK {
		return
	}
	if edit := sentence(r.t.Say(l.Edit)); edit != "" {
		r.b.WriteString(hang + styleStrong + r.t("diagnosis.edit") + styleEnd + " " + r.wrapped(edit, hang) + "\n")
	}
	if r.above(l.Statements) {
		r.b.WriteString(hang + styleStrong + r.t("diagnosis.edit") + styleEnd + " " + r.t("diagnosis.above") + "\n")
		return
	}
	role := snowflake.Name{}
	for i, st := range l.Statements {
		if i == 0 || st.Role != role {
			role = st.Role
			r.b.WriteString(hang + styleStrong + r.runAs(l.State, role) + styleEnd + "\n")
		}
		for line := range strings.SplitSeq(st.SQL+";", "\n") {
			r.b.WriteString(hang + "  " + ui.Clean(line) + "\n")
		}
	}
}

// above reports whether statements stand above already, all of them, and notes them.
func (r *diagnosisText) above(list []snowflake.Statement) bool {
	all := len(list) > 0
	for _, st := range list {
		all = all && r.shown[st.SQL]
		r.shown[st.SQL] = true
	}
	return all
}

// runAs is the line before statements.
func (r *diagnosisText) runAs(state doctor.State, role snowflake.Name) string {
	id := "diagnosis.run"
	if state == doctor.Unknown {
		id = "diagnosis.show"
	}
	if role.IsZero() {
		return r.t(message.ID(id))
	}
	return r.t(message.ID(id+"_as"), "role", ui.Clean(role.SQL()))
}

// wrapped breaks a text into lines of the terminal's width, those behind the first indented.
func (r *diagnosisText) wrapped(text, hang string) string {
	room := r.width - ui.Width(hang)
	if r.width == 0 || room < 30 {
		return clean(text)
	}
	return strings.Join(ui.Wrap(clean(text), room), "\n"+hang)
}
