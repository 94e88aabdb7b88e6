package command

import (
	"context"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/cli/browser"
	"golang.org/x/term"

	"sleet/scaffold"
	"sleet/scaffold/workspace"
	"sleet/snowflake"
	"sleet/steps"
	"sleet/steps/command/exit"
	"sleet/steps/deploy"
	"sleet/ui/message"
)

// Host is all that commands know of the machine.
type Host struct {
	In       io.Reader
	Out, Err io.Writer
	// Environ is the environment as NAME=value, with the secrets that the process's own no longer has.
	Environ []string
	// Dir is the working folder, absolute.
	Dir string
	// Terminal reports whether a person sits at both standard input and standard output.
	Terminal bool
	// Build is what --version prints.
	Build Build
	// Uv pins packages.
	Uv steps.Uv
	// Wizard asks the person; nil where it is not built in.
	Wizard Wizard
	// Migrate moves an app before a person's eyes; nil where that is not built in.
	Migrate func(context.Context, MigrateOptions) error
	// Apply brings an app to an account on screens; nil where that is not built in.
	Apply func(context.Context, ApplyOptions) error
	// AskSecret asks the person for a value without showing it; nil without a terminal.
	AskSecret func(ctx context.Context, prompt string) (snowflake.Secret, error)
	// Connect logs in to an account; nil where that is not built in.
	Connect func(context.Context, ConnectOptions) (deploy.Deployer, error)
	// Browse opens an address in the person's browser.
	Browse func(url string) error
}

// Wizard asks a person for the answers, screen by screen or line by line, and writes the app.
// It returns the errors that ExitCode knows; a person who quits is context.Canceled.
type Wizard func(context.Context, WizardOptions) error

// WizardOptions is what the command line hands to the wizard.
type WizardOptions struct {
	// Dir is the app's folder, absolute; Shown is as the person named it.
	Dir, Shown string
	// Folder is what is there.
	Folder workspace.Folder
	// App holds the answers that are known already: of the folder, of a file, of flags.
	App scaffold.App
	// Lang is the language of the screen; empty means the environment's.
	Lang string
	// Accessible asks line by line, from a pipe as well.
	Accessible bool
	// Overwrite allows files that the person edited to be replaced.
	Overwrite bool
	// NoLock leaves uv alone.
	NoLock bool
	// Host is where the wizard runs.
	Host Host
}

// ConnectOptions say which account a command works in.
type ConnectOptions struct {
	// Connection names the profile; empty means the default one. Demo is an account inside this
	// process instead.
	Connection string
	Demo       bool
	// Integrations are the security integrations that the app names, as SQL writes them: the account
	// inside this process has them.
	Integrations []string
	// Lang is the language of what is asked; empty means the environment's.
	Lang string
	// Secrets are values that nothing may show.
	Secrets []snowflake.Secret
	Host    Host
}

// System is the machine that the process runs on.
func System() (Host, error) {
	dir, err := os.Getwd()
	if err != nil {
		return Host{}, message.Wrap(err, "run.no_working_folder")
	}
	environ := takeEnviron()
	host := Host{
		In: os.Stdin, Out: os.Stdout, Err: os.Stderr,
		Environ:  environ,
		Dir:      dir,
		Terminal: isTerminal(os.Stdin) && isTerminal(os.Stdout),
		Build:    thisBuild(),
		Uv:       steps.FindUv(environ),
		Browse:   browse,
	}
	if host.Terminal {
		host.AskSecret = func(ctx context.Context, prompt string) (snowflake.Secret, error) {
			return askSecret(ctx, os.Stdin, os.Stderr, prompt)
		}
	}
	return host, nil
}

// takeEnviron returns the environment, and takes the secrets out of the process's own: a program that
// this one or a library starts inherits what is left.
func takeEnviron() []string {
	environ := os.Environ()
	for _, pair := range environ {
		if name, _, _ := strings.Cut(pair, "="); steps.SecretVariable(name) {
			_ = os.Unsetenv(name) // it fails for no name that the environment can hold
		}
	}
	return environ
}

// browse opens an address in the browser; what a browser says at its start is nobody's business.
func browse(url string) error {
	browser.Stdout, browser.Stderr = io.Discard, io.Discard
	return exit.Wrap("cannot open the browser", browser.OpenURL(url))
}

func isTerminal(f *os.File) bool {
	return term.IsTerminal(int(f.Fd()))
}

// getenv returns a variable of the Host's environment.
func (h Host) getenv(name string) string {
	value := ""
	for _, pair := range h.Environ {
		if len(pair) > len(name) && pair[:len(name)] == name && pair[len(name)] == '=' {
			value = pair[len(name)+1:]
		}
	}
	return value
}

// dumb reports whether the terminal cannot move its cursor.
func (h Host) dumb() bool { return h.getenv("TERM") == "dumb" }

// path makes a path that the person named absolute.
func (h Host) path(name string) string {
	if filepath.IsAbs(name) {
		return filepath.Clean(name)
	}
	return filepath.Join(h.Dir, name)
}
