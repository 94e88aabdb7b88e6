package command

import (
	"context"
	"fmt"
	"strings"

	"github.com/charmbracelet/colorprofile"

	"sleet/scaffold"
	"sleet/snowflake"
	"sleet/steps/command/crash"
	"sleet/steps/command/exit"
	"sleet/steps/command/output"
	"sleet/steps/command/script"
	"sleet/steps/diagnosis"
	"sleet/steps/doctor"
	"sleet/steps/wizard"
	"sleet/ui"
)

// diagnosisJSON is the output of `sleet doctor --json`.
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

// diagnosisOf returns a diagnosis for JSON: in English, with the role of each statement before it.
func diagnosisOf(in doctor.Input, chains []doctor.Chain) diagnosisJSON {
	d := diagnosisJSON{
		App: in.Name.SQL(), Runtime: in.Runtime(), Chains: []chainJSON{},
		Broken: doctor.CountLinks(chains, doctor.Broken), Unknown: doctor.CountLinks(chains, doctor.Unknown),
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

// withRoles returns statements, with USE ROLE before those that another role runs.
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

// show shows a diagnosis to a person: as a tree on a terminal, or else as text.
func (o *doctorOptions) show(ctx context.Context, in doctor.Input, chains []doctor.Chain) error {
	r := diagnosis.Report{Input: in, Chains: chains, T: o.t, Unicode: ui.UTF8(o.host.Getenv), Width: output.Width(o.host.Out)}
	if o.host.Terminal && !o.plain && !o.globals.accessible && !o.host.IsDumbTerminal() {
		defer crash.WatchTerminal(o.host.In, o.t("run.crashed"))()
		return diagnosis.Show(ctx, wizard.Session{Environ: o.host.Environ, In: o.host.In, Out: o.host.Out, Terminal: true}, r)
	}
	_, err := colorprofile.NewWriter(o.host.Out, o.host.Environ).WriteString(r.Text())
	return exit.Failed(err, "run.unprinted")
}

// writeFix writes the statements that fix an app to sql/fix.sql in its folder, or in the current one, without running
// them. It does not replace a script that somebody edited, but uses the next free name.
func (o *doctorOptions) writeFix(x examined, in doctor.Input, chains []doctor.Chain) error {
	fixes := doctor.Fixes(chains)
	if len(fixes) == 0 {
		output.Say(o.host.Err, o.t("diagnosis.nothing_to_run"))
		return nil
	}
	dir := x.dir
	if dir == "" {
		dir = o.host.Dir
	}
	const everybody = 0o644
	path, err := script.Save(dir, "sql/fix", fixScript(in, chains, fixes), everybody)
	if err == nil {
		output.Say(o.host.Err, o.t("diagnosis.written", "path", path))
	}
	return exit.Failed(err, "diagnosis.unwritten")
}

// fixScript returns the statements with the roles that run them, and the causes as comments.
func fixScript(in doctor.Input, chains []doctor.Chain, fixes []snowflake.Statement) []byte {
	var b strings.Builder
	fmt.Fprintf(&b, "-- What fixes %s, by sleet doctor. Read it, then run it from top to bottom.\n", oneLine(in.Name.SQL()))
	for _, c := range chains {
		if l, broken := c.First(doctor.Broken); broken {
			fmt.Fprintf(&b, "-- %s %s: %s\n", c.Kind, oneLine(c.Subject), oneLine(diagnosis.Sentence(l.Detail.String())))
		}
	}
	if edits := doctor.Edits(chains); len(edits) > 0 {
		b.WriteString("--\n-- Not in this script, since files have to change:\n")
		for _, e := range edits {
			fmt.Fprintf(&b, "--   %s\n", oneLine(diagnosis.Sentence(e.String())))
		}
	}
	if placeholders(fixes) {
		b.WriteString("--\n-- Replace each <…> first; a script with one in it does not run.\n")
	}
	role := snowflake.Name{}
	for _, st := range fixes {
		b.WriteByte('\n')
		if !st.Role.IsZero() && st.Role != role {
			fmt.Fprintf(&b, "USE ROLE %s;\n\n", st.Role.SQL())
			role = st.Role
		}
		b.WriteString(st.SQL + ";\n")
	}
	return []byte(b.String())
}

// placeholders reports whether a statement has a value to fill in.
func placeholders(list []snowflake.Statement) bool {
	for _, st := range list {
		if strings.Contains(st.SQL, "<secret:") || strings.Contains(st.SQL, "<security integration>") {
			return true
		}
	}
	return false
}

// oneLine replaces newlines, so that a text stays within its comment.
func oneLine(text string) string {
	return strings.NewReplacer("\n", " ", "\r", " ").Replace(output.Clean(text))
}
