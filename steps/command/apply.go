package command

import (
	"context"

	"github.com/spf13/cobra"

	"sleet/steps/deploy"
	"sleet/ui"
	"sleet/ui/message"
)

// liveOptions are what every command that works in an account was told.
type liveOptions struct {
	host    Host
	globals *globals

	connection string
	// env is the environment of sleet.toml, empty for none.
	env       string
	demo      bool
	yes, json bool
	verbose   bool

	// t are the words in the person's language.
	t ui.Translate

	// asked is the person at the terminal, once something was asked.
	asked *person
}

// applyOptions are what `sleet apply` was told.
type applyOptions struct {
	liveOptions
	secretsFrom                    string
	plan, shared, overwrite, prune bool
	plain, noWait                  bool
}

// newApply builds `sleet apply`.
func newApply(host Host, global *globals) *cobra.Command {
	o := &applyOptions{liveOptions: liveOptions{host: host, globals: global}}
	cmd := &cobra.Command{
		Use:   "apply [DIR]",
		Short: "Make the account as the app's sleet.toml says",
		Long: `Compares what the app in DIR wants with what the account has, shows the plan,
asks, and carries it out: objects, grants, files, the live version. At the end
every object is looked at again and the app's address is printed.

On a terminal it shows the plan, the run and its end on screens; --plain, --yes,
--plan and --json print text, and so does a run without a terminal.

The plan has a sign before each object: + create, ~ alter, = unchanged, ? not
visible to you, ! blocked. Nothing is dropped, and nothing that exists is
replaced but the functions that hold the app's secrets. What others made or
share is altered only after a yes of its own, or with --shared. What you may
not do is written to sql/admin.sql for somebody who may; the rest goes on, and
the next apply picks up from there.

With --env NAME the tables of [env.NAME] in sleet.toml overlay the others:
another database, roles, hosts. The folder stays as it is; what is generated
from the answers is sent as it is in the environment.

A run that was stopped goes on where it stood when apply is run again.

At the end apply waits for a container app to start, by what the account's event
table has of it: three minutes at a terminal, where esc leaves, one elsewhere.
Where the app fails, its output is printed with what that means, and the exit
code is 1. Where the table cannot be read, or has nothing, it is not known.

Files that somebody edited in Snowsight since the last upload are kept, and the
exit code is 1, until you say --overwrite. Each upload is committed as a
version of the app; on a machine that never sent the app's files, such as one
of CI, a file that is as the last version has it is taken for not edited.

Only the app's own files are sent, and the plan names each: Python, package
lists, .streamlit, pictures, fonts, web pages, media and data (.csv, .json,
.parquet, .txt and the like), what is in a folder static, and every other file
that the code names or that snowflake.yml lists under artifacts. What is not
sent is named with the reason. Nothing is sent at all (exit code 2) where one
of these files is a private key, a service account, a file of connections or of
credentials, or holds a secret's value or one of the connection. Values of less
than four characters, and shorter words of letters, are not searched for, nor
are user names; compressed files are not looked into.

Secrets' values come from the environment, from --secrets-from, or from a
question that does not show what you type, and are needed only for secrets that
are not in the account yet; giving one for a secret that exists changes it
there.
  SLEET_SECRET_<KEY>             the value of the secret KEY, in upper case
  SLEET_SECRET_<KEY>_USERNAME, SLEET_SECRET_<KEY>_PASSWORD
                                 those of a password
  SLEET_SECRET_<KEY>_REFRESH_TOKEN, SLEET_SECRET_<KEY>_REFRESH_TOKEN_EXPIRY
                                 those of the authorization code flow of OAuth
In the file of --secrets-from, TOML (- is standard input), they stand as
  key = "value"
  key.username = "value"
Instead of a file it takes an item of 1Password, read by op, or a service of the
keychain, read by security on macOS and secret-tool on Linux:
  op://VAULT/ITEM       fields labelled key or key.username, or in a section key
  keychain:SERVICE      its entries; the account is key or key.username
A file of such a name is given as ./NAME.

Exit codes: 0 done; 1 something failed or is left to an administrator, and with
--plan: something is to do; 2 wrong command line, answers or values, nothing
changed; 130 stopped.`,
		Example: `  sleet apply                          show the plan, ask, carry it out
  sleet apply weather --plan           only show it
  sleet apply --connection dev --yes   ask nothing
  sleet apply --env prod               in an environment of sleet.toml
  sleet apply --yes --secrets-from - <values.toml
  sleet apply --yes --json             one event a line, for a program
  sleet apply --demo                   try it with no account`,
		Args: cobra.MaximumNArgs(1),
	}
	o.addOwnFlags(cmd)
	cmd.RunE = ran(func(ctx context.Context, args []string) error {
		o.speak()
		return o.run(ctx, args)
	})
	return cmd
}

// addOwnFlags adds those of the command.
func (o *applyOptions) addOwnFlags(cmd *cobra.Command) {
	o.addFlags(cmd)
	flags := cmd.Flags()
	flags.BoolVar(&o.plan, "plan", false, "only show the plan; exit code 1: something is to do")
	flags.StringVar(&o.secretsFrom, "secrets-from", "", "TOML `file` with secrets' values, - or a reference")
	flags.BoolVar(&o.plain, "plain", false, "on a terminal too: text in place of screens")
	flags.BoolVar(&o.shared, "shared", false, "alter what others made or share, too")
	flags.BoolVar(&o.overwrite, "overwrite", false, "replace files that were edited in Snowsight")
	flags.BoolVar(&o.prune, "prune", false, "remove files that were sent once and left DIR since")
	flags.BoolVar(&o.noWait, "no-wait", false, "do not wait for the app to start")
}

// addFlags adds the flags that every command that works in an account has.
func (o *liveOptions) addFlags(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.SortFlags = false
	flags.StringVar(&o.connection, "connection", "", "`name` of the connection; sleet connections lists them")
	flags.StringVar(&o.env, "env", "", "`name` of the environment, [env.NAME] in sleet.toml")
	flags.BoolVar(&o.yes, "yes", false, "carry it out and ask nothing")
	flags.BoolVar(&o.json, "json", false, "print JSON, one event a line")
	flags.BoolVar(&o.verbose, "verbose", false, "name the query of each step")
	flags.BoolVar(&o.demo, "demo", false, "use an account inside this process, gone at the end")
}

// open logs in to the account.
func (o *liveOptions) open(ctx context.Context, d deploy.Deployment) (deploy.Deployer, error) {
	if o.host.Connect == nil {
		return nil, newUsageError(nil, "run.no_accounts")
	}
	if o.demo && o.connection != "" {
		return nil, newUsageError(nil, "run.demo_alone")
	}
	return o.host.Connect(ctx, ConnectOptions{
		Connection: o.connection, Demo: o.demo, Secrets: d.Values.All(), Integrations: securityIntegrations(d.App), Lang: o.globals.lang, Host: o.host,
	})
}

// speak chooses the language of what is printed for a person.
func (o *liveOptions) speak() { o.t = message.For(message.Language(o.globals.lang, o.host.getenv)).T }

// shownFolder is the folder as the person named it.
func shownFolder(args []string) (string, error) {
	if len(args) == 0 {
		return ".", nil
	}
	if args[0] == "" {
		return "", newUsageError(nil, "run.no_folder")
	}
	return args[0], nil
}
