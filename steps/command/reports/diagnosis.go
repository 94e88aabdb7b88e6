package reports

import (
	"fmt"
	"strings"

	"sleet/scaffold"
	"sleet/snowflake"
	"sleet/steps/command/output"
	"sleet/steps/diagnosis"
	"sleet/steps/doctor"
)

// Diagnosis is the output of `sleet doctor --json`.
type Diagnosis struct {
	App     string           `json:"app"`
	Runtime scaffold.Runtime `json:"runtime"`
	Chains  []DiagnosisChain `json:"chains"`
	Broken  int              `json:"broken"`
	Unknown int              `json:"unknown"`
}

// DiagnosisChain is a chain of a Diagnosis.
type DiagnosisChain struct {
	Kind    doctor.Kind     `json:"kind"`
	Subject string          `json:"subject"`
	Links   []DiagnosisLink `json:"links"`
}

// DiagnosisLink is a link of a DiagnosisChain.
type DiagnosisLink struct {
	Name       string       `json:"name"`
	State      doctor.State `json:"state"`
	Object     string       `json:"object"`
	Detail     string       `json:"detail"`
	Statements []string     `json:"statements"`
	Edit       string       `json:"edit"`
}

// NewDiagnosis returns a diagnosis as a value for JSON: in English, with the role of each statement before it.
func NewDiagnosis(in doctor.Input, chains []doctor.Chain) Diagnosis {
	d := Diagnosis{
		App: in.Name.SQL(), Runtime: in.Runtime(), Chains: []DiagnosisChain{},
		Broken: doctor.CountLinks(chains, doctor.Broken), Unknown: doctor.CountLinks(chains, doctor.Unknown),
	}
	for _, c := range chains {
		j := DiagnosisChain{Kind: c.Kind, Subject: c.Subject, Links: []DiagnosisLink{}}
		for _, l := range c.Links {
			j.Links = append(j.Links, DiagnosisLink{
				Name: l.Name, State: l.State, Object: l.Object, Detail: diagnosis.Sentence(l.Detail.String()),
				Statements: WithRoles(l.Statements), Edit: diagnosis.Sentence(l.Edit.String()),
			})
		}
		d.Chains = append(d.Chains, j)
	}
	return d
}

// WithRoles returns statements, with USE ROLE before those that another role runs.
func WithRoles(list []snowflake.Statement) []string {
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

// FixScript returns the statements with the roles that run them, and the causes as comments.
func FixScript(in doctor.Input, chains []doctor.Chain, fixes []snowflake.Statement) []byte {
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
