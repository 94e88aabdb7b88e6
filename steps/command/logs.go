package command

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/charmbracelet/colorprofile"
	"github.com/spf13/cobra"

	"sleet/snowflake"
	"sleet/snowflake/account/observe"
	"sleet/steps/command/accounts"
	"sleet/steps/command/exit"
	"sleet/steps/command/machine"
	"sleet/steps/command/output"
	"sleet/steps/command/reports"
	"sleet/steps/deploy"
	"sleet/steps/doctor"
	"sleet/ui"
	"sleet/ui/cells"
	"sleet/ui/message"
)

// logsOptions are the options of `sleet logs`.
type logsOptions struct {
	host       machine.Host
	globals    *globals
	t          ui.Translate
	connection string
	env        string
	since      string
	level      string
	follow     bool
	json       bool
	every      time.Duration
}

// logLevels are the values of --level, the least severe first.
var logLevels = []string{"debug", "info", "warning", "error"}

// newLogs returns the command `sleet logs`.
func newLogs(host machine.Host, global *globals) *cobra.Command {
	o := &logsOptions{host: host, globals: global, every: 2 * time.Second}
	cmd := &cobra.Command{
		Use:   "logs [DIR | DB.SCHEMA.APP]",
		Short: "Show an app's output and explain its errors",
		Long: `Prints an app's standard output and standard error from the account's event
table, oldest line first. A known error is followed by its meaning and its fix.

A container app writes while it runs. The output of a warehouse app is recorded
unless LOG_LEVEL of its database is OFF. If nothing is recorded, or you cannot
read it, sleet prints the statements that change this, and the exit code is 1.

--json prints one object per line: time, level, message, meaning, fix.

Exit codes: 0 printed; 1 the output is not recorded, or you cannot read it; 2
wrong command line; 130 stopped.`,
		Example: `  sleet logs                          the app of the current folder
  sleet logs SALES_DB.APPS.TREND -f   follow any app of the account
  sleet logs --since 24h --level error
  sleet logs --json                   JSON, one object per line`,
		Args: cobra.MaximumNArgs(1),
	}
	flags := cmd.Flags()
	flags.SortFlags = false
	flags.StringVar(&o.connection, "connection", "", "`name` of the connection; sleet connections lists them")
	flags.StringVar(&o.env, "env", "", "`name` of the environment, [env.NAME] in sleet.toml")
	flags.BoolVarP(&o.follow, "follow", "f", false, "keep printing new output until ctrl+c")
	flags.StringVar(&o.since, "since", "1h", "how far to look back: 10m, 1h, 24h")
	flags.StringVar(&o.level, "level", "", "minimum `level`: "+strings.Join(logLevels[1:], ", ")+"; default: all")
	flags.BoolVar(&o.json, "json", false, "print JSON, one object per line")
	cobra.CheckErr(cmd.RegisterFlagCompletionFunc("level", cobra.FixedCompletions(logLevels, cobra.ShellCompDirectiveNoFileComp)))
	cmd.RunE = ran(func(ctx context.Context, args []string) error {
		o.t = global.words(host)
		return o.run(ctx, args)
	})
	return cmd
}

func (o *logsOptions) run(ctx context.Context, args []string) error {
	ago, err := time.ParseDuration(o.since)
	if err != nil || ago <= 0 {
		return exit.Usage(nil, "logs.since", "since", o.since)
	}
	if o.level == "" {
		o.level = logLevels[0]
	}
	if !slices.Contains(logLevels, strings.ToLower(o.level)) {
		return exit.Usage(nil, "logs.level", "level", o.level, "levels", strings.Join(logLevels, ", "))
	}
	x, closed, err := examinedApp(ctx, o.host, appArgument{args: args, env: o.env, connection: o.connection, lang: o.globals.lang})
	if err != nil {
		return err
	}
	defer closed()
	from, ok := x.cloud.(accounts.LogReader)
	if !ok {
		return exit.Usage(nil, "migrate.from_no_apps")
	}
	seen, err := x.cloud.Describe(ctx, x.name, x.owner())
	if err != nil {
		return err
	}
	logs, place, err := from.Logs(ctx, x.name, seen.Owner)
	if err != nil {
		return message.Wrap(err, "logs.stopped")
	}
	if err := o.kept(x.name, seen, place); err != nil {
		return err
	}
	lines, err := logs.Since(ctx, ago)
	if err != nil {
		return message.Wrap(err, "logs.stopped")
	}
	printed, err := o.print(lines)
	if err != nil {
		return err
	}
	if printed == 0 && !o.follow {
		id := message.ID("logs.end")
		if seen.Container() {
			id = "logs.end_asleep"
		}
		output.Say(o.host.Err, o.t(id, "app", x.name.SQL(), "since", o.since))
	}
	if !o.follow {
		return nil
	}
	return o.tail(ctx, logs, lines)
}

