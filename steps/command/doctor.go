package command

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"sleet/scaffold"
	"sleet/scaffold/answers"
	"sleet/scaffold/existing"
	"sleet/scaffold/workspace"
	"sleet/snowflake"
	"sleet/snowflake/account/observe"
	"sleet/steps/command/exit"
	"sleet/steps/command/machine"
	"sleet/steps/command/output"
	"sleet/steps/command/reports"
	"sleet/steps/deploy"
	"sleet/steps/doctor"
	"sleet/ui"
	"sleet/ui/message"
)

// doctorOptions are the options of `sleet doctor`.
type doctorOptions struct {
	host       machine.Host
	globals    *globals
	t          ui.Translate
	connection string
	viewer     string
	env        string
	fix, json  bool
	plain      bool
}

// newDoctor returns the command `sleet doctor`.
func newDoctor(host machine.Host, global *globals) *cobra.Command {
	o := &doctorOptions{host: host, globals: global}
	cmd := &cobra.Command{
		Use:   "doctor [DIR | DB.SCHEMA.APP]",
		Short: "Diagnose why a deployed app does not work",
		Long: `Reads an app, its files and every object that it depends on, and checks each
link between the code and what it needs:

  secret   the key that the code reads, the binding or the function that holds
           it, the secret and its type, the integration that allows it, grants
  host     each host that the code calls, and the network rule that allows it
  package  each import, the package file and its lock, the package repository
  start    live version, main file, pages, compute pool, warehouse, options
  viewer   what a role needs to open the app, and code that sees the owner
           instead of the viewer

Each link is ✓ working, ✗ broken or ? not visible to you. Below a link that you
cannot see is the statement that shows it, with a role that can run it. Below a
broken link are the cause and the statement or edit that fixes it. Nothing is
changed. On a terminal the result is a tree with the broken links open; --plain
prints it as text.

With DIR (default: the current folder) sleet reads the code in the folder, for
the app that sleet.toml or snowflake.yml names, and compares it with the files
in the account. With DB.SCHEMA.APP it reads the code in the account; the app
need not have been created with sleet. What your role cannot see is read as the
app's owner and as ACCOUNTADMIN, if you have these roles.

Exit codes: 0 nothing is broken; 1 something is broken; 2 wrong command line.`,
		Example: `  sleet doctor                       the app of the current folder
  sleet doctor SALES_DB.APPS.TREND   any app of the account
  sleet doctor --viewer ANALYST      check whether a role can use it
  sleet doctor --fix                 write the fixes to sql/fix.sql
  sleet doctor --json                for a program`,
		Args: cobra.MaximumNArgs(1),
	}
	flags := cmd.Flags()
	flags.SortFlags = false
	flags.StringVar(&o.connection, "connection", "", "`name` of the connection; sleet connections lists them")
	flags.StringVar(&o.env, "env", "", "`name` of the environment, [env.NAME] in sleet.toml")
	flags.StringVar(&o.viewer, "viewer", "", "check whether this `role` can use the app")
	flags.BoolVar(&o.fix, "fix", false, "write the fixes to sql/fix.sql; runs nothing")
	flags.BoolVar(&o.plain, "plain", false, "print text on a terminal too")
	flags.BoolVar(&o.json, "json", false, "print JSON")
	cmd.RunE = ran(func(ctx context.Context, args []string) error {
		o.t = global.words(host)
		return o.run(ctx, args)
	})
	return cmd
}

// examined is the app that a command examines, in a folder or an account.
type examined struct {
	// folder is the app's folder as the person named it, dir is its absolute path. Both are empty for an app that is
	// only in the account.
	folder, dir string
	app         *existing.App
	skipped     []existing.Skipped
	name        snowflake.Name
	session     snowflake.Context
	cloud       deploy.Examiner
}

// appArgument names the app to examine, and the connection to its account.
type appArgument struct {
	args             []string
	env              string
	connection, lang string
}

// examinedApp returns the app that an argument names, and logs in.
func examinedApp(ctx context.Context, host machine.Host, a appArgument) (examined, func(), error) {
	x, err := namedApp(host, a)
	if err != nil {
		return x, nil, err
	}
	closed, err := x.logIn(ctx, host, a)
	if err != nil {
		return x, nil, err
	}
	if err := x.resolveName(); err != nil {
		closed()
		return x, nil, err
	}
	return x, closed, nil
}

