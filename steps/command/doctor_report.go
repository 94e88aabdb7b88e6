package command

import (
	"context"
	"os"

	"github.com/charmbracelet/colorprofile"
	"golang.org/x/term"

	"sleet/scaffold"
	"sleet/snowflake"
	"sleet/steps/diagnosis"
	"sleet/steps/doctor"
	"sleet/steps/wizard"
	"sleet/ui"
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
				Name: l.Name, State: l.State, Object: l.Object, Detail: diagnosis.Sentence(l.Detail.String()),
				Statements: withRoles(l.Statements), Edit: diagnosis.Sentence(l.Edit.String()),
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

// show shows a diagnosis to a person: as a tree where they sit at a terminal, else as a text.
func (o *doctorOptions) show(ctx context.Context, in doctor.Input, chains []doctor.Chain) error {
	r := diagnosis.Report{Input: in, Chains: chains, T: o.t, Unicode: ui.UTF8(o.host.getenv), Width: textWidth(o.host)}
	if o.host.Terminal && !o.plain && !o.globals.accessible && !o.host.dumb() {
		return diagnosis.Show(ctx, wizard.Session{Environ: o.host.Environ, In: o.host.In, Out: o.host.Out, Terminal: true}, r)
	}
	_, err := colorprofile.NewWriter(o.host.Out, o.host.Environ).WriteString(r.Text())
	return failedIf(err, "run.unprinted")
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