// kept returns an error and prints a fix if the app's output is not kept, or the role cannot read it.
func (o *logsOptions) kept(app snowflake.Name, seen snowflake.Examined, place observe.LogPlace) error {
	var head string
	var problem error
	var statements []snowflake.Statement
	switch {
	case place.Table.IsZero():
		problem = exit.Found("logs.table_off")
		head = o.t("logs.on")
		statements = []snowflake.Statement{{SQL: "ALTER ACCOUNT SET EVENT_TABLE = SNOWFLAKE.TELEMETRY.EVENTS", Role: administratorRole()}}
		if !seen.Container() {
			statements = append(statements, logLevelOn(app, place.Owner))
		}
	case !place.Refused.IsZero():
		problem = exit.Found("logs.denied", "table", place.Table.SQL(), "why", place.Refused)
		head = o.t("logs.grant")
		grant := "GRANT SELECT ON EVENT TABLE " + place.Table.SQL() + " TO ROLE "
		if place.Table.Database == "SNOWFLAKE" {
			grant = "GRANT APPLICATION ROLE SNOWFLAKE.EVENTS_VIEWER TO ROLE "
		}
		statements = []snowflake.Statement{{SQL: grant + seen.Roles.Current.SQL(), Role: administratorRole()}}
	case !seen.Container() && (place.Level == "" || strings.EqualFold(place.Level, "OFF")):
		problem = exit.Found("logs.off", "database", app.InDatabase().SQL(), "level", "OFF")
		head = o.t("logs.on")
		statements = []snowflake.Statement{logLevelOn(app, place.Owner)}
	default:
		return nil
	}
	text := head
	for _, line := range reports.WithRoles(statements) {
		text += "\n  " + line + ";"
	}
	output.Say(o.host.Err, text)
	return problem
}

// logLevelOn returns the statement that keeps the output of the warehouse apps of a database.
// https://docs.snowflake.com/en/developer-guide/streamlit/features/logging-tracing
func logLevelOn(app, owner snowflake.Name) snowflake.Statement {
	if owner.IsZero() {
		owner = administratorRole()
	}
	return snowflake.Statement{SQL: "ALTER DATABASE " + app.InDatabase().SQL() + " SET LOG_LEVEL = INFO", Role: owner}
}

func administratorRole() snowflake.Name { return snowflake.StoredObject("ACCOUNTADMIN") }

// lookBack is how late a line may arrive in the event table.
const lookBack = 10 * time.Second

// tail prints new lines until the person stops it, which is not an error.
func (o *logsOptions) tail(ctx context.Context, logs *observe.Logs, lines []observe.LogLine) error {
	last := time.Now().UTC().Add(-time.Minute)
	seen := map[string]time.Time{}
	note := func(list []observe.LogLine) (fresh []observe.LogLine) {
		for _, l := range list {
			key := l.Time.Format(time.RFC3339Nano) + l.Message
			if _, known := seen[key]; !known {
				seen[key] = l.Time
				fresh = append(fresh, l)
			}
			if l.Time.After(last) {
				last = l.Time
			}
		}
		maps.DeleteFunc(seen, func(_ string, at time.Time) bool { return at.Before(last.Add(-2 * lookBack)) })
		return fresh
	}
	note(lines)
	for {
		select {
		case <-ctx.Done():
			return nil // stopped by the person
		case <-time.After(o.every):
		}
		// A line may arrive after one that was written later, so read the last seconds again.
		more, err := logs.After(ctx, last.Add(-lookBack))
		var lost *deploy.Failure
		switch {
		case ctx.Err() != nil:
			return nil //nolint:nilerr // As above.
		case errors.As(err, &lost) && lost.Network:
			continue
		case err != nil:
			return message.Wrap(err, "logs.stopped")
		}
		if _, err := o.print(note(more)); err != nil {
			return err
		}
	}
}

// logJSON is one line as JSON.
type logJSON struct {
	Time    string `json:"time"`
	Level   string `json:"level"`
	Message string `json:"message"`
	Meaning string `json:"meaning"`
	Fix     string `json:"fix"`
}

// print prints the lines of the requested level, and returns how many there were.
func (o *logsOptions) print(lines []observe.LogLine) (int, error) {
	out := colorprofile.NewWriter(o.host.Out, o.host.Environ)
	printed := 0
	for _, l := range lines {
		if rank(l.Level) < slices.Index(logLevels, strings.ToLower(o.level)) {
			continue
		}
		printed++
		known, is := doctor.ExplainOutput(l.Message)
		var err error
		if o.json {
			j := logJSON{Time: l.Time.UTC().Format("2006-01-02T15:04:05.000Z"), Level: l.Level, Message: l.Message}
			if is {
				j.Meaning, j.Fix = known.Meaning.String(), known.Fix.String()
			}
			err = output.JSONLine(o.host.Out, j)
		} else {
			_, err = out.WriteString(o.line(l, known, is))
		}
		if err != nil {
			return printed, exit.Failed(err, "run.unprinted")
		}
	}
	return printed, nil
}

// rank returns the index of a level in logLevels. A line without a level is always printed.
func rank(level string) int {
	switch strings.ToUpper(level) {
	case "TRACE", "DEBUG":
		return 0
	case "INFO":
		return 1
	case "WARN", "WARNING":
		return 2
	default:
		return 3
	}
}

// line returns a line as text for a person.
func (o *logsOptions) line(l observe.LogLine, known doctor.Failure, is bool) string {
	const levelWidth = 7
	style := map[int]string{2: output.StyleWarning, 3: output.StyleError}[rank(l.Level)]
	level := cells.Pad(l.Level, levelWidth)
	if l.Level == "" {
		style = ""
	}
	if style != "" {
		level = style + level + output.StyleEnd
	}
	head := l.Time.Local().Format("15:04:05") + "  "
	hang := strings.Repeat(" ", len(head)+levelWidth+2)
	text := strings.ReplaceAll(output.Clean(l.Message), "\n", "\n"+hang)
	if l.Source == "MANAGER" {
		text = output.StyleMark + "[MANAGER]" + output.StyleEnd + " " + text
	}
	line := fmt.Sprintf("%s%s  %s\n", head, level, text)
	if is {
		line += hang + output.StyleStrong + "→ " + o.t.Say(known.Meaning) + output.StyleEnd + " " + o.t.Say(known.Fix) + "\n"
		if !ui.UTF8(o.host.Getenv) {
			line = strings.Replace(line, "→ ", "-> ", 1)
		}
	}
	return line
}
