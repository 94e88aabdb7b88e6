package scaffold

import (
	"bytes"
	"fmt"
	"strings"
	"unicode"

	"sleet/snowflake"
)

// say gives a phrase in each language of comments.
func say(en, ja string) text { return text{en: en, ja: ja} }

// tell gives a phrase in the language of the app's comments, with its arguments put in.
func (o *objects) tell(t text, args ...any) string {
	return fmt.Sprintf(t.in(o.app.App.Language), args...)
}

// script writes sections out: a head, then each section under its title and role, each statement
// under its reason and closed by a semicolon. Nothing but comments stands outside statements.
func script(o *objects, head string, sections []section, foot []string) []byte {
	var b bytes.Buffer
	comment(&b, head)
	role := ""
	for i, s := range sections {
		b.WriteByte('\n')
		comment(&b, ruler)
		comment(&b, fmt.Sprintf("%d. %s", i+1, o.tell(s.title))+o.roleNote(s.role))
		comment(&b, ruler)
		said := ""
		for _, st := range s.withRole(role) {
			if st.Why != "" && st.Why == said {
				st.Why = ""
			}
			said = first(st.Why, said)
			b.WriteByte('\n')
			writeStatement(&b, st)
		}
		role = s.role
	}
	if len(foot) > 0 {
		b.WriteByte('\n')
		comment(&b, strings.Join(foot, "\n"))
	}
	return b.Bytes()
}

const ruler = "============================================================================"

func (o *objects) roleNote(role string) string {
	if role == "" {
		return ""
	}
	return o.tell(say(" (role: %s)", " (ロール: %s)"), role)
}

func writeStatement(b *bytes.Buffer, st snowflake.Statement) {
	if st.Why != "" {
		comment(b, st.Why)
	}
	if st.SQL != "" {
		b.WriteString(st.SQL)
		b.WriteString(";\n")
	}
}

// comment writes text as comment lines, without the control characters that a name still being typed
// may have.
func comment(b *bytes.Buffer, text string) {
	for line := range strings.SplitSeq(text, "\n") {
		b.WriteString("--")
		if line = strings.TrimRight(strings.Map(withoutControls, line), " "); line != "" {
			b.WriteByte(' ')
			b.WriteString(line)
		}
		b.WriteByte('\n')
	}
}

func withoutControls(r rune) rune {
	if unicode.IsControl(r) {
		return -1
	}
	return r
}
