package command

import (
	"context"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"sleet/scaffold"
	"sleet/scaffold/workspace"
	"sleet/steps"
	"sleet/steps/command/exit"
	"sleet/steps/command/machine"
	"sleet/ui/message"
)

// newOptions are the options of `sleet new`.
type newOptions struct {
	host    machine.Host
	globals *globals
	// ask reports whether the wizard is required, as for `sleet` without arguments.
	ask bool

	answers string
	set     []string
	// short has the values of the shortFlags that were given, by key in sleet.toml.
	short map[string]string
	// packages, hosts and secrets replace the lists of the answers; nil keeps them.
	packages, hosts, secrets []string

	yes, dryRun, overwrite, noLock, json bool
}

// shortFlag is a flag for one key of sleet.toml.
type shortFlag struct{ name, key, usage string }

// shortFlags are the flags for single answers. --set can set any answer.
var shortFlags = []shortFlag{
	{"name", "app.name", "`name` of the app; default: the folder's"},
	{"runtime", "app.runtime", "`runtime`: container (default) or warehouse"},
	{"database", "app.database", "`database` of the app"},
	{"schema", "app.schema", "`schema` of the app"},
	{"warehouse", "app.query_warehouse", "`warehouse` that runs the app's queries"},
	{"compute-pool", "app.compute_pool", "compute `pool`; '' for the account's default"},
}

// newNew returns the command `sleet new`.
func newNew(host machine.Host, global *globals) *cobra.Command {
	o := &newOptions{host: host, globals: global, short: map[string]string{}}
	cmd := &cobra.Command{
		Use:   "new [DIR]",
		Short: "Create a Streamlit app, or update one that sleet created",
		Long: `Creates a Streamlit app in DIR (default: the current folder). In a terminal the
wizard asks; otherwise every answer comes from flags and files.

Flags override --answers, which overrides the sleet.toml in DIR key by key,
which overrides the defaults; a short flag overrides --set. A list from --set,
--package, --host or --secret replaces the whole list. A secret given only by
its key keeps its other settings.

With --yes, --answers, --json or --dry-run nothing is asked. Without a terminal
you need --yes, --answers or a sleet.toml in DIR.

Files that you edited are kept and their differences shown, unless you pass
--overwrite.

Exit codes: 0 done; 1 failed; 2 wrong command line or answers, nothing written;
3 an edited file was kept; 130 stopped.`,
		Example: `  sleet new demo                                  start the wizard
  sleet new demo --yes                            use the defaults
  sleet new demo --yes --runtime warehouse --secret api_key
  sleet new demo --yes --secret login:password:st.secrets
  sleet new demo --yes --set 'config.theme.base="dark"' --set app.cortex=true
  sleet new demo --answers sleet.toml --dry-run   show what would be written
  sleet new demo --answers - --json <sleet.toml   from a pipe, as JSON`,
		Args: cobra.MaximumNArgs(1),
	}
	o.addFlags(cmd)
	cmd.RunE = ran(func(ctx context.Context, args []string) error {
		for _, f := range shortFlags {
			if cmd.Flags().Changed(f.name) {
				o.short[f.key] = cmd.Flag(f.name).Value.String()
			}
		}
		return o.run(ctx, args)
	})
	return cmd
}

func (o *newOptions) addFlags(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.SortFlags = false
	flags.StringVar(&o.answers, "answers", "", "`file` with answers; - is standard input")
	flags.StringArrayVar(&o.set, "set", nil, "an answer, `key=value`, as in sleet.toml")
	for _, f := range shortFlags {
		flags.String(f.name, "", f.usage)
	}
	flags.StringArrayVar(&o.packages, "package", nil, "`requirement`, as 'pandas>=2'; repeatable")
	flags.StringArrayVar(&o.hosts, "host", nil, "`host[:port]` that the app calls; repeatable")
	flags.StringArrayVar(&o.secrets, "secret", nil, "`KEY[:TYPE[:ACCESS]]`, no value; repeatable")
	flags.BoolVar(&o.yes, "yes", false, "use the defaults for all other answers")
	flags.BoolVar(&o.dryRun, "dry-run", false, "write nothing, show what would be written")
	flags.BoolVar(&o.overwrite, "overwrite", false, "replace files that you edited")
	flags.BoolVar(&o.noLock, "no-lock", false, "do not run uv lock, which may go online")
	flags.BoolVar(&o.json, "json", false, "print JSON")
	completeNew(cmd)
}

// run creates the app, or starts the wizard.
func (o *newOptions) run(ctx context.Context, args []string) error {
	shown := "."
	if len(args) > 0 {
		shown = args[0]
	}
	if shown == "" {
		return exit.Usage(nil, "new.unnamed")
	}
	dir := o.host.Path(shown)
	if !o.asks() && !o.dryRun {
		release, err := o.host.Lock(dir)
		if err != nil {
			return o.report(outcome{dir: dir, err: err})
		}
		defer release()
	}
	folder, app, err := o.start(ctx, dir)
	if err != nil {
		return o.report(outcome{dir: dir, err: err})
	}
	if !o.asks() {
		if err := o.enough(folder, shown); err != nil {
			return o.report(outcome{dir: dir, err: err})
		}
		return o.write(ctx, shown, steps.NewPlan(app, folder))
	}
	if o.host.Wizard == nil {
		return exit.Usage(nil, "new.cannot_ask")
	}
	if !folder.Saved && app.App.Language == "" && o.globals.lang == string(scaffold.Japanese) {
		app.App.Language = scaffold.Japanese
	}
	return o.host.Wizard(ctx, machine.WizardOptions{
		Dir: dir, Shown: shown, Folder: folder, App: app,
		Lang: o.globals.lang, Accessible: o.globals.accessible,
		Overwrite: o.overwrite, NoLock: o.noLock, Host: o.host,
	})
}

// start reads the folder and combines the answers.
func (o *newOptions) start(ctx context.Context, dir string) (workspace.Folder, scaffold.App, error) {
	folder, err := workspace.Read(dir)
	if err != nil {
		return folder, scaffold.App{}, message.Wrap(err, "new.folder")
	}
	app, err := o.gather(ctx, folder, dir)
	if err != nil {
		return folder, app, err
	}
	// The answers may name another main file than the folder's own.
	folder, err = workspace.Read(dir, app.Resolve().App.MainFile)
	if err != nil {
		return folder, app, message.Wrap(err, "new.folder")
	}
	return folder, app, nil
}

// asks reports whether to ask a person: there must be one, and no option may say that all answers are given. The
// accessible mode can also read a pipe.
func (o *newOptions) asks() bool {
	there := o.host.Terminal || o.globals.accessible
	return there && !o.yes && o.answers == "" && !o.json && !o.dryRun
}

// enough returns an error if nothing was given and the defaults were not confirmed.
func (o *newOptions) enough(folder workspace.Folder, shown string) error {
	if o.yes || o.answers != "" || (folder.Saved && !o.ask) || (o.dryRun && o.host.Terminal) {
		return nil
	}
	return exit.Usage(nil, "new.nobody", "dir", shown)
}

// base returns the app's default name: that of the folder.
func base(dir string) string {
	name := filepath.Base(dir)
	if strings.Trim(name, `./\`) == "" {
		return ""
	}
	return name
}
