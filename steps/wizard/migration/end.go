package migration

import (
	"path"
	"path/filepath"
	"slices"

	"sleet/scaffold"
	"sleet/steps"
	"sleet/ui"
	"sleet/ui/cells"
	"sleet/ui/message"
)

// End returns the lines at the end of a migration: what remains to do, and how to undo it.
func End(k *ui.Context, s steps.State) []string {
	lines := []string{"", k.Title.Render(k.T("done.next"))}
	say := func(id, command string) {
		lines = append(lines, "", k.Muted.Render(k.T(message.ID(id))))
		if command != "" {
			lines = append(lines, "  "+k.Code.Render(cells.Clean(command)))
		}
	}
	dir := steps.ShellWord(filepath.ToSlash(filepath.Join(s.Shown, filepath.FromSlash(s.Migration.Root))))
	if slices.ContainsFunc(s.Outcome.Wrote, func(name string) bool { return path.Base(name) == scaffold.ManualFile }) {
		say("migration.end_manual", "")
	}
	say("migration.end_check", "sleet check "+dir)
	if !s.Outcome.Locked {
		say("next.lock", "uv lock")
	}
	if !s.Migration.Native {
		say("migration.end_apply", "sleet apply "+dir+" --plan")
		say("migration.end_sql", "")
	}
	say("migration.end_undo", "sleet migrate --undo "+steps.ShellWord(s.Shown))
	return lines
}