// namedApp returns the app of a folder, or an app of the account by its name.
func namedApp(host machine.Host, a appArgument) (examined, error) {
	arg := "."
	if len(a.args) > 0 {
		arg = a.args[0]
	}
	if info, err := os.Stat(host.Path(arg)); err == nil && info.IsDir() {
		return appInFolder(host, arg, a.env)
	}
	name, err := snowflake.ParseName(arg)
	switch {
	case err != nil || name.Database == "" || name.Schema == "":
		return examined{}, exit.Usage(nil, "diagnosis.argument", "name", output.Clean(arg))
	case a.env != "":
		return examined{}, exit.Usage(nil, "run.env_folder", "name", output.Clean(arg))
	}
	return examined{name: name}, nil
}

// appInFolder reads the app of a folder in an environment. Its name is still unknown.
func appInFolder(host machine.Host, shown, env string) (examined, error) {
	x := examined{folder: shown, dir: host.Path(shown)}
	folder, err := existing.Read(x.dir)
	if err != nil {
		return x, exit.Usage(err, "diagnosis.folder")
	}
	if folder, err = inEnvironment(folder, x.dir, env); err != nil {
		return x, err
	}
	x.skipped = folder.Skipped
	x.app, err = oneApp(folder, shown)
	return x, err
}

// logIn opens the connection to the account, and returns the function that closes it.
func (x *examined) logIn(ctx context.Context, host machine.Host, a appArgument) (func(), error) {
	if host.Connect == nil {
		return nil, exit.Usage(nil, "run.no_accounts")
	}
	cloud, err := host.Connect(ctx, machine.ConnectOptions{Connection: a.connection, Lang: a.lang, Host: host})
	if err != nil {
		return nil, err
	}
	closed := func() { _ = cloud.Close() } // the account ends idle sessions itself
	from, ok := cloud.(deploy.Examiner)
	if !ok {
		closed()
		return nil, exit.Usage(nil, "migrate.from_no_apps")
	}
	x.cloud = from
	if x.session, err = from.Session(ctx); err != nil {
		closed()
		return nil, err
	}
	return closed, nil
}

// resolveName sets the name of an app in a folder, whose missing parts come from the session.
func (x *examined) resolveName() error {
	if x.dir == "" {
		return nil
	}
	var named bool
	x.name, named = doctor.NameOf(x.app, filepath.Base(x.dir), x.session)
	switch {
	case !named:
		return exit.Usage(nil, "diagnosis.unnamed", "dir", x.folder)
	case x.name.Database == "" || x.name.Schema == "":
		return exit.Usage(nil, "diagnosis.nowhere", "dir", x.folder)
	}
	return nil
}

// owned reports whether a role owns the app of the folder, or will own it: an app that this role cannot see does not
// exist.
func (x examined) owned(role snowflake.Name) bool {
	if x.app == nil || x.app.Answers == nil {
		return false
	}
	owner := x.owner()
	return owner.IsZero() || owner == role
}

// owner returns the role that owns the app according to the folder's answers; the zero Name if they name none.
func (x examined) owner() snowflake.Name {
	if x.app == nil || x.app.Answers == nil || x.app.Answers.Roles.Owner == "" {
		return snowflake.Name{}
	}
	return snowflake.AccountObject(x.app.Answers.Roles.Owner)
}

// inEnvironment returns a folder with its apps in an environment: their answers, and the files that sleet generates
// from them. It changes no files. An app without the environment stays as it is; if none has it, that is an error.
func inEnvironment(folder *existing.Folder, dir, name string) (*existing.Folder, error) {
	if name == "" {
		return folder, nil
	}
	changes := map[string][]byte{}
	var unknown error = &answers.EnvironmentError{Name: name}
	for _, app := range folder.Apps {
		if app.Answers == nil {
			continue
		}
		own, err := workspace.Read(filepath.Join(dir, filepath.FromSlash(app.Root)))
		if err != nil {
			return nil, exit.Usage(err, "run.folder")
		}
		env, err := own.InEnvironment(name)
		if err != nil {
			unknown = err
			continue
		}
		path := app.RootPath(scaffold.AnswersFile)
		changes[path] = answers.Edit(own.Files[scaffold.AnswersFile], *app.Answers, env.App)
		for file, text := range env.Files {
			changes[app.RootPath(file)] = text
		}
	}
	if len(changes) == 0 {
		return nil, exit.Usage(unknown, "run.env")
	}
	return folder.With(changes), nil
}

