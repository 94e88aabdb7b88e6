// Package machine is all that commands know of the machine and of the person at it, so that a test can replace it.
package machine

import (
	"context"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"github.com/cli/browser"
	"golang.org/x/term"

	"sleet/snowflake"
	"sleet/snowflake/account/profile"
	"sleet/steps/command/exit"
	"sleet/steps/deploy"
	"sleet/steps/environ"
	"sleet/steps/uv"
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
	Uv uv.Tool
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

// System is the machine that the process runs on.
func System() (Host, error) {
	dir, err := os.Getwd()
	if err != nil {
		return Host{}, message.Wrap(err, "run.no_working_folder")
	}
	env := takeEnviron()
	host := Host{
		In: os.Stdin, Out: os.Stdout, Err: os.Stderr,
		Environ:  env,
		Dir:      dir,
		Terminal: isTerminal(os.Stdin) && isTerminal(os.Stdout),
		Build:    thisBuild(),
		Uv:       uv.Find(env),
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
	env := os.Environ()
	for _, pair := range env {
		if name, _, _ := strings.Cut(pair, "="); environ.SecretVariable(name) {
			_ = os.Unsetenv(name) // it fails for no name that the environment can hold
		}
	}
	return env
}

// browse opens an address in the browser; what a browser says at its start is nobody's business.
func browse(url string) error {
	browser.Stdout, browser.Stderr = io.Discard, io.Discard
	return exit.Wrap("cannot open the browser", browser.OpenURL(url))
}

func isTerminal(f *os.File) bool {
	return term.IsTerminal(int(f.Fd()))
}

// Getenv returns a variable of the Host's environment.
func (h Host) Getenv(name string) string {
	value := ""
	for _, pair := range h.Environ {
		if len(pair) > len(name) && pair[:len(name)] == name && pair[len(name)] == '=' {
			value = pair[len(name)+1:]
		}
	}
	return value
}

// Dumb reports whether the terminal cannot move its cursor.
func (h Host) Dumb() bool { return h.Getenv("TERM") == "dumb" }

// Path makes a path that the person named absolute.
func (h Host) Path(name string) string {
	if filepath.IsAbs(name) {
		return filepath.Clean(name)
	}
	return filepath.Join(h.Dir, name)
}

// ConnectionEnv is what the machine says of its connections.
func (h Host) ConnectionEnv() profile.Env {
	home := h.Getenv("HOME")
	if home == "" || runtime.GOOS == "windows" {
		home, _ = os.UserHomeDir()
	}
	return profile.Env{Environ: h.Environ, Home: home}
}

// Catalogue has the texts in the language that was asked for, empty for the environment's.
func (h Host) Catalogue(lang string) *message.Catalogue {
	return message.For(message.Language(lang, h.Getenv))
}
