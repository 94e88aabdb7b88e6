// Package accounts logs in to the accounts of this machine's connections, and to a demo account inside this process.
package accounts

import (
	"context"
	"slices"

	"sleet/scaffold"
	"sleet/snowflake"
	"sleet/snowflake/account/observe"
	"sleet/snowflake/account/profile"
	"sleet/snowflake/account/session"
	"sleet/snowflake/snowflaketest"
	"sleet/steps/command/exit"
	"sleet/steps/command/machine"
	"sleet/steps/command/output"
	"sleet/steps/deploy"
	"sleet/steps/statestore"
	"sleet/ui/message"
)

// Connect logs in with one of the machine's connections, or to the demo account.
func Connect(ctx context.Context, o machine.ConnectOptions) (deploy.Deployer, error) {
	if o.Demo {
		return connectDemo(ctx, o)
	}
	profiles := profile.Read(o.Host.ConnectionEnv())
	picked, err := profiles.Pick(o.Connection)
	if err != nil {
		return nil, &exit.UsageError{Err: err}
	}
	client, err := session.Open(ctx, picked, Asker(o.Host, o.Lang), session.Options{
		Application: Application, Secrets: o.Secrets, Browse: o.Host.Browse, Say: o.Host.Catalogue(o.Lang).Say,
	})
	if err != nil {
		return nil, message.Wrap(err, "run.not_opened", "name", output.Clean(picked.Name), "where", picked.Location())
	}
	store := statestore.Open(o.Host.Getenv)
	return deploy.New(client, func(dir, account string) (deploy.Journal, error) {
		journal, err := store.OpenJournal(dir, account)
		return journal, exit.Failed(err, "run.journal")
	}), nil
}

// Asker returns a function that asks for a missing credential on the terminal, in the person's language; nil without a
// terminal.
func Asker(host machine.Host, lang string) profile.Ask {
	if host.AskSecret == nil {
		return nil
	}
	return func(ctx context.Context, prompt message.Message) (snowflake.Secret, error) {
		return host.AskSecret(ctx, prompt.In(host.Catalogue(lang).T))
	}
}

// demoCloud is a demo account that ends with its connection.
type demoCloud struct {
	deploy.Deployer
	account *snowflaketest.Account
}

// Unwrap returns the account's connection.
func (d demoCloud) Unwrap() deploy.Deployer { return d.Deployer }

// Inventory lists what the account has.
func (d demoCloud) Inventory(ctx context.Context, each func(deploy.Listing)) error {
	Inventory(ctx, d.Deployer, each)
	return nil
}

// Close closes the connection and the account.
func (d demoCloud) Close() error {
	defer d.account.Close()
	return d.Deployer.Close()
}

// connectDemo starts a demo account inside this process and logs in to it.
func connectDemo(ctx context.Context, o machine.ConnectOptions) (deploy.Deployer, error) {
	served, err := snowflaketest.New(snowflaketest.WithSetup(DemoSetup(slices.Concat(DemoIntegrations, o.Integrations)...)...))
	if err != nil {
		return nil, message.Wrap(err, "run.demo_not_started")
	}
	output.Say(o.Host.Err, o.Host.Catalogue(o.Lang).T("run.demo", "address", served.Addr()))
	profile, err := demoProfile(served)
	if err == nil {
		var client *session.Client
		client, err = session.Open(ctx, profile, nil, session.Options{Application: Application, Secrets: o.Secrets})
		if err == nil {
			return demoCloud{deploy.New(client, deploy.MemoryJournal()), served}, nil
		}
	}
	served.Close()
	return nil, message.Wrap(err, "run.demo_no_answer")
}

// DemoIntegrations are the security integrations of every demo account; in a real account an administrator creates
// them.
var DemoIntegrations = []string{"DEMO_OAUTH", "DEMO_CLOUD"}

// DemoSetup returns statements that create security integrations for secrets to use, and grant DEV the use of them.
// https://docs.snowflake.com/en/sql-reference/sql/create-security-integration-api-auth
func DemoSetup(integrations ...string) []string {
	var statements []string
	for _, name := range integrations {
		statements = append(statements,
			"CREATE SECURITY INTEGRATION IF NOT EXISTS "+name+" TYPE = API_AUTHENTICATION AUTH_TYPE = OAUTH2 ENABLED = TRUE "+
				"OAUTH_CLIENT_ID = 'demo' OAUTH_CLIENT_SECRET = 'demo' OAUTH_TOKEN_ENDPOINT = 'https://example.com/token'",
			"GRANT USAGE ON INTEGRATION "+name+" TO ROLE DEV")
	}
	return statements
}

// demoProfile returns the connection to a demo account on the loopback interface. It does not read the machine's
// connections.
func demoProfile(served *snowflaketest.Account) (profile.Profile, error) {
	return profile.Read(profile.Env{Environ: []string{
		"SNOWFLAKE_CONNECTIONS=" + served.Profile(), "SNOWFLAKE_HOME=/sleet-no-such-folder",
	}}).Pick("demo")
}

// Application is the application name that sleet reports to the account.
const Application = "sleet"

// Authenticator returns the authenticator of a connection.
func Authenticator(p profile.Profile) string {
	if p.Authenticator == "" {
		return "snowflake"
	}
	return p.Authenticator
}

// lister is a Deployer that can list what its account has.
type lister interface {
	Inventory(ctx context.Context, each func(deploy.Listing)) error
}

// Inventory lists what an account has. What the account refuses to list becomes a note of the listing.
func Inventory(ctx context.Context, cloud deploy.Deployer, each func(deploy.Listing)) {
	if c, ok := cloud.(lister); ok {
		_ = c.Inventory(ctx, each) // it ends early only if nobody listens any more
	}
}

// Fetcher is a Deployer that can read an app with its files.
type Fetcher interface {
	Fetch(ctx context.Context, name string) (observe.App, error)
}

// Fetch reads an app of the demo account.
func (d demoCloud) Fetch(ctx context.Context, name string) (observe.App, error) {
	from, ok := d.Deployer.(Fetcher)
	if !ok {
		return observe.App{}, message.NewError("migrate.cannot_read_apps")
	}
	return from.Fetch(ctx, name)
}

// SecurityIntegrations returns the security integrations that an app's secrets use, as SQL identifiers.
func SecurityIntegrations(app scaffold.App) []string {
	var names []string
	for _, secret := range app.Secrets {
		if secret.Integration != "" {
			names = append(names, snowflake.LenientIdent(secret.Integration))
		}
	}
	return names
}
