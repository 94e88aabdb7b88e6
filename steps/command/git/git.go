// Package git runs git on a folder without following the configuration of its repository.
package git

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"sleet/snowflake/safely"
	"sleet/steps/environ"
)

// Uncommitted returns the files in a folder with uncommitted changes. It returns nil if the folder is not in a
// repository, or git is not installed.
//
// The repository may be untrusted, and its configuration can name programs for git to run: filters, hooks, a file
// system monitor, a remote to fetch from, or other configuration files. So git compares the files with the repository's
// index and objects, but with our own configuration, which names none.
func Uncommitted(ctx context.Context, environ []string, dir string) []string {
	git, err := exec.LookPath("git")
	if err != nil || !filepath.IsAbs(git) {
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	g := gitRun{ctx: ctx, program: git, dir: dir, environ: bareEnvironment(environ)}
	// These queries read no objects and no files of the work tree, and run no programs.
	places, err := g.out(nil, "rev-parse", "--show-toplevel", "--git-common-dir", "--git-path", "index", "--show-object-format")
	lines := strings.Split(strings.TrimRight(places, "\n"), "\n")
	const asked = 4
	if err != nil || len(lines) != asked {
		return nil
	}
	top, common, index, format := lines[0], g.path(lines[1]), g.path(lines[2]), lines[3]
	if !contains(top, dir) { // core.worktree can name any folder
		return nil
	}
	head, _ := g.out(nil, "rev-parse", "--verify", "--quiet", "HEAD") // a new repository has none
	bare, err := bareRepository(strings.TrimSpace(head), format, filepath.Join(common, "info", "exclude"))
	if err != nil {
		return nil
	}
	defer os.RemoveAll(bare) //nolint:errcheck // It is in the temporary folder.
	out, err := g.out([]string{"GIT_DIR=" + bare, "GIT_WORK_TREE=" + top, "GIT_INDEX_FILE=" + index, "GIT_OBJECT_DIRECTORY=" + filepath.Join(common, "objects")},
		"status", "--porcelain=v1", "-z", "--no-renames", "--ignore-submodules=all", "--", ".")
	if err != nil {
		return nil
	}
	var names []string
	for entry := range strings.SplitSeq(strings.TrimSuffix(out, "\x00"), "\x00") {
		if len(entry) > 3 && !strings.HasPrefix(entry[3:], ".sleet/") {
			names = append(names, entry[3:])
		}
	}
	return names
}

// gitRun runs git in a folder.
type gitRun struct {
	ctx          context.Context //nolint:containedctx // It is used for a few calls only.
	program, dir string
	environ      []string
}

// out runs git with additional environment variables and returns its output.
func (g gitRun) out(more []string, args ...string) (string, error) {
	args = append([]string{"--no-optional-locks", "-c", "core.fsmonitor=false", "-c", "core.hooksPath=" + os.DevNull, "-c", "protocol.allow=never"}, args...)
	cmd := exec.CommandContext(g.ctx, g.program, args...) //nolint:gosec // The program is git from PATH.
	cmd.Dir, cmd.Env = g.dir, append(append([]string{}, g.environ...), more...)
	out, err := cmd.Output()
	if err != nil {
		return "", fmt.Errorf("git %s: %w", args[len(args)-1], err)
	}
	return string(out), nil
}

// path makes a path in git's output absolute.
func (g gitRun) path(name string) string {
	if filepath.IsAbs(name) {
		return name
	}
	return filepath.Join(g.dir, name)
}

// bareEnvironment returns an environment in which git reads no configuration of the user or the system and fetches
// nothing.
func bareEnvironment(env []string) []string {
	var kept []string
	for _, pair := range environ.WithoutSecrets(env) {
		if !strings.HasPrefix(strings.ToUpper(pair), "GIT_") {
			kept = append(kept, pair)
		}
	}
	return append(kept, "GIT_CONFIG_NOSYSTEM=1", "GIT_CONFIG_GLOBAL="+os.DevNull, "GIT_NO_LAZY_FETCH=1", "GIT_TERMINAL_PROMPT=0", "GIT_ALLOW_PROTOCOL=none")
}

// bareRepository creates a repository in the temporary folder, with a HEAD, the excluded files of the original, and no
// configuration but the format of its objects.
func bareRepository(head, format, exclude string) (string, error) {
	bare, err := safely.TempFolder("git")
	if err != nil {
		return "", err
	}
	if head == "" {
		head = "ref: refs/heads/none"
	}
	version, extension := 0, ""
	if format != "sha1" {
		version, extension = 1, "[extensions]\n\tobjectFormat = "+format+"\n"
	}
	files := map[string]string{
		"HEAD":   head + "\n",
		"config": fmt.Sprintf("[core]\n\trepositoryFormatVersion = %d\n\tautocrlf = input\n%s", version, extension),
	}
	if list, err := safely.ReadFile(exclude, safely.MaxTextSize); err == nil {
		files["info/exclude"] = string(list)
	}
	for _, dir := range []string{"objects", "refs", "info"} {
		if err = os.Mkdir(filepath.Join(bare, dir), 0o700); err != nil {
			break
		}
	}
	for name, text := range files {
		if err == nil {
			err = os.WriteFile(filepath.Join(bare, filepath.FromSlash(name)), []byte(text), 0o600)
		}
	}
	if err != nil {
		_ = os.RemoveAll(bare)
		return "", err //nolint:wrapcheck // Uncommitted returns no error.
	}
	return bare, nil
}

// contains reports whether dir is top or below it.
func contains(top, dir string) bool {
	target, err := filepath.EvalSymlinks(dir)
	if err != nil {
		return false
	}
	inside, err := filepath.Rel(filepath.FromSlash(top), target)
	return err == nil && filepath.IsLocal(inside)
}
