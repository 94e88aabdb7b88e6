package command

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"sleet/scaffold/workspace"
	"sleet/snowflake"
	"sleet/steps/diagnosis"
	"sleet/steps/doctor"
)

// writeFix writes the statements that fix an app to sql/fix.sql in its folder, or in the current one. Nothing runs
// them. A script that somebody edited stays, and the new one gets the next free name.
func (o *doctorOptions) writeFix(x examined, in doctor.Input, chains []doctor.Chain) error {
	fixes := doctor.Fixes(chains)
	if len(fixes) == 0 {
		say(o.host.Err, o.t("diagnosis.nothing_to_run"))
		return nil
	}
	dir := x.dir
	if dir == "" {
		dir = o.host.Dir
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return failedIf(err, "diagnosis.unwritten")
	}
	defer root.Close() //nolint:errcheck // opened to write through
	const everybody = 0o644
	for n := 1; ; n++ {
		name := "sql/fix.sql"
		if n > 1 {
			name = fmt.Sprintf("sql/fix-%d.sql", n)
		}
		free, err := replaceable(root, filepath.FromSlash(name))
		if err == nil && !free {
			continue // somebody edited it
		}
		if err == nil {
			err = workspace.Replace(root, name, withChecksum(sqlComment, fixScript(in, chains, fixes)), everybody)
		}
		if err == nil {
			say(o.host.Err, o.t("diagnosis.written", "path", filepath.Join(dir, filepath.FromSlash(name))))
		}
		return failedIf(err, "diagnosis.unwritten")
	}
}

// fixScript are the statements with the roles that run them, the causes as comments.
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

// placeholders reports whether a value has to be filled in.
func placeholders(list []snowflake.Statement) bool {
	for _, st := range list {
		if strings.Contains(st.SQL, "<secret:") || strings.Contains(st.SQL, "<security integration>") {
			return true
		}
	}
	return false
}

// oneLine keeps a text within its comment.
func oneLine(text string) string {
	return strings.NewReplacer("\n", " ", "\r", " ").Replace(clean(text))
}
