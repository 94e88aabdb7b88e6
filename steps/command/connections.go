package command

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"

	"github.com/spf13/cobra"

	"sleet/snowflake"
	"sleet/snowflake/account/profile"
	"sleet/snowflake/account/session"
	"sleet/snowflake/safely"
	"sleet/steps/command/accounts"
	"sleet/steps/command/machine"
	"sleet/steps/command/output"
	"sleet/ui"
	"sleet/ui/message"
)

// connectionsOptions are the options of `sleet connections`.
type connectionsOptions struct {
	host       machine.Host
	globals    *globals
	t          ui.Translate
	test, json bool
}

// newConnections returns the command `sleet connections`.
func newConnections(host machine.Host, global *globals) *cobra.Command {
	o := &connectionsOptions{host: host, globals: global}
	cmd := &cobra.Command{
		Use:   "connections",
		Short: "List the connections on this machine and test them",
		Long: `Lists the connections that Snowflake's clients find on this machine: those in
connections.toml or config.toml in $SNOWFLAKE_HOME, ~/.snowflake or the
platform's folder. Environment variables override them
(SNOWFLAKE_CONNECTIONS_NAME_KEY) or fill in what they lack (SNOWFLAKE_KEY).
Problems are listed below each connection, with file and line. Passwords, tokens
and keys are never shown.

With --test each connection logs in once; the exit code is 1 if one fails.`,
		Example: `  sleet connections          list them
  sleet connections --test   log in with each
  sleet connections --json   for a program`,
		Args: cobra.NoArgs,
	}
	flags := cmd.Flags()
	flags.BoolVar(&o.test, "test", false, "log in with each connection")
	flags.BoolVar(&o.json, "json", false, "print JSON")
	cmd.RunE = ran(func(ctx context.Context, _ []string) error { return o.run(ctx) })
	return cmd
}

// connectionJSON is one connection of `sleet connections --json`.
type connectionJSON struct {
	Name          string   `json:"name"`
	Account       string   `json:"account"`
	User          string   `json:"user"`
	Role          string   `json:"role"`
	Authenticator string   `json:"authenticator"`
	File          string   `json:"file"`
	Line          int      `json:"line"`
	Default       bool     `json:"default"`
	Problems      []string `json:"problems"`
	// Works is set only with --test.
	Works *bool `json:"works,omitempty"`
}

// exampleProfile is an example of a connection in connections.toml.
const exampleProfile = `  [dev]
  account = "ORGANIZATION-ACCOUNT"
  user = "YOU"
  authenticator = "externalbrowser"`

func (o *connectionsOptions) run(ctx context.Context) error {
	o.t = o.host.Catalogue(o.globals.lang).T
	all := profile.Read(o.host.ConnectionEnv())
	if o.protect(ctx, all) {
		all = profile.Read(o.host.ConnectionEnv())
	}
	failures := make([]error, len(all.List))
	if o.test {
		o.open(ctx, all.List, failures)
	}
	if err := context.Cause(ctx); err != nil {
		return message.Wrap(err, "run.stopped_by")
	}
	var err error
	if len(all.List) == 0 && len(all.Problems) == 0 {
		output.Say(o.host.Err, o.t("connections.none", "folder", all.Folder, "example", exampleProfile))
	}
	if o.json {
		for _, problem := range all.Problems {
			if problem.Fatal {
				continue // verdict returns it
			}
			output.Say(o.host.Err, o.t.Say(problem.Message)+"\n"+o.t.Say(problem.Fix))
		}
		err = o.printJSON(all, failures)
	} else {
		err = o.print(all, failures)
	}
	return errors.Join(err, o.verdict(all, failures))
}

// protect offers to remove other users' access to connections files. It asks only on a terminal.
func (o *connectionsOptions) protect(ctx context.Context, all profile.Profiles) (changed bool) {
	if !o.host.Terminal || o.json {
		return false
	}
	done, person := map[string]bool{}, machine.NewPerson(o.host, o.t)
	for _, p := range all.List {
		i := slices.IndexFunc(p.Problems, func(x profile.Problem) bool { return x.Mode })
		if i < 0 || done[p.File] {
			continue
		}
		done[p.File] = true
		yes, err := person.Yes(ctx, o.t.Say(p.Problems[i].Message)+"\n"+o.t("connections.protect", "command", o.t.Say(p.Problems[i].Fix)))
		if err != nil || !yes {
			continue
		}
		if err := p.Protect(); err != nil {
			output.Say(o.host.Err, o.t.Say(message.Of(err)))
			continue
		}
		changed = true
	}
	return changed
}

// open logs in with each connection. Logins that ask a person or open a browser run one after the other.
func (o *connectionsOptions) open(ctx context.Context, list []profile.Profile, failures []error) {
	ask := accounts.Asker(o.host, o.globals.lang)
	if ask != nil {
		var one sync.Mutex
		secret := ask
		ask = func(ctx context.Context, prompt message.Message) (snowflake.Secret, error) {
			one.Lock()
			defer one.Unlock()
			return secret(ctx, prompt)
		}
	}
	say := o.host.Catalogue(o.globals.lang).Say
	var all sync.WaitGroup
	var browser sync.Mutex
	for i, p := range list {
		all.Go(func() {
			if p.OpensBrowser() {
				browser.Lock()
				defer browser.Unlock()
			}
			failures[i] = safely.Call(func() error {
				client, err := session.Open(ctx, p, ask, session.Options{Application: accounts.Application, Browse: o.host.Browse, Say: say})
				if err == nil {
					err = client.Close()
				}
				return err
			})
		})
	}
	all.Wait()
}

func (o *connectionsOptions) printJSON(all profile.Profiles, failures []error) error {
	list := make([]connectionJSON, 0, len(all.List))
	for i, p := range all.List {
		c := connectionJSON{
			Name: p.Name, Account: p.Account, User: p.User, Role: p.Role, Authenticator: accounts.Authenticator(p),
			File: p.File, Line: p.Line, Default: p.Default, Problems: []string{},
		}
		for _, problem := range p.Problems {
			c.Problems = append(c.Problems, problem.Message.String()+". "+problem.Fix.String())
		}
		if o.test {
			works := failures[i] == nil
			c.Works = &works
			// Problems of the profile itself are already listed.
			if !works && p.Err() == nil {
				c.Problems = append(c.Problems, failures[i].Error())
			}
		}
		list = append(list, c)
	}
	return output.JSON(o.host.Out, map[string]any{"connections": list})
}

// verdict returns an error if a login failed or a file cannot be read.
func (o *connectionsOptions) verdict(all profile.Profiles, failures []error) error {
	var names []string
	for i, p := range all.List {
		if failures[i] != nil {
			names = append(names, safely.Visible(p.Name))
		}
	}
	if len(names) > 0 {
		return message.NewError("connections.broken", "names", strings.Join(names, ", "))
	}
	if i := slices.IndexFunc(all.Problems, func(p profile.Problem) bool { return p.Fatal }); i >= 0 {
		return message.NewError("connections.unread", "message", all.Problems[i].Message, "fix", all.Problems[i].Fix)
	}
	return nil
}
