package command

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"sleet/scaffold"
	"sleet/scaffold/answers"
	"sleet/scaffold/workspace"
	"sleet/snowflake"
	"sleet/snowflake/safely"
	"sleet/steps"
	"sleet/steps/ci"
	"sleet/steps/command/exit"
	"sleet/steps/command/machine"
	"sleet/steps/command/output"
	"sleet/steps/command/script"
	"sleet/steps/deploy"
	"sleet/ui"
	"sleet/ui/message"
)

// ciOptions are the options of `sleet ci`.
type ciOptions struct {
	host              machine.Host
	globals           *globals
	t                 ui.Translate
	branch            string
	envs              []string
	overwrite, dryRun bool
}

// newCI returns the command `sleet ci`.
func newCI(host machine.Host, global *globals) *cobra.Command {
	o := &ciOptions{host: host, globals: global}
	cmd := &cobra.Command{
		Use:   "ci (github | gitlab) [DIR]",
		Short: "Write a pipeline that checks, plans and applies an app",
		Long: `Writes a pipeline for the app in DIR (default: the current folder) to its Git
repository:

  github   .github/workflows/sleet-NAME.yml
  gitlab   .gitlab/sleet-NAME.gitlab-ci.yml, for .gitlab-ci.yml to include

On a pull request the pipeline checks the app and comments the plan (on GitLab
once SLEET_PLAN is set); on a push to the branch it applies the plan. With --env
it plans and applies each environment in the given order, with the platform's
environment of that name. The jobs log in with workload identity, so no
Snowflake key is stored; secret values come from the platform's secret store as
SLEET_SECRET_<KEY>. sleet prints the users, variables and secrets to create.

The file ends with its checksum. A file that you edited is replaced only if you
confirm, or with --overwrite.

Exit codes: 0 done; 1 failed; 2 wrong command line or answers, nothing written;
3 an edited file was kept; 130 stopped.`,
		Example: `  sleet ci github                    for the app in the current folder
  sleet ci gitlab apps/weather       for another app in the repository
  sleet ci github --branch release   apply on pushes to release
  sleet ci github --env dev --env prod
  sleet ci github --dry-run          print the pipeline`,
		Args:      cobra.RangeArgs(1, 2), //nolint:mnd // The arguments are the platform and the folder.
		ValidArgs: platformNames(),
	}
	flags := cmd.Flags()
	flags.SortFlags = false
	flags.StringArrayVar(&o.envs, "env", nil, "`name` of an environment to deploy; repeatable")
	flags.StringVar(&o.branch, "branch", "", "`branch` that is deployed; default: main")
	flags.BoolVar(&o.dryRun, "dry-run", false, "print the pipeline and write nothing")
	flags.BoolVar(&o.overwrite, "overwrite", false, "replace a pipeline that you edited")
	cmd.RunE = ran(func(ctx context.Context, args []string) error {
		o.t = global.words(host)
		return o.run(ctx, args)
	})
	return cmd
}

func platformNames() []cobra.Completion {
	var names []cobra.Completion
	for _, p := range ci.Platforms() {
		names = append(names, string(p))
	}
	return names
}

// run writes the pipeline.
func (o *ciOptions) run(ctx context.Context, args []string) error {
	shown := "."
	if len(args) > 1 {
		shown = args[1]
	}
	top, pipeline, app, err := o.pipeline(args[0], shown)
	if err != nil {
		return err
	}
	text, err := pipeline.File()
	if err != nil {
		return message.Wrap(err, "ci.unwritten", "path", pipeline.Path())
	}
	end := script.ChecksumLine(script.YAMLComment, text)
	text = append(text, end...)
	if o.dryRun {
		_, err := o.host.Out.Write(text)
		return exit.Failed(err, "run.unprinted")
	}
	root, err := os.OpenRoot(top)
	if err != nil {
		return message.Wrap(err, "ci.unwritten", "path", top)
	}
	defer root.Close() //nolint:errcheck // Nothing is left to write.
	path := filepath.Join(top, filepath.FromSlash(pipeline.Path()))
	write, err := o.mayWrite(ctx, root, pipeline, text, end)
	if err != nil || !write {
		return err
	}
	if err := writePipeline(root, pipeline.Path(), text); err != nil {
		return message.Wrap(err, "ci.unwritten", "path", path)
	}
	output.Say(o.host.Err, o.t("ci.written", "path", path))
	if err := o.include(root, pipeline); err != nil {
		return err
	}
	o.next(pipeline, app)
	return nil
}

