package command

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"sleet/scaffold"
	"sleet/scaffold/check"
	"sleet/scaffold/existing"
	"sleet/scaffold/migrate"
	"sleet/scaffold/migrate/change"
	"sleet/scaffold/pep508"
	"sleet/scaffold/validate"
	"sleet/steps"
	"sleet/steps/command/exit"
	"sleet/steps/command/git"
	"sleet/steps/command/machine"
	"sleet/steps/command/output"
	"sleet/steps/command/reports"
	"sleet/steps/command/screens"
	"sleet/ui/message"
)

// migrateOptions are the options of `sleet migrate`.
type migrateOptions struct {
	host    machine.Host
	globals *globals

	set       []string
	short     map[string]string
	streamlit string
	// from is an app in an account to migrate, connection and demo select the account.
	from, connection string
	// wave is a file with the names of apps. Each is migrated to its own folder.
	wave string

	demo, yes, dryRun, undo, overwrite, rootLocation, noLock, json bool
}

// newMigrate returns the command `sleet migrate`.
func newMigrate(host machine.Host, global *globals) *cobra.Command {
	o := &migrateOptions{host: host, globals: global, short: map[string]string{}}
	cmd := &cobra.Command{
		Use:   "migrate [DIR]",
		Short: "Migrate a warehouse app to the container runtime",
		Long: `Migrates the app in DIR (default: the current folder) from the warehouse runtime
to the container runtime: its code, packages, configuration and snowflake.yml.
It also writes sleet.toml for sleet apply, and sql/migrate.sql and
sql/rollback.sql to switch the runtime in Snowflake and back. The account is not
changed. --from fetches the app's files from the account first.

Edits change only what they must. Manual steps are listed and written to
MIGRATION.md as a checklist. Either all files are written or none; running it
again changes nothing.

The original of every changed file is kept in .sleet/migrate, which Git and
uploads ignore. --undo restores them byte for byte. It refuses if you have
edited a file since; --overwrite allows it. An app without a sleet.toml that was
applied since then gets one for its old runtime, so that the next apply restores
it in the account.

Set answers that the files do not contain with --set and the short flags, as in
sleet.toml. For example, the access method of the first secret: --set
secrets[0].access=st.secrets.

Exit codes: 0 done; 1 failed, or manual steps are left; 2 wrong command line or
answers, or no app, nothing written; 3 a file that you edited would be lost; 130
stopped.`,
		Example: `  sleet migrate                                  start the wizard
  sleet migrate app --dry-run                    show every change as a diff
  sleet migrate app --yes                        use the defaults
  sleet migrate app --yes --compute-pool MY_POOL --database DB --schema APPS
  sleet migrate app --undo                       restore the files
  sleet migrate app --from DB.SCHEMA.APP --yes   fetch an app from the account
  sleet migrate moved --wave survey.csv --yes    migrate many apps`,
		Args: cobra.MaximumNArgs(1),
	}
	flags := cmd.Flags()
	flags.SortFlags = false
	flags.StringArrayVar(&o.set, "set", nil, "an answer, `key=value`, as in sleet.toml")
	for _, f := range migrateFlags() {
		flags.String(f.name, "", f.usage)
	}
	flags.StringVar(&o.streamlit, "streamlit", "", "`version` of Streamlit; default: the newest known")
	flags.StringVar(&o.from, "from", "", "fetch `DB.SCHEMA.NAME` into DIR, an empty folder")
	flags.StringVar(&o.wave, "wave", "", "migrate the apps in `FILE`, into folders in DIR")
	flags.StringVar(&o.connection, "connection", "", "with --from: `name` of the connection")
	flags.BoolVar(&o.demo, "demo", false, "with --from: use a demo account")
	flags.BoolVar(&o.rootLocation, "root-location", false, "created with ROOT_LOCATION: create a new app")
	flags.BoolVar(&o.yes, "yes", false, "ask nothing")
	flags.BoolVar(&o.dryRun, "dry-run", false, "write nothing and show every change as a diff")
	flags.BoolVar(&o.undo, "undo", false, "undo the last migration in the folder")
	flags.BoolVar(&o.overwrite, "overwrite", false, "with --undo: discard your edits since then")
	flags.BoolVar(&o.noLock, "no-lock", false, "do not run uv lock, which may go online")
	flags.BoolVar(&o.json, "json", false, "print JSON")
	cmd.MarkFlagsMutuallyExclusive("undo", "dry-run")
	cmd.ValidArgsFunction = func(*cobra.Command, []string, string) ([]cobra.Completion, cobra.ShellCompDirective) {
		return nil, cobra.ShellCompDirectiveFilterDirs
	}
	cmd.RunE = ran(func(ctx context.Context, args []string) error {
		for _, f := range migrateFlags() {
			if cmd.Flags().Changed(f.name) {
				o.short[f.key] = cmd.Flag(f.name).Value.String()
			}
		}
		return o.run(ctx, args)
	})
	return cmd
}

