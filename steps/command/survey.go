package command

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"sleet/scaffold/existing"
	"sleet/snowflake"
	"sleet/snowflake/account/observe"
	"sleet/snowflake/safely"
	"sleet/steps/command/exit"
	"sleet/steps/command/machine"
	"sleet/steps/command/output"
	"sleet/steps/deploy"
	"sleet/steps/statestore"
	"sleet/steps/survey"
	"sleet/ui"
	"sleet/ui/message"
)

// surveyOptions are the options of `sleet survey`.
type surveyOptions struct {
	host        machine.Host
	globals     *globals
	t, written  ui.Translate
	connection  string
	database    string
	format      string
	code, usage bool
	fresh       bool
}

// The output formats of a survey.
const (
	formatTable = "table"
	formatCSV   = "csv"
	formatHTML  = "html"
)

var surveyFormats = []string{formatTable, formatCSV, formatJSON, formatHTML}

// newSurvey returns the command `sleet survey`.
func newSurvey(host machine.Host, global *globals) *cobra.Command {
	o := &surveyOptions{host: host, globals: global}
	cmd := &cobra.Command{
		Use:   "survey",
		Short: "List the account's Streamlit apps and migration effort",
		Long: `Lists every Streamlit app that your role can see: its runtime, owner, warehouse
or compute pool, ROOT_LOCATION, dates, secrets and integrations. Nothing is
changed.

--code also reads each app's files and checks them for the container runtime:
what blocks a migration, how many changes are automatic and how many manual, and
the effort with its reasons:

  none    the app already runs in a container
  small   sleet migrate makes every change
  medium  up to 5 manual changes, or an app created with ROOT_LOCATION
  large   something has no equivalent in a container, or more manual changes

--usage also reads what each warehouse app cost in the last 30 days, and what a
container would have cost at most. This runs a query in your warehouse, on a
view that needs the database role SNOWFLAKE.USAGE_VIEWER.

An interrupted survey continues where it stopped; --fresh starts again. Errors
in single apps do not stop it. --format html writes one self-contained page.
sleet migrate --wave accepts the CSV, the JSON, or a list of names.

Exit codes: 0 done, even if some apps could not be read; 1 failed; 2 wrong
command line; 130 stopped.`,
		Example: `  sleet survey                               list the apps
  sleet survey --code --format html          migration effort, as a page
  sleet survey --code --format csv           the same, for a spreadsheet
  sleet survey --database SALES_DB --format json`,
		Args: cobra.NoArgs,
	}
	flags := cmd.Flags()
	flags.SortFlags = false
	flags.StringVar(&o.connection, "connection", "", "`name` of the connection; sleet connections lists them")
	flags.StringVar(&o.database, "database", "", "only the apps in this `database`")
	flags.StringVar(&o.format, "format", formatTable, "`format`: "+strings.Join(surveyFormats, ", "))
	flags.BoolVar(&o.code, "code", false, "read the apps' files and check them")
	flags.BoolVar(&o.usage, "usage", false, "compare what the apps cost with a container")
	flags.BoolVar(&o.fresh, "fresh", false, "do not continue an interrupted survey")
	cobra.CheckErr(cmd.RegisterFlagCompletionFunc("format", cobra.FixedCompletions(surveyFormats, cobra.ShellCompDirectiveNoFileComp)))
	cmd.RunE = ran(func(ctx context.Context, _ []string) error {
		o.t = global.words(host)
		o.written = o.t
		if o.format == formatJSON || o.format == formatCSV { // formats for programs are in English
			o.written = message.For("en").T
		}
		return o.run(ctx)
	})
	return cmd
}

// surveyor is a Deployer that can read all apps of its account.
type surveyor interface {
	deploy.Examiner
	Survey(ctx context.Context, s observe.Survey) error
}

func (o *surveyOptions) run(ctx context.Context) error {
	if !slices.Contains(surveyFormats, o.format) {
		return exit.Usage(nil, "survey.format", "format", o.format, "formats", strings.Join(surveyFormats, ", "))
	}
	var database snowflake.Name
	if o.database != "" {
		name, err := snowflake.ParseName(o.database)
		if err != nil || name.Database != "" || name.Schema != "" {
			return exit.Usage(nil, "survey.database", "name", output.Clean(o.database))
		}
		database = snowflake.Name{Database: name.Object}
	}
	if o.host.Connect == nil {
		return exit.Usage(nil, "run.no_accounts")
	}
	cloud, err := o.host.Connect(ctx, machine.ConnectOptions{Connection: o.connection, Lang: o.globals.lang, Host: o.host})
	if err != nil {
		return err
	}
	defer cloud.Close() //nolint:errcheck // The account ends idle sessions itself.
	from, ok := cloud.(surveyor)
	if !ok {
		return exit.Usage(nil, "migrate.from_no_apps")
	}
	session, err := from.Session(ctx)
	if err != nil {
		return message.Wrap(err, "survey.failed")
	}
	report, err := o.read(ctx, from, session, database)
	if err != nil {
		return err
	}
	if err := o.print(report, session); err != nil {
		return exit.Failed(err, "run.unprinted")
	}
	output.Say(o.host.Err, report.Summary(o.t))
	if report.HasUsage() {
		output.Say(o.host.Err, o.t("survey.usage.about", "node", survey.Node, "rate", survey.Rate()))
	}
	if !o.code {
		output.Say(o.host.Err, o.t("survey.no_code"))
	}
	return nil
}