// pipeline returns the options of a pipeline, and finds the root of the repository.
func (o *ciOptions) pipeline(platform, shown string) (string, ci.Options, scaffold.App, error) {
	p := ci.Options{Platform: ci.Platform(strings.ToLower(platform)), Branch: o.branch, Lang: "en"}
	if !slices.Contains(ci.Platforms(), p.Platform) {
		return "", p, scaffold.App{}, exit.Usage(nil, "ci.platform", "value", strconv.Quote(platform), "platforms", strings.Join(platformNames(), ", "))
	}
	if o.branch != "" && !regexp.MustCompile(`^[A-Za-z0-9_][A-Za-z0-9._/-]*$`).MatchString(o.branch) {
		return "", p, scaffold.App{}, exit.Usage(nil, "ci.branch", "branch", strconv.Quote(o.branch))
	}
	if p.Branch == "" && p.Platform == ci.GitHub {
		p.Branch = ci.DefaultBranch
	}
	folder, err := workspace.Read(o.host.Path(shown))
	if err != nil {
		return "", p, folder.App, message.Wrap(err, "new.folder")
	}
	if !folder.Saved {
		return "", p, folder.App, exit.Usage(nil, "ci.no_answers", "dir", shown)
	}
	if err := steps.NewPlan(folder.App, folder).Err(); err != nil {
		return "", p, folder.App, err
	}
	for _, env := range o.envs {
		if _, err := answers.InEnvironment(folder.App, env); err != nil {
			return "", p, folder.App, exit.Usage(err, "run.env")
		}
	}
	p.Envs = o.envs
	top, dir, ok := repositoryOf(folder.Dir)
	if !ok {
		return "", p, folder.App, exit.Usage(nil, "ci.no_repository", "dir", shown)
	}
	app := folder.App.Resolve()
	p.App, p.Dir, p.Lang = app.App.Name, dir, string(app.App.Language)
	for _, part := range deploy.ValueParts(folder.App) {
		p.Variables = append(p.Variables, part.Variable())
	}
	return top, p, app, nil
}

// repositoryOf finds the Git repository of a folder. It returns the root, and the path of the folder below it with
// slashes.
func repositoryOf(dir string) (top, below string, found bool) {
	dir, err := filepath.EvalSymlinks(dir)
	if err != nil {
		return "", "", false
	}
	for top = dir; ; top = filepath.Dir(top) {
		if _, err := os.Lstat(filepath.Join(top, ".git")); err == nil {
			below, err := filepath.Rel(top, dir)
			return top, filepath.ToSlash(below), err == nil
		}
		if filepath.Dir(top) == top {
			return "", "", false
		}
	}
}

// mayWrite reports whether the pipeline may replace the file at its path.
func (o *ciOptions) mayWrite(ctx context.Context, root *os.Root, p ci.Options, text []byte, end string) (bool, error) {
	have, err := safely.ReadIn(root, filepath.FromSlash(p.Path()), safely.MaxFileSize)
	path := filepath.Join(root.Name(), filepath.FromSlash(p.Path()))
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return true, nil
	case err != nil:
		return false, message.Wrap(err, "ci.unread", "path", path)
	case bytes.Equal(script.UnixLines(have), text):
		output.Say(o.host.Err, o.t("ci.same", "path", path))
		return false, nil
	case script.Checksummed(script.YAMLComment, have) && p.Writes(have), o.overwrite:
		return true, nil
	case p.Writes(have) && strings.Contains(string(script.UnixLines(have)), end):
		output.Say(o.host.Err, o.t("ci.edited_kept", "path", path))
		return false, nil
	}
	output.Say(o.host.Err, workspace.UnifiedDiff(p.Path(), have, text))
	if o.host.Terminal {
		yes, err := machine.NewPerson(o.host, o.t).Yes(ctx, o.t("ci.ask", "path", path))
		if err != nil || yes {
			return yes, err
		}
	}
	return false, &steps.EditedFilesError{Paths: []string{p.Path()}}
}

