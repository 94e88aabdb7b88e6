package command

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/signal"
	"runtime/debug"
	"slices"
	"syscall"

	"github.com/spf13/cobra"

	"sleet/snowflake/safely"
	"sleet/steps"
	"sleet/steps/command/accounts"
	"sleet/steps/command/crash"
	"sleet/steps/command/exit"
	"sleet/steps/command/machine"
	"sleet/steps/command/output"
	"sleet/steps/command/screens"
	"sleet/steps/deploy"
	"sleet/ui"
	"sleet/ui/message"
)

// Main runs the command line on this machine and returns the exit code. Signals cancel the work first, so that nothing
// is left half done.
func Main(args []string) int {
	if slices.Equal(args, []string{"--version"}) {
		return printVersion(os.Stdout, os.Stderr)
	}
	crash.DisableCoreDumps()
	if crash.Watches(args) {
		return exit.Success
	}
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(200) // a run is short, and its trees are needed to the end
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	defer stop()
	// A second signal ends the process if canceling the work does not.
	context.AfterFunc(ctx, stop)
	ctx, stopPipe := untilClosed(ctx)
	defer stopPipe()
	host, err := machine.System()
	if err != nil {
		output.Say(os.Stderr, "sleet: "+message.For(message.Language("", os.Getenv)).Say(message.Of(err)))
		return exit.Failure
	}
	host.Wizard, host.Apply = screens.Ask, screens.Apply
	host.Migrate = screens.Migrate
	host.Connect = accounts.Connect
	return Run(ctx, args, host)
}

// printVersion answers sleet --version, which other programs call to look for sleet, without making the command line.
func printVersion(out, errs io.Writer) int {
	if _, err := fmt.Fprintln(out, "sleet version", machine.ThisBuild()); err != nil {
		output.Say(errs, "sleet: "+err.Error())
		return exit.Failure
	}
	return exit.Success
}

// untilClosed returns a context that is canceled when the output is closed. Without a handler, SIGPIPE would end the
// process in the middle of its work. Child processes do not inherit the handler.
func untilClosed(ctx context.Context) (context.Context, func()) {
	ctx, cancel := context.WithCancelCause(ctx)
	closed := make(chan os.Signal, 1)
	signal.Notify(closed, syscall.SIGPIPE)
	go func() {
		select {
		case <-closed:
			cancel(nil) // as if the person had stopped the command
		case <-ctx.Done():
		}
	}()
	return ctx, func() { cancel(nil) }
}

// Run runs one command line and returns its exit code.
func Run(ctx context.Context, args []string, host machine.Host) int {
	lang, err := execute(ctx, args, host)
	if err == nil {
		return exit.Success // without reading a catalogue, which would take most of the time of --version
	}
	if text := explain(err, host.Catalogue(lang).T); text != "" {
		output.Say(host.Err, text)
	}
	return exit.Code(err)
}

// execute runs the command and returns the selected language. It returns a panic as an error.
func execute(ctx context.Context, args []string, host machine.Host) (lang string, err error) {
	defer func() {
		if broken := safely.Recovered(recover()); broken != nil {
			err = broken
		}
	}()
	host.Err = &output.LineWriter{Out: host.Err}
	root := newRoot(host)
	root.SetArgs(args)
	said := &awaited{out: host.Err, t: func(id message.ID, args ...any) string {
		return host.Catalogue(root.PersistentFlags().Lookup("lang").Value.String()).T(id, args...)
	}}
	cmd, err := root.ExecuteContextC(deploy.WithNotice(ctx, said.tell))
	var ran *commandError
	var file *fs.PathError
	switch {
	case err == nil:
	case errors.As(err, &ran):
		err = ran.err
	case errors.As(err, &file) && file.Op == "write": // cobra failed to print a script or the version
	default:
		err = &exit.UsageError{Err: err, Hint: cmd.CommandPath()}
	}
	return root.PersistentFlags().Lookup("lang").Value.String(), err
}

// explain returns the text about an error for the person.
func explain(err error, t ui.Translate) string {
	var usage *exit.UsageError
	var kept *steps.EditedFilesError
	switch {
	case err == nil:
		return ""
	case exit.StoppedBy(err):
		return "sleet: " + t("run.stopped")
	case errors.As(err, &usage) && usage.Hint != "":
		return "sleet: " + t.Say(message.Of(err)) + "\n" + t("run.usage", "command", usage.Hint)
	case errors.As(err, &kept):
		return "sleet: " + t.Say(message.Of(err)) + "\n" + t("run.overwrite")
	default:
		return "sleet: " + t.Say(message.Of(err))
	}
}

// commandError is an error of a command's own work. An error of cobra itself is not wrapped and means that the command
// line is not valid.
type commandError struct{ err error }

func (e *commandError) Error() string { return e.err.Error() }
func (e *commandError) Unwrap() error { return e.err }

// ran returns a function for cobra that wraps errors in commandError.
func ran(run func(context.Context, []string) error) func(*cobra.Command, []string) error {
	return func(cmd *cobra.Command, args []string) error {
		if err := run(cmd.Context(), args); err != nil {
			return &commandError{err: err}
		}
		return nil
	}
}
