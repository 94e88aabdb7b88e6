package screens

import (
	"context"
	"io"
	"slices"
	"time"

	"sleet/snowflake"
	"sleet/snowflake/account/observe"
	"sleet/snowflake/account/profile"
	"sleet/snowflake/safely"
	"sleet/steps"
	"sleet/steps/command/accounts"
	"sleet/steps/command/exit"
	"sleet/steps/command/machine"
	"sleet/steps/command/script"
	"sleet/steps/command/values"
	"sleet/steps/deploy"
	"sleet/steps/doctor"
	"sleet/ui/message"
)

// accountEffects returns the functions with which the wizard uses the accounts of this machine's connections.
func accountEffects(host machine.Host, lang string) steps.Account {
	if host.Connect == nil {
		return steps.Account{}
	}
	return steps.Account{
		Profiles: func(context.Context) ([]steps.Profile, error) { return shownProfiles(host), nil },
		AddProfile: func(p steps.Profile) error {
			_, err := profile.Add(host.ConnectionEnv().Folder(), profile.Profile{
				Name: p.Name, Account: p.Account, User: p.User, Role: p.Role, Authenticator: p.Authenticator,
				Warehouse: p.Warehouse, Database: p.Database, Schema: p.Schema,
				PrivateKeyFile: p.KeyFile, TokenFile: p.TokenFile,
			})
			return exit.Failed(err, "run.not_written")
		},
		AllowOnlyMe: func(p steps.Profile) error {
			// Pick refuses a profile whose file other users can write to.
			for _, profile := range profile.Read(host.ConnectionEnv()).List {
				if profile.Name == p.Name {
					return exit.Failed(profile.Protect(), "run.not_protected")
				}
			}
			return message.NewError("run.connection_gone", "name", safely.Visible(p.Name))
		},
		Connect:   connectEffect(host, lang, deploy.Deployment{}),
		Inventory: accounts.Inventory,
		AwaitStart: func(ctx context.Context, cloud deploy.Deployer, s deploy.Assessment, began time.Time) doctor.Startup {
			var lines []observe.LogLine
			start, _, ok := accounts.NewStartWait(ctx, cloud, s, began, &lines)
			if !ok {
				return doctor.Startup{Outcome: doctor.Unreadable}
			}
			start.Timeout = accounts.Patience
			return start.Wait(ctx)
		},
		ReadValue: func(path string) (snowflake.Secret, error) { return values.ReadFile(host, path) },
		SaveHandover: func(dir string, done deploy.Applied) (path string, err error) {
			err = host.WithLock(dir, func() error { path, err = script.SaveAdmin(dir, "", done.AdminSQL); return err })
			return path, err
		},
		Browse:    host.Browse,
		AskSecret: host.AskSecret,
	}
}

// connectEffect returns a function that logs in for the wizard. d has the values to mask and the app.
func connectEffect(host machine.Host, lang string, d deploy.Deployment) func(context.Context, steps.Profile, steps.AskSecret) (deploy.Deployer, error) {
	return func(ctx context.Context, p steps.Profile, ask steps.AskSecret) (deploy.Deployer, error) {
		quiet := host
		quiet.Err, quiet.AskSecret = io.Discard, ask // only the wizard may write to the screen
		cloud, err := host.Connect(ctx, machine.ConnectOptions{
			Connection: p.Name, Demo: p.Demo, Secrets: d.Values.All(), Integrations: accounts.SecurityIntegrations(d.App), Lang: lang, Host: quiet,
		})
		if err != nil {
			return nil, err
		}
		return lockingCloud{cloud, host}, nil
	}
}

// shownProfiles returns the machine's connections and the demo account.
func shownProfiles(host machine.Host) []steps.Profile {
	var all []steps.Profile
	for _, p := range profile.Read(host.ConnectionEnv()).List {
		shown := steps.Profile{
			Name: p.Name, Account: p.Account, User: p.User, Role: p.Role, Authenticator: accounts.Authenticator(p),
			From: p.Location(), Default: p.Default,
			Open: slices.ContainsFunc(p.Problems, func(x profile.Problem) bool { return x.Mode }),
		}
		for _, problem := range p.Problems {
			said := message.New("run.profile_problem", "message", problem.Message, "fix", problem.Fix)
			if problem.Mode { // the screen offers to fix the mode
				said = message.New("run.profile_message", "message", problem.Message)
			}
			shown.Problems = append(shown.Problems, said)
		}
		all = append(all, shown)
	}
	return append(all, steps.Profile{Demo: true})
}

// lockingCloud is a Deployer that locks the app's folder against other runs of sleet.
type lockingCloud struct {
	deploy.Deployer
	host machine.Host
}

// Unwrap returns the account.
func (c lockingCloud) Unwrap() deploy.Deployer { return c.Deployer }

// Inventory lists what the account has.
func (c lockingCloud) Inventory(ctx context.Context, each func(deploy.Listing)) error {
	accounts.Inventory(ctx, c.Deployer, each)
	return nil
}

// Assess compares the app with the account.
func (c lockingCloud) Assess(ctx context.Context, d deploy.Deployment) (deploy.Assessment, error) {
	d.Seal, d.New = c.host.Store().NewSealer(), !c.host.Store().Deployed(d.Dir)
	return c.Deployer.Assess(ctx, d)
}

// Apply applies a plan.
func (c lockingCloud) Apply(ctx context.Context, d deploy.Deployment, s deploy.Assessment, h deploy.ApplyHooks) (done deploy.Applied, err error) {
	err = c.host.WithLock(d.Dir, func() error { done, err = c.Deployer.Apply(ctx, d, s, h); return err })
	return done, err
}

// Destroy applies the plan of a removal.
func (c lockingCloud) Destroy(ctx context.Context, d deploy.Deployment, s deploy.Assessment, h deploy.ApplyHooks) (done deploy.Applied, err error) {
	err = c.host.WithLock(d.Dir, func() error { done, err = c.Deployer.Destroy(ctx, d, s, h); return err })
	return done, err
}