// writePipeline writes a file where the platform looks for it. workspace.Replace does not write to hidden folders; this
// one was requested, so it is enough that each folder on the path is a real folder and not a symbolic link.
func writePipeline(root *os.Root, path string, text []byte) error {
	const folders, everybody = 0o755, 0o644
	dir, at := filepath.Dir(filepath.FromSlash(path)), ""
	for part := range strings.SplitSeq(dir, string(filepath.Separator)) {
		at = filepath.Join(at, part)
		if err := root.Mkdir(at, folders); err != nil && !errors.Is(err, fs.ErrExist) {
			return err //nolint:wrapcheck // The caller adds the path.
		}
		if info, err := root.Lstat(at); err != nil || !info.IsDir() {
			return workspace.LinkError(filepath.Join(root.Name(), at), err)
		}
	}
	folder, err := root.OpenRoot(dir)
	if err != nil {
		return err //nolint:wrapcheck // As above.
	}
	defer folder.Close() //nolint:errcheck // Nothing is left to write.
	return workspace.Replace(folder, filepath.Base(path), text, everybody)
}

// gitlabFile is the file that GitLab reads.
const gitlabFile = ".gitlab-ci.yml"

// include makes GitLab read the pipeline: it writes the file that includes it, or prints what to add to an existing
// one.
func (o *ciOptions) include(root *os.Root, p ci.Options) error {
	if p.Platform != ci.GitLab {
		return nil
	}
	lines := "include:\n  - local: " + p.Path() + "\n"
	have, err := safely.ReadIn(root, gitlabFile, safely.MaxFileSize)
	path := filepath.Join(root.Name(), gitlabFile)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		const everybody = 0o644
		if err := workspace.Replace(root, gitlabFile, []byte(lines), everybody); err != nil {
			return message.Wrap(err, "ci.unwritten", "path", path)
		}
		output.Say(o.host.Err, o.t("ci.written", "path", path))
	case err != nil:
		return message.Wrap(err, "ci.unread", "path", path)
	case !strings.Contains(string(have), p.Path()):
		output.Say(o.host.Err, o.t("ci.gitlab.include")+"\n"+lines)
	}
	return nil
}

// next prints what is left to do: users, variables, secrets.
func (o *ciOptions) next(p ci.Options, app scaffold.App) {
	var b strings.Builder
	part := func(id message.ID, lines ...string) {
		if len(lines) > 0 {
			fmt.Fprintf(&b, "  # %s\n", o.t(id, "branch", p.Branch))
		}
		for _, line := range lines {
			output.Indent(&b, "  ", line)
		}
	}
	role := ""
	if app.Roles.Owner != "" {
		role = snowflake.AccountObject(app.Roles.Owner).SQL()
	}
	variables, secrets := p.Commands()
	planning, planner := p.Planning()
	part("ci.next_user", statements(p.Statements(role))...)
	if p.Platform == ci.GitHub {
		part("ci.next_environment", p.Envs...)
	}
	part("ci.next_variable", variables...)
	part("ci.next_secret", secrets...)
	part("ci.next_plan", planning...)
	part("ci.next_plan_user", statements(planner)...)
	output.Say(o.host.Err, "\n"+o.t("ci.next")+"\n"+strings.TrimRight(b.String(), "\n"))
}

// statements returns the statements, each with a semicolon.
func statements(list []string) []string {
	ended := make([]string, 0, len(list))
	for _, s := range list {
		ended = append(ended, s+";")
	}
	return ended
}