// oneApp returns the app of a folder: the one with a sleet.toml or a project file, or else the only one.
func oneApp(folder *existing.Folder, shown string) (*existing.App, error) {
	var declared []*existing.App
	var roots []string
	for _, app := range folder.Apps {
		roots = append(roots, app.Root)
		if app.Answers != nil || len(app.Projects) > 0 {
			declared = append(declared, app)
		}
	}
	switch {
	case len(declared) == 1:
		return declared[0], nil
	case len(folder.Apps) == 1:
		return folder.Apps[0], nil
	case len(folder.Apps) == 0:
		return nil, exit.Usage(nil, "diagnosis.no_app", "dir", shown)
	}
	for _, app := range declared {
		if app.Root == "." {
			return app, nil
		}
	}
	return nil, exit.Usage(nil, "diagnosis.several", "dir", shown, "roots", strings.Join(roots, ", "))
}

// run diagnoses one app.
func (o *doctorOptions) run(ctx context.Context, args []string) error {
	x, closed, err := examinedApp(ctx, o.host, appArgument{args: args, env: o.env, connection: o.connection, lang: o.globals.lang})
	if err != nil {
		return err
	}
	defer closed()
	in, err := o.input(ctx, x)
	if err != nil {
		return err
	}
	chains := doctor.Diagnose(in)
	broken, unknown := doctor.CountLinks(chains, doctor.Broken), doctor.CountLinks(chains, doctor.Unknown)
	if o.json {
		err = output.JSON(o.host.Out, reports.NewDiagnosis(in, chains))
	} else {
		err = o.show(ctx, in, chains)
	}
	if err != nil {
		return err
	}
	if o.fix {
		if err := o.writeFix(x, in, chains); err != nil {
			return err
		}
	}
	hidden := ""
	if unknown > 0 {
		hidden = o.t("diagnosis.count_unknown", "count", unknown)
	}
	switch {
	case broken > 0 && !o.fix && len(doctor.Fixes(chains)) > 0:
		return exit.Found("diagnosis.broken_fix", "broken", o.t("diagnosis.count_broken", "count", broken), "unknown", hidden)
	case broken > 0:
		return exit.Found("diagnosis.broken", "broken", o.t("diagnosis.count_broken", "count", broken), "unknown", hidden)
	case unknown > 0:
		output.Say(o.host.Err, o.t("diagnosis.unknown", "unknown", hidden))
	default:
		output.Say(o.host.Err, o.t("diagnosis.fine", "app", in.Name.SQL()))
	}
	return nil
}

// input reads the input of a diagnosis.
func (o *doctorOptions) input(ctx context.Context, x examined) (doctor.Input, error) {
	in := doctor.Input{App: x.app, Skipped: x.skipped, Name: x.name, Folder: x.folder, Role: snowflake.StoredObject(x.session.Role)}
	if o.viewer != "" {
		in.Viewer = snowflake.AccountObject(o.viewer)
	}
	seen, err := x.cloud.Examine(ctx, observe.Examination{App: x.name, Owner: x.owner(), Viewer: in.Viewer, Functions: func(files map[string][]byte) []snowflake.Name {
		app := x.app
		if app == nil {
			app = appOf(existing.FromFiles(x.name.SQL(), files), "")
		}
		if app == nil {
			return nil
		}
		return doctor.SecretFunctions(app, x.name)
	}})
	var refused *deploy.Failure
	switch {
	case err == nil:
		in.Account = &seen
	case errors.As(err, &refused) && !refused.Network && !refused.LogIn && ctx.Err() == nil:
		in.Absent, in.Hidden = refused.Answer(), !seen.All && !x.owned(in.Role) && !slices.Contains(seen.Seen, x.owner())
		if in.Absent.IsZero() {
			in.Absent = message.Of(refused)
		}
		return in, nil
	default:
		return in, message.Wrap(err, "new.stopped")
	}
	if x.app == nil {
		if seen.Refused.IsZero() {
			folder := existing.FromFiles(x.name.SQL(), seen.Files)
			in.App, in.Skipped = appOf(folder, seen.MainFile()), folder.Skipped
		}
		return in, nil
	}
	if seen.Refused.IsZero() && len(seen.Files) > 0 {
		in.Differs = doctor.ChangedFiles(x.app, in.Runtime(), seen.Files)
	}
	in.Stale = x.cloud.NeedsRestart(ctx, deploy.RecordKey(x.dir, o.env))
	return in, nil
}

// appOf returns the app whose files are in the account; nil if none of them is an app.
func appOf(folder *existing.Folder, main string) *existing.App {
	i := slices.IndexFunc(folder.Apps, func(a *existing.App) bool { return a.Root == "." })
	switch {
	case i < 0 && len(folder.Apps) == 0:
		return nil
	case i < 0:
		i = 0
	}
	if app := folder.Apps[i]; main == "" || app.Main == main {
		return app
	}
	return folder.Apps[i].WithMain(main)
}
