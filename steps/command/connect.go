package command

import (
	"context"
	"slices"

	"sleet/snowflake"
	"sleet/snowflake/account/profile"
	"sleet/snowflake/account/session"
	"sleet/snowflake/snowflaketest"
	"sleet/steps"
	"sleet/steps/command/exit"
	"sleet/steps/command/machine"
	"sleet/steps/command/output"
	"sleet/steps/deploy"
	"sleet/steps/statestore"
	"sleet/ui/message"
)

// connect logs in with a connection of the machine, or to an account inside this process.
func connect(ctx context.Context, o machine.ConnectOptions) (deploy.Deployer, error) {
	if o.Demo {
		return connectDemo(ctx, o)
	}
	profiles := profile.Read(o.Host.ConnectionEnv())
	picked, err := profiles.Pick(o.Connection)
	if err != nil {
		return nil, &exit.UsageError{Err: err}
	}
	client, err := session.Open(ctx, picked, asker(o.Host, o.Lang), session.Options{
		Application: application, Secrets: o.Secrets, Browse: o.Host.Browse, Say: o.Host.Catalogue(o.Lang).Say,
	})
	if err != nil {
		return nil, message.Wrap(err, "run.not_opened", "name", output.Clean(picked.Name), "where", picked.Where())
	}
	store := statestore.Open(o.Host.Getenv)
	return deploy.New(client, func(dir, account string) (deploy.Journal, error) {
		journal, err := store.OpenJournal(dir, account)
		return journal, exit.Failed(err, "run.journal")
	}), nil
}

// asker asks on the terminal for what a log-in lacks, in the person's language; nil without one.
func asker(host machine.Host, lang string) profile.Ask {
	if host.AskSecret == nil {
		return nil
	}
	return func(ctx context.Context, prompt message.Message) (snowflake.Secret, error) {
		return host.AskSecret(ctx, steps.Say(host.Catalogue(lang).T, prompt))
	}
}

// demoCloud is an account that ends with its connection.
type demoCloud struct {
	deploy.Deployer
	account *snowflaketest.Account
}

// Unwrap returns the account's connection.
func (d demoCloud) Unwrap() deploy.Deployer { return d.Deployer }

// Inventory lists what the account has.
func (d demoCloud) Inventory(ctx context.Context, each func(deploy.Listing)) error {
	inventory(ctx, d.Deployer, each)
	return nil
}

// Close ends the connection and the account.
func (d demoCloud) Close() error {
	defer d.account.Close()
	return d.Deployer.Close()
}

// connectDemo starts an account inside this process and logs in to it.
func connectDemo(ctx context.Context, o machine.ConnectOptions) (deploy.Deployer, error) {
	served, err := snowflaketest.New(snowflaketest.WithSetup(demoSetup(slices.Concat(demoIntegrations, o.Integrations)...)...))
	if err != nil {
		return nil, message.Wrap(err, "run.demo_not_started")
	}
	output.Say(o.Host.Err, o.Host.Catalogue(o.Lang).T("run.demo", "address", served.Addr()))
	profile, err := demoProfile(served)
	if err == nil {
		var client *session.Client
		client, err = session.Open(ctx, profile, nil, session.Options{Application: application, Secrets: o.Secrets})
		if err == nil {
			return demoCloud{deploy.New(client, deploy.MemoryJournal()), served}, nil
		}
	}
	served.Close()
	return nil, message.Wrap(err, "run.demo_no_answer")
}

// demoIntegrations are the security integrations that every account for trying things has; a real
// account has its own from its administrator.
var demoIntegrations = []string{"DEMO_OAUTH", "DEMO_CLOUD"}

// demoSetup makes security integrations, for secrets to name, and lets DEV use them.
// https://docs.snowflake.com/en/sql-reference/sql/create-security-integration-api-auth
func demoSetup(integrations ...string) []string {
	var statements []string
	for _, name := range integrations {
		statements = append(statements,
			"CREATE SECURITY INTEGRATION IF NOT EXISTS "+name+" TYPE = API_AUTHENTICATION AUTH_TYPE = OAUTH2 ENABLED = TRUE "+
				"OAUTH_CLIENT_ID = 'demo' OAUTH_CLIENT_SECRET = 'demo' OAUTH_TOKEN_ENDPOINT = 'https://example.com/token'",
			"GRANT USAGE ON INTEGRATION "+name+" TO ROLE DEV")
	}
	return statements
}

// demoProfile is the connection to an account on loopback; nothing of the machine is read.
func demoProfile(served *snowflaketest.Account) (profile.Profile, error) {
	return profile.Read(profile.Env{Environ: []string{
		"SNOWFLAKE_CONNECTIONS=" + served.Profile(), "SNOWFLAKE_HOME=/sleet-no-such-folder",
	}}).Pick("demo")
}
