package command

import (
	"context"
	"errors"
	"os"
	"os/signal"
	"syscall"

	"github.com/spf13/cobra"

	"sleet/safely"
	"sleet/steps"
	"sleet/ui"
	"sleet/ui/words"
)

// Main runs the command line on this machine and gives the exit code. Signals that end a process
// end the work first, so that nothing stays half done.
func Main(args []string) int {
	noCore()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	defer stop()
	// A second signal ends the process where the first one's work does not.
	context.AfterFunc(ctx, stop)
	host, err := System()
	if err != nil {
		say(os.Stderr, "sleet: "+err.Error())
		return Failure
	}
	host.Wizard = ask
	host.Migrate = askMigrate
	host.Connect = connect
	return Run(ctx, args, host)
}

// Run runs one command line and gives its exit code.
func Run(ctx context.Context, args []string, host Host) int {
	lang, err := execute(ctx, args, host)
	if text := explain(err, words.For(words.Language(lang, host.getenv)).T); text != "" {
		say(host.Err, text)
	}
	return ExitCode(err)
}

// execute runs the command, and gives the language that was asked for; a panic becomes an error.
func execute(ctx context.Context, args []string, host Host) (lang string, err error) {
	defer func() {
		if broken := safely.Recovered(recover()); broken != nil {
			err = broken
		}
	}()
	root := newRoot(host)
	root.SetArgs(args)
	cmd, err := root.ExecuteContextC(ctx)
	var ran *ranError
	switch {
	case err == nil:
	case errors.As(err, &ran):
		err = ran.err
	default:
		err = &usageError{err: err, hint: cmd.CommandPath()}
	}
	return root.PersistentFlags().Lookup("lang").Value.String(), err
}

// explain is what the person reads about an error.
func explain(err error, t ui.Translate) string {
	var usage *usageError
	var kept *steps.KeptError
	switch {
	case err == nil:
		return ""
	case errors.Is(err, context.Canceled):
		return "sleet: " + t("run.stopped")
	case errors.As(err, &usage) && usage.hint != "":
		return "sleet: " + steps.SayError(t, err) + "\n" + t("run.usage", "Command", usage.hint)
	case errors.As(err, &kept):
		return "sleet: " + steps.SayError(t, err) + "\n" + t("run.overwrite")
	default:
		return "sleet: " + steps.SayError(t, err)
	}
}

// ran gives cobra a function whose errors are told from a wrong command line.
func ran(run func(context.Context, []string) error) func(*cobra.Command, []string) error {
	return func(cmd *cobra.Command, args []string) error {
		if err := run(cmd.Context(), args); err != nil {
			return &ranError{err: err}
		}
		return nil
	}
}