// migrateFlags returns the flags for single answers.
func migrateFlags() []shortFlag {
	var flags []shortFlag
	for _, f := range shortFlags {
		if f.key != "app.runtime" {
			f.usage = strings.Replace(f.usage, "; default: the folder's", "", 1)
			flags = append(flags, f)
		}
	}
	return flags
}

func (o *migrateOptions) run(ctx context.Context, args []string) error {
	shown := "."
	if len(args) > 0 {
		shown = args[0]
	}
	if shown == "" {
		return exit.Usage(nil, "run.no_folder")
	}
	if _, err := pep508.ParseVersion(o.streamlit); o.streamlit != "" && err != nil {
		return exit.Usage(nil, "migrate.no_version", "version", strconv.Quote(o.streamlit))
	}
	if o.wave != "" {
		return o.runWave(ctx, o.host.Path(shown), shown)
	}
	return o.in(ctx, o.host.Path(shown), shown)
}

// in runs the requested action in a folder.
func (o *migrateOptions) in(ctx context.Context, dir, shown string) error {
	ask := !o.undo && !o.yes && !o.dryRun && !o.json && (o.host.Terminal || o.globals.accessible) && o.host.Migrate != nil
	if !ask && !o.undo && !o.yes && !o.dryRun {
		return exit.Usage(nil, "migrate.nobody")
	}
	release := func() {}
	if !ask && !o.dryRun || o.from != "" {
		var err error
		if release, err = o.host.Lock(dir); err != nil {
			return err
		}
		defer release()
	}
	work := dir
	var place func() error
	if o.from != "" && !o.undo {
		aside, err := o.fetch(ctx, dir)
		if err != nil {
			return err
		}
		defer aside.Discard()
		work, place = aside.Dir, func() error {
			if ask { // the wizard locks the folder itself
				defer release()
			}
			return o.host.MoveIntoPlace(aside, dir)
		}
	}
	if info, err := os.Stat(work); err != nil {
		return exit.Usage(err, "run.folder")
	} else if !info.IsDir() {
		return exit.Usage(nil, "migrate.is_file", "path", shown)
	}
	switch {
	case o.undo:
		return o.takeBack(ctx, dir)
	case ask:
		if err := o.askForeign(ctx, work); err != nil {
			return err
		}
		return o.host.Migrate(ctx, machine.MigrateOptions{
			Dir: dir, Work: work, Place: place, Shown: shown, Streamlit: o.streamlit, Legacy: o.rootLocation, Answers: o.answers, Lang: o.globals.lang, Accessible: o.globals.accessible, NoLock: o.noLock,
			Uncommitted: func() []string { return git.Uncommitted(ctx, o.host.Environ, dir) }, Host: o.host,
		})
	}
	return o.move(ctx, dir, work, place)
}

// t returns the text of a message in the person's language.
func (o *migrateOptions) t(id message.ID, data ...any) string { return o.catalogue().T(id, data...) }

// catalogue returns the messages in the person's language.
func (o *migrateOptions) catalogue() *message.Catalogue {
	return o.host.Catalogue(o.globals.lang)
}

// answers overrides the answers inferred from the files with those of the command line.
func (o *migrateOptions) answers(app scaffold.App) (scaffold.App, error) {
	app, err := (&newOptions{set: o.set, short: o.short}).withFlags(app)
	if err != nil {
		return app, message.Wrap(err, "new.answers")
	}
	if app.App.Runtime != scaffold.Container {
		return app, exit.Usage(nil, "migrate.only_there")
	}
	return app, nil
}

// takeBack undoes the migration.
func (o *migrateOptions) takeBack(ctx context.Context, dir string) error {
	options := o.host.MigrateWriteOptions()
	options.Overwrite, options.Applied = o.overwrite, o.host.Deployed(dir)
	paths, err := migrate.Undo(dir, options)
	var foreign *migrate.ForeignError
	if errors.As(err, &foreign) {
		if options.Foreign, err = o.trusts(ctx, foreign); err != nil {
			return err
		}
		paths, err = migrate.Undo(dir, options)
	}
	var edited *migrate.EditedError
	switch {
	case errors.As(err, &edited):
		return &steps.EditedFilesError{Paths: edited.Paths}
	case err != nil:
		return message.Wrap(err, "migrate.not_taken_back")
	case len(paths) == 0:
		return message.NewError("migrate.none_to_take_back", "dir", dir)
	}
	return o.printUndone(dir, paths)
}

