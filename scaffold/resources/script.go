package resources

import (
	"bytes"
	"fmt"
	"strings"
	"unicode"

	"sleet/snowflake"
	"sleet/ui/message"
)

// script renders parts: a head, then each part with its title and role, each statement below its
// comment and terminated by a semicolon. Everything outside statements is a comment.
func (a *Parsed) script(head string, parts []part, foot []string) []byte {
	var b bytes.Buffer
	comment(&b, head)
	role := snowflake.Name{}
	for i, p := range parts {
		b.WriteByte('\n')
		comment(&b, ruler)
		comment(&b, fmt.Sprintf("%d. %s", i+1, a.text(p.title))+a.roleNote(p.role))
		comment(&b, ruler)
		lastWhy := ""
		for _, st := range a.withRole(p, role) {
			if st.Why != "" && st.Why == lastWhy {
				st.Why = ""
			}
			if st.Why != "" {
				lastWhy = st.Why
			}
			b.WriteByte('\n')
			writeStatement(&b, st)
		}
		role = p.role
	}
	if len(foot) > 0 {
		b.WriteByte('\n')
		comment(&b, strings.Join(foot, "\n"))
	}
	return b.Bytes()
}

const ruler = "============================================================================"

func (a *Parsed) roleNote(role snowflake.Name) string {
	if role.IsZero() {
		return ""
	}
	return " " + a.text("file.sql.role", "role", a.SQL(role))
}

// text returns a text of the catalogues in the language of the comments.
func (a *Parsed) text(id message.ID, data ...any) string { return a.Language.Text(id, data...) }

func writeStatement(b *bytes.Buffer, st snowflake.Statement) {
	if st.Why != "" {
		comment(b, st.Why)
	}
	if st.SQL != "" {
		b.WriteString(st.SQL)
		b.WriteString(";\n")
	}
}

// comment writes text as comment lines, without control characters, which a name still being typed
// may contain.
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
