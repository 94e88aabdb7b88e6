package command

import (
	"context"

	"github.com/spf13/cobra"

	"sleet/steps/command/accounts"
	"sleet/steps/command/exit"
	"sleet/steps/command/machine"
	"sleet/steps/deploy"
	"sleet/ui"
)

// liveOptions are the options of every command that works in an account.
type liveOptions struct {
	host    machine.Host
	globals *globals

	connection string
	// env is the name of an environment in sleet.toml, empty for none.
	env       string
	demo      bool
	yes, json bool
	verbose   bool

	// t returns messages in the person's language.
	t ui.Translate

	// asked is the person at the terminal; nil until the first question.
	asked *machine.Person
}

// applyOptions are the options of `sleet apply`.
type applyOptions struct {
	liveOptions
	secretsFrom                    string
	plan, shared, overwrite, prune bool
	plain, noWait                  bool
}

// newApply returns the command `sleet apply`.
func newApply(host machine.Host, global *globals) *cobra.Command {
	o := &applyOptions{liveOptions: liveOptions{host: host, globals: global}}
	cmd := &cobra.Command{
		Use:   "apply [DIR]",
		Short: "Deploy the app: make the account match sleet.toml",
		Long: `Compares the app in DIR with the account, shows the plan, asks for confirmation
and applies it: objects, grants, files, the live version. At the end it verifies
every object and prints the app's URL.

On a terminal, screens show the plan, the run and the result. --plain, --yes,
--plan and --json print text, and so does a run without a terminal.

The plan marks each object: + create, ~ alter, = unchanged, ? not visible to
you, ! blocked. Nothing is dropped, and no existing object is replaced except
the functions that hold the app's secrets. Objects that others created or use
are altered only if you confirm each, or with --shared. Statements that you are
not allowed to run are written to sql/admin.sql for an administrator; the rest
is applied, and the next apply continues from there.

With --env NAME the tables under [env.NAME] in sleet.toml overlay the others:
another database, roles, hosts. The folder is not changed; the files generated
from the answers are uploaded as they are in that environment.

Run apply again to continue an interrupted run.

At the end apply waits for a container app to start, by reading its output from
the account's event table: three minutes on a terminal, where esc stops the
wait, one minute elsewhere. If the app fails, its output is printed with an
explanation, and the exit code is 1. Without an event table that you can read,
the result is unknown.

Files that were edited in Snowsight since the last upload are kept, and the exit
code is 1, unless you pass --overwrite. Each upload is committed as a version of
the app. On a machine that never uploaded the app's files, such as in CI, a file
that matches the last version counts as not edited.

Only the app's own files are uploaded, and the plan lists them: Python, package
files, .streamlit, pictures, fonts, web pages, media and data (.csv, .json,
.parquet, .txt and the like), the folder static, and every other file that the
code names or that snowflake.yml lists under artifacts. Files left out are
listed with the reason. Nothing is uploaded (exit code 2) if one of these files
is a private key, a service account, or a file with connections or credentials,
or contains the value of a secret or of the connection. Values shorter than four
characters, short words and user names are not searched for, and compressed
files are not opened.

Secret values come from the environment, from --secrets-from, or from a prompt
that hides your input. They are needed only for secrets that do not exist yet;
a value for an existing secret replaces its current value.
  SLEET_SECRET_<KEY>             the value of the secret KEY, in upper case
  SLEET_SECRET_<KEY>_USERNAME, SLEET_SECRET_<KEY>_PASSWORD
                                 those of a password
  SLEET_SECRET_<KEY>_REFRESH_TOKEN, SLEET_SECRET_<KEY>_REFRESH_TOKEN_EXPIRY
                                 those of the authorization code flow of OAuth
In the TOML file of --secrets-from (- is standard input), write
  key = "value"
  key.username = "value"
It also accepts a 1Password item, read with op, or a keychain service, read with
security on macOS and secret-tool on Linux:
  op://VAULT/ITEM       fields labelled key or key.username, or in a section key
  keychain:SERVICE      its entries; the account is key or key.username
For a file with such a name, write ./NAME.

Exit codes: 0 done; 1 something failed or is left to an administrator, or with
--plan changes are pending; 2 wrong command line, answers or values, nothing
changed; 130 stopped.`,
		Example: `  sleet apply                          show the plan, ask, apply it
  sleet apply weather --plan           only show the plan
  sleet apply --connection dev --yes   ask nothing
  sleet apply --env prod               deploy an environment of sleet.toml
  sleet apply --yes --secrets-from - <values.toml
  sleet apply --yes --json             JSON, one event per line
  sleet apply --demo                   try it without an account`,
		Args: cobra.MaximumNArgs(1),
	}
	o.addOwnFlags(cmd)
	cmd.RunE = ran(func(ctx context.Context, args []string) error {
		o.speak()
		return o.run(ctx, args)
	})
	return cmd
}

// addOwnFlags adds the flags of the command.
func (o *applyOptions) addOwnFlags(cmd *cobra.Command) {
	o.addFlags(cmd)
	flags := cmd.Flags()
	flags.BoolVar(&o.plan, "plan", false, "only show the plan; exit code 1: changes pending")
	flags.StringVar(&o.secretsFrom, "secrets-from", "", "TOML `file` with secret values, - or a reference")
	flags.BoolVar(&o.plain, "plain", false, "print text on a terminal too")
	flags.BoolVar(&o.shared, "shared", false, "also alter objects that others created or use")
	flags.BoolVar(&o.overwrite, "overwrite", false, "replace files that were edited in Snowsight")
	flags.BoolVar(&o.prune, "prune", false, "remove uploaded files that are no longer in DIR")
	flags.BoolVar(&o.noWait, "no-wait", false, "do not wait for the app to start")
}

// addFlags adds the flags of every command that works in an account.
func (o *liveOptions) addFlags(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.SortFlags = false
	flags.StringVar(&o.connection, "connection", "", "`name` of the connection; sleet connections lists them")
	flags.StringVar(&o.env, "env", "", "`name` of the environment, [env.NAME] in sleet.toml")
	flags.BoolVar(&o.yes, "yes", false, "ask nothing")
	flags.BoolVar(&o.json, "json", false, "print JSON, one event per line")
	flags.BoolVar(&o.verbose, "verbose", false, "print the query ID of each step")
	flags.BoolVar(&o.demo, "demo", false, "use a demo account, discarded at the end")
}

// open logs in to the account.
func (o *liveOptions) open(ctx context.Context, d deploy.Deployment) (deploy.Deployer, error) {
	if o.host.Connect == nil {
		return nil, exit.Usage(nil, "run.no_accounts")
	}
	if o.demo && o.connection != "" {
		return nil, exit.Usage(nil, "run.demo_alone")
	}
	return o.host.Connect(ctx, machine.ConnectOptions{
		Connection: o.connection, Demo: o.demo, Secrets: d.Values.All(), Integrations: accounts.SecurityIntegrations(d.App), Lang: o.globals.lang, Host: o.host,
	})
}

// speak sets the language of the output for a person.
func (o *liveOptions) speak() { o.t = o.host.Catalogue(o.globals.lang).T }

// shownFolder returns the folder as the person named it.
func shownFolder(args []string) (string, error) {
	if len(args) == 0 {
		return ".", nil
	}
	if args[0] == "" {
		return "", exit.Usage(nil, "run.no_folder")
	}
	return args[0], nil
}
