package command

import (
	"context"
	"fmt"
	"io"
	"net"

	"github.com/spf13/cobra"

	"sleet/snowflake/snowflaketest"
	"sleet/steps/command/accounts"
	"sleet/steps/command/exit"
	"sleet/steps/command/machine"
	"sleet/steps/command/output"
	"sleet/ui/message"
)

// demoOptions are the options of `sleet demo`.
type demoOptions struct {
	host         machine.Host
	addr, python string
	real         bool
	apps         int
}

// newDemo returns the command `sleet demo`.
func newDemo(host machine.Host) *cobra.Command {
	o := &demoOptions{host: host}
	cmd := &cobra.Command{
		Use:   "demo",
		Short: "Serve a simulated Snowflake account on this machine",
		Long: `Serves a simulated Snowflake account on the loopback interface until you stop
it, and prints a block for connections.toml that sleet, the Snowflake CLI, the
Python connector and Snowpark can connect with:

  [demo]
  account = "demo"
  user = "SLEET"
  password = "…"
  role = "DEV"
  warehouse = "COMPUTE_WH"
  database = "APPS"
  schema = "PUBLIC"
  host = "127.0.0.1"
  port = …
  protocol = "http"

It has the user SLEET with the roles DEV, for app developers, and ACCOUNTADMIN;
the database APPS, owned by DEV; a warehouse and a compute pool; and the
security integrations DEMO_OAUTH and DEMO_CLOUD, for use in secrets. It parses
each statement according to the reference pages and enforces roles and
privileges. It does not run apps or queries on data, and everything in it is
discarded when it stops. Python functions that do more than read a secret run
only if --python names an interpreter.

Real accounts differ from the reference pages in places. --real behaves as they
do: ALTER STREAMLIT … COMMIT ends the live version, for example.

To try sleet without a second terminal: sleet apply --demo`,
		Example: `  sleet demo                         print the block and serve the account
  sleet demo --addr 127.0.0.1:8085   use a port of your choice
  SNOWFLAKE_CONNECTIONS="$(cat block.toml)" sleet apply --connection demo`,
		Args: cobra.NoArgs,
	}
	flags := cmd.Flags()
	flags.SortFlags = false
	flags.StringVar(&o.addr, "addr", "127.0.0.1:0", "loopback `address`")
	flags.StringVar(&o.python, "python", "", "Python `interpreter` that runs functions")
	flags.IntVar(&o.apps, "apps", 0, "create this `number` of apps, for sleet survey")
	flags.BoolVar(&o.real, "real", false, "behave like real accounts, not as documented")
	cmd.RunE = ran(func(ctx context.Context, _ []string) error { return o.run(ctx) })
	return cmd
}

// run serves until the person stops it, which is not an error.
func (o *demoOptions) run(ctx context.Context) error {
	if err := loopback(o.addr); err != nil {
		return err
	}
	options := []snowflaketest.Option{snowflaketest.WithAddr(o.addr), snowflaketest.WithSetup(accounts.DemoSetup(accounts.DemoIntegrations...)...)}
	if o.apps > 0 {
		options = append(options, snowflaketest.WithApps(o.apps))
	}
	if o.real {
		options = append(options, snowflaketest.WithReal())
	}
	if o.python != "" {
		options = append(options, snowflaketest.WithPython(o.python))
	}
	account, err := snowflaketest.New(options...)
	if err != nil {
		return message.Wrap(err, "demo.unserved")
	}
	defer account.Close()
	if _, err := io.WriteString(o.host.Out, account.Profile()); err != nil {
		return message.Wrap(err, "demo.unprinted")
	}
	output.Say(o.host.Err, fmt.Sprintf("\nServing an account at %s until you press ctrl+c. Put the block above into connections.toml.", account.URL()))
	<-ctx.Done()
	return nil
}

// loopback returns an error for an address that other machines can reach: the account's password is public.
func loopback(addr string) error {
	host, _, err := net.SplitHostPort(addr)
	if err != nil {
		return exit.Usage(nil, "demo.address")
	}
	if ip := net.ParseIP(host); host != "localhost" && (ip == nil || !ip.IsLoopback()) {
		return exit.Usage(nil, "demo.address_outside")
	}
	return nil
}