// trusts asks whether to use a backup that came with the folder. Without a terminal it returns an error.
func (o *migrateOptions) trusts(ctx context.Context, foreign *migrate.ForeignError) (bool, error) {
	if !o.host.Terminal || o.json {
		return false, message.NewError("migrate.foreign", "path", output.Clean(foreign.Path))
	}
	yes, err := machine.NewPerson(o.host, o.t).Yes(ctx, o.t("migrate.foreign_ask", "path", output.Clean(foreign.Path)))
	if err == nil && !yes {
		err = message.Wrap(context.Canceled, "apply.unchanged")
	}
	return yes, err
}

// askForeign asks, before a screen starts, whether to complete an interrupted migration that came with the folder.
func (o *migrateOptions) askForeign(ctx context.Context, dir string) error {
	options := o.host.MigrateWriteOptions()
	return o.host.WithLock(dir, func() error {
		_, err := migrate.Recover(dir, options)
		var foreign *migrate.ForeignError
		if !errors.As(err, &foreign) || !o.host.Terminal {
			return nil // the scan reports other errors
		}
		yes, err := machine.NewPerson(o.host, o.t).Yes(ctx, o.t("migrate.foreign_ask", "path", output.Clean(foreign.Path)))
		if err != nil || !yes {
			return err
		}
		options.Foreign = true
		_, err = migrate.Recover(dir, options)
		return exit.Failed(err, "migrate.not_finished")
	})
}

// move plans and applies the migration of the app in work, which belongs in dir. place, if not nil, moves it there.
func (o *migrateOptions) move(ctx context.Context, dir, work string, place func() error) error {
	if !o.dryRun {
		if err := o.finish(work); err != nil {
			return err
		}
	}
	folder, err := o.read(work)
	if err != nil {
		return &exit.UsageError{Err: err}
	}
	folder.Dir = dir
	end, err := o.plan(folder)
	if err != nil {
		return err
	}
	if o.dryRun {
		return o.report(end)
	}
	if len(end.Changes) == 0 && place == nil {
		return errors.Join(o.lock(ctx, work, &end), o.report(end))
	}
	if err := ctx.Err(); err != nil {
		return message.Wrap(context.Cause(ctx), "new.stopped")
	}
	if place == nil {
		if names := git.Uncommitted(ctx, o.host.Environ, dir); len(names) > 0 {
			output.Say(o.host.Err, o.t("migrate.uncommitted", "files", o.catalogue().Say(someOf(names))))
		}
	}
	options := o.host.MigrateWriteOptions()
	options.Generated = end.LockFiles()
	if err := screens.MigrationError(migrate.Apply(work, end.Changes, options), "migrate.not_migrated"); err != nil {
		return err
	}
	lockErr := o.lock(ctx, work, &end)
	if place != nil {
		if err := place(); err != nil {
			return err
		}
	}
	return errors.Join(lockErr, o.report(end))
}

// finish completes an interrupted run. It does not touch one that came with the folder.
func (o *migrateOptions) finish(dir string) error {
	finished, err := migrate.Recover(dir, o.host.MigrateWriteOptions())
	var foreign *migrate.ForeignError
	switch {
	case errors.As(err, &foreign):
		output.Say(o.host.Err, o.t("migrate.foreign_half", "path", output.Clean(foreign.Path)))
	case err != nil:
		return message.Wrap(err, "migrate.not_finished")
	case finished:
		output.Say(o.host.Err, o.t("migrate.finished"))
	}
	return nil
}

// read reads the folder. On a terminal it shows how many files were read, and clears that line at the end.
func (o *migrateOptions) read(dir string) (*existing.Folder, error) {
	if !o.host.Terminal || o.json {
		return existing.Read(dir)
	}
	shown := ""
	show := func(text string) {
		shown = text
		fmt.Fprint(o.host.Err, "\r\x1b[K"+text) //nolint:errcheck // If standard error is closed, there is no place to report it.
	}
	folder, err := existing.ReadWithProgress(dir, steps.Throttle(turns, time.Now, func(files int) { show(cut(o.t("migration.scanned", "count", files))) }))
	if shown != "" {
		show("")
	}
	return folder, err
}