// read reads the apps, without those of an interrupted run, and saves each as it arrives.
func (o *surveyOptions) read(ctx context.Context, from surveyor, session snowflake.Context, database snowflake.Name) (survey.Report, error) {
	report := survey.Report{Apps: []survey.App{}, Unread: []survey.Unread{}}
	kept, err := statestore.Open(o.host.Getenv).OpenSurvey(strings.Join([]string{session.Organization, session.Account, session.Role, database.Database, fmt.Sprint(o.code, o.usage), o.written("survey.effort.none")}, "/"), o.fresh)
	if err != nil {
		return report, message.Wrap(err, "survey.failed")
	}
	defer kept.Close() //nolint:errcheck // Record has already synced the file.
	known := map[string]bool{}
	for _, app := range kept.Apps() {
		report.Apps = append(report.Apps, app)
		known[app.Name+"\x00"+app.Created] = true
	}
	if len(known) > 0 {
		output.Say(o.host.Err, o.t("survey.resumed", "count", len(known)))
	}
	progress := o.progress()
	err = from.Survey(ctx, observe.Survey{
		Database: database, Code: o.code, Usage: o.usage,
		Unmeasured: func(why message.Message) {
			output.Say(o.host.Err, o.t("survey.usage.unread", "why", o.t.Say(why), "role", snowflake.StoredObject(session.Role).SQL()))
		},
		Skip:  func(name snowflake.Name, created string) bool { return known[name.SQL()+"\x00"+created] },
		Found: func(count int) { progress.count, progress.done = count, len(known) },
		Each: func(read observe.SurveyedApp) error {
			progress.step()
			if !read.Unread.IsZero() {
				report.Unread = append(report.Unread, survey.Unread{Name: read.Name.SQL(), Reason: o.written.Say(read.Unread)})
				return nil
			}
			app := survey.NewApp(read.Name, read.Owner, read.Created, read.Changed, read.Observed)
			if o.code {
				o.grade(&app, read)
			}
			if u := read.Usage; u != nil {
				app.SetUsage(u.Days, u.Running, u.Queries)
			}
			report.Apps = append(report.Apps, app)
			return kept.Record(app)
		},
	})
	progress.end()
	if err != nil {
		return report, message.Wrap(err, "survey.failed")
	}
	return report.Sorted(), exit.Failed(kept.Done(), "survey.failed")
}

// grade checks an app's code.
func (o *surveyOptions) grade(app *survey.App, read observe.SurveyedApp) {
	folder := existing.FromFiles(app.Name, read.Files)
	if len(folder.Apps) == 0 {
		app.Reasons = append(app.Reasons, o.written("survey.no_file"))
		return
	}
	code := folder.Apps[0]
	if i := slices.IndexFunc(folder.Apps, func(a *existing.App) bool { return a.Root == "." }); i >= 0 {
		code = folder.Apps[i]
	}
	if main := snowflake.MainFile(read.Observed); code.Main != main {
		code = code.WithMain(main)
	}
	app.Grade(code, o.written)
}

// print prints the report on standard output. A terminal shows control characters in it as symbols; a file gets them as
// they are, because a migration reads names from it.
func (o *surveyOptions) print(report survey.Report, session snowflake.Context) error {
	var b strings.Builder
	var err error
	switch o.format {
	case formatJSON:
		return output.JSON(o.host.Out, report)
	case formatCSV:
		err = report.WriteCSV(&b)
	case formatHTML:
		name := session.Account
		if session.Organization != "" && session.Name != "" {
			name = session.Organization + "-" + session.Name
		}
		err = report.WriteHTML(&b, name, o.host.Catalogue(o.globals.lang).Language(), o.t)
	default:
		b.WriteString(report.Table(o.t))
	}
	if err != nil {
		return err
	}
	text := b.String()
	if output.Width(o.host.Out) > 0 {
		text = safely.Visible(text)
	}
	_, err = io.WriteString(o.host.Out, text)
	return err //nolint:wrapcheck // The caller adds the context.
}

// surveyProgress is a line on the terminal with the progress of a survey.
type surveyProgress struct {
	out         io.Writer
	t           ui.Translate
	live        bool
	count, done int
}

func (o *surveyOptions) progress() *surveyProgress {
	return &surveyProgress{out: o.host.Err, t: o.t, live: o.host.Terminal && !o.host.IsDumbTerminal()}
}

// step counts one more app.
func (p *surveyProgress) step() {
	const every = 500
	p.done++
	text := p.t("survey.progress", "done", p.done, "count", p.count)
	switch {
	case p.live:
		_, _ = io.WriteString(p.out, "\r\x1b[K"+text)
	case p.done%every == 0:
		output.Say(p.out, text)
	}
}

// end clears the line.
func (p *surveyProgress) end() {
	if p.live {
		_, _ = io.WriteString(p.out, "\r\x1b[K")
	}
}
