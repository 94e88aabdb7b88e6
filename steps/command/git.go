package command

import (
	"context"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"sleet/steps"
)

// uncommitted names the files in a folder that git has no commit of as they are; none where the folder
// is in no repository, or git is not there. The repository's own settings run no program.
func uncommitted(ctx context.Context, environ []string, dir string) []string {
	git, err := exec.LookPath("git")
	if err != nil || !filepath.IsAbs(git) {
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	cmd := exec.CommandContext(ctx, git, "--no-optional-locks", "-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null", //nolint:gosec // git as PATH has it
		"status", "--porcelain=v1", "-z", "--no-renames", "--ignore-submodules=all", "--", ".")
	cmd.Dir, cmd.Env = dir, steps.WithoutSecrets(environ)
	out, err := cmd.Output()
	if err != nil {
		return nil
	}
	var names []string
	for entry := range strings.SplitSeq(strings.TrimSuffix(string(out), "\x00"), "\x00") {
		if len(entry) > 3 && !strings.HasPrefix(entry[3:], ".sleet/") {
			names = append(names, entry[3:])
		}
	}
	return names
}