// someOf returns the first names of a longer list.
func someOf(names []string) message.Message {
	const most = 5
	if len(names) <= most {
		return message.Verbatim(strings.Join(names, ", "))
	}
	return message.New("migrate.some", "names", strings.Join(names[:most], ", "))
}

// plan plans the migration of every app in the folder, each on top of the changes of those before it.
func (o *migrateOptions) plan(folder *existing.Folder) (reports.Migration, error) {
	end := reports.Migration{Dir: folder.Dir}
	if len(folder.Apps) == 0 {
		return end, exit.Usage(nil, "migrate.no_app", "dir", folder.Dir)
	}
	if len(folder.Apps) > 1 && o.short["app.name"] != "" {
		return end, exit.Usage(nil, "migrate.one_name", "dir", folder.Dir, "apps", len(folder.Apps))
	}
	now := map[string][]byte{}
	was := folder
	for _, app := range folder.Apps {
		for _, there := range was.Apps {
			if there.Root != app.Root {
				continue
			}
			if nested(folder, app) {
				end.Apps = append(end.Apps, migrate.Nested(folder, app))
				continue
			}
			m, err := o.planApp(was, there, &end)
			if err != nil {
				return end, err
			}
			end.Apps = append(end.Apps, m)
			for _, c := range m.Changes {
				now[c.Path] = c.New
				end.Changes = joinChange(end.Changes, c)
			}
		}
		was = folder.With(now)
	}
	for i := range end.Apps {
		end.Apps[i].Notes = slices.DeleteFunc(end.Apps[i].Notes, func(n change.Note) bool {
			text, changed := now[n.Path]
			return n.Rule == migrate.RuleStays && changed && text == nil // the last app that needed it is migrated too
		})
	}
	end.Skipped = check.Skipped(was)
	return end, nil
}

// nested reports whether an app is inside another one. Such an app is migrated only if its own folder is named.
func nested(folder *existing.Folder, app *existing.App) bool {
	return slices.ContainsFunc(folder.Apps, func(outer *existing.App) bool {
		return outer != app && (outer.Root == "." || strings.HasPrefix(app.Root, outer.Root+"/"))
	})
}

// joinChange adds a change. If the file already has one, the two become one change.
func joinChange(all []migrate.Change, c migrate.Change) []migrate.Change {
	for i := range all {
		if all[i].Path == c.Path {
			all[i].New = c.New
			return all
		}
	}
	return append(all, c)
}

// planApp plans the migration of one app. It returns an error if the answers contradict each other.
func (o *migrateOptions) planApp(folder *existing.Folder, app *existing.App, end *reports.Migration) (migrate.Migration, error) {
	if answers := app.RootPath(scaffold.AnswersFile); app.Answers == nil && app.HasFile(answers) {
		return migrate.Migration{}, exit.Usage(nil, "migrate.answers_unread", "path", answers, "dir", folder.Dir)
	}
	found := migrate.Inspect(folder, app)
	if !found.Fresh && (len(o.set) > 0 || len(o.short) > 0) {
		return migrate.Migration{}, exit.Usage(nil, "migrate.moved_already", "dir", path.Join(folder.Dir, app.Root))
	}
	c := migrate.Choices{App: found.App, Streamlit: o.streamlit, Legacy: o.rootLocation, Say: steps.Comments}
	if found.Fresh && !found.Container {
		var err error
		if c.App, err = o.answers(found.App); err != nil {
			return migrate.Migration{}, err
		}
		if err := o.judge(found.App, c.App, end); err != nil {
			return migrate.Migration{}, err
		}
	}
	m, err := migrate.Plan(folder, app, c)
	return m, exit.Failed(err, "migrate.not_planned")
}

// judge prints the problems of the answers and returns an error if the command line introduced some. Problems that the
// files already have become manual work.
func (o *migrateOptions) judge(told, answers scaffold.App, end *reports.Migration) error {
	known := validate.Problems(told)
	var wrongOnes []validate.Problem
	for _, p := range validate.Problems(answers) {
		same := func(k validate.Problem) bool {
			return k.ID == p.ID && k.Path == p.Path && k.Message.String() == p.Message.String()
		}
		if p.Severity == validate.Error {
			if slices.ContainsFunc(known, same) {
				continue
			}
			wrongOnes = append(wrongOnes, p)
		}
		end.Problems = append(end.Problems, p)
		output.Say(o.host.Err, output.Problem(o.globals.words(o.host), p))
	}
	if len(wrongOnes) > 0 {
		return &steps.ProblemsError{Problems: wrongOnes}
	}
	return nil
}
